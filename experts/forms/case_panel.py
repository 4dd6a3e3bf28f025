"""What enterprise and officer say about a panel of the case: an answer, a proof, a judgement."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from experts.services.meeting import ANSWER_LENGTH
from experts.states import ConditionState
from investreview.core.errors import DomainError
from investreview.core.fields import TextBlockField
from investreview.core.forms import as_validation_error

TEXT_LENGTH = 2000
HIGHEST_VERSION = 2**31 - 1


class CasePanelForm(forms.Form):
    """A form of the page; an error of the rules stands beside its field, what is wrong with a file beside the file."""

    file_field = ""

    def show(self, error: DomainError) -> None:
        """The error stands where it belongs, else above the form."""
        name = self.file_field if error.code.startswith("file_") else error.field
        self.add_error(name if name in self.fields else None, as_validation_error(error))


class AnswerForm(CasePanelForm):
    """书面答复 to one question; it is given once."""

    text = TextBlockField(
        label=_("书面答复"),
        max_length=ANSWER_LENGTH,
        help_text=_("提交后不能修改，答复将发给专家组。"),
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": _("请填写答复。")},
    )


class EvidenceForm(CasePanelForm):
    """落实情况 of one condition with its proof."""

    file_field = "evidence"

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=HIGHEST_VERSION)
    statement = TextBlockField(
        label=_("落实情况"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("请说明落实情况。")},
    )
    evidence = forms.FileField(
        label=_("证明材料"),
        error_messages={"required": _("请选择证明材料。"), "empty": _("所选文件是空的，请重新选择。")},
    )


class JudgementForm(CasePanelForm):
    """核验: met, or returned with the reason."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=HIGHEST_VERSION)
    judgement = forms.ChoiceField(
        label=_("核验结果"),
        choices=[
            (ConditionState.MET.value, ConditionState.MET.label),
            (ConditionState.RETURNED.value, ConditionState.RETURNED.label),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择核验结果。")},
    )
    text = TextBlockField(
        label=_("核验意见"),
        max_length=TEXT_LENGTH,
        required=False,
        help_text=_("退回补充的必填，告知企业。"),
        widget=forms.Textarea({"rows": 2}),
    )

    def clean_judgement(self) -> ConditionState:
        """The judgement as the service reads it."""
        given: Any = self.cleaned_data["judgement"]
        return ConditionState(given)
