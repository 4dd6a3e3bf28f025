"""A year of working days, arranged for the page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from investreview.registry.models import CalendarDay

_FRIDAY = 4


@dataclass(frozen=True)
class Cell:
    """One day of a month's table; ``mark`` is 休 or 班 where the day is not what its weekday says."""

    number: int
    is_working_day: bool
    mark: str
    title: str


@dataclass(frozen=True)
class Month:
    """A month as weeks of seven cells, Monday first, empty ones before the first and after the last day."""

    number: int
    weeks: tuple[tuple[Cell | None, ...], ...]
    working_count: int


def months(days: Iterable[CalendarDay]) -> tuple[Month, ...]:
    """The twelve months of the year that ``days`` hold, in order; none for an empty year."""
    return tuple(_month(number, list(rows)) for number, rows in groupby(days, key=lambda row: row.day.month))


def _month(number: int, rows: list[CalendarDay]) -> Month:
    cells: list[Cell | None] = [None] * rows[0].day.weekday()
    cells += [_cell(row) for row in rows]
    cells += [None] * (-len(cells) % 7)
    weeks = tuple(tuple(cells[start : start + 7]) for start in range(0, len(cells), 7))
    return Month(number, weeks, sum(row.is_working_day for row in rows))


def _cell(row: CalendarDay) -> Cell:
    return Cell(row.day.day, row.is_working_day, _mark(row.day, row.is_working_day), _title(row))


def _mark(day: date, is_working_day: bool) -> str:
    is_weekday = day.weekday() <= _FRIDAY
    if is_working_day == is_weekday:
        return ""
    return _("班") if is_working_day else _("休")


def _title(row: CalendarDay) -> str:
    kind = _("工作日") if row.is_working_day else _("休息日")
    return " · ".join(part for part in (kind, row.note, str(row.get_source_display())) if part)
