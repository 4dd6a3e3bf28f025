"""Rounds: a panel ends without a conclusion, and why there is another one; the reason stands on every sheet."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from experts.models import Panel, Seat
from experts.permissions import require_supervisor
from experts.selectors.places import latest_panel
from experts.services.common import Scan, keep, lock_panel, note, save
from experts.services.drawing import NextRound, end_draw
from experts.services.papers import issue_draw_records
from experts.services.telling import tell_seats
from experts.states import RUNNING, SITTING, PanelState, SeatState
from experts.verbs import PanelVerb
from investreview.core.errors import Invalid
from investreview.core.roles import Role
from investreview.core.text import clean_block
from investreview.draws import services as draws
from investreview.draws.kinds import DrawState
from investreview.projects.acting import SYSTEM_ACTING, Acting
from investreview.projects.models import Case
from investreview.projects.permissions import require_role
from investreview.projects.services.common import lock_case, require_reason
from investreview.projects.states import PanelConclusion

REVISED = "上一轮论证结论为不通过，企业修改后另行组织专家组论证。"
REASON_LENGTH = 500
_UNENDED = frozenset({DrawState.ENTROPY, DrawState.DRAWN, DrawState.WAVE})


def order_new_round(
    *, acting: Acting, case_id: int, version: int | None, reason: str, document: Scan, at: datetime
) -> Case:
    """The running panel has ended by the leader's written word; a new one may be drawn, and carries this reason.

    Raises: Forbidden, Stale, Invalid (experts_no_running_panel, projects_reason_needed, the document's fault).
    Rule: DRAW.md, there is no redraw. Journal: panel.void; draw.close where the draw had a result.
    """
    with transaction.atomic():
        case = lock_case(case_id, version=version)
        require_role(acting, Role.DEPUTY_DIRECTOR, case)
        panel = lock_panel(case)
        panel.voided_by = acting.person
        panel.void_document = keep(document, case=case, acting=acting, at=at)
        _void(panel, acting=acting, reason=clean_block(require_reason(reason), max_length=REASON_LENGTH), at=at)
        return case


def void_panel(case: Case, reason: str, at: datetime) -> None:
    """The running panel of the locked case has ended with its case; without one nothing happens.

    Journal: panel.void; draw.close where the draw had a result.
    """
    if Panel.objects.filter(case=case, state__in=sorted(RUNNING)).exists():
        _void(lock_panel(case), acting=SYSTEM_ACTING, reason=reason[:REASON_LENGTH], at=at)


def finish_void_draw(*, acting: Acting, case_id: int, at: datetime) -> Case:
    """The draw of a void panel, announced before, was drawn with its numbers and has ended without effect.

    Without this the commission's chain of draws could not go on: an announced draw is always drawn. By the
    supervisor. Raises: Forbidden, Invalid (experts_no_void_draw). Journal: draw.conclude, draw.close.
    """
    with transaction.atomic():
        case = lock_case(case_id)
        panel = latest_panel(case)
        if panel is None or panel.state != PanelState.VOID or panel.draw.state not in _UNENDED:
            raise Invalid("experts_no_void_draw")
        require_supervisor(acting, panel)
        draws.conclude(draw_pk=panel.draw_id, at=at)
        end_draw(panel, acting=acting, reason=panel.void_reason, at=at)
        issue_draw_records(panel, at=at)
        return case


def next_round(case: Case) -> NextRound | None:
    """Why the case may have one more panel, and on whose word; nothing for the first of what was submitted.

    Raises: Invalid (experts_round_not_ordered) while the leader has not ordered one.
    """
    last = Panel.objects.filter(case=case).select_related("voided_by", "void_document").order_by("-round").first()
    if last is None:
        return None
    if last.state == PanelState.VOID and last.voided_by is not None and last.void_document is not None:
        return NextRound(last.void_reason, last.voided_by, last.void_document.sha256)
    if last.conclusion == PanelConclusion.FAIL and case.revision_count:
        return NextRound(REVISED, None, "")
    raise Invalid("experts_round_not_ordered")


def _void(panel: Panel, *, acting: Acting, reason: str, at: datetime) -> None:
    end_draw(panel, acting=acting, reason=reason, at=at)
    panel.state = PanelState.VOID
    panel.void_reason = reason
    panel.voided_at = at
    save(panel)
    issue_draw_records(panel, at=at)
    sitting = Seat.objects.select_for_update(of=("self",)).select_related("expert__user", "panel")
    cancelled = list(sitting.filter(panel=panel, state__in=sorted(SITTING)))
    tell_seats(
        seats=cancelled,
        text=_("您受邀参加的论证已取消，感谢您的支持。"),
        occasion="cancelled",
        at=at,
        sent_by=acting.user,
    )
    for seat in cancelled:
        seat.state = SeatState.CANCELLED
        save(seat)
    note(panel, PanelVerb.VOID, acting=acting, at=at, facts={"reason": reason, "cancelled": len(cancelled)})
