"""Which set holds on a day, who reads what, what a citation opens."""

from datetime import date

import pytest

from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of
from investreview.core.actor import SYSTEM
from investreview.core.errors import Invalid, NotVisible
from investreview.core.roles import ENTERPRISE_ROLES, Role
from investreview.core.scope import Scope
from investreview.registry.models import Commission, Office
from investreview.registry.services import found_office
from investreview.rulebook.models import RuleSet
from investreview.rulebook.selectors import details, paragraph, readable_rule_set, rule_set_in_force, rule_sets
from investreview.rulebook.services import load_rule_set
from tests.accounts.factories import HELD_ROLES, make_holder
from tests.registry.factories import AT, make_commission, make_enterprise
from tests.rulebook.conftest import content_of

READERS_OF_DRAFTS = {Role.RULE_KEEPER, Role.OFFICE_HEAD, Role.AUDITOR}


@pytest.fixture
def draft(commission: Commission, founded: RuleSet) -> RuleSet:
    content = content_of("2024-2", date(2024, 10, 1))
    return load_rule_set(commission=commission, content=content, actor=SYSTEM, at=AT)


def make_reader(role: Role, commission: Commission) -> User:
    office = None
    if role is Role.COUNTERSIGNER:
        office = found_office(
            commission=commission, code="FG", name="法规处", kind=Office.Kind.LAW, actor=SYSTEM, at=AT
        )
    return make_holder(role, make_enterprise(commission) if role in ENTERPRISE_ROLES else commission, office=office)


def test_the_first_day_belongs_to_the_set_and_the_day_before_does_not(commission: Commission, founded: RuleSet) -> None:
    assert rule_set_in_force(commission, date(2024, 1, 1)) == founded
    with pytest.raises(Invalid) as caught:
        rule_set_in_force(commission, date(2023, 12, 31))
    assert (caught.value.code, caught.value.facts) == ("rulebook_none_in_force", {"on": date(2023, 12, 31)})


def test_a_draft_is_no_law(commission: Commission, draft: RuleSet) -> None:
    assert rule_set_in_force(commission, date(2024, 12, 31)).code == "2024-1"


def test_the_rules_of_another_commission_are_not_ours(founded: RuleSet) -> None:
    with pytest.raises(Invalid):
        rule_set_in_force(make_commission("XZ"), date(2024, 7, 1))


@pytest.mark.parametrize("role", HELD_ROLES)
def test_everybody_of_the_commission_reads_its_rules_and_few_its_drafts(
    commission: Commission, draft: RuleSet, role: Role
) -> None:
    scope = scope_of(make_reader(role, commission), AT)
    expected = ["2024-2", "2024-1"] if role in READERS_OF_DRAFTS else ["2024-1"]
    assert [held.code for held in rule_sets(scope)] == expected


@pytest.mark.parametrize("role", HELD_ROLES)
def test_nobody_of_another_commission_reads_them(commission: Commission, draft: RuleSet, role: Role) -> None:
    scope = scope_of(make_reader(role, make_commission("XZ")), AT)
    assert list(rule_sets(scope)) == []
    with pytest.raises(NotVisible):
        readable_rule_set(scope, "2024-1")


def test_an_auditor_of_one_group_reads_no_draft(commission: Commission, draft: RuleSet) -> None:
    scope = scope_of(make_holder(Role.AUDITOR, make_enterprise(commission)), AT)
    assert [held.code for held in rule_sets(scope)] == ["2024-1"]


def test_who_holds_nothing_reads_nothing(founded: RuleSet) -> None:
    nobody = Scope(user_id=0, username="", name="", grants=())
    assert list(rule_sets(nobody)) == []


def test_every_citation_of_the_set_opens_its_paragraph(founded: RuleSet) -> None:
    rules = founded.data
    cited = {rules.transition, *rules.limit_citations.values()}
    cited |= {one.citation for part in (rules.thresholds, rules.rows, rules.slots) for one in part}
    cited |= {step.citation for chain in rules.chains for step in chain.steps}
    assert {key: paragraph(founded, key).key for key in cited} == {key: key for key in cited}


def test_a_paragraph_that_is_not_there_is_not_visible(founded: RuleSet) -> None:
    with pytest.raises(NotVisible) as caught:
        paragraph(founded, "§3.99")
    assert caught.value.code == "rulebook_not_visible"


def test_details_are_the_paragraphs_below(founded: RuleSet) -> None:
    assert [one.key for one in details(founded, "§3.4")] == ["§3.4.1"]
    assert details(founded, "§3.1")[0].key == "§3.1.1"
    assert details(founded, "§3.6") == ()
