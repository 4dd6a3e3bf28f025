"""Employers, conflict parties and suspensions: noted, matched, ended, lifted; and who may keep records at all."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from experts.models import Expert
from experts.services.employers import EmployerFacts, add_employer, end_employer, match_employer
from experts.services.organisations import OrganisationName
from experts.services.pool import register_expert, update_expert
from experts.services.standing import ConflictFacts, add_conflict, end_conflict, lift_suspension, suspend
from experts.states import ConflictKind, TieKind
from investreview.accounts.models import User
from investreview.core.errors import Forbidden, NotVisible, Stale
from investreview.demo.hands import acting
from investreview.registry.models import Organisation
from tests.experts.asking import last_entry, refused
from tests.experts.cases import ON, on_day
from tests.experts.pool import SOMEBODY, found_pool, fresh, organisation, registered
from tests.world import World, credit_code

AT = on_day(ON)

# Employers


def employer(**changes: Any) -> EmployerFacts:
    usual = EmployerFacts(kind=TieKind.EMPLOYED, stated_name="某某研究院", from_on=date(2010, 1, 1))
    return replace(usual, **changes)


def test_an_employer_with_its_credit_code_is_matched_at_once(world: World) -> None:
    expert = registered(world, 0)
    tie = add_employer(
        acting=acting(world.pool_keeper, AT),
        expert_id=expert.pk,
        version=1,
        facts=employer(credit_code=credit_code(77), position="院长"),
        at=AT,
    )
    assert tie.organisation == Organisation.objects.get(credit_code=credit_code(77), name="某某研究院")
    assert last_entry(expert)[0::2] == (
        "expert.add_employer",
        {
            "version": 2,
            "kind": "EMPLOYED",
            "stated_name": "某某研究院",
            "organisation": "某某研究院",
            "from_on": "2010-01-01",
            "until_on": None,
        },
    )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"from_on": date(2024, 7, 6)}, "experts_date_in_future"),
        ({"until_on": date(2009, 12, 31)}, "experts_period_reversed"),
        ({"kind": TieKind.RETIRED}, "experts_retired_until"),
        ({"stated_name": ""}, "text_empty"),
        ({"credit_code": "123"}, "registry_code_length"),
        ({"credit_code": credit_code(0)}, "registry_code_length"),
    ],
)
def test_add_employer_refuses_what_cannot_be(world: World, changes: dict[str, Any], code: str) -> None:
    expert = registered(world, 0)
    if changes.get("credit_code") == credit_code(0):
        Organisation.objects.create(name="另一家", credit_code=credit_code(0))
        code = "registry_code_other_name"
    error = refused(
        lambda: add_employer(
            acting=acting(world.pool_keeper, AT), expert_id=expert.pk, version=1, facts=employer(**changes), at=AT
        )
    )
    assert (error.code, fresh(expert).version, expert.employers.count()) == (code, 1, 0)


def test_an_employer_is_matched_corrected_and_ended(world: World) -> None:
    expert = registered(world, 0)
    keeper = acting(world.pool_keeper, AT)
    tie = add_employer(acting=keeper, expert_id=expert.pk, version=1, facts=employer(), at=AT)
    assert tie.organisation is None
    wrong, right = organisation("甲研究院"), organisation("乙研究院")

    def match(version: int, to: Organisation) -> Callable[[], object]:
        return lambda: match_employer(
            acting=keeper,
            expert_id=expert.pk,
            version=version,
            employer_id=tie.pk,
            named=OrganisationName(to.name),
            at=AT,
        )

    match(2, wrong)()
    assert refused(match(3, wrong)).code == "experts_matched_already"
    match(3, right)()
    assert last_entry(expert)[2]["before"] == "甲研究院"
    assert isinstance(refused(match(3, wrong)), Stale)

    def end(version: int, on: date) -> Callable[[], object]:
        return lambda: end_employer(
            acting=keeper, expert_id=expert.pk, version=version, employer_id=tie.pk, until_on=on, at=AT
        )

    assert refused(end(4, date(2009, 12, 31))).code == "experts_period_reversed"
    end(4, date(2010, 1, 1))()
    assert refused(end(5, date(2011, 1, 1))).code == "experts_ended_already"


def test_an_employer_of_another_expert_is_not_found(world: World) -> None:
    first, second = found_pool(world, 2, with_accounts=False)
    tie = second.employers.get()
    error = refused(
        lambda: end_employer(
            acting=acting(world.pool_keeper, AT),
            expert_id=first.pk,
            version=first.version,
            employer_id=tie.pk,
            until_on=ON,
            at=AT,
        )
    )
    assert isinstance(error, NotVisible)


# Conflicts and suspensions


def test_a_conflict_is_noted_and_ended(world: World) -> None:
    expert = registered(world, 0)
    keeper = acting(world.pool_keeper, AT)
    organisation("某公司")
    facts = ConflictFacts(
        named=OrganisationName("某公司"), kind=ConflictKind.KIN, basis="本人申报表", from_on=date(2020, 1, 1)
    )

    def add(version: int, **changes: Any) -> Any:
        return add_conflict(acting=keeper, expert_id=expert.pk, version=version, facts=replace(facts, **changes), at=AT)

    def end(version: int, on: date) -> Any:
        return end_conflict(
            acting=keeper, expert_id=expert.pk, version=version, conflict_id=conflict.pk, until_on=on, at=AT
        )

    assert refused(lambda: add(1, from_on=date(2024, 7, 6))).code == "experts_date_in_future"
    assert refused(lambda: add(1, until_on=date(2019, 12, 31))).code == "experts_period_reversed"
    assert refused(lambda: add(1, basis=" ")).code == "text_empty"
    conflict = add(1)
    assert (conflict.noted_by, last_entry(expert)[0]) == (world.pool_keeper, "expert.add_conflict")
    assert refused(lambda: end(2, date(2024, 7, 6))).code == "experts_date_in_future"
    assert refused(lambda: end(2, date(2019, 12, 31))).code == "experts_period_reversed"
    assert isinstance(refused(lambda: end(1, ON)), Stale)
    end(2, ON)
    assert last_entry(expert)[0::2] == (
        "expert.end_conflict",
        {
            "version": 3,
            "kind": "KIN",
            "organisation": "某公司",
            "basis": "本人申报表",
            "from_on": "2020-01-01",
            "until_on": "2024-07-05",
        },
    )
    assert refused(lambda: end(3, ON)).code == "experts_ended_already"


def test_the_keeper_suspends_and_only_the_head_lifts(world: World) -> None:
    expert = registered(world, 0)

    def lift(who: User, version: int, on: date = ON) -> Any:
        return lift_suspension(
            acting=acting(who, AT),
            expert_id=expert.pk,
            version=version,
            suspension_id=suspension.pk,
            until_on=on,
            reason="审查结束（示例）",
            at=AT,
        )

    suspension = suspend(
        acting=acting(world.pool_keeper, AT),
        expert_id=expert.pk,
        version=1,
        reason="正在接受审查（示例）",
        from_on=ON,
        at=AT,
    )
    error = refused(lambda: lift(world.pool_keeper, 2))
    assert (type(error), error.code) == (Forbidden, "experts_role_missing")
    assert refused(lambda: lift(world.head, 2, date(2024, 7, 4))).code == "experts_period_reversed"
    lift(world.head, 2)
    assert last_entry(expert) == (
        "expert.lift_suspension",
        world.head.full_name,
        {
            "version": 3,
            "suspended_for": "正在接受审查（示例）",
            "reason": "审查结束（示例）",
            "until_on": "2024-07-05",
        },
    )
    assert refused(lambda: lift(world.head, 3)).code == "experts_ended_already"


# Who may


def acts(world: World, expert: Expert) -> dict[str, Callable[[User], object]]:
    """Every act of the keeper, each on a fresh record."""
    version = fresh(expert).version
    tie = expert.employers.first()
    return {
        "register": lambda who: register_expert(
            acting=acting(who, AT), commission=world.commission, facts=SOMEBODY, at=AT
        ),
        "update": lambda who: update_expert(
            acting=acting(who, AT), expert_id=expert.pk, version=version, facts=SOMEBODY, at=AT
        ),
        "add_employer": lambda who: add_employer(
            acting=acting(who, AT), expert_id=expert.pk, version=version, facts=employer(), at=AT
        ),
        "end_employer": lambda who: end_employer(
            acting=acting(who, AT), expert_id=expert.pk, version=version, employer_id=tie.pk, until_on=ON, at=AT
        ),
    }


@pytest.mark.parametrize(
    "who", ["head", "officer", "draw_operator", "draw_supervisor", "group_drafter", "director", "security_admin"]
)
def test_only_the_keeper_keeps_records(world: World, who: str) -> None:
    [expert] = found_pool(world, 1, with_accounts=False)
    expected = Forbidden if who == "head" else NotVisible
    for act in acts(world, expert).values():
        with pytest.raises(expected):
            act(world.people[who])


def test_a_keeper_of_another_commission_finds_nobody(world: World, elsewhere: World) -> None:
    [expert] = found_pool(world, 1, with_accounts=False)
    for act in acts(world, expert).values():
        with pytest.raises(NotVisible):
            act(elsewhere.pool_keeper)
