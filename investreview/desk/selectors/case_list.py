"""The list of cases a person may know: narrowed by text and state, paged by key, in a fixed number of queries.

What was decided on paper before the system stands behind them, latest decision first, each marked 补录.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from investreview.desk.forms import SECOND_REVIEWED
from investreview.desk.selectors.amounts import shown_route, total_investment
from investreview.desk.selectors.home import applicant
from investreview.desk.selectors.viewing import Viewer, with_shown_state
from investreview.desk.words import Badge, case_badge, origin_badge, route_badge
from investreview.projects.deadlines import NO_DEADLINE, Deadline, calendars_of, deadline
from investreview.projects.models import PastDecision, Project
from investreview.projects.past.selectors import visible_past
from investreview.projects.selectors import visible_cases
from investreview.projects.states import DECIDED, SEEN_BY_COMMISSION, CaseState
from investreview.rulebook.vocabulary import Route
from workflows.labels import node_label
from workflows.models import WorkItem
from workflows.panel.acts import PANEL_STEPS

PAGE = 50
FIRST_OF_PAST = "first"
_KEY = re.compile(r"(\d{4}-\d{2}-\d{2})_(\d{1,18})", re.ASCII)


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
    origin: Badge | None = None
    decided_on: date | None = None


@dataclass(frozen=True)
class CasePageOfList:
    """Up to 50 rows, latest first; the following page begins at ``next_before``, or in the past at ``next_past``."""

    rows: tuple[CaseRow, ...]
    next_before: int
    next_past: str = ""


def states_shown_to(viewer: Viewer) -> list[CaseState]:
    """The states this side ever sees, in the order of a case's life."""
    return [state for state in CaseState if viewer.is_enterprise or state in SEEN_BY_COMMISSION]


def _in_state(state: str) -> Q:
    """The cases of one choice of the filter: second reviews that were decided stand apart from what was filed."""
    if state == SECOND_REVIEWED:
        return Q(shown_state__in=sorted(DECIDED), needs_panel=True)
    return Q(shown_state=state) & ~Q(shown_state__in=sorted(DECIDED), needs_panel=True)


def list_cases(
    viewer: Viewer, *, text: str = "", state: str = "", origin: str = "", before: int = 0, past: str = ""
) -> CasePageOfList:
    """What the person may know whose number, project or enterprise holds ``text``, in ``state``, of ``origin``.

    It goes on after ``before``, or, among the past decisions, after the key ``past``.
    """
    found = [] if past else _cases(viewer, text=text, state=state, origin=origin, before=before)
    shown = found[:PAGE]
    if len(found) > PAGE:
        return CasePageOfList(rows=_rows(shown, viewer), next_before=shown[-1].pk)
    room = PAGE - len(shown)
    decided = list(_past(viewer, text=text, state=state, origin=origin, after=past)[: room + 1])
    rows = (*_rows(shown, viewer), *(_past_row(each) for each in decided[:room]))
    if len(decided) <= room:
        return CasePageOfList(rows=rows, next_before=0)
    return CasePageOfList(rows=rows, next_before=0, next_past=_key_of(decided[room - 1]) if room else FIRST_OF_PAST)


def _cases(viewer: Viewer, *, text: str, state: str, origin: str, before: int) -> list[Any]:
    if origin == Project.Origin.BACKFILLED:
        return []
    cases = with_shown_state(visible_cases(viewer.scope), viewer)
    if text:
        cases = cases.filter(
            Q(number__icontains=text)
            | Q(project__name__icontains=text)
            | Q(group__short_name__icontains=text)
            | Q(enterprise__short_name__icontains=text)
        )
    if state:
        cases = cases.filter(_in_state(state))
    if origin:
        cases = cases.filter(project__origin=origin)
    if before:
        cases = cases.filter(pk__lt=before)
    return list(
        cases.select_related("project", "group", "enterprise", "commission")
        .annotate(amount=total_investment("pk"), shown_route=shown_route("pk", "route"))
        .order_by("-pk")[: PAGE + 1]
    )


def _past(viewer: Viewer, *, text: str, state: str, origin: str, after: str) -> QuerySet[PastDecision]:
    """The accepted past decisions that fit, latest first, behind the key ``after``."""
    if origin not in ("", Project.Origin.BACKFILLED):
        return PastDecision.objects.none()
    past = visible_past(viewer.scope)
    if text:
        past = past.filter(
            Q(number__icontains=text)
            | Q(project__name__icontains=text)
            | Q(group__short_name__icontains=text)
            | Q(enterprise__short_name__icontains=text)
        )
    if state:
        past = past.filter(_with_outcome(state))
    if key := _read_key(after):
        past = past.filter(Q(decided_on__lt=key[0]) | Q(decided_on=key[0], pk__lt=key[1]))
    return past.order_by("-decided_on", "-pk")


def _with_outcome(state: str) -> Q:
    """The past decisions of one choice of the filter; what a panel reviewed stands apart, as among the cases."""
    if state == SECOND_REVIEWED:
        return Q(outcome__in=sorted(DECIDED), route=Route.EXPERT_PANEL.value)
    return Q(outcome=state) & ~Q(route=Route.EXPERT_PANEL.value)


def _key_of(decision: PastDecision) -> str:
    return f"{decision.decided_on:%Y-%m-%d}_{decision.pk}"


def _read_key(text: str) -> tuple[date, int] | None:
    """Day and id of ``2022-03-18_45``; nothing for the first of the past and for what nobody gave out."""
    found = _KEY.fullmatch(text)
    if found is None:
        return None
    try:
        return date.fromisoformat(found[1]), int(found[2])
    except ValueError:
        return None


def _past_row(decision: PastDecision) -> CaseRow:
    group, enterprise = decision.group, decision.enterprise
    return CaseRow(
        number=decision.number,
        project=decision.project.name,
        url=reverse("past:decision", args=[decision.pk]),
        route=route_badge(decision.route),
        state=case_badge(decision, decision.outcome),
        applicant=group.short_name if group == enterprise else f"{group.short_name} · {enterprise.short_name}",
        steps=(),
        amount=decision.amount_yuan,
        released_at=None,
        deadline=NO_DEADLINE,
        origin=origin_badge(decision.project.origin),
        decided_on=decision.decided_on,
    )


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
                state=case_badge(case, case.shown_state),
                applicant=applicant(case),
                steps=tuple(dict.fromkeys(_step(item, viewer) for item in items)),
                amount=case.amount,
                released_at=case.released_at,
                deadline=clock,
                origin=origin_badge(case.project.origin),
            )
        )
    return tuple(rows)


def _step(item: WorkItem, viewer: Viewer) -> str:
    """What a step is called; to the enterprise all steps of a panel are one."""
    is_of_panel = item.node in PANEL_STEPS
    return _("专家论证") if is_of_panel and viewer.is_enterprise else str(node_label(item.node))
