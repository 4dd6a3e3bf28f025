"""Who of the members qualifies on the day: age, years in the field, suspension, employers, staff; both sides."""

from datetime import date, timedelta

import pytest

from experts.models import Expert
from experts.services.employers import end_employer
from experts.services.standing import suspend
from investreview.accounts.models import User
from investreview.demo.hands import acting
from investreview.projects.models import Case
from tests.experts.cases import ON, left_out, on_day, only_exclusion
from tests.experts.pool import admit, employ, found_pool, fresh, institute, organisation, registered
from tests.world import World


@pytest.mark.parametrize(("born_on", "codes"), [(date(1953, 7, 6), {}), (date(1953, 7, 5), {"LYG-ZJ-0001": ("AGE",)})])
def test_age_is_judged_on_the_day_of_the_draw(
    world: World, case: Case, born_on: date, codes: dict[str, tuple[str, ...]]
) -> None:
    """On 5 July 2024: 70 the day before the 71st birthday, 71 on it. Admitted while 70."""
    expert = registered(world, 0, born_on=born_on, in_field_since=date(1980, 1, 1))
    employ(world, expert, institute(world, 0), from_on=date(1980, 1, 1))
    admit(world, expert)
    assert left_out(case) == codes
    if codes:
        assert only_exclusion(case).basis == "71周岁，上限70周岁"


def test_eight_years_in_the_field_are_judged_on_the_day(world: World, case: Case) -> None:
    expert = registered(world, 0, in_field_since=date(2016, 1, 2))
    employ(world, expert, institute(world, 0), from_on=date(2016, 1, 2))
    admit(world, expert)
    assert left_out(case, on=date(2024, 1, 2)) == {}
    Expert.objects.filter(pk=expert.pk).update(in_field_since=date(2016, 7, 6))
    assert left_out(case) == {"LYG-ZJ-0001": ("FIELD_YEARS",)}
    assert only_exclusion(case).basis == "自2016年7月6日起从事本专业，须满8年"
    assert left_out(case, on=date(2024, 7, 6)) == {}


@pytest.mark.parametrize(
    ("first", "last", "is_out"),
    [
        (ON, None, True),
        (ON, ON, True),
        (ON + timedelta(days=1), None, False),
        (date(2024, 6, 1), ON, True),
        (date(2024, 6, 1), ON - timedelta(days=1), False),
    ],
)
def test_a_suspension_holds_on_its_days(world: World, case: Case, first: date, last: date | None, is_out: bool) -> None:
    [expert] = found_pool(world, 1, with_accounts=False)
    suspend(
        acting=acting(world.pool_keeper, on_day(ON)),
        expert_id=expert.pk,
        version=expert.version,
        reason="正在接受审查（示例）",
        from_on=first,
        until_on=last,
        at=on_day(ON),
    )
    assert left_out(case) == ({"LYG-ZJ-0001": ("SUSPENDED",)} if is_out else {})


@pytest.mark.parametrize(
    ("until_on", "codes"),
    [
        (None, ("UNMATCHED",)),
        (date(2021, 7, 5), ("UNMATCHED",)),
        (date(2021, 7, 4), ()),
    ],
)
def test_an_unmatched_employer_within_the_look_back_leaves_out(
    world: World, case: Case, until_on: date | None, codes: tuple[str, ...]
) -> None:
    [expert] = found_pool(world, 1, with_accounts=False)
    employ(world, expert, None, from_on=date(2010, 1, 1), until_on=until_on)
    assert left_out(case) == ({"LYG-ZJ-0001": codes} if codes else {})


def test_an_expert_without_any_employer_is_left_out(world: World, case: Case) -> None:
    admit(world, registered(world, 0))
    assert (only_exclusion(case).codes, only_exclusion(case).basis) == (("UNMATCHED",), "没有任职记录")


@pytest.mark.parametrize("is_matched", [True, False])
def test_staff_of_the_commission_are_left_out_by_their_post(world: World, case: Case, is_matched: bool) -> None:
    name = world.commission.name
    [expert] = found_pool(world, 1, with_accounts=False)
    employ(world, expert, organisation(name) if is_matched else None, from_on=date(2010, 1, 1), stated_name=name)
    assert "STAFF" in only_exclusion(case).codes
    assert only_exclusion(case).basis == f"任职记录：{name}，在职，2010年1月1日至今"
    tie = expert.employers.get(stated_name=name)
    end_employer(
        acting=acting(world.pool_keeper, on_day(ON)),
        expert_id=expert.pk,
        version=fresh(expert).version,
        employer_id=tie.pk,
        until_on=ON - timedelta(days=1),
        at=on_day(ON),
    )
    assert "STAFF" not in dict(left_out(case)).get("LYG-ZJ-0001", ())


@pytest.mark.parametrize(("phone", "codes"), [("13800000000", {"LYG-ZJ-0001": ("STAFF",)}), ("13900000000", {})])
def test_staff_of_the_commission_are_left_out_by_name_and_telephone(
    world: World, case: Case, phone: str, codes: dict[str, tuple[str, ...]]
) -> None:
    [expert] = found_pool(world, 1, with_accounts=False)
    User.objects.filter(pk=world.finance.pk).update(full_name=expert.name, phone=phone)
    assert left_out(case) == codes
