"""What was decided on projects and what became of them, read from the projects room by one query.

A project decided on paper before the system counts once its batch is accepted (DOMAIN §16); a milestone entered later
stands before what its ledger said.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum

from investreview.core.gathering import gathered, give_out
from investreview.evaluations.rules import BUILT_KINDS, Course, Terms
from investreview.projects.corrected import corrected
from investreview.projects.models import Case, CorrectionSlip, Milestone, PastDecision, Phase, Project
from investreview.projects.past.selectors import counted_past, counted_projects
from investreview.projects.states import FILED_STATES, CaseState
from investreview.registry.models import Commission
from investreview.registry.rules import group_path
from investreview.rulebook.ruleset import RuleSetData
from investreview.rulebook.vocabulary import Route

CARRIED_OUT = FILED_STATES | {CaseState.ENTERPRISE_DECIDED}
"""Ends of a case after which its project may be carried out."""


@dataclass(frozen=True)
class ProjectRecord:
    """One project with its decision and its course. Units: yuan."""

    project_id: int
    code: str
    name: str
    path: str
    group_path: str
    amount_yuan: Decimal
    is_backfilled: bool
    course: Course


def terms_of(rules: RuleSetData) -> Terms:
    """The numbers of the rule set that due dates and picks need."""
    return Terms(
        built_months=rules.evaluation_after_months,
        late_months=rules.evaluation.late_months,
        exceptional_months=rules.evaluation.exceptional_months,
        over_budget_bps=rules.evaluation.over_budget_bps,
    )


def projects_with_a_course(commission: Commission) -> QuerySet[Project]:
    """The projects of which something is known after their decision."""
    entered = Milestone.objects.filter(withdrawn_at__isnull=True).values("project")
    told = Q(completed_on__isnull=False) | Q(commissioned_on__isnull=False)
    past = past_carried_out().filter(told).values("project")
    return counted_projects().filter(Q(pk__in=entered) | Q(pk__in=past), commission=commission)


def past_carried_out() -> QuerySet[PastDecision]:
    """The projects decided on paper that may be carried out and count."""
    return counted_past().filter(outcome__in=sorted(FILED_STATES))


def records(projects: Collection[int]) -> dict[int, ProjectRecord]:
    """The records of those of ``projects`` that may be carried out, by project; one query."""
    decided = Case.objects.filter(project__in=projects, state__in=sorted(CARRIED_OUT))
    cases, slips, decided_on_paper, milestones = gathered(
        _with_amount(decided).select_related("project", "declaration").order_by("pk"),
        CorrectionSlip.objects.filter(case__in=decided),
        past_carried_out().filter(project__in=projects).select_related("project"),
        Milestone.objects.filter(project__in=projects, withdrawn_at__isnull=True).order_by("happened_on", "pk"),
    )
    courses: dict[int, dict[str, Milestone]] = {}
    for milestone in milestones:
        courses.setdefault(milestone.project_id, {}).setdefault(milestone.kind, milestone)
    deciding = {case.project_id: case for case in cases}  # the last one of each project
    give_out(slips, deciding.values(), "correction_slips")
    known = {project: _of_case(case, courses.get(project, {})) for project, case in deciding.items()}
    for past in decided_on_paper:
        known[past.project_id] = _of_past(past, courses.get(past.project_id, {}))
    return known


def _with_amount(cases: QuerySet[Case]) -> QuerySet[Case]:
    """The cases with ``amount_yuan`` of all phases."""
    phases = Phase.objects.filter(declaration__case=OuterRef("pk")).order_by()
    total = phases.values("declaration__case").annotate(total=Sum("total_yuan")).values("total")
    return cases.annotate(amount_yuan=Subquery(total))


def _of_case(case: Case, first: Mapping[str, Milestone]) -> ProjectRecord:
    """The case as it reads with its slips (DOMAIN §17)."""
    case = corrected(case)
    amount: Decimal = getattr(case, "amount_yuan", None) or Decimal(0)
    decided = Course(
        kind=case.declaration.kind,
        is_acquisition=case.declaration.is_private_acquisition_with_control,
        is_special=case.route == Route.SPECIAL_REVIEW,
        decided_yuan=amount,
    )
    return _record(case.project, case.number, amount, _with_milestones(decided, first))


def _of_past(past: PastDecision, first: Mapping[str, Milestone]) -> ProjectRecord:
    """What the ledger says; its day of commissioning is the closing where something was bought."""
    is_acquisition = past.route == Route.ACQUISITION
    is_built = past.kind in BUILT_KINDS and not is_acquisition
    told = Course(
        kind=past.kind,
        is_acquisition=is_acquisition,
        is_special=past.route == Route.SPECIAL_REVIEW,
        decided_yuan=past.amount_yuan,
        actual_yuan=past.actual_yuan,
        cost_on=(past.completed_on or past.commissioned_on) if past.actual_yuan is not None else None,
        accepted_on=past.completed_on,
        operating_on=past.commissioned_on if is_built else None,
        closed_on=None if is_built else past.commissioned_on,
    )
    return _record(past.project, past.number, past.amount_yuan, _with_milestones(told, first))


def _record(project: Project, code: str, amount: Decimal, course: Course) -> ProjectRecord:
    return ProjectRecord(
        project_id=project.pk,
        code=code,
        name=project.name,
        path=project.path,
        group_path=group_path(project.path),
        amount_yuan=amount,
        is_backfilled=project.origin == Project.Origin.BACKFILLED,
        course=course,
    )


_DAYS = {
    Milestone.Kind.ACCEPTED: "accepted_on",
    Milestone.Kind.OPERATING: "operating_on",
    Milestone.Kind.CLOSED: "closed_on",
    Milestone.Kind.TERMINATED: "terminated_on",
    Milestone.Kind.COST: "cost_on",
    Milestone.Kind.LOSS: "loss_on",
    Milestone.Kind.ALERT: "alert_on",
    Milestone.Kind.LETTER: "letter_on",
}


def _with_milestones(course: Course, first: Mapping[str, Milestone]) -> Course:
    """The course with the day of the first standing milestone of each kind, and the actual amount."""
    known: dict[str, Any] = {name: first[kind].happened_on for kind, name in _DAYS.items() if kind in first}
    if Milestone.Kind.COST in first:
        known["actual_yuan"] = first[Milestone.Kind.COST].actual_yuan
    return replace(course, **known)
