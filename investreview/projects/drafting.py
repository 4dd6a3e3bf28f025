"""Between the pages of a draft and its services: what may be chosen, what is shown first, what is handed over."""

from collections.abc import Mapping
from copy import copy
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from investreview.core.roles import Role
from investreview.core.scope import Scope
from investreview.projects.forms.facts import FUNDING, FactsForm
from investreview.projects.forms.rows import COMMITTED, OWN_ROLES, Rows
from investreview.projects.models import Case, Commitment, Declaration, Party, Phase
from investreview.projects.services.drafts import CommitmentInput, PartyInput, PhaseInput
from investreview.registry.models import Enterprise
from investreview.registry.selectors import enterprises

ZERO = Decimal(0)
_READ_ROWS = "_prefetched_objects_cache"
"""Where Django 5.2 keeps rows that were prefetched; there is no public way to put rows there that were only typed."""


def enterprises_to_draft_for(scope: Scope) -> QuerySet[Enterprise]:
    """The living enterprises for which this person drafts."""
    grants = tuple(grant for grant in scope.grants if grant.role is Role.ENTERPRISE_DRAFTER)
    drafting = Scope(user_id=scope.user_id, username=scope.username, name=scope.name, grants=grants)
    return enterprises(drafting).filter(dissolved_on__isnull=True)


def committing_choices(case: Case) -> list[tuple[int, str]]:
    """The enterprises of the case's own group, the group first; only these may commit (DOMAIN §2)."""
    in_group = Enterprise.objects.filter(path__startswith=case.group.path).order_by("path")
    return list(in_group.values_list("pk", "short_name"))


def saved_facts(case: Case) -> dict[str, object]:
    """The declared facts as the form shows them; a source of zero is shown empty."""
    declaration = case.declaration
    names = (name for name in FactsForm.base_fields if name != "name")
    facts = {name: getattr(declaration, name) for name in names}
    return {"name": case.project.name} | facts | {name: facts[name] or None for name in FUNDING}


def saved_phases(case: Case) -> list[dict[str, object]]:
    """The declared phases, one empty row when there is none; an amount not given yet is empty."""
    rows: list[dict[str, object]] = [
        {"name": row.name, "total_yuan": row.total_yuan or None} for row in case.declaration.phases.all()
    ]
    return rows or [{}]


def saved_commitments(case: Case) -> list[dict[str, object]]:
    """What each enterprise commits, one empty row when there is none; zero is shown empty."""
    rows: list[dict[str, object]] = [
        {"enterprise": row.enterprise_id} | {name: getattr(row, name) or None for name in COMMITTED}
        for row in case.declaration.commitments.all()
    ]
    return rows or [{}]


def saved_parties(case: Case) -> list[dict[str, object]]:
    """The declared parties other than the group and its investor, which the system knows; and one empty row."""
    rows: list[dict[str, object]] = [
        {"role": row.role, "name": row.organisation.name, "credit_code": row.organisation.credit_code or ""}
        for row in case.declaration.parties.all()
        if row.role not in OWN_ROLES
    ]
    return [*rows, {}]


def typed_phases(rows: Rows) -> tuple[PhaseInput, ...]:
    """The phases as the service takes them; an amount left empty is not known yet and stands as zero."""
    return tuple(
        PhaseInput(name=row.cleaned_data["name"], total_yuan=row.cleaned_data["total_yuan"] or ZERO)
        for row in rows.kept
    )


def typed_commitments(rows: Rows) -> tuple[CommitmentInput, ...]:
    """The commitments as the service takes them; an amount left empty is zero."""
    return tuple(_commitment(row.cleaned_data) for row in rows.kept)


def _commitment(typed: dict[str, Any]) -> CommitmentInput:
    amounts: dict[str, Decimal] = {name: typed[name] or ZERO for name in COMMITTED}
    return CommitmentInput(enterprise_id=typed["enterprise"], **amounts)


def typed_parties(rows: Rows) -> tuple[PartyInput, ...]:
    """The parties as the service takes them."""
    return tuple(
        PartyInput(
            role=row.cleaned_data["role"], name=row.cleaned_data["name"], credit_code=row.cleaned_data["credit_code"]
        )
        for row in rows.kept
    )


def as_typed(case: Case, form: FactsForm, sets: Mapping[str, Rows]) -> Case:
    """The case as if what was typed were saved: what cannot be read yet counts as it is saved now.

    The answer is a copy in memory that must never be saved. The parts of ``sets`` are read already.
    """
    shown, declaration = copy(case), copy(case.declaration)
    typed = form.cleaned_data
    if typed.get("name"):
        shown.project = copy(case.project)
        shown.project.name = typed["name"]
    for name in form.fields:
        if name in typed and name != "name":
            setattr(declaration, name, typed[name] if name not in FUNDING else typed[name] or ZERO)
    shown.declaration = declaration
    vars(declaration)[_READ_ROWS] = dict(vars(case.declaration).get(_READ_ROWS, {}))
    if "phases" in sets and sets["phases"].is_valid():
        _hold(declaration, "phases", [Phase(**vars(each)) for each in typed_phases(sets["phases"])])
    if "commitments" in sets and sets["commitments"].is_valid():
        lines = [Commitment(**vars(each)) for each in typed_commitments(sets["commitments"])]
        _hold(declaration, "commitments", lines)
    if "parties" in sets and sets["parties"].is_valid():
        own = [party for party in case.declaration.parties.all() if party.role in OWN_ROLES]
        _hold(declaration, "parties", [*own, *(Party(role=each.role) for each in typed_parties(sets["parties"]))])
    return shown


def _hold(declaration: Declaration, name: str, rows: list[Any]) -> None:
    """The rows stand where Django looks for rows that were read already."""
    held = getattr(declaration, name).all()
    held._result_cache = rows
    vars(declaration)[_READ_ROWS][name] = held
