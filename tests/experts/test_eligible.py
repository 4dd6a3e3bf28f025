"""The pool of a case on a day: who is listed, who is left out and why, what a freeze needs to know."""

from datetime import date, timedelta
from typing import Any

import pytest

from experts.rules.shortage import ANYBODY, SeatNeed, Shortage
from experts.selectors.eligible import PoolChange, case_parties, panel_size
from experts.services.membership import propose_member, remove_member
from experts.services.standing import suspend
from experts.states import TieKind
from investreview.demo import hands
from investreview.demo.hands import acting
from investreview.projects.models import Case
from investreview.rulebook.vocabulary import PoolKind
from tests.experts.cases import ON, judged, on_day, panel_case
from tests.experts.pool import admit, employ, found_pool, fresh, institute, numbers, organisation, registered
from tests.world import World, drive


def test_every_member_is_listed_with_classes_and_employer(world: World, case: Case) -> None:
    experts = found_pool(world, 9, with_accounts=False)
    pool = judged(case)
    assert [row.stable_id for row in pool.rows] == numbers(experts)
    assert [row.spec for row in pool.rows[:3]] == [("财务会计",), ("法律风险",), ("行业",)]
    assert pool.rows[0].employer_key == f"organisation:{institute(world, 0).pk}"
    assert pool.rows[0].employer_name == "LYG示例研究院1"
    assert (pool.excluded, pool.dismissed, pool.shortages, pool.drawable) == ((), (), (), pool.rows)
    assert (pool.size, panel_size(case), pool.pool) == (5, 5, PoolKind.INVESTMENT)
    assert pool.seats == (
        SeatNeed("财务会计", 1),
        SeatNeed("法律风险", 1),
        SeatNeed("行业", 1),
        SeatNeed(ANYBODY, 2),
    )


@pytest.mark.parametrize(("yuan", "size"), [("30000000.00", 5), ("99999999.99", 5), ("100000000.00", 7)])
def test_the_size_of_the_panel_goes_by_the_amount(world: World, yuan: str, size: int) -> None:
    assert panel_size(drive(world, "confirmed", yuan=yuan)) == size


def test_the_two_pools_are_never_mixed(world: World, case: Case) -> None:
    found_pool(world, 2, with_accounts=False)
    found_pool(world, 3, pool=PoolKind.SUPERVISION, first=2, with_accounts=False)
    pool = judged(case)
    assert [row.stable_id for row in pool.rows] == ["LYG-ZJ-0001", "LYG-ZJ-0002"]
    assert (dict(pool.not_listed), pool.excluded) == ({}, ())


def test_the_pools_of_two_commissions_are_never_mixed(world: World, elsewhere: World, case: Case) -> None:
    found_pool(elsewhere, 2, with_accounts=False)
    assert judged(case).rows == ()


# Members and others


def test_only_the_term_keeps_somebody_off_the_list(world: World, case: Case) -> None:
    found_pool(world, 4, with_accounts=False)
    registered(world, 10)  # nobody's proposal: the pool does not know them
    proposed = registered(world, 11)
    admit_later = registered(world, 12)
    for expert in (proposed, admit_later):
        propose_member(
            acting=acting(world.pool_keeper, on_day(ON)),
            expert_id=expert.pk,
            version=fresh(expert).version,
            pool=PoolKind.INVESTMENT,
            at=on_day(ON),
        )
    gone = found_pool(world, 1, first=4, with_accounts=False)[0]
    remove_member(
        acting=acting(world.head, on_day(ON)),
        expert_id=gone.pk,
        version=gone.version,
        pool=PoolKind.INVESTMENT,
        reason="本人申请（示例）",
        at=on_day(ON),
    )
    pool = judged(case)
    assert (len(pool.rows), dict(pool.not_listed)) == (4, {"PROPOSED": 2, "REMOVED": 1})
    assert len(judged(case, on=ON - timedelta(days=1)).rows) == 5


@pytest.mark.parametrize(
    ("on", "listed", "not_listed"),
    [
        (date(2024, 1, 1), 0, {"NOT_BEGUN": 1}),
        (date(2024, 1, 2), 1, {}),
        (date(2027, 1, 1), 1, {}),
        (date(2027, 1, 2), 0, {"TERM_OVER": 1}),
    ],
)
def test_a_term_is_of_three_years_with_both_its_days(
    world: World, case: Case, on: date, listed: int, not_listed: dict[str, int]
) -> None:
    found_pool(world, 1, with_accounts=False)
    pool = judged(case, on=on)
    assert (len(pool.rows), dict(pool.not_listed)) == (listed, not_listed)


