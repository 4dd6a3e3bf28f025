"""Reading the registry."""

from datetime import date
from functools import reduce
from hashlib import sha256
from operator import or_

from django.db.models import Max, Min, Q, QuerySet

from investreview.core.once import once
from investreview.core.scope import Scope
from investreview.core.workdays import WorkCalendar
from investreview.registry.models import CalendarDay, Commission, Enterprise, Organisation
from investreview.registry.rules import check_credit_code

_KEPT_CALENDARS = 32
_FRIDAY = 4
_calendars: dict[str, WorkCalendar] = {}


def work_calendar(commission: Commission) -> WorkCalendar:
    """The commission's working days as they are at this moment; one small query, the rest is kept by content.

    Beyond its last year, and in years nobody has announced yet, the calendar says that it estimates.
    """
    stamps = Commission.objects.values_list("calendar_stamp", flat=True)
    return _calendar(commission, once(("calendar", commission.pk), lambda: stamps.get(pk=commission.pk)))


def calendar_as_read(commission: Commission) -> WorkCalendar:
    """The working days as they were when ``commission`` was read: for a page that has just read its row."""
    return _calendar(commission, commission.calendar_stamp)


def _calendar(commission: Commission, stamp: str) -> WorkCalendar:
    kept = _calendars.get(stamp)
    if kept is not None:
        return kept
    calendar = read_calendar(commission)
    if digest_of(calendar) == stamp:  # another act may have changed the days since the stamp was read
        if len(_calendars) >= _KEPT_CALENDARS:
            _calendars.clear()
        _calendars[stamp] = calendar
    return calendar


def _exceptions(commission: Commission) -> tuple[frozenset[date], frozenset[date]]:
    """The free weekdays and the worked weekend days."""
    rows = CalendarDay.objects.filter(commission=commission)
    free = rows.filter(is_working_day=False).values_list("day", flat=True)
    worked = rows.filter(is_working_day=True).values_list("day", flat=True)
    return (
        frozenset(day for day in free if day.weekday() <= _FRIDAY),
        frozenset(day for day in worked if day.weekday() > _FRIDAY),
    )


def _estimated_from(commission: Commission) -> date:
    rows = CalendarDay.objects.filter(commission=commission)
    guessed: date | None = rows.filter(source=CalendarDay.Source.ESTIMATED).aggregate(first=Min("day"))["first"]
    last: date | None = rows.aggregate(last=Max("day"))["last"]
    if guessed is not None:
        return guessed
    return date.min if last is None else date(last.year + 1, 1, 1)


def read_calendar(commission: Commission) -> WorkCalendar:
    """The commission's working days, read from its rows."""
    holidays, workdays = _exceptions(commission)
    return WorkCalendar(holidays=holidays, workdays=workdays, estimated_from=_estimated_from(commission))


def digest_of(calendar: WorkCalendar) -> str:
    """A text that is the same exactly when the working days are the same."""
    parts = (sorted(calendar.holidays), sorted(calendar.workdays), calendar.estimated_from)
    return sha256(repr(parts).encode()).hexdigest()


def calendar_days(commission: Commission, year: int) -> list[CalendarDay]:
    """The days of a year, in order; none when the calendar does not hold the year."""
    return list(CalendarDay.objects.filter(commission=commission, day__year=year).order_by("day"))


def calendar_years(commission: Commission) -> tuple[int, ...]:
    """The years the calendar holds."""
    ends = CalendarDay.objects.filter(commission=commission).aggregate(first=Min("day"), last=Max("day"))
    return () if ends["first"] is None else tuple(range(ends["first"].year, ends["last"].year + 1))


def commissions(scope: Scope) -> QuerySet[Commission]:
    """The commissions this person has to do with."""
    return Commission.objects.filter(code__in=scope.commission_codes).order_by("code")


def enterprises(scope: Scope) -> QuerySet[Enterprise]:
    """The enterprises within this person's reach, groups before their subsidiaries."""
    paths = {grant.path for grant in scope.grants}
    if not paths:
        return Enterprise.objects.none()
    within = reduce(or_, (Q(path__startswith=path) for path in sorted(paths)))
    return Enterprise.objects.filter(within).select_related("organisation", "commission").order_by("path")


def organisation_by_code(text: str) -> Organisation | None:
    """The legal person with this credit code, if it is known.

    Raises: Invalid (registry_code_*) when the text is no credit code.
    """
    return Organisation.objects.filter(credit_code=check_credit_code(text)).first()
