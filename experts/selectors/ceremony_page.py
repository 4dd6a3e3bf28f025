"""The ceremony as operator and supervisor see it: by number, a name only once both have revealed it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from experts.labels import EXCLUSION_LABELS
from experts.models import Call, Departure, Exclusion, Panel, Seat
from experts.rules.calling import counted_tries
from experts.selectors.places import latest_panel
from experts.selectors.register import next_try_at
from experts.selectors.seat_pages import field_of
from experts.selectors.sheets import rules_of
from experts.states import SITTING, UNREACHED_RESULTS, SeatState
from investreview.core.errors import NotVisible
from investreview.core.gathering import gather, give_out
from investreview.core.roles import Role
from investreview.core.scope import Scope
from investreview.draws import selectors as draws
from investreview.draws.facts import Ceremony
from investreview.projects.models import Case
from investreview.projects.panel import said

CEREMONY_ROLES = frozenset({Role.DRAW_OPERATOR, Role.DRAW_SUPERVISOR, Role.AUDITOR})
_OF_EXCLUSIONS = frozenset({Role.DRAW_OPERATOR, Role.AUDITOR})
"""Who sees whom an exclusion concerns and why; the supervisor has the counts by code (DRAW.md)."""


@dataclass(frozen=True)
class CallLine:
    """One line of the call register."""

    called_at: datetime
    masked_phone: str
    result: str
    reason: str
    caller: str
    present: str


@dataclass(frozen=True)
class DepartureLine:
    """A departure as far as it has come: asked, confirmed, left, filled by a wave, or rejected."""

    departure_id: int
    place: str
    draw_no: int
    name: str
    kind: str
    reason: str
    is_own_act: bool
    document_id: int | None
    asked_at: datetime
    confirmed_at: datetime | None
    rejected_reason: str
    left_at: datetime | None
    wave: int | None


@dataclass(frozen=True)
class CeremonyLine:
    """A revealed member at a place; of unanswered calls ``counted_tries`` count, another from ``next_try_at`` on."""

    place: str
    draw_no: int
    name: str
    phone: str
    field: str
    state: str
    is_confirmed: bool
    is_seated: bool
    calls: tuple[CallLine, ...]
    counted_tries: int
    next_try_at: datetime | None


@dataclass(frozen=True)
class ExclusionLine:
    """Whom the draw left out, with every basis and path."""

    ref: str
    name: str
    code: str
    reasons: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class CeremonyPage:
    """The panel around its draw; ``free_places`` wait for a name, ``unfilled_count`` departures for a wave."""

    panel_id: int
    case_number: str
    project: str
    enterprise: str
    state: str
    round: int
    round_reason: str
    industries: tuple[str, ...]
    mode: str
    meets_at: datetime
    meeting_place: str
    duration: str
    fee: str
    size: int
    confirmed_count: int
    not_listed: dict[str, int]
    draw: Ceremony
    lines: tuple[CeremonyLine, ...]
    free_places: tuple[str, ...]
    departures: tuple[DepartureLine, ...]
    unfilled_count: int
    exclusions: tuple[ExclusionLine, ...]


def ceremony_page(scope: Scope, case: Case) -> CeremonyPage:
    """The newest panel of the case. Raises: NotVisible (experts_seat_not_visible) for everybody but its hands."""
    panel = latest_panel(case)
    if panel is None:
        raise NotVisible("experts_seat_not_visible")
    return ceremony_of(scope, panel)


def ceremony_of(scope: Scope, panel: Panel, *, beside: Iterable[QuerySet[Any, Any]] = ()) -> CeremonyPage:
    """The same of a panel that was read with its case; ``beside`` is read along.

    Raises: NotVisible (experts_seat_not_visible).
    """
    case = panel.case
    if not scope.holds_any(CEREMONY_ROLES, case.path):
        raise NotVisible("experts_seat_not_visible")
    sitting = Seat.objects.filter(panel=panel, state__in=sorted(SITTING)).order_by("place")
    seats, calls, left = sitting.select_related("expert"), _calls(panel), _departures(panel)
    excluded = _exclusions(panel) if scope.holds_any(_OF_EXCLUSIONS, case.path) else Exclusion.objects.none()
    gather(seats, calls, left, excluded, *beside)
    give_out(calls, seats, "calls")
    for seat in seats:
        seat.panel = panel
    lines = tuple(_line(seat) for seat in seats)
    held = {line.place for line in lines}
    departures = tuple(_departure(one) for one in left)
    return CeremonyPage(
        panel_id=panel.pk,
        case_number=case.number,
        project=case.project.name,
        enterprise=str(case.enterprise),
        state=panel.get_state_display(),
        round=panel.round,
        round_reason=panel.round_reason,
        industries=_industries(panel),
        mode=panel.get_mode_display(),
        meets_at=panel.meets_at,
        meeting_place=panel.place,
        duration=panel.duration,
        fee=panel.fee,
        size=panel.size,
        confirmed_count=sum(line.is_confirmed for line in lines),
        not_listed=panel.not_listed,
        draw=draws.ceremony(scope, panel.draw_id),
        lines=lines,
        free_places=tuple(str(place) for place in range(1, panel.size + 1) if str(place) not in held),
        departures=departures,
        unfilled_count=sum(one.left_at is not None and one.wave is None for one in departures),
        exclusions=tuple(_exclusion(one) for one in excluded),
    )


def _exclusions(panel: Panel) -> QuerySet[Exclusion]:
    """Everybody who was left out."""
    return Exclusion.objects.filter(panel=panel).select_related("expert").order_by("pk")


def _exclusion(one: Exclusion) -> ExclusionLine:
    return ExclusionLine(
        ref=one.ref,
        name=one.expert.name,
        code=str(EXCLUSION_LABELS[one.code]),
        reasons=tuple((reason["basis"], reason["path"]) for reason in one.reasons),
    )


def _industries(panel: Panel) -> tuple[str, ...]:
    names = {one.key: said(one.name, one.name_en) for one in rules_of(panel).specialties}
    return tuple(names[key] for key in panel.industries)


def _line(seat: Seat) -> CeremonyLine:
    rules = rules_of(seat.panel)
    calls = list(seat.calls.all())
    unanswered = [call.called_at for call in calls if call.result in UNREACHED_RESULTS]
    return CeremonyLine(
        place=str(seat.place),
        draw_no=seat.draw_no,
        name=seat.expert.name,
        phone=seat.expert.phone,
        field=field_of(seat),
        state=seat.get_state_display(),
        is_confirmed=seat.state == SeatState.CONFIRMED,
        is_seated=seat.seated_at is not None,
        calls=tuple(_call(call) for call in calls),
        counted_tries=counted_tries(unanswered, minutes_apart=rules.no_answer_minutes),
        next_try_at=next_try_at(calls, minutes_apart=rules.no_answer_minutes),
    )


def _call(call: Call) -> CallLine:
    return CallLine(
        called_at=call.called_at,
        masked_phone=call.masked_phone,
        result=call.get_result_display(),
        reason=call.reason,
        caller=call.caller.full_name,
        present=call.present,
    )


def _calls(panel: Panel) -> QuerySet[Call]:
    return Call.objects.filter(seat__panel=panel).select_related("caller")


def _departures(panel: Panel) -> QuerySet[Departure]:
    return Departure.objects.filter(seat__panel=panel).select_related("seat__expert").order_by("pk")


def _departure(one: Departure) -> DepartureLine:
    return DepartureLine(
        departure_id=one.pk,
        place=str(one.seat.place),
        draw_no=one.seat.draw_no,
        name=one.seat.expert.name,
        kind=one.get_kind_display(),
        reason=one.reason,
        is_own_act=one.document_id is None,
        document_id=one.document_id,
        asked_at=one.asked_at,
        confirmed_at=one.confirmed_at,
        rejected_reason=one.rejected_reason,
        left_at=one.left_at,
        wave=one.wave,
    )
