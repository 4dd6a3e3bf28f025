"""Vacancies after scoring has begun: a seated member leaves, the place is held again by the next in the same order."""

from datetime import datetime

from django.db import transaction

from experts.models import Departure
from experts.permissions import owns, require_operator
from experts.services.common import lock_case_and_panel, note, save, seated_seat, sitting_seat
from experts.services.departures import Reason, ask, leave
from experts.states import REVIEWING, SeatState
from experts.verbs import PanelVerb
from investreview.core.errors import Invalid
from investreview.projects.acting import Acting
from investreview.projects.models import Case


def leave_seat(
    *,
    acting: Acting,
    case_id: int,
    version: int | None,
    place: str,
    at: datetime,
    kind: str = "",
    reason: str = "",
) -> Case:
    """The member has left for good: sheets void, the place vacant, the wave in the draw.

    By the expert with ``kind`` (请假, 回避) and ``reason``; or by the operator, who says neither: they were recorded
    with the document (``record_decline``) and confirmed by the supervisor (``confirm_decline``). Raises: Forbidden,
    Stale, Invalid (experts_place_vacant, experts_departure_not_asked, experts_departure_not_confirmed,
    experts_departure_kind_wrong, text_*). Rule: DOMAIN §6, DRAW.md. Journal: panel.leave_seat.
    """
    with transaction.atomic():
        case, panel = lock_case_and_panel(case_id, version, *REVIEWING)
        seat = seated_seat(panel, place)
        if owns(acting.user, seat):
            if kind not in SeatState.values:
                raise Invalid("experts_departure_kind_wrong", field="kind")
            departure = ask(seat, Reason(SeatState(kind), reason), acting=acting, document=None, at=at)
        else:
            require_operator(acting, panel)
            held = Departure.objects.select_for_update(of=("self",)).select_related("document")
            asked = held.filter(seat=seat, rejected_at__isnull=True).first()
            if asked is None:
                raise Invalid("experts_departure_not_asked")
            departure = asked
            departure.seat = seat
        leave(departure, acting=acting, at=at)
        return case


def fill_place(*, acting: Acting, case_id: int, version: int | None, place: str, at: datetime) -> Case:
    """The newcomer, revealed and confirmed, has the place and reviews afresh.

    Raises: Forbidden, Stale, Invalid (experts_place_vacant while nobody has confirmed, experts_departure_asked).
    Journal: panel.fill_place.
    """
    with transaction.atomic():
        case, panel = lock_case_and_panel(case_id, version, *REVIEWING)
        require_operator(acting, panel)
        seat = sitting_seat(panel, place)
        if seat.state != SeatState.CONFIRMED or seat.seated_at is not None:
            raise Invalid("experts_place_vacant", place=place)
        if Departure.objects.filter(seat=seat, rejected_at__isnull=True).exists():
            raise Invalid("experts_departure_asked")
        seat.seated_at = at
        save(seat)
        facts = {"place": seat.place, "draw_no": seat.draw_no}
        note(panel, PanelVerb.FILL_PLACE, acting=acting, at=at, facts=facts)
        return case
