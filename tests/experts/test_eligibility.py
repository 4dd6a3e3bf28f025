"""Age, years in the field, days that count, terms: both sides of each bound, without a database."""

from dataclasses import dataclass
from datetime import date

import pytest

from experts.rules.codes import ExclusionCode, NotListed
from experts.rules.eligibility import Period, Person, look_back, unfitness, years_between
from experts.rules.terms import Term, arrivals, departures, not_listed

ON = date(2024, 8, 7)
LONG_AGO = date(1990, 1, 1)
AGE, FIELD = ExclusionCode.AGE, ExclusionCode.FIELD_YEARS


@dataclass(frozen=True)
class Limits:
    field_years: int = 8
    oldest_years: int = 70


@pytest.mark.parametrize(
    ("born_on", "expected"),
    [
        (date(1953, 8, 8), ()),  # 70, the day before the 71st birthday
        (date(1953, 8, 7), (AGE,)),  # the 71st birthday
        (date(1953, 8, 6), (AGE,)),
        (date(1954, 8, 7), ()),  # the 70th birthday
        (date(1954, 8, 8), ()),  # still 69
        (date(1980, 1, 1), ()),
    ],
)
def test_age_is_judged_on_the_day_of_the_draw(born_on: date, expected: tuple[ExclusionCode, ...]) -> None:
    assert unfitness(Person(born_on, LONG_AGO), Limits(), ON) == expected


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        (date(2016, 8, 6), ()),
        (date(2016, 8, 7), ()),  # eight years on the day
        (date(2016, 8, 8), (FIELD,)),  # a day too late
        (date(2024, 8, 7), (FIELD,)),
    ],
)
def test_eight_years_in_the_field_are_full_years(since: date, expected: tuple[ExclusionCode, ...]) -> None:
    assert unfitness(Person(date(1980, 1, 1), since), Limits(), ON) == expected


def test_every_unfitness_is_told() -> None:
    assert unfitness(Person(date(1940, 1, 1), date(2020, 1, 1)), Limits(), ON) == (AGE, FIELD)


@pytest.mark.parametrize(
    ("on", "years"), [(date(2023, 2, 28), 70), (date(2023, 3, 1), 71), (date(2024, 2, 28), 71), (date(2024, 2, 29), 72)]
)
def test_a_birthday_of_29_february_is_kept_on_1_march_of_common_years(on: date, years: int) -> None:
    assert years_between(date(1952, 2, 29), on) == years


def test_the_look_back_includes_the_same_day_three_years_earlier() -> None:
    window = look_back(ON, 3)
    assert (window.first, window.last) == (date(2021, 8, 7), ON)
    assert look_back(date(2024, 2, 29), 3).first == date(2021, 2, 28)


def period(first: str, last: str | None = None) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last) if last else None)


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        (period("2020-01-01", "2021-08-07"), period("2021-08-07", "2024-08-07"), period("2021-08-07", "2021-08-07")),
        (period("2020-01-01", "2021-08-06"), period("2021-08-07", "2024-08-07"), None),
        (period("2020-01-01"), period("2021-08-07", "2024-08-07"), period("2021-08-07", "2024-08-07")),
        (period("2020-01-01"), period("2022-01-01"), period("2022-01-01")),
        (period("2024-08-08"), period("2021-08-07", "2024-08-07"), None),
    ],
)
def test_two_periods_share_their_common_days(one: Period, other: Period, shared: Period | None) -> None:
    assert (one.shared_with(other), other.shared_with(one)) == (shared, shared)


@pytest.mark.parametrize(
    ("one", "other", "covers"),
    [
        (period("2020-01-01"), period("2020-01-01"), True),
        (period("2020-01-01"), period("2020-01-01", "2020-12-31"), True),
        (period("2020-01-01", "2020-12-31"), period("2020-01-01"), False),
        (period("2020-01-01", "2020-12-31"), period("2020-01-01", "2020-12-31"), True),
        (period("2020-01-01", "2020-12-30"), period("2020-01-01", "2020-12-31"), False),
        (period("2020-01-02"), period("2020-01-01"), False),
    ],
)
def test_a_period_covers_what_lies_within_it(one: Period, other: Period, covers: bool) -> None:
    assert one.covers(other) is covers


