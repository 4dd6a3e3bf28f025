"""Rule sets from draft to law."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of
from investreview.core.actor import SYSTEM
from investreview.core.errors import DomainError, Forbidden, Invalid, Stale
from investreview.core.messages import sentence
from investreview.core.roles import Role
from investreview.journal.models import Entry
from investreview.registry.models import Commission
from investreview.rulebook.models import RuleSet
from investreview.rulebook.selectors import rule_set_in_force
from investreview.rulebook.services import (
    draft_rule_set,
    load_rule_set,
    publish_rule_set,
    put_in_force_at_founding,
    withdraw_draft,
)
from tests.accounts.factories import give_role, make_holder
from tests.registry.factories import AT, make_commission
from tests.rulebook.conftest import content_of
from tests.rulebook.factories import FILE

JULY, OCTOBER = date(2024, 7, 1), date(2024, 10, 1)


@pytest.fixture
def keeper(commission: Commission) -> User:
    return make_holder(Role.RULE_KEEPER, commission)


@pytest.fixture
def head(commission: Commission) -> User:
    return make_holder(Role.OFFICE_HEAD, commission)


def draft(by: User, commission: Commission, content: bytes) -> RuleSet:
    held = RuleSet.objects.filter(state="DRAFT").first()
    return draft_rule_set(
        commission=commission,
        content=content,
        base=held.sha256 if held is not None else "",
        scope=scope_of(by, AT),
        actor=by.as_actor(),
        at=AT,
    )


def publish(by: User, commission: Commission, code: str, at: datetime = AT) -> RuleSet:
    held = RuleSet.objects.filter(commission=commission, code=code).first()
    digest = held.sha256 if held is not None else ""
    scope, actor = scope_of(by, at), by.as_actor()
    return publish_rule_set(commission=commission, code=code, sha256=digest, scope=scope, actor=actor, at=at)


def refused(act: Callable[[], object]) -> tuple[type[DomainError], str]:
    with pytest.raises(DomainError) as caught:
        act()
    assert sentence(caught.value, "zh-hans") and sentence(caught.value, "en")
    return type(caught.value), caught.value.code


def verbs() -> list[str]:
    return list(Entry.objects.filter(subject_kind="rule_set").order_by("pk").values_list("verb", flat=True))


def test_founding_puts_the_reviewed_bytes_in_force(commission: Commission, founded: RuleSet) -> None:
    kept = RuleSet.objects.get()
    assert (kept.state, kept.code, kept.effective_from, kept.content.encode()) == (
        "IN_FORCE", "2024-1", date(2024, 1, 1), FILE.read_bytes(),
    )  # fmt: skip
    assert kept.data.code == "2024-1"
    assert verbs() == ["rule_set.draft", "rule_set.found"]


def test_founding_done_twice_is_as_done_once(commission: Commission, founded: RuleSet) -> None:
    again = load_rule_set(commission=commission, content=FILE.read_bytes(), actor=SYSTEM, at=AT)
    assert put_in_force_at_founding(rule_set=again, actor=SYSTEM, at=AT) == founded
    assert verbs() == ["rule_set.draft", "rule_set.found"]


def test_founding_is_over_once_rules_are_published(commission: Commission, founded: RuleSet) -> None:
    second = load_rule_set(commission=commission, content=content_of("2024-2", OCTOBER), actor=SYSTEM, at=AT)
    assert refused(lambda: put_in_force_at_founding(rule_set=second, actor=SYSTEM, at=AT)) == (
        Invalid, "rulebook_founding_over",
    )  # fmt: skip


def test_publishing_gives_the_predecessor_its_last_day(
    commission: Commission, founded: RuleSet, keeper: User, head: User
) -> None:
    draft(keeper, commission, content_of("2024-2", OCTOBER))
    publish(head, commission, "2024-2")
    founded.refresh_from_db()
    assert (founded.state, founded.effective_until) == ("SUPERSEDED", date(2024, 9, 30))
    assert rule_set_in_force(commission, date(2024, 9, 30)).code == "2024-1"
    assert rule_set_in_force(commission, OCTOBER).code == "2024-2"
    assert verbs()[2:] == ["rule_set.draft", "rule_set.publish"]


def test_only_the_rule_keeper_drafts(commission: Commission, head: User) -> None:
    assert refused(lambda: draft(head, commission, FILE.read_bytes())) == (Forbidden, "rulebook_keeper_only")
    assert not RuleSet.objects.exists()


def test_the_keeper_of_another_commission_does_not_draft(commission: Commission) -> None:
    stranger = make_holder(Role.RULE_KEEPER, make_commission("XZ"))
    assert refused(lambda: draft(stranger, commission, FILE.read_bytes())) == (Forbidden, "rulebook_keeper_only")


def test_only_the_office_head_publishes(commission: Commission, keeper: User) -> None:
    draft(keeper, commission, content_of("2024-2", OCTOBER))
    assert refused(lambda: publish(keeper, commission, "2024-2")) == (Forbidden, "rulebook_head_only")


def test_who_drafted_does_not_publish(commission: Commission, keeper: User) -> None:
    draft(keeper, commission, content_of("2024-2", OCTOBER))
    give_role(keeper, Role.OFFICE_HEAD, commission)
    assert refused(lambda: publish(keeper, commission, "2024-2")) == (Forbidden, "rulebook_same_person")


def test_database_refuses_one_person_for_both(commission: Commission, keeper: User) -> None:
    held = draft(keeper, commission, content_of("2024-2", OCTOBER))
    held.state, held.published_by, held.published_by_name, held.published_at = "IN_FORCE", keeper, "王（示例）", AT
    with pytest.raises(IntegrityError), transaction.atomic():
        held.save()


def test_database_refuses_law_without_its_evidence(commission: Commission, keeper: User) -> None:
    draft(keeper, commission, content_of("2024-2", OCTOBER))
    with pytest.raises(IntegrityError), transaction.atomic():
        RuleSet.objects.update(state="IN_FORCE")


def test_rules_are_not_retroactive(commission: Commission, keeper: User, head: User) -> None:
    draft(keeper, commission, content_of("2024-2", date(2024, 8, 6)))
    assert refused(lambda: publish(head, commission, "2024-2")) == (Invalid, "rulebook_not_retroactive")


def test_rules_may_begin_on_the_day_of_publishing(commission: Commission, keeper: User, head: User) -> None:
    draft(keeper, commission, content_of("2024-2", date(2024, 8, 7)))
    assert publish(head, commission, "2024-2").state == "IN_FORCE"


def test_the_legal_day_is_that_of_shanghai(commission: Commission, keeper: User, head: User) -> None:
    late = AT.replace(hour=16)  # 00:00 of 8 August in Shanghai
    draft(keeper, commission, content_of("2024-2", date(2024, 8, 7)))
    assert refused(lambda: publish(head, commission, "2024-2", late)) == (Invalid, "rulebook_not_retroactive")


@pytest.mark.parametrize("first", [OCTOBER, OCTOBER - timedelta(days=1)])
def test_a_successor_begins_after_its_predecessor(
    commission: Commission, founded: RuleSet, keeper: User, head: User, first: date
) -> None:
    draft(keeper, commission, content_of("2024-2", OCTOBER))
    publish(head, commission, "2024-2")
    draft(keeper, commission, content_of("2024-3", first))
    assert refused(lambda: publish(head, commission, "2024-3")) == (Invalid, "rulebook_not_after_predecessor")
    assert [held.state for held in RuleSet.objects.order_by("code")] == ["SUPERSEDED", "IN_FORCE", "DRAFT"]


def test_a_published_code_is_taken(commission: Commission, founded: RuleSet, keeper: User) -> None:
    assert refused(lambda: draft(keeper, commission, content_of("2024-1", OCTOBER))) == (
        Invalid, "rulebook_code_taken",
    )  # fmt: skip


def test_a_draft_gives_way_to_a_later_one_of_its_code(commission: Commission, keeper: User) -> None:
    draft(keeper, commission, content_of("2024-2", OCTOBER))
    draft(keeper, commission, content_of("2024-2", JULY))
    assert [held.effective_from for held in RuleSet.objects.all()] == [JULY]
    assert verbs() == ["rule_set.draft", "rule_set.draft"]


def test_the_same_draft_again_changes_nothing(commission: Commission, keeper: User, head: User) -> None:
    draft(keeper, commission, content_of("2024-2", OCTOBER))
    give_role(head, Role.RULE_KEEPER, commission)
    assert draft(head, commission, content_of("2024-2", OCTOBER)).drafted_by == keeper
    assert verbs() == ["rule_set.draft"]


def test_publishing_twice_is_as_publishing_once(commission: Commission, keeper: User, head: User) -> None:
    draft(keeper, commission, content_of("2024-2", OCTOBER))
    assert publish(head, commission, "2024-2") == publish(head, commission, "2024-2")
    assert verbs() == ["rule_set.draft", "rule_set.publish"]


def test_what_one_head_published_no_other_publishes_again(commission: Commission, keeper: User, head: User) -> None:
    draft(keeper, commission, content_of("2024-2", OCTOBER))
    publish(head, commission, "2024-2")
    other = make_holder(Role.OFFICE_HEAD, commission)
    assert refused(lambda: publish(other, commission, "2024-2")) == (Invalid, "rulebook_not_draft")


def test_a_draft_that_somebody_changed_meanwhile_is_neither_replaced_nor_published_nor_withdrawn(
    commission: Commission, keeper: User, head: User
) -> None:
    seen = draft(keeper, commission, content_of("2024-2", OCTOBER)).sha256
    other = make_holder(Role.RULE_KEEPER, commission)
    present = draft(other, commission, content_of("2024-2", JULY)).sha256
    mine = {"commission": commission, "scope": scope_of(keeper, AT), "actor": keeper.as_actor(), "at": AT}
    late = content_of("2024-2", date(2024, 11, 1))
    assert refused(lambda: draft_rule_set(content=late, base=seen, **mine)) == (Stale, "rulebook_draft_overtaken")
    assert refused(lambda: draft_rule_set(content=late, base="", **mine)) == (Stale, "rulebook_draft_overtaken")
    stale = {"code": "2024-2", "sha256": seen}
    assert refused(lambda: withdraw_draft(reason="重写", **stale, **mine)) == (Stale, "rulebook_draft_changed")
    heads = mine | {"scope": scope_of(head, AT), "actor": head.as_actor()}
    assert refused(lambda: publish_rule_set(**stale, **heads)) == (Stale, "rulebook_draft_changed")
    assert RuleSet.objects.get().sha256 == present


def test_a_withdrawn_draft_is_gone_and_the_journal_says_why(commission: Commission, keeper: User, head: User) -> None:
    held = draft(keeper, commission, content_of("2024-2", OCTOBER))
    asked = {"commission": commission, "code": "2024-2", "sha256": held.sha256, "reason": "委务会未通过", "at": AT}
    heads = {"scope": scope_of(head, AT), "actor": head.as_actor()}
    assert refused(lambda: withdraw_draft(**asked, **heads)) == (Forbidden, "rulebook_keeper_only")
    withdraw_draft(**asked, scope=scope_of(keeper, AT), actor=keeper.as_actor())
    assert not RuleSet.objects.exists()
    entry = Entry.objects.get(verb="rule_set.withdraw")
    assert (entry.actor_id, entry.subject_key) == (keeper.as_actor().id, "LYG/2024-2")
    assert entry.facts == {"sha256": held.sha256, "reason": "委务会未通过"}


def test_a_published_set_is_not_withdrawn(commission: Commission, founded: RuleSet, keeper: User) -> None:
    asked = {"commission": commission, "code": "2024-1", "sha256": founded.sha256, "reason": "错", "at": AT}
    mine = {"scope": scope_of(keeper, AT), "actor": keeper.as_actor()}
    assert refused(lambda: withdraw_draft(**asked, **mine)) == (Invalid, "rulebook_not_draft")


def test_a_faulty_file_leaves_nothing(commission: Commission, keeper: User) -> None:
    broken = FILE.read_bytes().replace('citation: "§3.6"'.encode(), 'citation: "§3.66"'.encode())
    assert refused(lambda: draft(keeper, commission, broken)) == (Invalid, "rulebook_citation_unknown")
    assert not RuleSet.objects.exists()


def test_two_commissions_have_rules_of_the_same_code(commission: Commission, founded: RuleSet) -> None:
    other = make_commission("XZ")
    held = load_rule_set(commission=other, content=FILE.read_bytes(), actor=SYSTEM, at=AT)
    assert put_in_force_at_founding(rule_set=held, actor=SYSTEM, at=AT) != founded
    assert rule_set_in_force(other, JULY) == held
