"""The rows of the overview that stand beside the cases, part by part, still to be read."""

from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from experts.models import Panel
from experts.selectors.conditions import awaited_conditions, on_case, read_from_case
from experts.states import PanelState, SeatState
from investreview.core.legal_dates import LegalDate
from investreview.core.scope import Scope
from investreview.desk.overview.case_reading import BY_SLIP, wanted_cases
from investreview.desk.overview.period import Wish
from investreview.evaluations.models import EvaluationYear
from investreview.evaluations.selectors.years import visible_years
from investreview.projects.models import Case, ClockStop, CorrectionSlip, PaperDecision, Project
from investreview.projects.models.past import PastDecision
from investreview.projects.past.selectors import visible_past
from investreview.projects.states import DECIDED
from workflows.models import WorkItem

Rows = QuerySet[Any, Any]


def stops(wish: Wish, scope: Scope) -> Rows:
    """When the clock of each wanted case stood."""
    found = ClockStop.objects.filter(case__in=wanted_cases(wish, scope).values("pk")).order_by("id")
    return found.values_list("case_id", "reason", "from_on", "until_on")


def slips(wish: Wish, scope: Scope) -> Rows:
    """What confirmed slips put right on decided cases, in the order in which they came to count."""
    decided = wanted_cases(wish, scope).filter(state__in=sorted(DECIDED)).values("pk")
    found = CorrectionSlip.objects.filter(field__in=sorted(BY_SLIP), confirmed_at__isnull=False, case__in=decided)
    return found.order_by("confirmed_at", "pk").values_list("case_id", "field", "after")


def past(wish: Wish, scope: Scope) -> QuerySet[PastDecision]:
    """What was decided on paper before the system, in the period, the latest first."""
    period = wish.period
    found = visible_past(scope).filter(
        commission=wish.commission, decided_on__gte=period.first, decided_on__lte=period.last
    )
    if wish.group is not None:
        found = found.filter(group_id=wish.group.pk)
    return found.order_by("-decided_on", "-pk")


def open_steps(within: QuerySet[Case]) -> Rows:
    """The waiting steps of each open case."""
    found = WorkItem.objects.filter(state=WorkItem.State.OPEN, case__in=within.values("pk")).order_by("id")
    return found.values_list("case_id", "node", "role", "place", "assignee__full_name", "due_on")


def done_steps(wish: Wish, within: QuerySet[Case]) -> QuerySet[WorkItem]:
    """The steps done in the period on cases whose clock counts."""
    measured = within.filter(project__origin=Project.Origin.NATIVE)
    return WorkItem.objects.filter(
        state=WorkItem.State.DONE,
        done_at__gte=wish.period.begins_at,
        done_at__lt=wish.period.ends_at,
        case__in=measured.values("pk"),
    )


def step_days(wish: Wish, within: QuerySet[Case]) -> Rows:
    """How often each step arrived on one day and was done on another; counted day by day, not step by step."""
    arrived, done = LegalDate("arrived_at"), LegalDate("done_at")
    return done_steps(wish, within).order_by().values_list("node", arrived, done).annotate(count=Count("pk"))


def papers(wish: Wish, within: QuerySet[Case]) -> Rows:
    """The decisions made on paper in the period, and all that still wait for their comparison, the latest first."""
    dated = Q(dated_on__gte=wish.period.first, dated_on__lte=wish.period.last)
    found = PaperDecision.objects.filter(
        dated | Q(compared_at__isnull=True), rejected_at__isnull=True, case__in=within.values("pk")
    )
    node = WorkItem.objects.filter(task_id=OuterRef("task_id")).values("node")[:1]
    return (
        found.annotate(node=Subquery(node))
        .order_by("-dated_on", "-id")
        .values_list(
            "case__number", "case__project__name", "case__group__short_name", "node", "decider__full_name", "dated_on",
            "compared_at", "is_late",
        )
    )  # fmt: skip


def panels(within: QuerySet[Case]) -> Rows:
    """The panels whose members are being asked now, with how many have confirmed."""
    inviting = Panel.objects.filter(state=PanelState.INVITING, case__in=within.values("pk"))
    counted = inviting.annotate(confirmed=Count("seats", filter=Q(seats__state=SeatState.CONFIRMED)))
    return counted.order_by("meets_at", "pk").values_list("case_id", "size", "confirmed", "meets_at")


def conditions(within: QuerySet[Case]) -> Rows:
    """The conditions of concluded panels for whose proof an enterprise is awaited, the earliest term first."""
    columns = ("number", "project__name", "group__short_name")
    found = awaited_conditions().filter(on_case(pk__in=within.values("pk")))
    told = found.order_by().annotate(**{f"of_{name}": read_from_case(name) for name in columns})
    counted = told.values_list(*(f"of_{name}" for name in columns), "due_on").annotate(count=Count("pk"))
    return counted.order_by("due_on", "of_number")


def years(wish: Wish, scope: Scope) -> QuerySet[EvaluationYear]:
    """The evaluation year of the period's year, where the person sees it."""
    found = visible_years(scope).filter(commission=wish.commission, year=wish.period.year)
    return found.select_related(None).select_related("rule_set")
