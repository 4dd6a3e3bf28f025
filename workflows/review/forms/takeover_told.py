"""What stands on a 接续单, for the person who compares it with the papers: words, never ids."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext as _

from investreview.core.fields import MoneyFormField, reading_of
from investreview.projects.forms.start import EnterpriseChoiceField

Rows = Sequence[Sequence[forms.BoundField]]


def told(form: forms.Form, *, steps: Rows, parties: Rows) -> list[tuple[str, str]]:
    """Label and text of every field that was filled, the parties and the steps one line each behind the others."""
    in_rows = {bound.html_name for row in (*steps, *parties) for bound in row}
    others = [bound for bound in form if not bound.is_hidden and bound.html_name not in in_rows]
    return [
        *((str(bound.label), text) for bound in others if (text := _written(form, bound))),
        *((_("相关单位"), text) for row in parties if (text := _in_one_line(form, row))),
        *((_("第 %(n)s 步") % {"n": n}, text) for n, row in enumerate(steps, 1) if (text := _in_one_line(form, row))),
    ]


def _in_one_line(form: forms.Form, row: Sequence[forms.BoundField]) -> str:
    return " · ".join(filter(None, (_written(form, bound) for bound in row)))


def _written(form: forms.Form, bound: forms.BoundField) -> str:
    """One field as a person reads it; empty where it was left empty."""
    value = str(form.data.get(bound.html_name, "")).strip()
    if not value:
        return ""
    field = bound.field
    if isinstance(field, EnterpriseChoiceField):
        return _body(field, value)
    if isinstance(field, forms.BooleanField):
        return _("是")
    if isinstance(field, MoneyFormField):
        return _amount(field, value)
    return str(dict(getattr(field, "choices", ())).get(value, value))


def _body(field: EnterpriseChoiceField, value: str) -> str:
    found = field.queryset.filter(pk=value).first() if field.queryset is not None and value.isdigit() else None
    return str(found.short_name) if found is not None else value


def _amount(field: MoneyFormField, value: str) -> str:
    try:
        return reading_of(field.clean(value))
    except forms.ValidationError:
        return value
