from datetime import date

import pytest

from investreview.core.actor import SYSTEM
from investreview.core.errors import Forbidden, Invalid
from investreview.core.roles import Role
from investreview.core.scope import Grant, Scope
from investreview.core.subject import Subject
from investreview.core.workdays import WorkCalendar
from investreview.journal.selectors import entries_of
from investreview.registry import selectors
from investreview.registry.almanac import announced_until, days_of
from investreview.registry.models import CalendarDay, Commission
from investreview.registry.selectors import work_calendar
from investreview.registry.services import (
    add_calendar_year,
    confirm_calendar_year,
    edit_calendar_day,
    seed_calendar,
)
from tests.registry.factories import AT, make_commission

Source = CalendarDay.Source


def keeper(role: Role = Role.RULE_KEEPER, path: str = "LYG/") -> Scope:
    return Scope(user_id=7, username="keeper", name="王×（示例）", grants=(Grant(role, path),))


def seed(commission: Commission, first_year: int = 2024, last_year: int = 2024) -> tuple[int, ...]:
    return seed_calendar(commission=commission, first_year=first_year, last_year=last_year, actor=SYSTEM, at=AT)


def edit(commission: Commission, day: date, *, is_working_day: bool, scope: Scope | None = None) -> CalendarDay:
    return edit_calendar_day(
        commission=commission,
        day=day,
        is_working_day=is_working_day,
        reason="苏政办发〔2024〕××号（示例）",
        scope=scope or keeper(),
        actor=SYSTEM,
        at=AT,
    )


@pytest.mark.parametrize(
    ("day", "is_working_day", "note"),
    [
        (date(2024, 2, 9), True, ""),
        (date(2024, 2, 10), False, "春节"),
        (date(2024, 2, 18), True, "春节调休上班"),
        (date(2024, 10, 1), False, "国庆节"),
        (date(2024, 10, 12), True, "国庆节调休上班"),
        (date(2024, 10, 13), False, ""),
    ],
)
def test_days_of_an_announced_year_are_official(day: date, is_working_day: bool, note: str) -> None:
    known = {each.day: each for each in days_of(2024)}
    assert len(known) == 366
    assert (known[day].is_working_day, known[day].note, known[day].source) == (is_working_day, note, Source.OFFICIAL)


def test_days_of_the_year_after_the_announcements_are_estimated() -> None:
    assert announced_until() == 2026  # raise the year together with chinesecalendar
    known = {each.day: each for each in days_of(2027)}
    assert {each.source for each in known.values()} == {Source.ESTIMATED}
    assert [known[date(2027, 10, day)].is_working_day for day in (1, 2, 8, 9)] == [False, False, True, False]


@pytest.mark.parametrize("year", [2003, 2101])
def test_days_of_a_year_nobody_knows_are_refused(year: int) -> None:
    with pytest.raises(ValueError, match=str(year)):
        days_of(year)


@pytest.mark.django_db
def test_seed_calendar_again_changes_nothing() -> None:
    commission = make_commission()
    assert seed(commission, 2023, 2024) == (2023, 2024)
    before = list(CalendarDay.objects.values())
    assert seed(commission, 2023, 2024) == ()
    assert list(CalendarDay.objects.values()) == before
    assert entries_of(Subject("calendar", "LYG/2024")).count() == 1


@pytest.mark.django_db
def test_seed_calendar_announcement_replaces_estimates_and_leaves_what_people_set() -> None:
    commission = make_commission()
    seed(commission)
    days = CalendarDay.objects.filter(commission=commission)
    days.update(source=Source.ESTIMATED, is_working_day=True)
    edit(commission, date(2024, 10, 1), is_working_day=True)
    assert seed(commission) == (2024,)
    assert days.get(day=date(2024, 10, 1)).source == Source.EDITED
    assert days.get(day=date(2024, 10, 2)).is_working_day is False
    assert days.filter(source=Source.ESTIMATED).count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (2026, 2026, "registry_calendar_gap"),
        (2020, 2022, "registry_calendar_gap"),
        (2003, 2024, "registry_calendar_years"),
        (2024, 2101, "registry_calendar_years"),
        (2025, 2024, "registry_calendar_years"),
    ],
)
def test_seed_calendar_years_that_leave_a_gap_are_refused(first: int, last: int, code: str) -> None:
    commission = make_commission()
    seed(commission)
    with pytest.raises(Invalid) as refused:
        seed(commission, first, last)
    assert refused.value.code == code
    assert selectors.calendar_years(commission) == (2024,)


@pytest.mark.django_db
@pytest.mark.parametrize(("first", "last"), [(2023, 2023), (2025, 2025), (2023, 2025)])
def test_seed_calendar_adjoining_years_are_added(first: int, last: int) -> None:
    commission = make_commission()
    seed(commission)
    seed(commission, first, last)
    assert selectors.calendar_years(commission) == tuple(range(min(first, 2024), max(last, 2024) + 1))


