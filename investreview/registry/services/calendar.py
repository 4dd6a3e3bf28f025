"""The calendar of working days: seeded from announcements, estimated beyond them, corrected by people."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, Min

from investreview.core.actor import Actor
from investreview.core.errors import Invalid
from investreview.core.scope import Scope
from investreview.core.subject import Subject
from investreview.core.text import clean_line
from investreview.journal.services import record
from investreview.registry.almanac import FIRST_YEAR, LAST_YEAR, Known, days_of
from investreview.registry.models import CalendarDay, Commission
from investreview.registry.permissions import require_calendar_keeper
from investreview.registry.selectors import digest_of, read_calendar

NOTE_LENGTH = 200


def seed_calendar(
    *, commission: Commission, first_year: int, last_year: int, actor: Actor, at: datetime
) -> tuple[int, ...]:
    """Every day of these years is known; days set by a person stay, estimates give way to announcements.

    Returns the years in which something changed. The calendar has no gap between its years.
    Raises: Invalid (registry_calendar_years, registry_calendar_gap).
    Journal: calendar.seed, once per changed year
    """
    if not FIRST_YEAR <= first_year <= last_year <= LAST_YEAR:
        raise Invalid("registry_calendar_years", first=FIRST_YEAR, last=LAST_YEAR)
    with transaction.atomic():
        held = Commission.objects.select_for_update(no_key=True).get(pk=commission.pk)
        _require_no_gap(held, first_year, last_year)
        changed = tuple(year for year in range(first_year, last_year + 1) if _seed_year(held, year, actor, at))
        if changed:
            _restamp(held)
        return changed


def _require_no_gap(commission: Commission, first_year: int, last_year: int) -> None:
    ends = CalendarDay.objects.filter(commission=commission).aggregate(first=Min("day"), last=Max("day"))
    if ends["first"] and (first_year > ends["last"].year + 1 or last_year < ends["first"].year - 1):
        raise Invalid("registry_calendar_gap", first=ends["first"].year, last=ends["last"].year)


def _seed_year(commission: Commission, year: int, actor: Actor, at: datetime) -> bool:
    stored = {row.day: row for row in CalendarDay.objects.filter(commission=commission, day__year=year)}
    known = list(days_of(year))
    new = [each for each in known if each.day not in stored]
    announced = [stored[each.day] for each in known if each.day in stored and _gives_way(stored[each.day], each)]
    if not new and not announced:
        return False
    by_day = {each.day: each for each in known}
    for row in announced:
        row.is_working_day, row.note = by_day[row.day].is_working_day, by_day[row.day].note
        row.source = CalendarDay.Source.OFFICIAL
    CalendarDay.objects.bulk_create(CalendarDay(commission=commission, **vars(each)) for each in new)
    CalendarDay.objects.bulk_update(announced, ["is_working_day", "note", "source"], batch_size=100)
    facts = {"source": known[0].source, "new_count": len(new), "announced_count": len(announced)}
    _note("calendar.seed", commission, str(year), facts, actor, at)
    return True


def _gives_way(row: CalendarDay, known: Known) -> bool:
    return row.source == CalendarDay.Source.ESTIMATED and known.source == CalendarDay.Source.OFFICIAL


def edit_calendar_day(
    *,
    commission: Commission,
    day: date,
    is_working_day: bool,
    reason: str,
    scope: Scope,
    actor: Actor,
    at: datetime,
) -> CalendarDay:
    """The day is worked or free as its keeper says; the same said again changes nothing.

    Raises: Forbidden (registry_calendar_keeper_only), Invalid (registry_calendar_year_missing, text_*).
    Journal: calendar.edit_day
    """
    require_calendar_keeper(scope, commission)
    note = clean_line(reason, max_length=NOTE_LENGTH)
    with transaction.atomic():
        held = Commission.objects.select_for_update(no_key=True).get(pk=commission.pk)
        row = CalendarDay.objects.filter(commission=held, day=day).first()
        if row is None:
            raise Invalid("registry_calendar_year_missing", field="day", year=day.year)
        said = (is_working_day, note, CalendarDay.Source.EDITED)
        if (row.is_working_day, row.note, row.source) == said:
            return row
        facts = {"was_working_day": row.is_working_day, "is_working_day": is_working_day, "reason": note}
        row.is_working_day, row.note, row.source = said
        row.save(update_fields=["is_working_day", "note", "source"])
        _restamp(held)
        _note("calendar.edit_day", held, day.isoformat(), facts, actor, at)
        return row


def add_calendar_year(*, commission: Commission, year: int, scope: Scope, actor: Actor, at: datetime) -> bool:
    """The year is in the calendar; whether it was new or has got announcements since.

    Raises: Forbidden (registry_calendar_keeper_only), Invalid (registry_calendar_years, registry_calendar_gap).
    Journal: calendar.seed
    """
    require_calendar_keeper(scope, commission)
    return bool(seed_calendar(commission=commission, first_year=year, last_year=year, actor=actor, at=at))


def confirm_calendar_year(
    *, commission: Commission, year: int, source: str, scope: Scope, actor: Actor, at: datetime
) -> int:
    """What was estimated in ``year`` is official: the keeper has compared it with the announcement ``source``.

    Returns the number of days that were estimates.
    Raises: Forbidden (registry_calendar_keeper_only), Invalid (registry_calendar_year_missing, text_*).
    Journal: calendar.confirm_year
    """
    require_calendar_keeper(scope, commission)
    written = clean_line(source, max_length=NOTE_LENGTH)
    with transaction.atomic():
        held = Commission.objects.select_for_update(no_key=True).get(pk=commission.pk)
        days = CalendarDay.objects.filter(commission=held, day__year=year)
        if not days.exists():
            raise Invalid("registry_calendar_year_missing", field="year", year=year)
        count = days.filter(source=CalendarDay.Source.ESTIMATED).update(source=CalendarDay.Source.OFFICIAL)
        if count:
            _restamp(held)
            _note("calendar.confirm_year", held, str(year), {"source": written, "day_count": count}, actor, at)
        return count


def _restamp(commission: Commission) -> None:
    commission.calendar_stamp = digest_of(read_calendar(commission))
    commission.save(update_fields=["calendar_stamp"])


def _note(verb: str, commission: Commission, key: str, facts: dict[str, object], actor: Actor, at: datetime) -> None:
    subject = Subject("calendar", f"{commission.code}/{key}")
    record(chain=commission.code, verb=verb, actor=actor, subject=subject, at=at, facts=facts)
