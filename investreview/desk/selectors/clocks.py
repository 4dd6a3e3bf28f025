"""The clocks of a case: the step, the whole, when it stood and why."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date

from investreview.core.workdays import WorkCalendar
from investreview.desk.selectors.viewing import Reading
from investreview.projects.deadlines import Deadline, deadline, whole_deadline
from investreview.projects.models import Case, ClockStop
from investreview.projects.selectors import clock_begins_on, clock_of
from investreview.projects.states import CaseState
from workflows.models import WorkItem

_AWAITS_SUPPLEMENT = frozenset({CaseState.SUPPLEMENTING, CaseState.AWAITING_RELEASE})


@dataclass(frozen=True)
class Stop:
    """From when until when the clock stood, and why. Units: ``days`` working days, up to today while it stands."""

    kind: str
    reason: str
    from_on: date
    until_on: date | None
    days: int


@dataclass(frozen=True)
class Clocks:
    """This step, a supplement, and the whole. Units: working days; ``used`` is None while no whole clock runs."""

    step: Deadline
    supplement: Deadline
    whole: Deadline
    used: int | None
    limit: int | None
    runs_from: date | None
    elapsed: int
    stops: tuple[Stop, ...]
    is_over: bool


def clocks(reading: Reading, items: Sequence[WorkItem], calendar: WorkCalendar) -> Clocks:
    """Both deadlines as they stand; the whole clock stops at the end of the case. Rule: DOMAIN §4, Clock."""
    case, today = _as_shown(reading), reading.viewer.today
    due = [item.due_on for item in items if item.state == WorkItem.State.OPEN and item.due_on is not None]
    waits = case.state in _AWAITS_SUPPLEMENT
    whole = clock_of(case, today, calendar)
    begins_on = clock_begins_on(case)
    stops = case.clock_stops.all() if case.complete_at is not None else ()
    return Clocks(
        step=deadline(min(due) if due else None, today, calendar),
        supplement=deadline(case.supplement_due_on if waits else None, today, calendar),
        whole=whole_deadline(whole),
        used=whole.used if whole is not None else None,
        limit=whole.limit if whole is not None else None,
        runs_from=calendar.add(begins_on, 1) if whole is not None and begins_on is not None else None,
        elapsed=case.elapsed_days,
        stops=tuple(_stop(stop, today, calendar) for stop in stops),
        is_over=case.ended_at is not None,
    )


def _stop(stop: ClockStop, today: date, calendar: WorkCalendar) -> Stop:
    until = max(stop.until_on or today, stop.from_on)
    return Stop(
        kind=stop.reason,
        reason=stop.get_reason_display(),
        from_on=stop.from_on,
        until_on=stop.until_on,
        days=calendar.count(stop.from_on, until),
    )


def _as_shown(reading: Reading) -> Case:
    """The case whose clock, to the enterprise, runs on until a decision is delivered."""
    if reading.state == reading.case.state:
        return reading.case
    shown = copy(reading.case)
    shown.ended_at = None
    return shown
