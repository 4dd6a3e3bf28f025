"""What the panel secretary records: declarations and sheets from paper, inquiries sent, a new chair."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from experts.models import ConflictDeclaration, Inquiry, ScoreSheet
from experts.selectors.sheets import rules_of
from experts.services.declarations import DeclarationEntry, declare_conflicts
from experts.services.meeting import elect_chair, send_inquiries
from experts.services.paper_sheets import enter_sheet, reject_sheet
from experts.services.scheduling import PLACE_LENGTH, postpone_meeting
from experts.states import SheetState
from investreview.accounts.models import User
from investreview.core.fields import LegalDateField, LineField, MomentField, TextBlockField
from investreview.core.roles import Role
from investreview.projects.acting import Acting
from workflows.panel.forms.records import RecordForm
from workflows.panel.forms.sheets import COMMENT_LENGTH, SheetFields, add_sheet_fields, typed_entry
from workflows.panel.selectors import seated_places
from workflows.review.forms.base import reason_field

SECRETARY = (Role.PANEL_SECRETARY,)
NO_FILE = {"required": _("请选择扫描件。"), "empty": _("所选文件是空的，请重新选择。")}


class DeclareForm(RecordForm):
    """登记纸质回避承诺."""

    name = "declare"
    roles = SECRETARY
    title = _("登记纸质回避承诺")
    button = _("登记")
    done = _("回避承诺已登记。")
    file_field = "scan"
    error_fields = {"statement": "statement", "scan": "scan"}

    has_conflict = forms.ChoiceField(
        label=_("承诺内容"),
        choices=[("no", _("不存在应当回避的情形")), ("yes", _("存在应当回避的情形"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请照纸面选择承诺内容。")},
    )
    statement = TextBlockField(
        label=_("说明"),
        max_length=COMMENT_LENGTH,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("存在应当回避的情形的，照纸面填写涉及的单位和事由。"),
    )
    scan = forms.FileField(label=_("签名扫描件"), error_messages=NO_FILE)

    def carry_out(self, *, acting: Acting, at: datetime) -> None:
        data = self.cleaned_data
        declare_conflicts(
            acting=acting,
            case_id=self.panel.case_id,
            place=data["place"],
            entry=DeclarationEntry(data["has_conflict"] == "yes", data["statement"]),
            scan=self.paper("scan"),
            at=at,
        )

    def is_repeated(self, user: User) -> bool:
        return ConflictDeclaration.objects.filter(**_of_place(self), entered_by=user).exists()


class SendInquiriesForm(RecordForm):
    """转送质询 to the enterprise, without who asked."""

    name = "send-inquiries"
    roles = SECRETARY
    title = _("转送质询")
    button = _("转送企业答复")
    help = _("企业只看到问题，看不到提问的专家。")
    done = _("质询已转送企业。")

    def carry_out(self, *, acting: Acting, at: datetime) -> None:
        send_inquiries(acting=acting, case_id=self.panel.case_id, at=at)

    def is_repeated(self, user: User) -> bool:
        asked = Inquiry.objects.filter(panel=self.panel)
        return asked.filter(sent_at__isnull=False).exists() and not asked.filter(sent_at__isnull=True).exists()


class PostponeForm(RecordForm):
    """延期 of the meeting before it is on record."""

    name = "postpone"
    roles = SECRETARY
    title = _("变更论证会时间、地点")
    button = _("变更并通知专家")
    done = _("已变更，线上参加的专家已收到通知。")

    meets_at = MomentField(label=_("论证时间"))
    venue = LineField(label=_("论证地点"), max_length=PLACE_LENGTH, error_messages={"required": _("请填写论证地点。")})
    reason = reason_field(widget=forms.Textarea({"rows": 2}))

    def carry_out(self, *, acting: Acting, at: datetime) -> None:
        data = self.cleaned_data
        if not self.is_repeated(acting.person):
            postpone_meeting(
                acting=acting,
                case_id=self.panel.case_id,
                meets_at=data["meets_at"],
                place=data["venue"],
                reason=data["reason"],
                at=at,
            )

    def is_repeated(self, user: User) -> bool:
        return self.panel.meets_at == self.cleaned_data["meets_at"] and self.panel.place == self.cleaned_data["venue"]


class ElectChairForm(RecordForm):
    """另选组长 after the first has left."""

    name = "elect-chair"
    roles = SECRETARY
    title = _("另行推选组长")
    button = _("登记组长")
    help = _("原组长已离席；推选出新的组长之前，不能签署最终评分表。")
    done = _("组长已登记。")

    chair = forms.ChoiceField(label=_("组长"), error_messages={"required": _("请选择组长。")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["chair"]
        field.choices = [("", _("请选择")), *seated_places(self.panel.case)]

    def carry_out(self, *, acting: Acting, at: datetime) -> None:
        elect_chair(acting=acting, case_id=self.panel.case_id, place=self.cleaned_data["chair"], at=at)

    def is_repeated(self, user: User) -> bool:
        self.panel.refresh_from_db()
        chair = self.panel.chair
        return chair is not None and str(chair.place) == self.cleaned_data["chair"]


class RejectSheetForm(RecordForm):
    """核对不一致: to be typed in anew."""

    name = "reject-sheet"
    roles = SECRETARY
    title = _("与纸面不一致")
    button = _("不一致，退回重录")
    done = _("已退回重录。")

    reason = reason_field(label=_("不一致之处"), widget=forms.Textarea({"rows": 2}))

    def carry_out(self, *, acting: Acting, at: datetime) -> None:
        data = self.cleaned_data
        reject_sheet(acting=acting, case_id=self.panel.case_id, place=data["place"], reason=data["reason"], at=at)

    def is_repeated(self, user: User) -> bool:
        sheets = ScoreSheet.objects.filter(**_of_place(self), state=SheetState.DRAFT)
        return sheets.filter(compared_by=user, rejected_reason=self.cleaned_data["reason"]).exists()


class EnterSheetForm(SheetFields, RecordForm):
    """录入纸质评分表 as it stands on the signed paper; another person compares it."""

    name = "enter-sheet"
    roles = SECRETARY
    title = _("录入纸质评分表")
    button = _("录入，送他人核对")
    help = _("照纸面录入，不作改动；由另一人对照扫描件核对一致后生效，纸面为原件。")
    done = _("已录入，须由另一人核对。")
    file_field = "scan"

    dated_on = LegalDateField(label=_("纸面日期"))
    scan = forms.FileField(label=_("评分表扫描件"), error_messages=NO_FILE)
    correction_reason = reason_field(
        label=_("更正理由"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("更正已签名的评分表时填写；首次录入留空。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules = rules_of(self.panel)
        add_sheet_fields(self, self.rules)

    def carry_out(self, *, acting: Acting, at: datetime) -> None:
        data = self.cleaned_data
        enter_sheet(
            acting=acting,
            case_id=self.panel.case_id,
            place=data["place"],
            entry=typed_entry(data, self.rules),
            dated_on=data["dated_on"],
            scan=self.paper("scan"),
            correction_reason=data["correction_reason"],
            at=at,
        )

    def is_repeated(self, user: User) -> bool:
        sheets = ScoreSheet.objects.filter(**_of_place(self), state=SheetState.ENTERED)
        return sheets.filter(entered_by=user, dated_on=self.cleaned_data["dated_on"]).exists()


def _of_place(form: RecordForm) -> dict[str, Any]:
    place = form.cleaned_data["place"]
    return {"seat__panel": form.panel, "seat__place": int(place) if place.isdecimal() else 0}
