"""Forms of recusal: the request of an enterprise, the answer to it, the finding that a hit is harmless."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from experts.forms.base import VersionedForm
from experts.services.organisations import OrganisationName
from experts.services.recusals import RecusalFacts
from experts.states import RecusalKind
from investreview.core.errors import Invalid
from investreview.core.fields import LineField, TextBlockField
from investreview.core.forms import as_validation_error
from investreview.projects.forms.fields import CreditCodeField
from investreview.registry.rules import CODE_LENGTH, check_credit_code

MOST_ORGANISATIONS = 20
GRANT, REFUSE = "GRANT", "REFUSE"


class RecusalForm(forms.Form):
    """Whose people are asked to stand aside, and why; nobody is named."""

    kind = forms.ChoiceField(label=_("申请方式"), choices=RecusalKind.choices)
    stated = LineField(
        label=_("单位全称或者人员范围"),
        help_text=_("不得指名；某一类人员，请写明范围，例如“近三年为竞争对手提供咨询的人员”。"),
        error_messages={"required": _("请写明申请哪一单位或者哪一类人员回避。")},
    )
    credit_code = CreditCodeField(
        label=_("统一社会信用代码"), required=False, help_text=_("申请某一单位人员回避的，请填写。")
    )
    reason = TextBlockField(
        label=_("理由"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("请写明理由。")},
    )

    def as_facts(self) -> RecusalFacts:
        """What was typed, for the service."""
        data = self.cleaned_data
        return RecusalFacts(
            kind=RecusalKind(data["kind"]),
            stated=data["stated"],
            credit_code=data["credit_code"],
            reason=data["reason"],
        )


class RecusalLetterForm(RecusalForm):
    """The same from a letter, with its scan."""

    scan = forms.FileField(
        label=_("来函扫描件"),
        error_messages={"required": _("请选择扫描件。"), "empty": _("所选文件是空的，请重新选择。")},
    )


class OrganisationLinesField(forms.Field):
    """Organisations, one a line: the full name and, after a blank or comma, the credit code."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> tuple[OrganisationName, ...]:
        lines = [line.strip() for line in str(value or "").splitlines() if line.strip()]
        if len(lines) > MOST_ORGANISATIONS:
            raise as_validation_error(Invalid("experts_organisations_too_many", limit=MOST_ORGANISATIONS))
        return tuple(_named(line) for line in lines)


def _named(line: str) -> OrganisationName:
    parts = line.replace("，", " ").replace(",", " ").split()
    if len(parts) > 1 and len(parts[-1]) == CODE_LENGTH:
        try:
            return OrganisationName(" ".join(parts[:-1]), check_credit_code(parts[-1]))
        except Invalid as error:
            raise as_validation_error(error) from error
    return OrganisationName(" ".join(parts))


class AnswerForm(VersionedForm):
    """Whether the request is granted, whose people stand aside, and what the enterprise is told."""

    outcome = forms.ChoiceField(
        label=_("答复"), choices=[("", _("请选择")), (GRANT, _("同意回避")), (REFUSE, _("不同意"))]
    )
    organisations = OrganisationLinesField(
        label=_("回避单位"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("同意的，每行一家：单位全称，空格，统一社会信用代码。"),
    )
    answer = TextBlockField(
        label=_("答复内容"),
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": _("请写明答复内容。")},
    )


class DismissForm(forms.Form):
    """Why a hit is no conflict."""

    expert = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**62)
    fingerprint = forms.RegexField(r"[0-9a-f]{64}", widget=forms.HiddenInput)
    reason = LineField(label=_("不构成回避的理由"), error_messages={"required": _("请写明理由。")})


class DecideForm(forms.Form):
    """What the office head says to it."""

    answer = LineField(label=_("审核意见"), required=False)


class IndustryForm(forms.Form):
    """For which industries the seats are counted."""

    industry = forms.MultipleChoiceField(label=_("项目所属行业"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, industries: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["industry"]
        choices.choices = list(industries.items())
