"""A member leaves a panel at any moment: through the open task of the place, or after its sheet was signed."""

from datetime import datetime

from django.db import transaction
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from experts.permissions import acting_on_place
from experts.services.vacancies import leave_seat
from investreview.accounts.models import User
from investreview.core.errors import Invalid, NotVisible
from investreview.projects.models import Case
from workflows.engine import lock_process, perform
from workflows.items import open_new_items
from workflows.models import ReviewProcess, WorkItem
from workflows.review.flow import ReviewFlow

SCORING = frozenset({"score", "finalise", "score_afresh"})
AFTER_ALL = {"score": "meeting_of_experts", "finalise": "draft_opinion"}
"""The step that opens once every place has done the scoring step; it closes again when a member leaves then."""
REFILLED_BY = {"score": "refill", "finalise": "refill_late"}


def leave_place(*, record_id: int, user: User, place: str, at: datetime, kind: str = "", reason: str = "") -> Case:
    """The member has left and the place waits to be filled, whether its sheet of the stage was signed or not.

    Raises: NotVisible, Forbidden, Invalid, as ``leave_seat``; Invalid (experts_place_vacant) where nobody sits.
    Rule: DOMAIN §6, a replaced expert's sheet is void and the newcomer reviews afresh.
    """
    with transaction.atomic():
        process_id = ReviewProcess.objects.filter(case_id=record_id).values_list("pk", flat=True).first()
        if process_id is None:
            raise NotVisible("projects_case_not_visible")
        process = lock_process(process_id)
        facts = {"kind": kind, "reason": reason}
        items = process.items.filter(place=place, node__in=SCORING).select_related("task", "case").order_by("-pk")
        waiting = items.filter(state=WorkItem.State.OPEN).first()
        if waiting is not None:
            return perform(task_id=waiting.task_id, user=user, at=at, version=None, service=leave_seat, facts=facts)
        last = items.filter(state=WorkItem.State.DONE).first()
        if last is None:
            raise Invalid("experts_place_vacant", place=place)
        acting = acting_on_place(user=user, case=last.case, place=place, at=at)
        case = leave_seat(acting=acting, case_id=record_id, version=None, place=place, at=at, **facts)
        stage = "score" if last.node == "score" else "finalise"
        _close_again(process, AFTER_ALL[stage])
        activation = last.task.flow_task.activation_class(last.task)
        ReviewFlow.instance.node(REFILLED_BY[stage])._create(activation, last.task.token, data=last.task.data)
        open_new_items(process, case, caused_by=last, at=at)
        return case


def _close_again(process: ReviewProcess, node: str) -> None:
    """The step after all have signed is cancelled where it had opened; it opens anew with the newcomer's sheet."""
    for item in process.items.filter(node=node, state=WorkItem.State.OPEN).select_related("task"):
        item.task.flow_task.activation_class(item.task).cancel()
        item.state = WorkItem.State.CANCELLED
        item.save()
    waiting = Task.objects.filter(process=process, flow_task=ReviewFlow.instance.node(node), status=STATUS.NEW)
    if waiting.exists():
        raise ValueError(f"{node} of {process.pk} waits without a work item")
