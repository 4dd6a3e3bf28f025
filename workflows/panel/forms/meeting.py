"""The meeting of the panel, its opinion, and the signatures under it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from experts.selectors.final_sheets import draft_text
from experts.services.common import Scan
from experts.services.meeting import Attendance, MeetingFacts
from investreview.core.fields import MomentField, TextBlockField
from workflows.panel.selectors import panel_of_item, seated_places
from workflows.review.forms.base import ActForm

ATTENDANCE = [
    (Attendance.CAME.value, _("到会")),
    (Attendance.LATE.value, _("迟到")),
    (Attendance.WRITTEN.value, _("未到会，提交书面意见")),
]
NOTE_LENGTH = 4000


class HoldMeetingForm(ActForm):
    """登记论证会: facts only."""

    title = _("登记论证会")
    button = _("登记论证会，开始最终评分")
    help = _("只记录事实：时间、到会情况、推选的组长。不记录任何人的评分和意见。")
    fields_template = "workflows/panel/meeting_fields.html"

    held_at = MomentField(label=_("论证会时间"))
    note = TextBlockField(label=_("说明"), max_length=NOTE_LENGTH, required=False, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = seated_places(self.case)
        for place, name in self.places:
            self.fields[f"came_{place}"] = forms.ChoiceField(label=name, choices=ATTENDANCE)
        self.fields["chair"] = forms.ChoiceField(
            label=_("组长"), choices=[("", _("请选择")), *self.places], error_messages={"required": _("请选择组长。")}
        )
        self.order_fields(["held_at", *(f"came_{place}" for place, _name in self.places), "chair", "note"])

    @property
    def attendance(self) -> list[forms.BoundField]:
        """One answer a place."""
        return [self[f"came_{place}"] for place, _name in self.places]

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        came = {place: Attendance(data[f"came_{place}"]) for place, _name in self.places}
        return {"meeting": MeetingFacts(data["held_at"], came, data["chair"], data["note"])}


class PutOpinionForm(ActForm):
    """形成论证意见: the text is drafted from the sheets; conclusion and conditions follow from them alone."""

    title = _("论证意见")
    button = _("形成论证意见，交各专家签名")
    help = _("草稿由各专家的最终评分表汇总而成，组长可以修改文字；结论和条件由评分表得出，不能修改。")

    text = TextBlockField(label=_("论证意见"), max_length=10_000, widget=forms.Textarea({"rows": 16}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        panel = panel_of_item(self.item)
        if panel is not None and not self.is_bound:
            self.initial.setdefault("text", draft_text(panel))


class SignOpinionForm(ActForm):
    """签署论证意见 on screen."""

    title = _("签署论证意见")
    button = _("签名")
    help = _("持不同意见的专家也应签名，不同意见单独记明。")

    def facts(self) -> dict[str, Any]:
        return {}


class SignOnPaperForm(ActForm):
    """签署论证意见 from paper: the secretary uploads the signed page."""

    title = _("登记纸质签名")
    button = _("登记签名")
    help = _("上传该专家签名页的扫描件。")
    file_field = "scan"

    scan = forms.FileField(
        label=_("签名页扫描件"),
        error_messages={"required": _("请选择签名页扫描件。"), "empty": _("所选文件是空的，请重新选择。")},
    )

    def facts(self) -> dict[str, Any]:
        upload = self.cleaned_data["scan"]
        return {"scan": Scan(upload, upload.name)}
