"""Deadlines as people read them: how many working days are left, and until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from investreview.core.workdays import WorkCalendar
from investreview.projects.models import Case
from investreview.projects.rules import ClockReading
from investreview.registry.models import Commission
from investreview.registry.selectors import calendar_as_read


@dataclass(frozen=True)
class Deadline:
    """A due date with what is left. Units: working days, negative once overdue; ``state`` as the clock tag wants it."""

    due_on: date | None
    remaining: int | None
    state: str = ""


NO_DEADLINE = Deadline(due_on=None, remaining=None)
STANDING = Deadline(due_on=None, remaining=None, state="paused")


def deadline(due_on: date | None, today: date, calendar: WorkCalendar) -> Deadline:
    """The deadline as it stands today, marked where the calendar only estimates the day."""
    if due_on is None:
        return NO_DEADLINE
    left = calendar.count(today, due_on) if due_on >= today else -calendar.count(due_on, today)
    if due_on < today and left == 0:  # overdue over a weekend is overdue
        left = -1
    return Deadline(due_on=due_on, remaining=left, state="estimated" if calendar.is_estimated(due_on) else "")


def whole_deadline(reading: ClockReading | None) -> Deadline:
    """The deadline of the whole clock as it stands: nothing before completeness, standing, or with what is left."""
    if reading is None:
        return NO_DEADLINE
    if reading.is_standing:
        return STANDING
    return Deadline(due_on=reading.due_on, remaining=reading.left, state="estimated" if reading.is_estimated else "")


def calendars_of(cases: Iterable[Case]) -> dict[int, WorkCalendar]:
    """The calendar of each commission among the cases, as it was when they were read."""
    commissions: dict[int, Commission] = {case.commission_id: case.commission for case in cases}
    return {pk: calendar_as_read(commission) for pk, commission in commissions.items()}
