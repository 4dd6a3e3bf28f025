"""The filters of the desk's lists."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from investreview.core.fields import LineField
from investreview.projects.states import CaseState


class CaseFilterForm(forms.Form):
    """What the list of cases is narrowed to; ``before`` is where the next page begins."""

    q = LineField(label=_("项目名称、编号或企业"), required=False, max_length=60)
    state = forms.ChoiceField(label=_("状态"), required=False)
    before = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)

    def __init__(self, *args: Any, states: list[CaseState], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(state.value, state.label) for state in states]
        self.fields["state"].choices = [("", _("全部状态")), *choices]  # type: ignore[attr-defined]