@pytest.mark.django_db
def test_work_calendar_without_rows_estimates_everything() -> None:
    calendar = work_calendar(make_commission())
    assert calendar == WorkCalendar(frozenset(), frozenset(), date.min)


@pytest.mark.django_db
@pytest.mark.parametrize(("last", "estimated_from"), [(2026, date(2027, 1, 1)), (2028, date(2027, 1, 1))])
def test_work_calendar_says_where_estimates_begin(last: int, estimated_from: date) -> None:
    commission = make_commission()
    seed(commission, 2026, last)
    assert work_calendar(commission).estimated_from == estimated_from


@pytest.mark.django_db
def test_work_calendar_knows_adjusted_days() -> None:
    commission = make_commission()
    seed(commission)
    calendar = work_calendar(commission)
    assert calendar.add(date(2024, 9, 27), 3) == date(2024, 10, 8)
    assert calendar.is_working_day(date(2024, 9, 29)) is True


@pytest.mark.django_db
def test_work_calendar_right_after_an_edit_is_the_edited_one(django_assert_num_queries) -> None:
    commission = make_commission()
    seed(commission)
    assert work_calendar(commission).is_working_day(date(2024, 8, 8)) is True
    with django_assert_num_queries(1):
        work_calendar(commission)
    edit(commission, date(2024, 8, 8), is_working_day=False)
    assert work_calendar(commission).is_working_day(date(2024, 8, 8)) is False


@pytest.mark.django_db
def test_work_calendar_of_one_commission_is_not_another_s() -> None:
    commission, other = make_commission(), make_commission("XZ")
    seed(commission)
    seed(other)
    edit(commission, date(2024, 8, 8), is_working_day=False)
    assert work_calendar(other).is_working_day(date(2024, 8, 8)) is True


@pytest.mark.django_db
def test_edit_calendar_day_same_said_twice_is_one_entry() -> None:
    commission = make_commission()
    seed(commission)
    for _ in range(2):
        edit(commission, date(2024, 8, 8), is_working_day=False)
    entry = entries_of(Subject("calendar", "LYG/2024-08-08")).get()
    assert (entry.verb, entry.facts["was_working_day"], entry.facts["is_working_day"]) == (
        "calendar.edit_day",
        True,
        False,
    )


EDITORS = {Role.SYSTEM_ADMIN, Role.RULE_KEEPER}


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_edit_calendar_day_is_for_keepers_only(role: Role) -> None:
    commission = make_commission()
    seed(commission)
    if role in EDITORS:
        assert edit(commission, date(2024, 8, 8), is_working_day=False, scope=keeper(role)).source == Source.EDITED
        return
    with pytest.raises(Forbidden) as refused:
        edit(commission, date(2024, 8, 8), is_working_day=False, scope=keeper(role))
    assert refused.value.code == "registry_calendar_keeper_only"


@pytest.mark.django_db
def test_edit_calendar_day_by_the_keeper_of_another_commission_is_refused() -> None:
    commission = make_commission()
    seed(commission)
    with pytest.raises(Forbidden):
        edit(commission, date(2024, 8, 8), is_working_day=False, scope=keeper(path="XZ/"))


@pytest.mark.django_db
def test_edit_calendar_day_of_a_year_that_is_missing_is_refused() -> None:
    commission = make_commission()
    seed(commission)
    with pytest.raises(Invalid) as refused:
        edit(commission, date(2025, 1, 1), is_working_day=True)
    assert refused.value.code == "registry_calendar_year_missing"


@pytest.mark.django_db
def test_confirm_calendar_year_ends_the_estimate() -> None:
    commission = make_commission()
    seed(commission, 2026, 2027)
    said = {
        "commission": commission,
        "year": 2027,
        "source": "国办发明电〔2026〕×号（示例）",
        "actor": SYSTEM,
        "at": AT,
    }
    with pytest.raises(Forbidden):
        confirm_calendar_year(**said, scope=keeper(Role.DIRECTOR))
    assert confirm_calendar_year(**said, scope=keeper()) == 365
    assert confirm_calendar_year(**said, scope=keeper()) == 0
    assert work_calendar(commission).estimated_from == date(2028, 1, 1)
    assert entries_of(Subject("calendar", "LYG/2027")).filter(verb="calendar.confirm_year").count() == 1
    with pytest.raises(Invalid):
        confirm_calendar_year(**said | {"year": 2030}, scope=keeper())


@pytest.mark.django_db
def test_add_calendar_year_is_for_keepers_only() -> None:
    commission = make_commission()
    said = {"commission": commission, "year": 2024, "actor": SYSTEM, "at": AT}
    with pytest.raises(Forbidden):
        add_calendar_year(**said, scope=keeper(Role.CASE_OFFICER))
    assert [add_calendar_year(**said, scope=keeper(Role.SYSTEM_ADMIN)) for _ in range(2)] == [True, False]
