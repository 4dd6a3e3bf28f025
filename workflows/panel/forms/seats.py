"""What an expert says about the own seat without moving the case: decline, declare, ask, correct."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from experts.models import ScoreSheet
from experts.selectors.sheets import entry_of, rules_of
from experts.services.declarations import DeclarationEntry
from experts.services.departures import Reason
from experts.services.meeting import INQUIRY_LENGTH
from experts.states import SeatState
from investreview.core.fields import LineField, TextBlockField
from workflows.panel.forms.sheets import SheetFields, add_sheet_fields, initial_of
from workflows.review.forms.base import DoorForm, reason_field

REASON_LENGTH = 200
STATEMENT_LENGTH = 2000
NONE, SOME = "NONE", "SOME"


class DeclineForm(DoorForm):
    """不能参加: 请假 or 回避, and why."""

    kind = forms.ChoiceField(
        label=_("原因"),
        choices=[(one.value, one.label) for one in (SeatState.DECLINED, SeatState.RECUSED)],
        initial=SeatState.DECLINED.value,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择原因。")},
    )
    reason = LineField(label=_("事由"), max_length=REASON_LENGTH, error_messages={"required": _("请填写事由。")})

    def as_reason(self) -> Reason:
        """What was typed, for the service."""
        return Reason(SeatState(self.cleaned_data["kind"]), self.cleaned_data["reason"])


class DeclarationForm(DoorForm):
    """回避声明: none of the eight, or which."""

    has_conflict = forms.ChoiceField(
        label=_("您的声明"),
        choices=[
            (NONE, _("以上 8 项均为“无”，我与所列单位没有需要回避的关系")),
            (SOME, _("存在以上所列关系，申请回避")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择一项。")},
    )
    statement = TextBlockField(
        label=_("关系说明"),
        max_length=STATEMENT_LENGTH,
        required=False,
        help_text=_("申请回避的须填写：与哪一单位、何种关系。"),
        widget=forms.Textarea({"rows": 3}),
    )

    def as_entry(self) -> DeclarationEntry:
        """What was typed, for the service."""
        data = self.cleaned_data
        has_conflict = data["has_conflict"] == SOME
        return DeclarationEntry(has_conflict, data["statement"] if has_conflict else "")


class InquiryForm(DoorForm):
    """书面质询 to the enterprise."""

    text = TextBlockField(
        label=_("向企业提出的问题"),
        max_length=INQUIRY_LENGTH,
        help_text=_("由论证会务统一发给企业，不显示提问专家；企业书面答复后在此显示。"),
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("请填写问题。")},
    )


class CorrectionForm(SheetFields, DoorForm):
    """更正: the whole sheet anew, and why."""

    def __init__(self, *args: Any, sheet: ScoreSheet, **kwargs: Any) -> None:
        kwargs["initial"] = {**initial_of(entry_of(sheet)), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.rules = rules_of(sheet.seat.panel)
        add_sheet_fields(self, self.rules)
        self.fields["reason"] = reason_field(label=_("更正理由"))
