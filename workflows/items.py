"""Work items: our own row beside each human task of viewflow; whose it is, where, until when."""

from datetime import datetime
from typing import Any

from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from experts.selectors.places import assignee_of_place
from investreview.accounts.models import User
from investreview.core.roles import Role
from investreview.projects.acting import Acting
from investreview.projects.models import Case
from workflows.clocks import step_due_on
from workflows.models import ReviewProcess, WorkItem
from workflows.nodes import PersonTask, PlaceTask
from workflows.review.flow import ReviewFlow

CHAIN_NODES = frozenset({"check", "countersign", "wording", "meeting", "sign"})
CHAIR = "chair"
_BELONGS_TO = {"check_completeness": "officer", "opinion": "officer", "deferral": "officer", "revise": "drafter"}
"""Node → the part of the case whose holder it belongs to."""
REFILLING = frozenset({"refill", "refill_late"})
"""Steps of a place that nobody holds: the operator finds the next one."""


def begin_item(
    process: ReviewProcess, case: Case, *, acting: Acting, at: datetime, before: dict[str, Any], act: str
) -> WorkItem:
    """The step that began the process is done by the person who handed the draft over."""
    task = Task.objects.get(process=process, flow_task=ReviewFlow.begin)
    item: WorkItem = WorkItem.objects.create(
        task=task,
        process=process,
        case=case,
        node="begin",
        role=Role.ENTERPRISE_DRAFTER,
        path=case.path,
        state=WorkItem.State.DONE,
        arrived_at=at,
        opened_at=at,
        done_at=at,
        done_by=acting.person,
        act=act,
        before=before,
    )
    return item


def open_new_items(process: ReviewProcess, case: Case, *, caused_by: WorkItem, at: datetime) -> None:
    """Every new human task of the process has its work item."""
    known = WorkItem.objects.filter(process=process).values("task_id")
    waiting = Task.objects.filter(process=process, status__in=[STATUS.NEW, STATUS.ASSIGNED]).exclude(pk__in=known)
    for task in waiting.order_by("pk"):
        _open_item(task, process, case, caused_by=caused_by, at=at)


def _open_item(task: Task, process: ReviewProcess, case: Case, *, caused_by: WorkItem, at: datetime) -> WorkItem:
    node: PersonTask = task.flow_task
    entry = str((task.data or {}).get("entry", ""))
    place = _place(node, entry)
    step = case.chain_step if node.name in CHAIN_NODES else None
    item: WorkItem = WorkItem.objects.create(
        task=task,
        process=process,
        case=case,
        node=node.name,
        step=str(step["key"]) if step else "",
        role=node.role_of_place(case, entry) if isinstance(node, PlaceTask) else node.role_for(case),
        path=case.group.path if node.name in ("release", "acknowledge") else case.path,
        office="" if isinstance(node, PlaceTask) else entry,
        place=place,
        assignee=_assignee(node, case, place),
        caused_by=caused_by,
        arrived_at=at,
        due_on=step_due_on(node.name, case, at),
    )
    return item


def _place(node: PersonTask, entry: str) -> str:
    if isinstance(node, PlaceTask):
        return entry
    return CHAIR if node.name == "draft_opinion" else ""


def _assignee(node: PersonTask, case: Case, place: str) -> User | None:
    """Whoever the step already belongs to: the officer, the drafter, the expert who holds the place."""
    if place:
        return assignee_of_place(case, place) if node.name not in REFILLING else None
    part = _BELONGS_TO.get(node.name)
    person: User | None = getattr(case, part) if part is not None else None
    return person if person is not None and person.is_active else None
