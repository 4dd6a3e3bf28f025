"""The filters of the desk's lists."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from investreview.core.fields import LineField
from investreview.projects.models import Project
from investreview.projects.states import CaseState

LEAST_LENGTH = 2
SECOND_REVIEWED = "SECOND_REVIEWED"
"""The choice of the cases that were decided after a second review; none of them counts as filed."""


class SearchForm(forms.Form):
    """What somebody looks for from the head of any page."""

    q = LineField(
        label=_("搜索项目、企业、文号"), max_length=60, error_messages={"required": _("请输入要查找的文字。")}
    )

    def clean_q(self) -> str:
        """At least two characters: one is in almost everything."""
        text: str = self.cleaned_data["q"]
        if len(text) < LEAST_LENGTH:
            raise forms.ValidationError(_("请至少输入两个字。"))
        return text


class CaseFilterForm(forms.Form):
    """What the list of cases is narrowed to; ``before`` is where the next page begins."""

    q = LineField(label=_("项目名称、编号或企业"), required=False, max_length=60)
    state = forms.ChoiceField(label=_("状态"), required=False)
    origin = forms.ChoiceField(label=_("来源"), required=False, choices=[("", _("全部来源")), *Project.Origin.choices])
    before = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)
    past = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)

    def __init__(self, *args: Any, states: list[CaseState], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(state.value, state.label) for state in states]
        choices.append((SECOND_REVIEWED, _("二次论证办结")))
        self.fields["state"].choices = [("", _("全部状态")), *choices]  # type: ignore[attr-defined]
