"""Whose a step is: taken from the office's pool (认领), given back to it (退回待认领). A transfer is the engine's."""

from datetime import datetime

from django.db import transaction

from investreview.accounts.models import User
from investreview.core.errors import Forbidden, Invalid, Stale
from investreview.journal.services import record
from investreview.projects.acting import Acting
from investreview.projects.rules import Verb
from workflows.engine import _done, _locked_item
from workflows.models import WorkItem
from workflows.permissions import acting_for, acting_on_holding, is_of_pool
from workflows.selectors import require_knows_step


def claim(*, task_id: int, user: User, at: datetime) -> WorkItem:
    """The step is the person's, or their principal's when they act for somebody; asked twice, it is claimed once.

    Of two who claim at once one gets it. Raises: NotVisible; Stale (workflows_claimed_by_other,
    workflows_done_by_other); Invalid (workflows_not_of_a_pool); Forbidden as ``acting_for``. Journal: case.claim.
    """
    with transaction.atomic():
        item = _open_step_of_pool(task_id)
        try:
            acting = acting_for(user=user, item=item, at=at)
        except Forbidden as error:
            require_knows_step(item, user=user, at=at)
            if error.code == "workflows_assigned_to_other":
                raise Stale("workflows_claimed_by_other", who=error.facts["who"]) from error
            raise
        if item.assignee_id is None:
            item.assignee = acting.principal or acting.person
            item.save(update_fields=["assignee"])
            _record(item, Verb.CLAIM, acting, at, {})
        return item


def give_back(*, task_id: int, user: User, reason: str, at: datetime) -> WorkItem:
    """The step waits again for whoever of the office takes it; its deadline goes on.

    Raises: NotVisible; Forbidden as ``acting_on_holding``; Stale (workflows_done_by_other); Invalid
    (workflows_not_of_a_pool, workflows_nobody_holds, projects_reason_needed). Journal: case.give_back.
    """
    with transaction.atomic():
        item = _open_step_of_pool(task_id)
        acting = acting_on_holding(user=user, item=item, at=at)
        if item.assignee is None:
            raise Invalid("workflows_nobody_holds")
        if not reason.strip():
            raise Invalid("projects_reason_needed", field="reason")
        held_by, item.assignee, item.opened_at = item.assignee, None, None
        item.save(update_fields=["assignee", "opened_at"])
        _record(item, Verb.GIVE_BACK, acting, at, {"from": held_by.full_name, "reason": reason.strip()})
        return item


def _open_step_of_pool(task_id: int) -> WorkItem:
    item = _locked_item(task_id)
    if item.state != WorkItem.State.OPEN:
        raise _done(item)
    if not is_of_pool(item):
        raise Invalid("workflows_not_of_a_pool")
    return item


def _record(item: WorkItem, verb: Verb, acting: Acting, at: datetime, facts: dict[str, object]) -> None:
    told = {"node": item.node, **({"office": item.office} if item.office else {}), **facts}
    record(
        chain=item.case.commission.code,
        verb=verb.value,
        actor=acting.actor,
        subject=item.case.subject,
        at=at,
        facts=told,
    )
