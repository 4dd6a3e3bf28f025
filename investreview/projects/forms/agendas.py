"""Forms of an agenda: the meeting, and which case comes onto it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from investreview.core.fields import LegalDateField, LineField
from investreview.projects.services.agendas import NAME_LENGTH


class AgendaForm(forms.Form):
    """A meeting with its day."""

    name = LineField(label=_("会议名称"), max_length=NAME_LENGTH, help_text=_("例如：主任办公会2024年第16次会议。"))
    held_on = LegalDateField(label=_("会议日期"))
    key = forms.UUIDField(widget=forms.HiddenInput)


class AddCaseForm(forms.Form):
    """Which case is to be considered."""

    def __init__(self, *args: Any, cases: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"] = forms.ChoiceField(
            label=_("办件"),
            choices=[("", _("请选择")), *cases],
            error_messages={"required": _("请选择办件。"), "invalid_choice": _("请从名单中选择办件。")},
        )
