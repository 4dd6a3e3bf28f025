"""今日待签: what waits for a leader's own hand, three lines each, what is due first first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from investreview.accounts.models import Substitution, User
from investreview.core.errors import Forbidden
from investreview.core.gathering import gather, give_out
from investreview.core.roles import SIGNING_ROLES, Role
from investreview.core.scope import Scope
from investreview.core.workdays import WorkCalendar
from investreview.evaluations.selectors.waiting import WaitingStep, waiting_steps
from investreview.projects.deadlines import Deadline, calendars_of, deadline
from investreview.projects.labels import route_label
from investreview.projects.models import Case, Phase, Remedy
from investreview.projects.states import PanelConclusion, Proposal
from workflows.labels import node_label
from workflows.models import WorkItem
from workflows.selectors import inbox

SIGNED_HERE = ("check", "sign", "remedy_sign")
"""Steps a leader does on this page; any other of theirs is reached from it and done on its own."""
SHOWN = 50


@dataclass(frozen=True)
class QueueRow:
    """One thing that waits: name and amount; kind, group and what is proposed; risk and deadline."""

    task_id: int
    url: str
    name: str
    amount: Decimal | None
    kind: str
    tone: str
    group: str
    proposal: str
    risk: str
    deadline: Deadline | None
    is_here: bool


@dataclass(frozen=True)
class Queue:
    """The leader's steps, ``count`` of them though fewer be shown; and the notices, each signed on its own page."""

    rows: tuple[QueueRow, ...]
    count: int
    notices: tuple[QueueRow, ...]

    def here(self) -> tuple[QueueRow, ...]:
        """Those that are signed on this page."""
        return tuple(row for row in self.rows if row.is_here)

    def after(self, task_id: int) -> QueueRow | None:
        """The next one to sign, round to the first; nothing when there is no other."""
        rows = self.here()
        at = next((place for place, row in enumerate(rows) if row.task_id == task_id), -1)
        others = [*rows[at + 1 :], *rows[: max(at, 0)]]
        return others[0] if others else None

    def before(self, task_id: int) -> QueueRow | None:
        """The one above; nothing at the first."""
        rows = self.here()
        at = next((place for place, row in enumerate(rows) if row.task_id == task_id), 0)
        return rows[at - 1] if at else None


def require_leads(*, scope: Scope, lent: Sequence[Substitution]) -> None:
    """Nothing happens for a leader and for whoever stands in for one under a written authority.

    Raises: Forbidden (projects_role_missing).
    """
    if scope.roles & SIGNING_ROLES or any(one.role in SIGNING_ROLES for one in lent):
        return
    raise Forbidden("projects_role_missing", role=Role.DEPUTY_DIRECTOR.label)


def waiting_for_leader(*, user: User, scope: Scope, lent: Sequence[Substitution], at: datetime) -> QuerySet[WorkItem]:
    """The leader's own steps, in their own name or as a substitute, what is due first first."""
    waiting = inbox(user=user, scope=scope, at=at, lent=lent).filter(role__in=sorted(SIGNING_ROLES))
    return waiting.order_by(F("due_on").asc(nulls_last=True), "arrived_at", "id")


def signing_queue(*, user: User, scope: Scope, lent: Sequence[Substitution], at: datetime, today: date) -> Queue:
    """The queue of a leader, with the notices of a sample that wait for the same hand."""
    waiting = waiting_for_leader(user=user, scope=scope, lent=lent, at=at)
    items = _with_lists(list(waiting[: SHOWN + 1]))
    count = waiting.count() if len(items) > SHOWN else len(items)
    items = items[:SHOWN]
    calendars = calendars_of(item.case for item in items)
    return Queue(
        rows=tuple(_row(item, today, calendars[item.case.commission_id]) for item in items),
        count=count,
        notices=tuple(_notice(one) for one in waiting_steps(user=user, scope=scope, at=at, lent=lent)),
    )


def _with_lists(items: list[WorkItem]) -> list[WorkItem]:
    """The items, their cases with phases and remedies; one query."""
    cases = [item.case for item in items]
    phases = Phase.objects.filter(declaration__case__in=cases)
    remedies = Remedy.objects.filter(case__in=cases)
    gather(phases, remedies)
    give_out(phases, [case.declaration for case in cases], "phases")
    give_out(remedies, cases, "remedies")
    return items


def _row(item: WorkItem, today: date, calendar: WorkCalendar) -> QueueRow:
    case = item.case
    kind, tone = _kind(item)
    is_here = item.node in SIGNED_HERE
    phases = case.declaration.phases.all()
    return QueueRow(
        task_id=item.task_id,
        url=reverse("review:signing_one" if is_here else "review:task", args=[item.task_id]),
        name=case.project.name,
        amount=sum((phase.total_yuan for phase in phases), Decimal(0)) if phases else None,
        kind=kind,
        tone=tone,
        group=str(case.group.short_name),
        proposal=_proposal(item),
        risk=str(case.risks[0]) if case.risks else "",
        deadline=deadline(item.due_on, today, calendar),
        is_here=is_here,
    )


def _kind(item: WorkItem) -> tuple[str, str]:
    """What it is and in which tone: a letter that puts another right stands out, a second review too."""
    if item.node == "remedy_sign":
        remedy = list(item.case.remedies.all())[-1]
        return str(remedy.get_kind_display()), "amber"
    return route_label(item.case.route), "violet" if item.case.needs_panel else "blue"


def _proposal(item: WorkItem) -> str:
    case: Case = item.case
    if item.node == "remedy_sign" or not case.proposal:
        return str(node_label(item.node))
    proposed = _("处室建议：%(proposal)s") % {"proposal": Proposal(case.proposal).label}
    if not case.panel_conclusion:
        return proposed
    mean = Decimal(case.panel_summary.get("mean_hundredths", 0)) / 100
    concluded = _("专家组：%(conclusion)s，平均 %(mean)s 分") % {
        "conclusion": PanelConclusion(case.panel_conclusion).label,
        "mean": f"{mean:.1f}",
    }
    return f"{concluded}；{proposed}"


def _notice(step: WaitingStep) -> QueueRow:
    return QueueRow(
        task_id=0,
        url=step.url,
        name=step.label,
        amount=None,
        kind=_("抽查通知"),
        tone="amber",
        group="",
        proposal=step.step,
        risk="",
        deadline=None,
        is_here=False,
    )
