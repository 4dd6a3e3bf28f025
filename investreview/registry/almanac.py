"""What is known of a year's working days: announced by the State Council, or estimated.

``chinesecalendar`` holds the announcements up to the last year it was released for (1.11.0: 2026). Later years are
weekends and the holidays of ``holidays``, without the adjusted days (调休) nobody can know yet.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar
import holidays
from chinese_calendar.constants import Holiday

from investreview.registry.models import CalendarDay

_CHINESE = {holiday.value: holiday.chinese for holiday in Holiday}
_FRIDAY = 4
FIRST_YEAR = 2004
LAST_YEAR = 2100


def announced_until() -> int:
    """The last year whose holidays the library knows as announced."""
    years: set[int] = {day.year for day in chinese_calendar.holidays}
    return max(years)


@dataclass(frozen=True)
class Known:
    """One day as the almanac knows it."""

    day: date
    is_working_day: bool
    source: CalendarDay.Source
    note: str


def days_of(year: int) -> Iterator[Known]:
    """Every day of ``year``, announced where it is, else estimated.

    Raises: ValueError for a year before 2004 or after 2100.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"no calendar for {year}")
    first = date(year, 1, 1)
    days = (first + timedelta(days=step) for step in range((date(year + 1, 1, 1) - first).days))
    return map(_announced, days) if year <= announced_until() else _estimated(year, days)


def _announced(day: date) -> Known:
    is_free, name = chinese_calendar.get_holiday_detail(day)
    note = _CHINESE[name] if name else ""
    if note and not is_free:
        note += "调休上班"
    return Known(day, not is_free, CalendarDay.Source.OFFICIAL, note)


def _estimated(year: int, days: Iterator[date]) -> Iterator[Known]:
    festivals = holidays.country_holidays("CN", years=year, language="zh_CN")
    for day in days:
        note = festivals.get(day, "")
        is_working_day = not note and day.weekday() <= _FRIDAY
        yield Known(day, is_working_day, CalendarDay.Source.ESTIMATED, note)
