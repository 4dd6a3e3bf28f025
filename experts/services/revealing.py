"""Names are revealed one at a time, when their turn has come, to two people together; then there is a seat."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from experts.models import Expert, Panel, Seat
from experts.permissions import require_operator, require_supervisor
from experts.services.common import lock_case_and_panel
from experts.services.telling import tell_seats
from experts.states import SEATING, SITTING, SeatState
from investreview.core.errors import Invalid
from investreview.draws import services as draws
from investreview.draws.models import Reveal
from investreview.draws.names import next_to_reveal
from investreview.draws.selectors import ceremony
from investreview.projects.acting import Acting
from investreview.projects.models import Case


def ask_reveal(*, acting: Acting, case_id: int, at: datetime) -> Case:
    """The operator has asked for the name whose turn it is.

    Raises: Forbidden, Invalid (experts_nothing_to_reveal, draws_reveal_waits). Journal: draw.ask_reveal.
    """
    with transaction.atomic():
        case, panel = lock_case_and_panel(case_id, None, *SEATING)
        require_operator(acting, panel)
        no = next_to_reveal(panel.draw)
        if no is None or _free_place(panel) is None:
            raise Invalid("experts_nothing_to_reveal")
        draws.ask_reveal(draw_pk=panel.draw_id, no=no, user=acting.person, scope=acting.scope, at=at)
        return case


def confirm_reveal(*, acting: Acting, case_id: int, at: datetime) -> Seat:
    """The supervisor has let it be shown: the expert holds the lowest free place and can be invited.

    Raises: Forbidden, Invalid (experts_nothing_to_reveal). Rule: DOMAIN §6. Journal: draw.reveal.
    """
    with transaction.atomic():
        _case, panel = lock_case_and_panel(case_id, None, *SEATING)
        require_supervisor(acting, panel)
        asked = Reveal.objects.filter(draw=panel.draw_id, confirmed_at__isnull=True).select_related("member").first()
        place = _free_place(panel)
        if asked is None or place is None:
            raise Invalid("experts_nothing_to_reveal")
        no = asked.member.no
        person = draws.confirm_reveal(draw_pk=panel.draw_id, no=no, user=acting.person, scope=acting.scope, at=at)
        seats = {member.no: member.seat for member in ceremony(acting.scope, panel.draw_id).members}
        seat: Seat = Seat.objects.create(
            panel=panel,
            expert=Expert.objects.get(commission=panel.case.commission, number=person.stable_id),
            place=place,
            draw_no=no,
            seat_class=seats.get(no, ""),
            wave=asked.member.joined_wave,
            state=SeatState.REVEALED,
            revealed_at=at,
        )
        tell_seats(
            seats=[seat],
            text=_("您被抽取为论证专家，请查看时间、地点和劳务标准并确认是否参加。"),
            occasion="invited",
            at=at,
            sent_by=acting.user,
        )
        return seat


def _free_place(panel: Panel) -> int | None:
    held = set(Seat.objects.filter(panel=panel, state__in=sorted(SITTING)).values_list("place", flat=True))
    return next((place for place in range(1, panel.size + 1) if place not in held), None)
