"""Departures 离席: a member leaves on their own word, or told by the operator with a document and the supervisor."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from experts.links import panel_url
from experts.models import Departure, Panel, ScoreSheet, Seat
from experts.permissions import require_operator, require_supervisor
from experts.rules.calling import counted_tries
from experts.selectors.sheets import rules_of
from experts.services.common import Scan, keep, lock_case_and_panel, note, save, sitting_seat
from experts.services.telling import tell_role
from experts.services.waves import cancel_open_wave, propose, settle
from experts.states import LEFT, SEATING, UNREACHED_RESULTS, CallResult, SeatState, SheetState, SignedVia
from experts.verbs import PanelVerb
from investreview.core.errors import Forbidden, Invalid
from investreview.core.roles import Role
from investreview.core.text import clean_block, clean_line
from investreview.projects.acting import Acting
from investreview.projects.models import StoredFile
from investreview.projects.services.common import require_reason

_CALL_OF = {SeatState.DECLINED: CallResult.LEAVE, SeatState.RECUSED: CallResult.RECUSAL}
OWN_KINDS = frozenset(_CALL_OF)
"""What an expert may say on their own word: 请假 or 回避."""


@dataclass(frozen=True)
class Reason:
    """Why a member leaves, as one of the states that a seat ends in, and in words."""

    kind: SeatState
    text: str


def record_decline(
    *, acting: Acting, case_id: int, place: str, reason: Reason, document: Scan, at: datetime
) -> Departure:
    """The departure that the operator was told of waits, with its document, for the supervisor.

    请假 and 回避 need their entry in the call register, 未能联系 enough calls far enough apart. Raises: Forbidden,
    Invalid (experts_departure_asked, experts_departure_kind_wrong, experts_call_needed, experts_unreached_too_early,
    the file's fault). Rule: DRAW.md, a decline is authenticated; DOMAIN §6. Journal: panel.ask_departure.
    """
    with transaction.atomic():
        case, panel = lock_case_and_panel(case_id, None, *SEATING)
        require_operator(acting, panel)
        seat = sitting_seat(panel, place)
        _require_called(seat, reason.kind)
        stored = keep(document, case=case, acting=acting, at=at)
        departure = ask(seat, reason, acting=acting, document=stored, at=at)
        if seat.seated_at is None:
            propose(panel, acting=acting, at=at)
        note(panel, PanelVerb.ASK_DEPARTURE, acting=acting, at=at, facts=facts_of(departure))
        tell_role(
            Role.DRAW_SUPERVISOR,
            case,
            text=_("有一项专家离席登记待您确认。"),
            url=panel_url(panel),
            dedupe_key=f"departure:{departure.pk}",
            at=at,
        )
        return departure


def confirm_decline(*, acting: Acting, case_id: int, place: str, at: datetime) -> Departure:
    """The supervisor stands for it too: who is not seated yet has left and the next in the same order has joined.

    Who is seated leaves through the task of the place (``leave_seat``). Raises: Forbidden (projects_duty_conflict: who
    recorded it), Invalid (experts_departure_not_asked, what the draw says of a wave that needs the discipline office).
    Journal: panel.leave_seat when the seat is left at once, else panel.confirm_departure.
    """
    with transaction.atomic():
        _case, panel = lock_case_and_panel(case_id, None, *SEATING)
        seat, departure = _asked(panel, place, acting)
        departure.confirmed_by = acting.person
        departure.confirmed_at = at
        departure.save()
        if seat.seated_at is None:
            leave(departure, acting=acting, at=at)
            settle(panel, acting=acting, at=at)
            departure.refresh_from_db(fields=["wave"])
        else:
            note(panel, PanelVerb.CONFIRM_DEPARTURE, acting=acting, at=at, facts=facts_of(departure))
        return departure


def reject_decline(*, acting: Acting, case_id: int, place: str, reason: str, at: datetime) -> Departure:
    """The supervisor does not stand for it: the member stays, the record too.

    Raises: Forbidden, Invalid (experts_departure_not_asked, projects_reason_needed). Journal: panel.reject_departure.
    """
    with transaction.atomic():
        _case, panel = lock_case_and_panel(case_id, None, *SEATING)
        seat, departure = _asked(panel, place, acting)
        departure.confirmed_by = acting.person
        departure.rejected_at = at
        departure.rejected_reason = clean_block(require_reason(reason))
        departure.save()
        if seat.seated_at is None:
            cancel_open_wave(panel, acting=acting, at=at)
        facts = facts_of(departure) | {"rejected": departure.rejected_reason}
        note(panel, PanelVerb.REJECT_DEPARTURE, acting=acting, at=at, facts=facts)
        return departure


def ask(seat: Seat, reason: Reason, *, acting: Acting, document: StoredFile | None, at: datetime) -> Departure:
    """The departure is on record, once; without a document it is the expert's own word.

    Raises: Invalid (experts_departure_asked, experts_departure_kind_wrong, text_*). Journal: the caller's.
    """
    require_no_departure(seat)
    if reason.kind not in (OWN_KINDS if document is None else LEFT):
        raise Invalid("experts_departure_kind_wrong", field="kind")
    departure: Departure = Departure.objects.create(
        seat=seat,
        kind=reason.kind,
        reason=clean_line(reason.text),
        via=SignedVia.SCREEN if document is None else SignedVia.PAPER,
        document=document,
        asked_by=acting.person,
        asked_at=at,
    )
    return departure


def leave(departure: Departure, *, acting: Acting, at: datetime) -> None:
    """The member has left: sheets are void, the chair is free, the place waits for the wave that fills it.

    Raises: Invalid (experts_departure_not_confirmed). Journal: panel.leave_seat.
    """
    if departure.via == SignedVia.PAPER and departure.confirmed_at is None:
        raise Invalid("experts_departure_not_confirmed")
    seat, panel = departure.seat, departure.seat.panel
    seat.state = SeatState(departure.kind)
    seat.left_at = at
    seat.left_reason = departure.reason
    save(seat)
    ScoreSheet.objects.filter(seat=seat).exclude(state=SheetState.VOID).update(state=SheetState.VOID)
    if panel.chair_id == seat.pk:
        panel.chair = None
        save(panel)
    departure.left_at = at
    departure.save()
    note(panel, PanelVerb.LEAVE_SEAT, acting=acting, at=at, facts=facts_of(departure))


def require_no_departure(seat: Seat) -> None:
    """Nothing happens while no departure of the seat is on record. Raises: Invalid (experts_departure_asked)."""
    if Departure.objects.filter(seat=seat, rejected_at__isnull=True).exists():
        raise Invalid("experts_departure_asked")


def facts_of(departure: Departure) -> dict[str, object]:
    """What the journal says of a departure: place, number and kind; never a name or a reason."""
    seat = departure.seat
    return {
        "place": seat.place,
        "draw_no": seat.draw_no,
        "kind": departure.kind,
        "via": departure.via,
        "document_sha256": departure.document.sha256 if departure.document is not None else "",
    }


def _asked(panel: Panel, place: str, acting: Acting) -> tuple[Seat, Departure]:
    """The departure that waits for the supervisor, who is not the one who recorded it."""
    require_supervisor(acting, panel)
    seat = sitting_seat(panel, place)
    held = Departure.objects.select_for_update(of=("self",)).select_related("document", "asked_by")
    departure = held.filter(seat=seat, confirmed_by__isnull=True).first()
    if departure is None:
        raise Invalid("experts_departure_not_asked")
    if departure.asked_by_id in acting.person_ids:
        who, duty = departure.asked_by.full_name, Role.DRAW_SUPERVISOR.label
        raise Forbidden("projects_duty_conflict", who=who, duty=duty)
    departure.seat = seat
    return seat, departure


def _require_called(seat: Seat, kind: SeatState) -> None:
    """The call register bears out what the operator was told."""
    if kind in _CALL_OF and not seat.calls.filter(result=_CALL_OF[kind]).exists():
        raise Invalid("experts_call_needed", result=_CALL_OF[kind].label)
    if kind == SeatState.UNREACHED:
        rules = rules_of(seat.panel)
        calls = seat.calls.filter(result__in=sorted(UNREACHED_RESULTS)).values_list("called_at", flat=True)
        counted = counted_tries(calls, minutes_apart=rules.no_answer_minutes)
        if seat.state != SeatState.REVEALED or counted < rules.no_answer_tries:
            raise Invalid(
                "experts_unreached_too_early",
                citation=rules.citation_of("no_answer_tries"),
                tries=rules.no_answer_tries,
                minutes=rules.no_answer_minutes,
                counted=counted,
            )
