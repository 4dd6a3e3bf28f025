"""The signing chain: agree, countersign, check the wording, record a meeting, send back, defer, resume, sign."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from investreview.core.errors import Invalid
from investreview.core.fields import LegalDateField, LineField, TextBlockField
from investreview.core.forms import as_validation_error
from investreview.projects.services.deciding import Meeting
from investreview.projects.states import Proposal, StepOutcome
from workflows.review.forms.base import ActForm, Button, opinion_field, reason_field
from workflows.review.letters import asks_number, current_ordinal, letter_at


class CheckForm(ActForm):
    """同意: the head checks, or the deputy reviews before the director."""

    title = _("审核意见")
    button = _("同意")

    text = opinion_field(required=False, help_text=_("可不填写；留空即为“同意”。"))


class CountersignForm(ActForm):
    """会签: no objection, or an objection with its text; two buttons answer it."""

    title = _("会签意见")
    button = _("无意见")
    answered_by_buttons = ("outcome",)

    text = opinion_field(required=False, help_text=_("选择“有意见”时必填。"))
    outcome = forms.ChoiceField(
        label=_("会签结论"),
        choices=[(one.value, one.label) for one in (StepOutcome.NO_OBJECTION, StepOutcome.OBJECTED)],
        error_messages={"required": _("请选择“无意见”或者“有意见”。")},
    )

    @property
    def buttons(self) -> tuple[Button, ...]:
        """Both answers, each a button of its own."""
        return (
            Button(gettext("无意见"), "outcome", StepOutcome.NO_OBJECTION.value),
            Button(gettext("有意见"), "outcome", StepOutcome.OBJECTED.value, is_main=False),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("outcome") == StepOutcome.OBJECTED and "text" in data and not data["text"]:
            self.add_error("text", as_validation_error(Invalid("projects_reason_needed")))
        return data

    def facts(self) -> dict[str, Any]:
        return {**self.cleaned_data, "office": self.item.office}


class WordingForm(ActForm):
    """核稿通过."""

    title = _("核稿")
    button = _("核稿通过")
    help = _("需要改动措辞时，请先在复函页修改并保存，再核稿。")

    text = opinion_field(required=False)


class MeetingForm(ActForm):
    """会议研究: when, which item, which minutes, what they say."""

    title = _("登记会议研究")
    button = _("会议研究")

    held_on = LegalDateField(label=_("会议日期"))
    agenda_number = LineField(label=_("议题编号"), max_length=60)
    minutes_number = LineField(label=_("纪要编号"), max_length=60)
    extract = TextBlockField(label=_("纪要摘录"), max_length=4000)
    text = opinion_field(label=_("说明"), required=False)

    def facts(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        text = data.pop("text")
        return {"meeting": Meeting(**data), "text": text}


class SendBackForm(ActForm):
    """退回处室."""

    title = _("退回处室")
    button = _("退回处室")
    help = _("办件回到经办人，办理时限继续计算，签批链重新开始。")

    reason = reason_field()


class DeferForm(ActForm):
    """暂缓."""

    title = _("暂缓办理")
    button = _("暂缓")
    help = _("暂缓期间停止计时；到期自动恢复，经办人也可以提前恢复。")

    reason = reason_field()
    until = LegalDateField(label=_("暂缓至"))


class ResumeForm(ActForm):
    """恢复办理."""

    title = _("提前恢复办理")
    button = _("恢复办理")
    help = _("恢复后继续计时，办件回到暂缓前的环节。")


class SignForm(ActForm):
    """签发: one version of the reply is signed; the office's number is entered where the series asks for it."""

    title = _("签发")
    button = _("签发")
    error_fields = {"number": "entered_number"}

    text = opinion_field(label=_("批示"), required=False, help_text=_("可选，签发时一并记录。"))
    letter_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "letter_version": current_ordinal(letter_at(kwargs["item"])),
            **kwargs.get("initial", {}),
        }
        super().__init__(*args, **kwargs)
        if asks_number(self.case, letter_at(self.item), self.on):
            self.fields["entered_number"] = LineField(
                label=_("发文字号"), max_length=60, help_text=_("按办公室发文登记簿填写。")
            )

    @property
    def heading(self) -> str:
        """What is decided, said before the button."""
        return gettext("签发：%(proposal)s") % {"proposal": Proposal(self.case.proposal).label}

    @property
    def buttons(self) -> tuple[Button, ...]:
        """The button says when it is a refusal."""
        refused = self.case.proposal == Proposal.REFUSE
        return (Button(gettext("签发不予备案复函") if refused else gettext("签发")),)
