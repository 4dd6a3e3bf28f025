"""Inbox, tasks, and where a case is; one query over the granted path prefixes."""

from datetime import datetime

from django.db.models import Q, QuerySet

from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of, substitutions_for
from investreview.core.errors import DomainError, NotVisible
from investreview.core.scope import Scope
from investreview.projects.acting import Acting
from investreview.projects.models import Case
from workflows.models import WorkItem
from workflows.permissions import APART, acting_for

_WITH = ("case", "case__project", "case__group", "case__commission", "case__declaration", "assignee")


def _reached(scope: Scope) -> Q:
    """The open items that the grants of a person reach, whoever they are assigned to."""
    reach = Q(pk__in=[])
    for grant in scope.grants:
        one = Q(role=grant.role, path__startswith=grant.path)
        reach |= one & Q(office__in=["", grant.office]) if grant.office else one
    return reach


def _kept_apart(user_id: int) -> Q:
    """The items that the person must not do because of what they did earlier on the case."""
    conflict = Q(pk__in=[])
    for node, names in APART.items():
        for name in names:
            conflict |= Q(node=node, **{f"case__{name}_id": user_id})
    return conflict


def inbox(*, user: User, scope: Scope, at: datetime) -> QuerySet[WorkItem]:
    """Everything this person can do now: assigned to them, or to nobody and within their grants; due first.

    Items of a principal whose substitute they are at ``at`` are in it too.
    """
    mine = Q(assignee_id=user.pk) | (Q(assignee__isnull=True) & _reached(scope))
    for substitution in substitutions_for(user, at):
        mine |= Q(assignee_id=substitution.principal_id, role=substitution.role)
        mine |= Q(assignee__isnull=True, role=substitution.role, path__startswith=substitution.path)
    return (
        WorkItem.objects.filter(mine, state=WorkItem.State.OPEN)
        .exclude(_kept_apart(user.pk))
        .select_related(*_WITH)
        .order_by("due_on", "arrived_at", "id")
    )


def done_by(user: User) -> QuerySet[WorkItem]:
    """What the person did, latest first."""
    return (
        WorkItem.objects.filter(done_by=user, state__in=[WorkItem.State.DONE, WorkItem.State.RECALLED])
        .select_related(*_WITH)
        .order_by("-done_at", "-id")
    )


def started_by(user: User) -> QuerySet[Case]:
    """The cases the person drafted, latest first."""
    return Case.objects.filter(drafter=user).select_related("project", "group", "commission").order_by("-id")


def item_for(*, task_id: int, user: User, at: datetime) -> tuple[WorkItem, Acting]:
    """The work item a person opens, with the acting person.

    Raises: NotVisible for an item on a case the person cannot read; Forbidden for one they may not do.
    """
    from investreview.projects.selectors import visible_cases

    item = WorkItem.objects.select_related(*_WITH, "task", "process", "done_by").filter(task_id=task_id).first()
    if item is None:
        raise NotVisible("projects_case_not_visible")
    scope = scope_of(user, at)
    if not visible_cases(scope).filter(pk=item.case_id).exists() and not _is_substitute(user, item, at):
        raise NotVisible("projects_case_not_visible")
    return item, acting_for(user=user, item=item, at=at)


def _is_substitute(user: User, item: WorkItem, at: datetime) -> bool:
    try:
        return acting_for(user=user, item=item, at=at).principal is not None
    except DomainError:
        return False


def open_items(case: Case) -> QuerySet[WorkItem]:
    """Where the case is: its open steps."""
    return WorkItem.objects.filter(case=case, state=WorkItem.State.OPEN).select_related("assignee", "task")


def history(case: Case) -> QuerySet[WorkItem]:
    """Every step the case took, in order."""
    return (
        WorkItem.objects.filter(case=case)
        .exclude(state=WorkItem.State.CANCELLED)
        .select_related("done_by", "done_for", "assignee")
        .order_by("id")
    )


def my_open_item(case: Case, *, user: User, scope: Scope, at: datetime) -> WorkItem | None:
    """The step of this case that waits for this person, if any."""
    return inbox(user=user, scope=scope, at=at).filter(case=case).first()


def recallable_item(case: Case, *, user: User) -> WorkItem | None:
    """The person's last act on the case if it can still be recalled."""
    from workflows.engine import recall_refusal

    last = WorkItem.objects.filter(case=case, state=WorkItem.State.DONE).order_by("-done_at", "-id").first()
    return last if last is not None and last.done_by_id == user.pk and not recall_refusal(last) else None
