"""Domain errors at the door of a form."""

from django.core.exceptions import ValidationError

from investreview.core.errors import DomainError
from investreview.core.messages import sentence


def as_validation_error(error: DomainError) -> ValidationError:
    """The error as Django shows it beside a field, in the active language, under the same code."""
    return ValidationError(sentence(error), code=error.code)
