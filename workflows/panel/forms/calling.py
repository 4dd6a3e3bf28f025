"""The call register 电话通知登记表: a line for each call, and the answer that was given on the telephone."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from experts.models import Call, Seat
from experts.services.invitations import PRESENT_LENGTH, CallFacts, confirm_seat, note_call
from experts.states import SITTING, CallResult, SeatState
from investreview.accounts.models import User
from investreview.core.fields import LineField, MomentField
from investreview.core.roles import Role
from investreview.projects.acting import Acting
from workflows.panel.forms.records import RecordForm

CALLERS = (Role.DRAW_OPERATOR, Role.PANEL_SECRETARY)


class NoteCallForm(RecordForm):
    """登记通话."""

    name = "note-call"
    roles = CALLERS
    title = _("登记通话")
    button = _("登记通话")
    help = _("第一次通话只告知专业领域、时间、地点、时长和劳务标准，不告知项目和企业。")
    done = _("通话已登记。")

    called_at = MomentField(label=_("通话时间"))
    result = forms.ChoiceField(
        label=_("结果"),
        choices=[("", _("请选择")), *CallResult.choices],
        error_messages={"required": _("请选择通话结果。")},
    )
    reason = LineField(label=_("事由"), max_length=200, required=False, help_text=_("请假、回避的须填写。"))
    present = LineField(
        label=_("在场人员"), max_length=PRESENT_LENGTH, error_messages={"required": _("请填写在场人员。")}
    )

    def carry_out(self, *, acting: Acting, at: datetime) -> None:
        data = self.cleaned_data
        if self.is_repeated(acting.person):
            return
        note_call(
            acting=acting,
            case_id=self.panel.case_id,
            place=data["place"],
            call=CallFacts(data["called_at"], CallResult(data["result"]), data["present"], data["reason"]),
            at=at,
        )

    def is_repeated(self, user: User) -> bool:
        """The same call was written down by this person: same place, minute and result."""
        data = self.cleaned_data
        wanted = {"called_at": data["called_at"], "result": data["result"], "caller": user}
        return Call.objects.filter(seat__in=_sitting(self), **wanted).exists()


class ConfirmSeatForm(RecordForm):
    """电话确认参加."""

    name = "confirm-seat"
    roles = CALLERS
    title = _("电话确认")
    button = _("确认参加")
    help = _("最近一次通话的结果为“同意”。")
    done = _("已确认参加。")

    def carry_out(self, *, acting: Acting, at: datetime) -> None:
        confirm_seat(acting=acting, case_id=self.panel.case_id, place=self.cleaned_data["place"], at=at)

    def is_repeated(self, user: User) -> bool:
        return _sitting(self).filter(state=SeatState.CONFIRMED, calls__caller=user).exists()


def _sitting(form: RecordForm) -> Any:
    place = form.cleaned_data["place"]
    number = int(place) if place.isdecimal() else 0
    return Seat.objects.filter(panel=form.panel, place=number, state__in=sorted(SITTING))
