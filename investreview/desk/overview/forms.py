"""The filters of the overview."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from investreview.desk.overview.period import MONTHS, QUARTERS, GroupChoice, Period, part_label


class OverviewForm(forms.Form):
    """Year, part of the year and group; whatever is not asked for is this year, all of it, and everybody."""

    year = forms.TypedChoiceField(label=_("年度"), coerce=int, required=False, empty_value=None)
    part = forms.ChoiceField(label=_("期间"), required=False)
    group = forms.TypedChoiceField(label=_("监管企业"), coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, years: Iterable[int], groups: Iterable[GroupChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["year"].choices = [(year, _("%(year)d年度") % {"year": year}) for year in years]
        fields["part"].choices = [
            ("", part_label("")),
            (_("季度"), [(part, part_label(part)) for part in QUARTERS]),
            (_("月份"), [(part, part_label(part)) for part in MONTHS]),
        ]
        fields["group"].choices = [("", _("全部监管企业")), *((group.pk, group.name) for group in groups)]

    def period(self, usual_year: int) -> Period:
        """The period that was asked for. The form has been found valid."""
        return Period(self.cleaned_data["year"] or usual_year, self.cleaned_data["part"])
