"""The acts at the steps of a panel: what the page offers depends on who opens it, expert, secretary or operator."""

from django.utils.translation import gettext_lazy as _

from experts.permissions import is_own_place
from experts.states import SheetState
from investreview.accounts.models import User
from workflows.models import WorkItem
from workflows.panel.forms.ceremony import (
    AnnounceForm,
    CloseInvitationsForm,
    FillPlaceForm,
    FreezeForm,
    NumbersForm,
)
from workflows.panel.forms.meeting import HoldMeetingForm, PutOpinionForm, SignOnPaperForm, SignOpinionForm
from workflows.panel.forms.sheets import CompareSheetForm, ConfirmedLeaveForm, LeaveSeatForm, SignSheetForm
from workflows.panel.selectors import departure_is_confirmed, sheet_draft
from workflows.review.act import Act

FREEZE = Act("freeze_panel", FreezeForm, _("抽取事项已封存。"))
ANNOUNCE = Act("announce_panel", AnnounceForm, _("封存摘要已公布，办件时限停止计算。"))
DRAW = Act("draw_panel", NumbersForm, _("抽取完成。"))
CLOSE = Act("close_invitations", CloseInvitationsForm, _("专家已全部确认。"))
FILL = Act("fill_place", FillPlaceForm, _("递补到位。"), asks_version=False)
SIGN = Act("sign_sheet", SignSheetForm, _("评分表已签名。"), asks_version=False)
COMPARE = Act("compare_sheet", CompareSheetForm, _("评分表已核对生效。"), asks_version=False)
LEAVE = Act("leave_seat", LeaveSeatForm, _("已离席。"), asks_version=False)
CARRY_OUT_LEAVE = Act("leave_seat", ConfirmedLeaveForm, _("离席已办理。"), asks_version=False)
MEET = Act("hold_meeting", HoldMeetingForm, _("论证会已登记。"), asks_version=False)
PUT = Act("put_opinion", PutOpinionForm, _("论证意见已形成。"), asks_version=False)
SIGN_OPINION = Act("sign_opinion", SignOpinionForm, _("论证意见已签名。"), asks_version=False)
SIGN_ON_PAPER = Act("sign_opinion", SignOnPaperForm, _("签名已登记。"), asks_version=False)

SINGLE = {
    "freeze_draw": FREEZE,
    "announce_draw": ANNOUNCE,
    "draw_numbers": DRAW,
    "convene": CLOSE,
    "refill": FILL,
    "refill_late": FILL,
    "meeting_of_experts": MEET,
    "draft_opinion": PUT,
}
"""Steps with one act, whoever does them."""
SCORING = frozenset({"score", "finalise", "score_afresh"})
PANEL_STEPS = frozenset(SINGLE) | SCORING | {"sign_panel_opinion"}


def panel_acts(item: WorkItem, user: User) -> list[Act]:
    """What the person may do at a step of a panel now, the usual act first."""
    if item.node in SINGLE:
        return [SINGLE[item.node]]
    if is_own_place(user, item.case, item.place):
        return own_acts(item)
    return [SIGN_ON_PAPER] if item.node == "sign_panel_opinion" else _acts_for_another(item)


def own_acts(item: WorkItem) -> list[Act]:
    """What an expert may do at a step of the own place."""
    if item.node in SINGLE:
        return [SINGLE[item.node]]
    return [SIGN_OPINION] if item.node == "sign_panel_opinion" else [SIGN, LEAVE]


def every_panel_act() -> tuple[Act, ...]:
    """All of them, for the answer to a form that comes after its step was done."""
    return (*SINGLE.values(), SIGN, COMPARE, LEAVE, SIGN_OPINION)


def _acts_for_another(item: WorkItem) -> list[Act]:
    draft = sheet_draft(item)
    found = [COMPARE] if draft is not None and draft.state == SheetState.ENTERED else []
    return [*found, CARRY_OUT_LEAVE] if departure_is_confirmed(item) else found