@pytest.mark.parametrize(("day", "holds"), [("2024-08-06", False), ("2024-08-07", True), ("2024-08-08", False)])
def test_a_period_of_one_day_holds_on_that_day(day: str, holds: bool) -> None:
    assert period("2024-08-07", "2024-08-07").holds_on(date.fromisoformat(day)) is holds


RUNNING = Term(period("2021-08-08", "2024-08-07"), None)


@pytest.mark.parametrize(
    ("terms", "on", "expected"),
    [
        ([RUNNING], date(2024, 8, 7), None),
        ([RUNNING], date(2024, 8, 8), NotListed.TERM_OVER),
        ([RUNNING], date(2021, 8, 8), None),
        ([RUNNING], date(2021, 8, 7), NotListed.NOT_BEGUN),
        ([Term(None, None)], ON, NotListed.PROPOSED),
        ([Term(None, ON)], ON, NotListed.PROPOSED),  # refused
        ([Term(RUNNING.term, ON)], ON, NotListed.REMOVED),
        ([Term(RUNNING.term, date(2024, 8, 8))], ON, None),
        ([RUNNING, Term(None, None)], date(2024, 8, 8), NotListed.TERM_OVER),
        ([RUNNING, Term(period("2024-08-08", "2027-08-07"), None)], date(2024, 8, 8), None),
        ([RUNNING, Term(period("2024-08-10", "2027-08-09"), None)], date(2024, 8, 8), NotListed.NOT_BEGUN),
        ([], ON, NotListed.PROPOSED),
    ],
)
def test_membership_goes_by_terms(terms: list[Term], on: date, expected: NotListed | None) -> None:
    assert not_listed(terms, on) == expected


WITHIN = period("2024-07-08", "2024-08-07")


@pytest.mark.parametrize(
    ("terms", "came", "left"),
    [
        ([Term(period("2024-07-08", "2027-07-07"), None)], ["2024-07-08"], []),
        ([Term(period("2024-07-07", "2027-07-06"), None)], [], []),
        ([Term(period("2024-08-07", "2027-08-06"), None)], ["2024-08-07"], []),
        ([Term(period("2024-08-08", "2027-08-07"), None)], [], []),
        ([Term(period("2021-07-08", "2024-07-07"), None)], [], ["2024-07-08"]),
        ([Term(period("2021-07-07", "2024-07-06"), None)], [], []),
        ([Term(period("2021-08-07", "2024-08-06"), None)], [], ["2024-08-07"]),
        (
            [Term(period("2021-07-20", "2024-07-19"), None), Term(period("2024-07-20", "2027-07-19"), None)],
            [],
            [],
        ),
        (
            [Term(period("2021-07-20", "2024-07-19"), None), Term(period("2024-07-22", "2027-07-21"), None)],
            ["2024-07-22"],
            ["2024-07-20"],
        ),
        ([Term(period("2023-01-01", "2025-12-31"), date(2024, 7, 20))], [], ["2024-07-20"]),
        ([Term(period("2024-08-01", "2027-07-31"), date(2024, 8, 3))], ["2024-08-01"], ["2024-08-03"]),
        ([Term(period("2024-08-05", "2027-08-04"), date(2024, 8, 3))], [], []),
        ([Term(period("2024-08-03", "2027-08-02"), date(2024, 8, 3))], [], []),  # never of the pool for a day
        ([Term(None, date(2024, 8, 3))], [], []),
    ],
)
def test_who_came_and_who_left_lately(terms: list[Term], came: list[str], left: list[str]) -> None:
    assert (
        [day.isoformat() for day in arrivals(terms, WITHIN)],
        [day.isoformat() for day in departures(terms, WITHIN)],
    ) == (came, left)
