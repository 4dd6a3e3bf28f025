"""The clock of a case that was taken over counts the stated days, and goes on from the day they were stated for."""

from datetime import date

import pytest

from investreview.core.workdays import WorkCalendar
from investreview.projects.rules import ClockReading, Stop, read_clock

PLAIN = WorkCalendar(holidays=frozenset(), workdays=frozenset())
FRIDAY, MONDAY = date(2024, 7, 5), date(2024, 7, 8)


def read(*, elapsed: int, as_of: date, until: date, limit: int = 10, stops: tuple[Stop, ...] = ()) -> ClockReading:
    return read_clock(complete_on=as_of, limit=limit, stops=stops, until=until, calendar=PLAIN, elapsed=elapsed)


@pytest.mark.parametrize(
    "until, used, due",
    [
        (date(2024, 7, 4), 4, date(2024, 7, 15)),
        (FRIDAY, 4, date(2024, 7, 15)),
        (MONDAY, 5, date(2024, 7, 15)),
        (date(2024, 7, 15), 10, date(2024, 7, 15)),
        (date(2024, 7, 16), 11, date(2024, 7, 15)),
    ],
)
def test_elapsed_days_are_used_days_and_shorten_what_is_left(until: date, used: int, due: date) -> None:
    reading = read(elapsed=4, as_of=FRIDAY, until=until)

    assert (reading.used, reading.due_on, reading.left) == (used, due, 10 - used)


@pytest.mark.parametrize(
    "elapsed, as_of, due",
    [
        (9, FRIDAY, MONDAY),
        (10, FRIDAY, FRIDAY),
        (10, date(2024, 7, 7), FRIDAY),
        (11, FRIDAY, date(2024, 7, 4)),
        (11, MONDAY, FRIDAY),
        (15, FRIDAY, date(2024, 6, 28)),
    ],
)
def test_a_clock_that_had_run_out_says_when(elapsed: int, as_of: date, due: date) -> None:
    assert read(elapsed=elapsed, as_of=as_of, until=as_of).due_on == due


def test_a_case_that_began_here_is_counted_as_ever() -> None:
    assert read(elapsed=0, as_of=FRIDAY, until=MONDAY) == ClockReading(
        limit=10, used=1, due_on=date(2024, 7, 19), is_standing=False, is_estimated=False
    )


def test_a_stop_after_the_take_over_still_stops() -> None:
    stop = Stop(from_on=MONDAY, until_on=date(2024, 7, 10))

    reading = read(elapsed=4, as_of=FRIDAY, until=date(2024, 7, 11), stops=(stop,))

    assert (reading.used, reading.due_on) == (6, date(2024, 7, 17))
