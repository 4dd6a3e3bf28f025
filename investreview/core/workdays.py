"""Working days (工作日): weekends, holidays and adjusted days (调休). Pure; the registry fills the calendar."""

from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)
_FRIDAY = 4


@dataclass(frozen=True)
class WorkCalendar:
    """A commission's calendar: which weekdays are free, which weekend days are worked.

    From ``estimated_from`` on the State Council has not yet announced the holidays; those days are estimates.
    """

    holidays: frozenset[date]
    workdays: frozenset[date]
    estimated_from: date | None = None

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on ``day``; an adjusted working day wins over everything."""
        if day in self.workdays:
            return True
        return day not in self.holidays and day.weekday() <= _FRIDAY

    def is_estimated(self, day: date) -> bool:
        """Whether nobody has announced the holidays around ``day`` yet."""
        return self.estimated_from is not None and day >= self.estimated_from

    def next_working_day(self, day: date) -> date:
        """``day`` itself when it is worked, else the first worked day after it."""
        while not self.is_working_day(day):
            day += _DAY
        return day

    def add(self, start: date, days: int) -> date:
        """The ``days``-th working day after ``start``; the day of the event itself is not counted (期间开始之日不计入).

        Raises: ValueError when ``days`` is less than 1.
        """
        if days < 1:
            raise ValueError(f"a period has at least one working day, not {days}")
        day = start
        for _ in range(days):
            day = self.next_working_day(day + _DAY)
        return day

    def count(self, after: date, until: date) -> int:
        """How many working days lie after ``after`` up to and including ``until``; 0 when ``until`` is not later."""
        days = (until - after).days
        return sum(self.is_working_day(after + timedelta(days=step)) for step in range(1, days + 1))
