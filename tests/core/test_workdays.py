from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investreview.core.workdays import WorkCalendar


def days(*texts: str) -> frozenset[date]:
    return frozenset(map(date.fromisoformat, texts))


# 2024 as the State Council announced it: National Day and 中秋, with the weekend days that were worked (调休).
CALENDAR = WorkCalendar(
    holidays=days(
        "2024-09-15", "2024-09-16", "2024-09-17",
        "2024-10-01", "2024-10-02", "2024-10-03", "2024-10-04", "2024-10-05", "2024-10-06", "2024-10-07",
    ),
    workdays=days("2024-09-14", "2024-09-29", "2024-10-12"),
    estimated_from=date(2025, 1, 1),
)  # fmt: skip

some_days = st.dates(min_value=date(2024, 8, 1), max_value=date(2024, 11, 30))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2024-09-13", True),  # Friday
        ("2024-09-14", True),  # Saturday, worked
        ("2024-09-15", False),  # Sunday, 中秋
        ("2024-09-16", False),  # Monday, holiday
        ("2024-09-18", True),
        ("2024-09-21", False),  # Saturday
        ("2024-09-22", False),  # Sunday
        ("2024-09-29", True),  # Sunday, worked
        ("2024-10-01", False),
        ("2024-10-07", False),
        ("2024-10-08", True),
        ("2024-10-12", True),  # Saturday, worked
    ],
)
def test_is_working_day_known_days(day: str, expected: bool) -> None:
    assert CALENDAR.is_working_day(date.fromisoformat(day)) is expected


def test_is_working_day_worked_wins_over_holiday() -> None:
    calendar = WorkCalendar(holidays=days("2024-10-05"), workdays=days("2024-10-05"))

    assert calendar.is_working_day(date(2024, 10, 5)) is True


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        ("2024-08-07", 1, "2024-08-08"),
        ("2024-08-07", 3, "2024-08-12"),  # over an ordinary weekend
        ("2024-08-09", 1, "2024-08-12"),  # from a Friday
        ("2024-08-10", 1, "2024-08-12"),  # from a Saturday
        ("2024-09-13", 1, "2024-09-14"),  # the worked Saturday counts
        ("2024-09-14", 1, "2024-09-18"),
        ("2024-09-27", 1, "2024-09-29"),  # the worked Sunday counts
        ("2024-09-30", 1, "2024-10-08"),
        ("2024-09-30", 5, "2024-10-12"),
        ("2024-09-26", 10, "2024-10-15"),
        ("2024-12-31", 1, "2025-01-01"),  # nothing known of 2025 yet
    ],
)
def test_add_known_deadlines(start: str, count: int, expected: str) -> None:
    assert CALENDAR.add(date.fromisoformat(start), count) == date.fromisoformat(expected)


@pytest.mark.parametrize("count", [0, -1])
def test_add_less_than_one_day_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match="at least one working day"):
        CALENDAR.add(date(2024, 8, 7), count)


@pytest.mark.parametrize(
    ("after", "until", "expected"),
    [
        ("2024-08-07", "2024-08-07", 0),
        ("2024-08-07", "2024-08-06", 0),
        ("2024-08-07", "2024-08-08", 1),
        ("2024-08-09", "2024-08-11", 0),
        ("2024-08-09", "2024-08-12", 1),
        ("2024-09-30", "2024-10-08", 1),
        ("2024-09-01", "2024-09-30", 21),
        ("2024-09-30", "2024-10-31", 19),
    ],
)
def test_count_known_periods(after: str, until: str, expected: int) -> None:
    assert CALENDAR.count(date.fromisoformat(after), date.fromisoformat(until)) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2024-09-30", "2024-09-30"), ("2024-10-01", "2024-10-08"), ("2024-09-28", "2024-09-29")],
)
def test_next_working_day_known_days(day: str, expected: str) -> None:
    assert CALENDAR.next_working_day(date.fromisoformat(day)) == date.fromisoformat(expected)


@pytest.mark.parametrize(("day", "expected"), [("2024-12-31", False), ("2025-01-01", True), ("2026-05-01", True)])
def test_is_estimated_from_the_first_unannounced_day(day: str, expected: bool) -> None:
    assert CALENDAR.is_estimated(date.fromisoformat(day)) is expected


def test_is_estimated_without_estimates_is_never() -> None:
    assert WorkCalendar(frozenset(), frozenset()).is_estimated(date(2100, 1, 1)) is False


@given(some_days, st.integers(min_value=1, max_value=40))
def test_add_ends_on_a_working_day_with_that_many_counted(start: date, count: int) -> None:
    end = CALENDAR.add(start, count)

    assert CALENDAR.is_working_day(end)
    assert CALENDAR.count(start, end) == count
    assert CALENDAR.count(start, end - timedelta(days=1)) == count - 1


@given(some_days, st.integers(min_value=1, max_value=20), st.integers(min_value=1, max_value=20))
def test_add_twice_is_adding_the_sum(start: date, first: int, second: int) -> None:
    assert CALENDAR.add(CALENDAR.add(start, first), second) == CALENDAR.add(start, first + second)


@given(some_days, some_days, some_days)
def test_count_parts_add_up(one: date, two: date, three: date) -> None:
    first, middle, last = sorted((one, two, three))

    assert CALENDAR.count(first, last) == CALENDAR.count(first, middle) + CALENDAR.count(middle, last)
