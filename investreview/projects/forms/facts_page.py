"""One step of a draft on its page: a form and its sets of rows that are saved together or not at all."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from investreview.core.errors import DomainError
from investreview.core.forms import as_validation_error
from investreview.projects import drafting
from investreview.projects.forms.facts import FactsForm
from investreview.projects.forms.rows import CommitmentRowsOfGroup, PartyRows, PhaseRows, Rows
from investreview.projects.models import Case
from investreview.projects.steps import Step

ROW_SETS = ("phases", "commitments", "parties")


@dataclass(frozen=True)
class Difference:
    """A field that somebody else saved otherwise than it was typed here."""

    label: str
    theirs: str
    yours: str


class FactsPage:
    """One step as saved (without ``data``) or as typed; ``version`` is that of the declaration it started from."""

    def __init__(self, case: Case, step: Step, data: QueryDict | None = None) -> None:
        self.case = case
        self.step = step
        self.version = case.declaration.version if data is None else version_in(data)
        self.form = FactsForm(data, initial=drafting.saved_facts(case), only=step.fields)
        self.sets = {name: _rows(name, case, data) for name in step.rows}

    @property
    def phases(self) -> Rows | None:
        """The rows of phases, where the step has them."""
        return self.sets.get("phases")

    @property
    def commitments(self) -> Rows | None:
        """The rows of commitments, where the step has them."""
        return self.sets.get("commitments")

    @property
    def parties(self) -> Rows | None:
        """The rows of parties, where the step has them."""
        return self.sets.get("parties")

    @property
    def row_sets(self) -> tuple[Rows, ...]:
        """The sets of rows of this step."""
        return tuple(self.sets.values())

    def is_valid(self) -> bool:
        """Whether everything could be read; asks each part, so that every fault is told at once."""
        verdicts = [self.form.is_valid(), *(rows.is_valid() for rows in self.row_sets)]
        return all(verdicts)

    @property
    def fault_count(self) -> int:
        """How many fields need a look."""
        parts = [self.form, *(row for rows in self.row_sets for row in rows.forms)]
        return sum(bool(field.errors) for part in parts for field in part)

    @property
    def general_errors(self) -> list[str]:
        """What is wrong with the page as a whole."""
        return [str(error) for error in self.form.non_field_errors()]

    def place(self, error: DomainError) -> None:
        """The error stands beside the field, the row or the section it belongs to; nothing typed is lost."""
        told = as_validation_error(error)
        row = self._row_of(error)
        if row is not None:
            form, name = row
            form.add_error(name, told)
        elif error.field in self.sets:
            self.sets[error.field].non_form_errors().extend([told])
        else:
            self.form.add_error(error.field if error.field in self.form.fields else None, told)

    def _row_of(self, error: DomainError) -> tuple[forms.Form, str] | None:
        if error.field == "credit_code" and self.parties is not None:
            for row in self.parties.kept:
                if row.cleaned_data["credit_code"] == error.facts.get("given"):
                    return row, "credit_code"
        if error.code == "projects_paid_in_exceeds" and self.commitments is not None:
            for row in self.commitments.kept:
                if (row.cleaned_data["paid_in_yuan"] or 0) / 10000 == error.facts["paid"]:
                    return row, "paid_in_yuan"
        return None

    def differences(self) -> list[Difference]:
        """Where what is saved now differs from what was typed here."""
        saved = FactsPage(self.case, self.step)
        found = [
            Difference(str(bound.label), _shown(saved.form[bound.name]), _shown(bound))
            for bound in self.form
            if bound.name in self.form.changed_data
        ]
        titles = {"phases": _("分期"), "commitments": _("出资承诺"), "parties": _("相关单位")}
        for name, yours in self.sets.items():
            texts = _text_of(saved.sets[name].forms), _text_of(yours.kept)
            if texts[0] != texts[1]:
                found.append(Difference(titles[name], *texts))
        return found

    def faults(self) -> dict[str, str]:
        """What is wrong, by the id of the field it stands beside."""
        parts = [self.form, *(row for rows in self.row_sets for row in rows.forms)]
        return {bound.id_for_label: str(bound.errors[0]) for part in parts for bound in part if bound.errors}


def version_in(data: Mapping[str, Any]) -> int:
    """The version the page was opened with; one that cannot be read is older than any."""
    text = str(data.get("version", ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _rows(name: str, case: Case, data: QueryDict | None) -> Rows:
    kind, saved = _ROWS[name]
    initial = None if data is not None else saved(case)
    choices = {"in_group": drafting.committing_choices(case)} if name == "commitments" else None
    rows: Rows = kind(data, prefix=name, initial=initial, form_kwargs=choices)
    return rows


_ROWS: dict[str, tuple[type[Rows], Callable[[Case], list[dict[str, object]]]]] = {
    "phases": (PhaseRows, drafting.saved_phases),
    "commitments": (CommitmentRowsOfGroup, drafting.saved_commitments),
    "parties": (PartyRows, drafting.saved_parties),
}


def _shown(bound: forms.BoundField) -> str:
    value = bound.value()
    if isinstance(bound.field, forms.BooleanField):
        return _("是") if value else _("否")
    if isinstance(bound.field, forms.ChoiceField):
        choices = cast(Iterable[tuple[object, object]], bound.field.choices)
        return next((str(label) for key, label in choices if key != "" and str(key) == str(value)), "")
    return "" if value is None else str(value)


def _text_of(rows: list[forms.Form]) -> str:
    lines = []
    for row in rows:
        parts = [_shown(bound) for bound in row if bound.name != "DELETE"]
        lines.append(" · ".join(part for part in parts if part))
    return "\n".join(line for line in lines if line)


def with_another_row(data: QueryDict, rows: str) -> QueryDict:
    """What was typed, with one more empty row in the set ``rows``; an unknown set changes nothing."""
    more = data.copy()
    name = f"{rows}-TOTAL_FORMS"
    count = more.get(name, "")
    if rows in ROW_SETS and count.isascii() and count.isdigit() and len(count) < 4:
        more[name] = str(int(count) + 1)
    return more
