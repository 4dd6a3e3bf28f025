"""A process that stands still is set going again by the system administrator, under its lock; nobody decides for it."""

from datetime import datetime

from django.db import transaction
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from investreview.accounts.models import User
from investreview.core.errors import Forbidden, Invalid, NotVisible
from investreview.core.roles import Role
from investreview.core.scope import Scope
from investreview.journal.services import record
from investreview.projects.models import Case
from workflows.engine import lock_process
from workflows.items import open_new_items
from workflows.models import ReviewProcess, Stall, WorkItem
from workflows.watchdog import RUNNING, stall_of

CHOSEN_BY_PEOPLE = frozenset({"START", "HUMAN", "JOIN"})
"""Kinds of nodes that decide nothing by themselves once they are done."""


def reopen(*, stall_id: int, user: User, scope: Scope, at: datetime) -> Stall:
    """The process has a step that somebody sees, or the calendar tries its act again; the stall has ended.

    What a person did is never done again: only what follows from it is opened. A process that went on by itself
    needs nothing. Raises: NotVisible (workflows_stall_not_visible), Forbidden (workflows_stall_keeper_only), Invalid
    (workflows_nothing_to_reopen) when no step follows. Journal: case.reopen.
    """
    with transaction.atomic():
        found = Stall.objects.select_related("process").filter(pk=stall_id).first()
        if found is None:
            raise NotVisible("workflows_stall_not_visible")
        process = lock_process(found.process_id)
        stall = Stall.objects.get(pk=stall_id)
        case = process.case
        _require_keeper(case, scope)
        if stall.ended_at is not None:
            return stall
        _set_going(process, case, at)
        stall.ended_at, stall.ended_by = at, user
        stall.save()
        record(
            chain=case.commission.code,
            verb="case.reopen",
            actor=user.as_actor(),
            subject=case.subject,
            at=at,
            facts={"kind": stall.kind, "code": stall.code, "stall": stall.pk},
        )
        return stall


def _require_keeper(case: Case, scope: Scope) -> None:
    if not scope.holds(Role.SYSTEM_ADMIN, case.commission.path):
        known = case.commission.code in scope.commission_codes
        raise Forbidden("workflows_stall_keeper_only") if known else NotVisible("workflows_stall_not_visible")


def _set_going(process: ReviewProcess, case: Case, at: datetime) -> None:
    if process.status not in RUNNING:
        return
    WorkItem.objects.filter(process=process, state=WorkItem.State.OPEN).update(refused_count=0, refused_code="")
    last = process.items.filter(state=WorkItem.State.DONE).order_by("-done_at", "-pk").first()
    if last is None:
        raise Invalid("workflows_nothing_to_reopen")
    if stall_of(process) == (Stall.Kind.NO_STEP, ""):
        _go_on(process)
    open_new_items(process, case, caused_by=last, at=at)
    process.refresh_from_db()
    if process.status in RUNNING and stall_of(process) is not None:
        raise Invalid("workflows_nothing_to_reopen")


def _go_on(process: ReviewProcess) -> None:
    """A join that waits asks the record once more; whatever was done and has no successor gets the one it lacks."""
    tasks = Task.objects.filter(process=process)
    for join in tasks.filter(status=STATUS.STARTED, flow_task_type="JOIN").order_by("pk"):
        activation = join.flow_task.activation_class(join)
        if activation.complete.can_proceed():
            activation.complete()
            activation.activate_next()
    for task in tasks.filter(status=STATUS.DONE, leading__isnull=True).order_by("pk"):
        activation = task.flow_task.activation_class(task)
        if task.flow_task_type not in CHOSEN_BY_PEOPLE:
            task.status = STATUS.NEW  # a gateway keeps its choice in memory only: it reads the record again
            activation.activate()
            activation.complete()
        activation.activate_next()
