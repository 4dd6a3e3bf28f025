"""An error of the rules, shown where it belongs on a plain form."""

from django import forms

from investreview.core.errors import DomainError
from investreview.core.forms import as_validation_error


def place(form: forms.Form, error: DomainError, *, field: str | None = None) -> None:
    """The error stands beside ``field``, else beside the field it names, else above the form."""
    name = field or error.field
    form.add_error(name if name in form.fields else None, as_validation_error(error))
