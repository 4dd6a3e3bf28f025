"""Working days (工作日): weekends, holidays and adjusted days (调休). Pure; the registry fills the calendar."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

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
        return max(self._up_to(until) - self._up_to(after), 0)

    def _up_to(self, day: date) -> int:
        """How many working days there are up to and including ``day``: its weekdays, less the free, plus the worked."""
        weeks, rest = divmod(day.toordinal(), 7)  # day 1 of the common era is a Monday
        weekdays = weeks * 5 + min(rest, 5)
        return weekdays - bisect_right(self._free, day) + bisect_right(self._worked, day)

    @cached_property
    def _free(self) -> list[date]:
        """The weekdays on which offices do not work, in order."""
        return sorted(day for day in self.holidays - self.workdays if day.weekday() <= _FRIDAY)

    @cached_property
    def _worked(self) -> list[date]:
        """The weekend days on which they do, in order."""
        return sorted(day for day in self.workdays if day.weekday() > _FRIDAY)
