"""A case as it reads with its confirmed correction slips. Nothing is written: the declaration stays as it was."""

from collections.abc import Iterable
from copy import copy
from typing import Any

from django.db.models import Field

from investreview.projects.forms.facts import FactsForm
from investreview.projects.freezing import plain
from investreview.projects.models import Case, CorrectionSlip, Declaration
from investreview.projects.shown import PROJECT_NAME
from investreview.projects.states import DECIDED

_NOT_BY_SLIP = frozenset({"name", "mark"})
CORRECTABLE = (PROJECT_NAME, *(name for name in FactsForm.base_fields if name not in _NOT_BY_SLIP))
"""What a slip may correct; amounts of phases and commitments change the case itself and go by a change (DOMAIN §3)."""


def corrected(case: Case, *, more: Iterable[tuple[str, Any]] = ()) -> Case:
    """The case with what its slips say in place of what was declared; ``more`` as if it were confirmed too.

    The answer is a copy in memory that must never be saved.
    """
    slips = [(one.field, one.after) for one in confirmed_slips(case)]
    changes = dict([*slips, *more])
    if not changes:
        return case
    shown, declaration = copy(case), copy(case.declaration)
    for name, value in changes.items():
        if name == PROJECT_NAME:
            shown.project = copy(case.project)
            shown.project.name = value
        else:
            setattr(declaration, name, _field(name).to_python(value))
    shown.declaration = declaration
    return shown


def _field(name: str) -> "Field[Any, Any]":
    return next(field for field in Declaration._meta.fields if field.name == name)


def confirmed_slips(case: Case) -> list[CorrectionSlip]:
    """The slips that count, in the order in which they came to; without a query where they were prefetched.

    Only a decided case has any.
    """
    if case.state not in DECIDED:
        return []
    found = [one for one in case.correction_slips.all() if one.confirmed_at is not None]
    return sorted(found, key=lambda one: (one.confirmed_at, one.pk))


def present_value(case: Case, field: str) -> Any:
    """What the case says now in ``field``, its slips included."""
    shown = corrected(case)
    return shown.project.name if field == PROJECT_NAME else getattr(shown.declaration, field)


def present_plain(case: Case, field: str) -> Any:
    """The same as a plain value, as slips and submissions keep it."""
    return plain(present_value(case, field))
