"""Invitations: calls of the register, and the answer of each member, on the telephone or from an own sign-in."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from experts.models import Call, Departure, Seat
from experts.permissions import may_answer_invitation, require_caller
from experts.rules.calling import masked_phone
from experts.services.common import lock_case_and_panel, note, save, sitting_seat
from experts.services.departures import Reason, ask, leave
from experts.states import SEATING, SITTING, CallResult, ConfirmedVia, SeatState
from experts.verbs import PanelVerb
from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of
from investreview.core.errors import Invalid, NotVisible
from investreview.core.text import clean_line
from investreview.projects.acting import Acting

_WITH_REASON = frozenset({CallResult.LEAVE, CallResult.RECUSAL})
PRESENT_LENGTH = 120


@dataclass(frozen=True)
class CallFacts:
    """One telephone call: when, what came of it and why, who was present."""

    called_at: datetime
    result: CallResult
    present: str
    reason: str = ""


def note_call(*, acting: Acting, case_id: int, place: str, call: CallFacts, at: datetime) -> Call:
    """The call stands in the register, with the number masked. By operator or secretary.

    Raises: Forbidden, Invalid (experts_place_vacant, experts_call_time_wrong, experts_call_reason_needed, text_*).
    Rule: DOMAIN §6, call register. Journal: panel.note_call.
    """
    with transaction.atomic():
        _case, panel = lock_case_and_panel(case_id, None, *SEATING)
        require_caller(acting, panel)
        seat = sitting_seat(panel, place)
        if not seat.revealed_at <= call.called_at <= at:
            raise Invalid("experts_call_time_wrong", field="called_at")
        if call.result in _WITH_REASON and not call.reason.strip():
            raise Invalid("experts_call_reason_needed", field="reason")
        written: Call = Call.objects.create(
            seat=seat,
            called_at=call.called_at,
            masked_phone=masked_phone(seat.expert.phone),
            result=CallResult(call.result),
            reason=clean_line(call.reason) if call.reason.strip() else "",
            caller=acting.person,
            present=clean_line(call.present, max_length=PRESENT_LENGTH),
            noted_at=at,
        )
        facts = {"place": seat.place, "draw_no": seat.draw_no, "result": written.result, "called_at": call.called_at}
        note(panel, PanelVerb.NOTE_CALL, acting=acting, at=at, facts=facts)
        return written


def confirm_seat(*, acting: Acting, case_id: int, place: str, at: datetime) -> Seat:
    """The member has agreed on the telephone, as the last call of the register says. By operator or secretary.

    Raises: Forbidden, Invalid (experts_call_needed, experts_seat_confirmed, experts_departure_asked).
    Journal: panel.confirm_seat.
    """
    with transaction.atomic():
        _case, panel = lock_case_and_panel(case_id, None, *SEATING)
        require_caller(acting, panel)
        seat = sitting_seat(panel, place)
        last = seat.calls.last()
        if last is None or last.result != CallResult.AGREED:
            raise Invalid("experts_call_needed", result=CallResult.AGREED.label)
        return _confirm(seat, ConfirmedVia.TELEPHONE, acting=acting, at=at)


def confirm_own_seat(*, user: User, seat_id: int, at: datetime) -> Seat:
    """The expert has confirmed from their own sign-in, knowing field, time, place, duration and fee only.

    Raises: NotVisible (experts_seat_not_visible) for a seat of somebody else, Invalid (experts_seat_confirmed,
    experts_departure_asked). Journal: panel.confirm_seat.
    """
    with transaction.atomic():
        seat, acting = _own(user, seat_id, at)
        return _confirm(seat, ConfirmedVia.SIGN_IN, acting=acting, at=at)


def decline_own_seat(*, user: User, seat_id: int, reason: Reason, at: datetime) -> Departure:
    """The expert has declined from their own sign-in (请假 or 回避); the next in the same order joins.

    Once seated a member leaves through the task of the place. Raises: NotVisible (experts_seat_not_visible),
    Invalid (experts_leave_through_task, experts_departure_asked, experts_departure_kind_wrong).
    Rule: DRAW.md, a decline is authenticated. Journal: panel.leave_seat.
    """
    with transaction.atomic():
        seat, acting = _own(user, seat_id, at)
        if seat.seated_at is not None:
            raise Invalid("experts_leave_through_task")
        departure = ask(seat, reason, acting=acting, document=None, at=at)
        leave(departure, acting=acting, at=at)
        return departure


def _own(user: User, seat_id: int, at: datetime) -> tuple[Seat, Acting]:
    """The person's own seat, locked after its case and panel. Raises: Invalid (experts_seat_left)."""
    found = Seat.objects.filter(pk=seat_id, expert__user=user).select_related("panel").first()
    if found is None or not may_answer_invitation(user, found):
        raise NotVisible("experts_seat_not_visible")
    _case, panel = lock_case_and_panel(found.panel.case_id, None, *SEATING)
    seat = Seat.objects.select_for_update(of=("self",)).select_related("expert__user").get(pk=seat_id)
    if seat.panel_id != panel.pk or seat.state not in SITTING:
        raise Invalid("experts_seat_left")
    seat.panel = panel
    return seat, Acting(user=user, scope=scope_of(user, at))


def _confirm(seat: Seat, via: ConfirmedVia, *, acting: Acting, at: datetime) -> Seat:
    if seat.state == SeatState.CONFIRMED:
        raise Invalid("experts_seat_confirmed")
    if Departure.objects.filter(seat=seat, rejected_at__isnull=True).exists():
        raise Invalid("experts_departure_asked")
    seat.state = SeatState.CONFIRMED
    seat.confirmed_at = at
    seat.confirmed_via = via
    save(seat)
    facts = {"place": seat.place, "draw_no": seat.draw_no, "via": via.value}
    note(seat.panel, PanelVerb.CONFIRM_SEAT, acting=acting, at=at, facts=facts)
    return seat
