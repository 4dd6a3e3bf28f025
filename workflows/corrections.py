"""The engine's moves for mistakes (DOMAIN §17): back to the signing step, and the steps of a letter put right.

Locks as in ``workflows.engine``: process, record, number counter. viewflow 2.4.0 cannot undo a step whose join or end
was passed; like a recall, the step is made anew with the token of its old task.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from viewflow.workflow.status import PROCESS

from investreview.accounts.models import User
from investreview.core.errors import Invalid, NotVisible
from investreview.core.roles import Role
from investreview.projects.models import Case
from investreview.projects.permissions import acting_as
from investreview.projects.services.remedies import begin_remedy as begin_remedy_of_record
from investreview.projects.services.remedies import withdraw_remedy_signature
from investreview.projects.services.withdrawing import withdraw_signature as withdraw_from_record
from workflows.engine import Service, cancel_item, lock_process
from workflows.items import open_new_items
from workflows.models import ReviewProcess, WorkItem
from workflows.review.flow import ReviewFlow

SENDING = {"deliver": "sign", "remedy_deliver": "remedy_sign"}
"""The step that waits after a signature → the step that signed."""
_SERVICES: dict[str, Service] = {"sign": withdraw_from_record, "remedy_sign": withdraw_remedy_signature}


def withdraw_signature(*, record_id: int, user: User, at: datetime, version: int | None, reason: str) -> Case:
    """The letter was not sealed yet: its signature is taken back and the signing step waits again.

    Raises: NotVisible, Forbidden, Stale, Invalid (workflows_nothing_to_withdraw), what the service raises.
    Rule: DOMAIN §17, 撤回签发.
    """
    with transaction.atomic():
        process = _locked_process(record_id)
        waiting = _waiting_to_send(process)
        signed = _last_done(process, SENDING[waiting.node]) if waiting is not None else None
        if waiting is None or signed is None:
            raise Invalid("workflows_nothing_to_withdraw")
        acting = acting_as(user=user, role=Role(signed.role), path=signed.path, at=at)
        case = _SERVICES[signed.node](acting=acting, case_id=record_id, version=version, reason=reason, at=at)
        cancel_item(waiting)
        signed.state = WorkItem.State.RECALLED
        signed.save()
        _open_again(process, signed.node, after=signed)
        open_new_items(process, case, caused_by=signed, at=at)
        return case


def begin_remedy(*, record_id: int, user: User, at: datetime, version: int | None, facts: dict[str, Any]) -> Case:
    """A correcting or reissued letter is drafted and its check waits, whether or not the process had ended.

    Raises: NotVisible, Forbidden, Stale, what the service raises. Rule: DOMAIN §17.
    """
    with transaction.atomic():
        process = _locked_process(record_id)
        acting = acting_as(user=user, role=Role.CASE_OFFICER, path=process.case.path, at=at)
        case = begin_remedy_of_record(acting=acting, case_id=record_id, version=version, at=at, **facts)
        delivered = _last_done(process, "deliver")
        if delivered is None:
            raise Invalid("review_no_letter_sent")
        _open_again(process, "remedy_check", after=delivered)
        open_new_items(process, case, caused_by=delivered, at=at)
        return case


def steps_of(case: Case) -> list[WorkItem]:
    """All steps of the case, oldest first."""
    return list(WorkItem.objects.filter(case=case).select_related("task").order_by("pk"))


def withdrawable_step(steps: Iterable[WorkItem]) -> WorkItem | None:
    """The one of all steps of a case whose signature may still be taken back: its letter waits to be sealed.

    None where paper was signed.
    """
    signed: dict[str, WorkItem] = {}
    waiting = ""
    for step in steps:
        if step.state == WorkItem.State.DONE:
            signed[step.node] = step
        elif step.state == WorkItem.State.OPEN and step.node in SENDING:
            waiting = waiting or step.node
    return signed.get(SENDING[waiting]) if waiting else None


def _locked_process(record_id: int) -> ReviewProcess:
    process_id = ReviewProcess.objects.filter(case_id=record_id).values_list("pk", flat=True).first()
    if process_id is None:
        raise NotVisible("projects_case_not_visible")
    return lock_process(process_id)


def _waiting_to_send(process: ReviewProcess) -> WorkItem | None:
    open_ones = process.items.filter(state=WorkItem.State.OPEN, node__in=sorted(SENDING)).select_related("task")
    waiting: WorkItem | None = open_ones.first()
    return waiting


def _last_done(process: ReviewProcess, node: str) -> WorkItem | None:
    found = process.items.filter(state=WorkItem.State.DONE, node=node).select_related("task")
    done: WorkItem | None = found.order_by("-pk").first()
    return done


def _open_again(process: ReviewProcess, node: str, *, after: WorkItem) -> None:
    activation = after.task.flow_task.activation_class(after.task)
    ReviewFlow.instance.node(node)._create(activation, after.task.token)
    if process.status == PROCESS.DONE:
        process.status, process.finished = PROCESS.NEW, None
        process.save(update_fields=["status", "finished"])
