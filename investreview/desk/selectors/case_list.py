"""The list of cases a person may know: narrowed by text and state, paged by key, in a fixed number of queries."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.urls import reverse

from investreview.desk.selectors.amounts import shown_route, total_investment
from investreview.desk.selectors.deadlines import NO_DEADLINE, Deadline, calendars_of, deadline
from investreview.desk.selectors.home import applicant
from investreview.desk.selectors.viewing import Viewer, with_shown_state
from investreview.desk.words import Badge, route_badge, state_badge
from investreview.projects.selectors import visible_cases
from investreview.projects.states import SEEN_BY_COMMISSION, CaseState
from workflows.labels import node_label
from workflows.models import WorkItem

PAGE = 50


@dataclass(frozen=True)
class CaseRow:
    """One case as the list shows it. Units: ``amount`` yuan."""

    number: str
    project: str
    url: str
    route: Badge | None
    state: Badge
    applicant: str
    steps: tuple[str, ...]
    amount: Decimal | None
    released_at: datetime | None
    deadline: Deadline


@dataclass(frozen=True)
class CasePageOfList:
    """Up to 50 cases, latest first; ``next_before`` begins the following page, 0 at the end."""

    rows: tuple[CaseRow, ...]
    next_before: int


def states_shown_to(viewer: Viewer) -> list[CaseState]:
    """The states this side ever sees, in the order of a case's life."""
    return [state for state in CaseState if viewer.is_enterprise or state in SEEN_BY_COMMISSION]


def list_cases(viewer: Viewer, *, text: str = "", state: str = "", before: int = 0) -> CasePageOfList:
    """The visible cases whose number, project or enterprise holds ``text``, in ``state``, older than ``before``."""
    cases = with_shown_state(visible_cases(viewer.scope), viewer)
    if text:
        cases = cases.filter(
            Q(number__icontains=text)
            | Q(project__name__icontains=text)
            | Q(group__short_name__icontains=text)
            | Q(enterprise__short_name__icontains=text)
        )
    if state:
        cases = cases.filter(shown_state=state)
    if before:
        cases = cases.filter(pk__lt=before)
    found = list(
        cases.select_related("project", "group", "enterprise", "commission")
        .annotate(amount=total_investment("pk"), shown_route=shown_route("pk", "route"))
        .order_by("-pk")[: PAGE + 1]
    )
    shown = found[:PAGE]
    return CasePageOfList(rows=_rows(shown, viewer), next_before=shown[-1].pk if len(found) > PAGE else 0)


def _rows(cases: list[Any], viewer: Viewer) -> tuple[CaseRow, ...]:
    waiting: dict[int, list[WorkItem]] = defaultdict(list)
    for item in WorkItem.objects.filter(case__in=cases, state=WorkItem.State.OPEN).order_by("id"):
        waiting[item.case_id].append(item)
    calendars = calendars_of(cases)
    rows = []
    for case in cases:
        items = waiting[case.pk]
        due = [item.due_on for item in items if item.due_on is not None]
        clock = deadline(min(due), viewer.today, calendars[case.commission_id]) if due else NO_DEADLINE
        rows.append(
            CaseRow(
                number=case.number,
                project=case.project.name,
                url=reverse("desk:case", args=[case.number]),
                route=route_badge(case.shown_route),
                state=state_badge(case.shown_state),
                applicant=applicant(case),
                steps=tuple(dict.fromkeys(str(node_label(item.node)) for item in items)),
                amount=case.amount,
                released_at=case.released_at,
                deadline=clock,
            )
        )
    return tuple(rows)
