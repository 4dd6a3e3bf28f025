"""The home desk: what waits for me, what I did, what I began, and where to start in my role."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F
from django.urls import reverse

from investreview.accounts.selectors import substitutions_for
from investreview.core.roles import Role
from investreview.core.workdays import WorkCalendar
from investreview.desk.selectors.amounts import shown_route, total_investment
from investreview.desk.selectors.deadlines import Deadline, calendars_of, deadline
from investreview.desk.selectors.viewing import Viewer, with_shown_state
from investreview.desk.words import Badge, act_name, route_badge, state_badge
from investreview.notices.models import Notice
from investreview.projects.models import Case
from investreview.projects.permissions import ENTERING_ROLES
from investreview.projects.views.common import may_write_facts
from workflows.labels import node_label
from workflows.models import WorkItem
from workflows.paper import pending_entries
from workflows.selectors import done_by, inbox, started_by

TASKS_SHOWN = 50
DONE_SHOWN = 20
STARTED_SHOWN = 20
NOTICES_SHOWN = 6


@dataclass(frozen=True)
class TaskRow:
    """One step that waits for me."""

    number: str
    project: str
    case_url: str
    route: Badge | None
    enterprise: str
    step: str
    amount: object
    deadline: Deadline
    on_behalf_of: str
    url: str


@dataclass(frozen=True)
class DoneRow:
    """One step I did."""

    number: str
    project: str
    case_url: str
    act: str
    at: datetime | None
    is_recalled: bool


@dataclass(frozen=True)
class StartedRow:
    """One case I began; ``edit_url`` goes on with a draft."""

    number: str
    project: str
    case_url: str
    state: Badge
    amount: object
    edit_url: str


@dataclass(frozen=True)
class PaperRow:
    """One decision entered from paper that waits for another person's comparison."""

    number: str
    project: str
    decider: str
    dated_on: object
    entered_by: str
    url: str


@dataclass(frozen=True)
class NoticeRow:
    """One notice that was not read yet."""

    text: str
    at: datetime
    url: str


@dataclass(frozen=True)
class Tasks:
    """What waits for me: the first of them, and how many there are."""

    rows: tuple[TaskRow, ...]
    count: int

    @property
    def is_cut(self) -> bool:
        """Whether there are more than are shown."""
        return self.count > len(self.rows)


def tasks_of(viewer: Viewer) -> Tasks:
    """Everything this person can do now, what is due first first; what has no deadline comes last."""
    waiting = inbox(user=viewer.user, scope=viewer.scope, at=viewer.at)
    shown = list(
        waiting.select_related("case__enterprise")
        .annotate(amount=total_investment("case_id"), shown_route=shown_route("case_id", "case__route"))
        .order_by(F("due_on").asc(nulls_last=True), "arrived_at", "id")[: TASKS_SHOWN + 1]
    )
    count = len(shown) if len(shown) <= TASKS_SHOWN else waiting.count()
    shown = shown[:TASKS_SHOWN]
    calendars = calendars_of(item.case for item in shown)
    principals = _principals(viewer, shown)
    return Tasks(rows=tuple(_task(item, viewer, calendars, principals) for item in shown), count=count)


def _principals(viewer: Viewer, items: Iterable[WorkItem]) -> dict[int, str]:
    """For items that are another's: in whose name this person would act."""
    others = [item for item in items if item.assignee_id != viewer.user.pk and not _is_own(viewer, item)]
    if not others:
        return {}
    lent = substitutions_for(viewer.user, viewer.at)
    names = {}
    for item in others:
        for substitution in lent:
            if substitution.role == item.role and item.path.startswith(substitution.path):
                names[item.pk] = substitution.principal.full_name
                break
    return names


def _is_own(viewer: Viewer, item: WorkItem) -> bool:
    return item.assignee_id is None and viewer.scope.holds(Role(item.role), item.path, item.office or None)


def _task(item: Any, viewer: Viewer, calendars: dict[int, WorkCalendar], principals: dict[int, str]) -> TaskRow:
    case = item.case
    return TaskRow(
        number=case.number,
        project=case.project.name,
        case_url=reverse("desk:case", args=[case.number]),
        route=route_badge(item.shown_route),
        enterprise=applicant(case),
        step=str(node_label(item.node)),
        amount=item.amount,
        deadline=deadline(item.due_on, viewer.today, calendars[case.commission_id]),
        on_behalf_of=principals.get(item.pk, ""),
        url=reverse("review:task", args=[item.task_id]),
    )


def applicant(case: Case) -> str:
    """Whose case it is: the group, and the subsidiary that applies where it is another."""
    if case.enterprise_id == case.group_id:
        return str(case.group.short_name)
    return f"{case.group.short_name} · {case.enterprise.short_name}"


def recently_done(viewer: Viewer) -> tuple[DoneRow, ...]:
    """What this person did last."""
    return tuple(
        DoneRow(
            number=item.case.number,
            project=item.case.project.name,
            case_url=reverse("desk:case", args=[item.case.number]),
            act=act_name(item.act),
            at=item.done_at,
            is_recalled=item.state == WorkItem.State.RECALLED,
        )
        for item in done_by(viewer.user)[:DONE_SHOWN]
    )


def begun_by(viewer: Viewer) -> tuple[StartedRow, ...]:
    """The cases this person drafted, latest first, with the state the enterprise may know."""
    cases = with_shown_state(started_by(viewer.user), viewer).annotate(amount=total_investment("pk"))
    return tuple(
        StartedRow(
            number=case.number,
            project=case.project.name,
            case_url=reverse("desk:case", args=[case.number]),
            state=state_badge(case.shown_state),
            amount=case.amount,
            edit_url=reverse("projects:facts", args=[case.number]) if may_write_facts(viewer.scope, case) else "",
        )
        for case in cases[:STARTED_SHOWN]
    )


def papers_to_compare(viewer: Viewer) -> tuple[PaperRow, ...]:
    """Decisions that others entered from paper and that this person may compare with the sheet, oldest first."""
    if not viewer.scope.roles & ENTERING_ROLES:
        return ()
    waiting = pending_entries(scope=viewer.scope).exclude(entered_by=viewer.user)
    return tuple(
        PaperRow(
            number=entry.case.number,
            project=entry.case.project.name,
            decider=entry.decider.full_name,
            dated_on=entry.dated_on,
            entered_by=entry.entered_by.full_name,
            url=reverse("review:compare_paper", args=[entry.pk]),
        )
        for entry in waiting
    )


def unread_notices(viewer: Viewer) -> tuple[NoticeRow, ...]:
    """The latest notices the person has not read."""
    unread = Notice.objects.filter(user=viewer.user, read_at__isnull=True).order_by("-pk")
    return tuple(
        NoticeRow(text=one.text, at=one.created_at, url=reverse("notices:open", args=[one.pk]))
        for one in unread[:NOTICES_SHOWN]
    )
