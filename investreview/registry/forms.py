"""Forms of the calendar page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from investreview.core.errors import DomainError
from investreview.core.fields import LegalDateField, LineField
from investreview.core.forms import as_validation_error
from investreview.registry.almanac import FIRST_YEAR, LAST_YEAR


def show_error(form: forms.BaseForm, error: DomainError) -> None:
    """The sentence stands beside the field it speaks of, or above the form."""
    form.add_error(error.field if error.field in form.fields else None, as_validation_error(error))


class EditDayForm(forms.Form):
    """A day is worked or free, and why."""

    day = LegalDateField(label=_("日期"))
    kind = forms.ChoiceField(label=_("调整为"), choices=[("WORK", _("工作日")), ("FREE", _("休息日"))])
    reason = LineField(label=_("依据或理由"), max_length=200, help_text=_("如国务院办公厅通知文号；将记入操作日志。"))


class AddYearForm(forms.Form):
    """A year that is to be in the calendar."""

    year = forms.IntegerField(label=_("年度"), min_value=FIRST_YEAR, max_value=LAST_YEAR)


class ConfirmYearForm(forms.Form):
    """An estimated year was compared with the announcement."""

    year = forms.IntegerField(widget=forms.HiddenInput, min_value=FIRST_YEAR, max_value=LAST_YEAR)
    source = LineField(label=_("放假安排通知文号"), max_length=200)
