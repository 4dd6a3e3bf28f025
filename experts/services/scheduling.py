"""The meeting of a panel is put off: whoever is invited knows the new time and place."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from experts.models import Seat
from experts.permissions import require_secretary
from experts.services.common import lock_case_and_panel, note, save
from experts.services.telling import tell_seats
from experts.states import SITTING, PanelState
from experts.verbs import PanelVerb
from investreview.core.errors import Invalid
from investreview.core.text import clean_line
from investreview.projects.acting import Acting
from investreview.projects.models import Case
from investreview.projects.services.common import require_reason

PLACE_LENGTH = 120


def postpone_meeting(
    *, acting: Acting, case_id: int, meets_at: datetime, place: str, reason: str, at: datetime
) -> Case:
    """The meeting has a new time and place, before it is on record; everybody invited on screen is told.

    Raises: Forbidden, Invalid (experts_meeting_in_past, projects_reason_needed, text_*). Rule: DOMAIN §6, quorum is
    the whole panel, or postponement. Journal: panel.postpone_meeting.
    """
    with transaction.atomic():
        case, panel = lock_case_and_panel(case_id, None, PanelState.INVITING, PanelState.SCORING)
        require_secretary(acting, panel)
        if meets_at <= at:
            raise Invalid("experts_meeting_in_past", field="meets_at")
        stated = clean_line(require_reason(reason))
        before = panel.meets_at
        panel.meets_at = meets_at
        panel.place = clean_line(place, max_length=PLACE_LENGTH)
        save(panel)
        invited = Seat.objects.filter(panel=panel, state__in=sorted(SITTING)).select_related("expert__user", "panel")
        tell_seats(
            seats=invited,
            text=_("您受邀参加的论证会时间或者地点有变动，请查看。"),
            occasion=f"postponed:{panel.version}",
            at=at,
            sent_by=acting.user,
        )
        facts = {"before": before, "meets_at": meets_at, "reason": stated}
        note(panel, PanelVerb.POSTPONE, acting=acting, at=at, facts=facts)
        return case
