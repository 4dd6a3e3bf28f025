"""The engine's contract: start · perform · recall · transfer · cancel, one transaction each.

Locks are taken in this order: process, record, number counter. The engine asks whether the person may act on the
task; the service asks whether the person may do this to the record.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS
from viewflow.workflow.token import Token

from experts.services.common import Scan
from experts.services.rounds import order_new_round, void_panel
from investreview.accounts.models import User
from investreview.core.crashing import crash_point
from investreview.core.errors import Forbidden, Invalid, NotVisible, Stale
from investreview.core.roles import Role
from investreview.journal.services import record
from investreview.projects.acting import SYSTEM_ACTING, Acting
from investreview.projects.models import Case
from investreview.projects.permissions import acting_as
from investreview.projects.rules import Verb
from investreview.projects.services.recalling import recall as recall_record
from investreview.projects.services.recalling import remember
from workflows.items import begin_item, open_new_items
from workflows.models import ReviewProcess, WorkItem
from workflows.nodes import PersonTask, PlaceTask
from workflows.permissions import acting_for, acting_on_holding
from workflows.review.flow import ReviewFlow

Service = Callable[..., Case]

RECALLABLE = frozenset(
    {
        "hand_over",
        "release",
        "send_to_drafter",
        "propose",
        "check",
        "countersign",
        "check_wording",
        "record_meeting",
        "send_back",
    }
)


def start(
    *, record_id: int, user: User, at: datetime, version: int, service: Service, facts: dict[str, Any] | None = None
) -> ReviewProcess:
    """The draft is handed over and its process runs; its first human task is the group's release.

    Raises: what ``service`` raises; Stale (workflows_already_started) when the process exists.
    """
    with transaction.atomic():
        case = Case.objects.select_for_update().filter(pk=record_id).first()
        if case is None:
            raise NotVisible("projects_case_not_visible")
        if ReviewProcess.objects.filter(case=case).exists():
            raise Stale("workflows_already_started", number=case.number)
        acting = acting_as(user=user, role=Role.ENTERPRISE_DRAFTER, path=case.path, at=at)
        before = remember(case)
        case = service(acting=acting, case_id=case.pk, version=version, at=at, **(facts or {}))
        process: ReviewProcess = ReviewFlow.begin.run(case=case)
        begun = begin_item(process, case, acting=acting, at=at, before=before, act=service.__name__)
        open_new_items(process, case, caused_by=begun, at=at)
        crash_point("start.before_commit")
    crash_point("start.after_commit")
    return process


def perform(
    *,
    task_id: int,
    user: User,
    at: datetime,
    version: int | None,
    service: Service,
    facts: dict[str, Any] | None = None,
    key: str = "",
) -> Case:
    """The task is done and the process has gone on, or nothing has happened.

    Done already by the same submission (``key``), the first result is answered. Raises: NotVisible, Forbidden,
    Stale (workflows_done_by_other), Invalid (workflows_act_not_of_task), what ``service`` raises.
    """
    with transaction.atomic():
        item = _locked_item(task_id)
        if item.state != WorkItem.State.OPEN:
            return _answer_again(item, user=user, key=key)
        acting = acting_for(user=user, item=item, at=at)
        case = _perform(item, acting=acting, at=at, version=version, service=service, facts=facts or {}, key=key)
        crash_point("act.before_commit")
    crash_point("act.after_commit")
    return case


def perform_by_system(*, task_id: int, at: datetime, service: Service, facts: dict[str, Any] | None = None) -> Case:
    """The task is ended by the clock (a deferral's date, an office that did not answer), once.

    Raises: Stale (workflows_done_by_other) when somebody was faster; what ``service`` raises.
    """
    with transaction.atomic():
        item = _locked_item(task_id)
        if item.state != WorkItem.State.OPEN:
            raise _done(item)
        told = facts or {}
        case = _perform(item, acting=SYSTEM_ACTING, at=at, version=None, service=service, facts=told, key="")
        crash_point("clock.before_commit")
    crash_point("clock.after_commit")
    return case


def _locked_item(task_id: int) -> WorkItem:
    """The work item of a task, read again under the lock of its process; one id in, the rest from the database."""
    process_id = WorkItem.objects.filter(task_id=task_id).values_list("process_id", flat=True).first()
    if process_id is None:
        raise NotVisible("projects_case_not_visible")
    lock_process(process_id)
    return WorkItem.objects.select_related("case", "process", "assignee", "task", "done_by").get(task_id=task_id)


def lock_process(process_id: int) -> ReviewProcess:
    """The process, locked until the transaction ends."""
    return ReviewProcess.objects.select_for_update(of=("self",)).get(pk=process_id)


def _answer_again(item: WorkItem, *, user: User, key: str) -> Case:
    if key and item.done_key == key and item.done_by_id == user.pk:
        return item.case
    raise _done(item)


def _done(item: WorkItem) -> Stale:
    who = item.done_by.full_name if item.done_by is not None and not item.hides_person else "—"
    return Stale("workflows_done_by_other", who=who)


def _perform(
    item: WorkItem,
    *,
    acting: Acting,
    at: datetime,
    version: int | None,
    service: Service,
    facts: dict[str, Any],
    key: str,
) -> Case:
    node: PersonTask = item.task.flow_task
    if node.acts.get(service.__name__) is not service:
        raise Invalid("workflows_act_not_of_task", act=service.__name__)
    before = remember(item.case)
    told: dict[str, Any] = {} if version is None and service.__name__ == "record_no_answer" else {"version": version}
    if isinstance(node, PlaceTask):
        told["place"] = item.place
    case = service(acting=acting, case_id=item.case_id, at=at, **told, **facts)
    item.process.case = case  # the conditions of the process ask the case as the act has left it
    item.task.process = item.process
    activation = node.activation_class(item.task)
    if item.task.status == STATUS.NEW:
        activation.assign(acting.user)
    activation.start(None)
    activation.execute()
    item.state = WorkItem.State.DONE
    item.done_at = at
    item.done_by = acting.user
    item.done_for = acting.principal
    item.done_key = key
    item.act = service.__name__
    item.before = before
    item.opened_at = item.opened_at or at
    item.save()
    open_new_items(item.process, case, caused_by=item, at=at)
    return case


def recall(*, task_id: int, user: User, at: datetime) -> Case:
    """The last act is taken back: the record is as before it, and the same person has the task again.

    Raises: Forbidden, Invalid (projects_recall_impossible): not the last act, opened by the next person, or an act
    that made a number. Rule: DOMAIN §5 收回.
    """
    with transaction.atomic():
        item = _locked_item(task_id)
        if item.done_by_id != user.pk:
            raise Forbidden("workflows_not_your_act")
        successors = _locked_successors(item)
        _require_recallable(item)
        acting = acting_as(user=user, role=Role(item.role), path=item.path, office=item.office, at=at)
        case = recall_record(acting=acting, case_id=item.case_id, before=item.before, act=item.act, at=at)
        for successor in successors:
            cancel_item(successor)
        item.state = WorkItem.State.RECALLED
        item.save()
        again = ReviewFlow.instance.node("revise" if item.node == "begin" else item.node)
        activation = item.task.flow_task.activation_class(item.task)
        again._create(activation, item.task.token, data=item.task.data)
        open_new_items(item.process, case, caused_by=item, at=at)
        return case


def _locked_successors(item: WorkItem) -> list[WorkItem]:
    """The open steps that the act opened, locked: opening one of them waits, or was first and is seen."""
    opened = item.caused.filter(state=WorkItem.State.OPEN)
    return list(opened.select_for_update(of=("self",)).select_related("task").order_by("pk"))


def recall_refusal(item: WorkItem) -> str:
    """Why a done item cannot be recalled; empty when it can."""
    if item.state == WorkItem.State.RECALLED:
        return _("该操作已经收回。")
    last = WorkItem.objects.filter(process_id=item.process_id, state=WorkItem.State.DONE).order_by("-done_at", "-id")
    if item.state != WorkItem.State.DONE or item.act not in RECALLABLE:
        return _("该操作已产生文号或已告知企业，不在可收回之列。")
    if last.values_list("pk", flat=True).first() != item.pk:
        return _("其后已有其他操作。")
    if item.caused.filter(opened_at__isnull=False).exists():
        return _("下一环节办理人已打开。")
    return ""


def _require_recallable(item: WorkItem) -> None:
    why = recall_refusal(item)
    if why:
        raise Invalid("projects_recall_impossible", why=why)


def cancel_item(item: WorkItem) -> None:
    """The step will not be done: something before it was taken back."""
    item.task.flow_task.activation_class(item.task).cancel()
    item.state = WorkItem.State.CANCELLED
    item.save()


def transfer(*, task_id: int, user: User, to: User, reason: str, at: datetime) -> WorkItem:
    """The task belongs to another person who may do it; done by its holder or the office head (转办).

    Raises: Forbidden (also when the new person may not act), Invalid (projects_reason_needed), Stale.
    Journal: case.transfer.
    """
    with transaction.atomic():
        item = _locked_item(task_id)
        if item.state != WorkItem.State.OPEN:
            raise _done(item)
        acting = acting_on_holding(user=user, item=item, at=at)
        if isinstance(item.task.flow_task, PlaceTask):
            raise Invalid("workflows_seat_not_transferable")
        if not reason.strip():
            raise Invalid("projects_reason_needed", field="reason")
        previous = item.assignee
        if previous == to:
            return item
        item.assignee = to
        item.opened_at = None
        acting_for(user=to, item=item, at=at)
        item.save()
        record(
            chain=item.case.commission.code,
            verb=Verb.TRANSFER.value,
            actor=acting.actor,
            subject=item.case.subject,
            at=at,
            facts={
                "node": item.node,
                "from": previous.full_name if previous else "",
                "to": to.full_name,
                "reason": reason.strip(),
            },
        )
        return item


def cancel(
    *,
    record_id: int,
    acting: Acting,
    at: datetime,
    version: int | None,
    service: Service,
    facts: dict[str, Any] | None = None,
) -> Case:
    """The case has ended otherwise than by its last step; its open tasks are cancelled.

    Raises: NotVisible, what ``service`` raises (withdraw, return_case, return_unanswered).
    """
    with transaction.atomic():
        process_id = ReviewProcess.objects.filter(case_id=record_id).values_list("pk", flat=True).first()
        if process_id is None:
            raise NotVisible("projects_case_not_visible")
        process = lock_process(process_id)
        versioned = {} if acting.user is None else {"version": version}
        case = service(acting=acting, case_id=record_id, at=at, **versioned, **(facts or {}))
        void_panel(case, reason=case.end_reason, at=at)
        ReviewFlow.instance.cancel(process)
        WorkItem.objects.filter(process=process, state=WorkItem.State.OPEN).update(state=WorkItem.State.CANCELLED)
        return case


def begin_another_panel(*, record_id: int, user: User, at: datetime, version: int, reason: str, document: Scan) -> Case:
    """The running panel is void for the leader's recorded reason, and the next one waits to be frozen.

    Raises: NotVisible, Forbidden, what ``order_new_round`` raises. Rule: DOMAIN §6, DRAW: there is no redraw.
    """
    with transaction.atomic():
        process_id = ReviewProcess.objects.filter(case_id=record_id).values_list("pk", flat=True).first()
        if process_id is None:
            raise NotVisible("projects_case_not_visible")
        process = lock_process(process_id)
        acting = acting_as(user=user, role=Role.DEPUTY_DIRECTOR, path=process.case.path, at=at)
        case = order_new_round(
            acting=acting, case_id=record_id, version=version, reason=reason, document=document, at=at
        )
        ended = list(process.items.filter(state=WorkItem.State.OPEN).select_related("task").order_by("pk"))
        if not ended:
            raise Invalid("projects_panel_not_due")
        waiting = Task.objects.filter(process=process, status__in=[STATUS.NEW, STATUS.ASSIGNED, STATUS.STARTED])
        for task in waiting.order_by("pk"):
            task.flow_task.activation_class(task).cancel()
        process.items.filter(state=WorkItem.State.OPEN).update(state=WorkItem.State.CANCELLED)
        last = ended[0].task
        last.refresh_from_db()
        activation = last.flow_task.activation_class(last)
        ReviewFlow.instance.node("freeze_draw")._create(activation, Token("start"))
        open_new_items(process, case, caused_by=ended[0], at=at)
        return case


def note_opened(*, item: WorkItem, user: User, at: datetime) -> None:
    """The next person has seen the task: from now on the act before it can no longer be recalled."""
    if item.state == WorkItem.State.OPEN and item.opened_at is None:
        still_open = WorkItem.objects.filter(pk=item.pk, state=WorkItem.State.OPEN, opened_at__isnull=True)
        still_open.update(opened_at=at)