@pytest.mark.parametrize(("days_before", "is_recent"), [(0, True), (30, True), (31, False)])
def test_who_came_within_thirty_days_is_told(world: World, case: Case, days_before: int, is_recent: bool) -> None:
    day = ON - timedelta(days=days_before)
    [expert] = found_pool(world, 1, with_accounts=False, at=on_day(day))
    expected = (PoolChange(expert.number, expert.name, day),) if is_recent else ()
    assert (judged(case).admitted, judged(case).removed) == (expected, ())


@pytest.mark.parametrize(("days_before", "is_recent"), [(0, True), (30, True), (31, False)])
def test_who_left_within_thirty_days_is_told(world: World, case: Case, days_before: int, is_recent: bool) -> None:
    day = ON - timedelta(days=days_before)
    [expert] = found_pool(world, 1, with_accounts=False)
    remove_member(
        acting=acting(world.head, on_day(day)),
        expert_id=expert.pk,
        version=expert.version,
        pool=PoolKind.INVESTMENT,
        reason="本人申请（示例）",
        at=on_day(day),
    )
    expected = (PoolChange(expert.number, expert.name, day),) if is_recent else ()
    assert (judged(case).admitted, judged(case).removed) == ((), expected)


# Employer keys


def test_whoever_has_no_post_counts_alone_and_a_post_goes_before_a_reemployment(world: World, case: Case) -> None:
    retired = registered(world, 0)
    employ(
        world,
        retired,
        organisation("旧单位"),
        kind=TieKind.RETIRED,
        from_on=date(1995, 1, 1),
        until_on=date(2020, 1, 1),
    )
    both = registered(world, 1)
    employ(world, both, organisation("返聘单位"), kind=TieKind.REEMPLOYED, from_on=date(1999, 1, 1))
    employ(world, both, organisation("后任单位"), from_on=date(2010, 1, 1))
    employ(world, both, organisation("先任单位"), from_on=date(2005, 1, 1))
    employ(world, both, organisation("董事单位"), kind=TieKind.OUTSIDE_DIRECTOR, from_on=date(2001, 1, 1))
    for expert in (retired, both):
        admit(world, expert)
    first, second = judged(case).rows
    assert (first.employer_key, first.employer_name) == ("expert:LYG-ZJ-0001", "")
    assert (second.employer_key, second.employer_name) == (f"organisation:{organisation('先任单位').pk}", "先任单位")


def test_shortages_are_told_under_the_cap_and_without_those_left_out(world: World, case: Case) -> None:
    experts = found_pool(world, 6, with_accounts=False)
    law = [expert for expert in experts if set(expert.specialties) & {"LAW", "RISK"}]
    for expert in law:
        suspend(
            acting=acting(world.pool_keeper, on_day(ON)),
            expert_id=expert.pk,
            version=expert.version,
            reason="请假（示例）",
            from_on=ON,
            at=on_day(ON),
        )
    pool = judged(case)
    assert pool.shortages == (Shortage(("法律风险",), 1, 0),)
    assert [row.stable_id for row in pool.drawable] == numbers([each for each in experts if each not in law])


def test_reading_the_pool_costs_the_same_for_two_and_for_twelve(
    world: World, case: Case, django_assert_num_queries: Any
) -> None:
    found_pool(world, 2, with_accounts=False)
    first, second = hands.fresh(case), hands.fresh(case)
    with django_assert_num_queries(6):
        few = judged(first)
    found_pool(world, 10, first=2, with_accounts=False)
    with django_assert_num_queries(6):
        many = judged(second)
    assert (len(few.rows), len(many.rows)) == (2, 12)


# Parties


def test_parties_are_the_whole_group_and_the_declared_ones(world: World) -> None:
    case = panel_case(world, TARGET="标的公司", AUDIT="示例会计师事务所", LEGAL_OPINION="示例律师事务所")
    lines = [(line.role, line.role_name, line.name) for line in case_parties(case)]
    assert lines == [
        ("GROUP", "申报集团", world.group.organisation.name),
        ("GROUP", "申报集团", world.sub.organisation.name),
        ("GROUP", "申报集团", world.sister.organisation.name),
        ("AUDIT", "审计机构", "示例会计师事务所"),
        ("LEGAL_OPINION", "法律意见机构", "示例律师事务所"),
        ("TARGET", "标的企业", "标的公司"),
    ]


def test_parties_of_a_subsidiary_s_case_are_its_whole_group(world: World) -> None:
    case = panel_case(world, body="sub")
    assert [line.organisation_id for line in case_parties(case)] == [
        world.group.organisation_id,
        world.sub.organisation_id,
        world.sister.organisation_id,
    ]
