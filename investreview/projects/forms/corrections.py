"""更正单: which fact, what is right, why, by what evidence; and the second person's answer."""

from copy import deepcopy
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from investreview.core.fields import LineField, TextBlockField
from investreview.projects.corrected import CORRECTABLE
from investreview.projects.forms.facts import FUNDING, FactsForm
from investreview.projects.shown import PROJECT_NAME, fact_label


class FieldForm(forms.Form):
    """Which fact of the case is wrong."""

    field = forms.ChoiceField(label=_("更正项目"), error_messages={"required": _("请选择更正项目。")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("请选择")), *((name, fact_label(name)) for name in CORRECTABLE)]
        self.fields["field"].choices = choices  # type: ignore[attr-defined]


class SlipForm(forms.Form):
    """What is right, in the same field in which the enterprise declared it. Units: money in 万元 as typed."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    reason = TextBlockField(label=_("更正理由"), max_length=2000, error_messages={"required": _("请填写理由。")})
    evidence = forms.FileField(
        label=_("依据文件（扫描件等）"),
        error_messages={"required": _("请选择依据文件。"), "empty": _("所选文件是空的，请重新选择。")},
    )

    def __init__(self, *args: Any, field: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = field
        if field == PROJECT_NAME:
            after: forms.Field = LineField(max_length=120)
        else:
            after = deepcopy(FactsForm.base_fields[field])
        after.label = _("更正为（%）") if field.endswith("_bps") else _("更正为")
        self.fields["after"] = after
        self.order_fields(["after", "reason", "evidence"])

    @property
    def right(self) -> Any:
        """The cleaned new value; an amount left empty is zero where it must be one."""
        value = self.cleaned_data["after"]
        return Decimal(0) if value is None and self.name in FUNDING else value


class RejectionForm(forms.Form):
    """Why the slip is not accepted."""

    reason = LineField(label=_("不予更正的理由"), max_length=500, error_messages={"required": _("请填写理由。")})
