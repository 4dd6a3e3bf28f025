"""Inbox, tasks, and where a case is; one query over the granted path prefixes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from investreview.accounts.models import Substitution, User
from investreview.accounts.selectors import scope_of, substitutions_for
from investreview.core.errors import DomainError, Forbidden, NotVisible
from investreview.core.gathering import gather
from investreview.core.roles import PANEL_ROLES, Role
from investreview.core.scope import Grant, Scope
from investreview.projects.acting import Acting
from investreview.projects.models import Case, FormerHolder, Remedy
from investreview.projects.reading import reading_scope
from workflows.models import WorkItem
from workflows.permissions import APART, POOL_ROLES, REMEDY_HANDS, acting_for

_WITH = ("case", "case__project", "case__group", "case__commission", "case__declaration", "assignee")

_WITH_RECORD = (
    *_WITH,
    "case__enterprise",
    "case__rule_set",
    "case__drafter",
    "case__releaser",
    "case__officer__office",
    "case__head",
    "case__signer",
    "task",
    "process",
    "done_by",
)

_IN_POOL = Q(assignee__isnull=True, place="", role__in=sorted(POOL_ROLES))
"""The open steps for which ``permissions.is_in_pool`` holds."""


def _by_person(apart: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Person of the record → the nodes which that person must not do."""
    nodes: defaultdict[str, list[str]] = defaultdict(list)
    for node, names in apart.items():
        for name in names:
            nodes[name].append(node)
    return dict(nodes)


_NODES_APART = _by_person(APART)
_NODES_OF_HANDS = _by_person(REMEDY_HANDS)


def _reached(grants: Iterable[Grant]) -> Q:
    """What is assigned to nobody and within one of these grants.

    SQLite answers an alternative with an index only when it holds the whole condition; PostgreSQL is quicker when it
    tries them all while it reads once what nobody is assigned to.
    """
    free, reach, each_is_whole = Q(assignee__isnull=True), Q(pk__in=[]), connection.vendor == "sqlite"
    for grant in grants:
        one = Q(role=grant.role, path__within=grant.path)
        if grant.office:
            one &= Q(office__in=["", grant.office])
        reach |= one & free if each_is_whole else one
    return reach if each_is_whole else reach & free


def _kept_apart(user_id: int) -> Q:
    """The items that the person must not do because of what they did earlier on the case.

    Whoever was the person's part before a hand-over, and a hand in an open remedy, count too. One condition for a
    part with all its nodes: PostgreSQL plans many small alternatives for longer than it takes to answer them.
    """
    conflict = Q(pk__in=[])
    for name, nodes in _NODES_APART.items():
        conflict |= Q(**{f"case__{name}_id": user_id}, node__in=nodes)
        if name.upper() in FormerHolder.Part:
            held = FormerHolder.objects.filter(person=user_id, part=name.upper())
            conflict |= Q(node__in=nodes, case_id__in=held.values("case_id"))
    for name, nodes in _NODES_OF_HANDS.items():
        touched = Remedy.objects.filter(state__in=sorted(Remedy.OPEN), **{name: user_id})
        conflict |= Q(node__in=nodes, case_id__in=touched.values("case_id"))
    return conflict


def inbox(*, user: User, scope: Scope, at: datetime, lent: Sequence[Substitution] | None = None) -> QuerySet[WorkItem]:
    """Everything this person can do now: assigned to them, or to nobody and within their grants; due first.

    Items of a principal whose substitute they are at ``at`` are in it too; ``lent`` are these authorities where a
    page has read them already.
    """
    in_force = substitutions_for(user, at) if lent is None else lent
    mine = Q(assignee_id=user.pk) | _reached((*scope.grants, *(Grant(Role(one.role), one.path) for one in in_force)))
    for substitution in in_force:
        mine |= Q(assignee_id=substitution.principal_id, role=substitution.role)
    return (
        WorkItem.objects.filter(mine, state=WorkItem.State.OPEN)
        .exclude(_kept_apart(user.pk))
        .select_related(*_WITH)
        .order_by("due_on", "arrived_at", "id")
    )


def own_steps(inbox: QuerySet[WorkItem]) -> QuerySet[WorkItem]:
    """What of an inbox is the person's own to do (待我办理)."""
    return inbox.exclude(_IN_POOL)


def steps_to_claim(inbox: QuerySet[WorkItem]) -> QuerySet[WorkItem]:
    """What of an inbox waits for whoever of the office takes it (处室待认领)."""
    return inbox.filter(_IN_POOL)


def done_by(user: User) -> QuerySet[WorkItem]:
    """What the person did, and what a substitute did for them, latest first."""
    return (
        WorkItem.objects.filter(
            Q(done_by=user) | Q(done_for=user), state__in=[WorkItem.State.DONE, WorkItem.State.RECALLED]
        )
        .select_related(*_WITH, "done_by", "done_for")
        .order_by("-done_at", "-id")
    )


def started_by(user: User) -> QuerySet[Case]:
    """The cases the person drafted or took over from paper, latest first."""
    taken_over = WorkItem.objects.filter(case=OuterRef("pk"), node="taken_over", done_by=user)
    return (
        Case.objects.filter(Q(drafter=user) | Exists(taken_over))
        .select_related("project", "group", "enterprise", "commission")
        .order_by("-id")
    )


def item_for(*, task_id: int, user: User, at: datetime) -> tuple[WorkItem, Acting]:
    """The work item a person opens, with the acting person.

    Raises: NotVisible for an item on a case the person cannot read; Forbidden for one they may not do.
    """
    item = WorkItem.objects.select_related(*_WITH_RECORD).filter(task_id=task_id).first()
    if item is None:
        raise NotVisible("projects_case_not_visible")
    try:
        acting = acting_for(user=user, item=item, at=at)
    except Forbidden:
        require_knows_step(item, user=user, at=at)
        raise
    if not _tells_of_itself(item, acting):
        reading_scope(item.case_id, user=user, scope=acting.scope, at=at)
    return item, acting


def _tells_of_itself(item: WorkItem, acting: Acting) -> bool:
    """Whether the step alone lets its person know it: it waits, it is a panel's, or it was lent to a substitute.

    A step that is over, above all one that a recall cancelled, is known only with its case.
    """
    is_of_panel = item.role in PANEL_ROLES or item.role == Role.EXPERT
    return item.state == WorkItem.State.OPEN or is_of_panel or acting.principal is not None


def require_knows_step(item: WorkItem, *, user: User, at: datetime) -> None:
    """Nothing happens when the person may know the case, or could do this step for somebody, now or before it was done.

    Raises: NotVisible (projects_case_not_visible).
    """
    if not _could_do(item, user, at):
        reading_scope(item.case_id, user=user, scope=scope_of(user, at), at=at)


def _could_do(item: WorkItem, user: User, at: datetime) -> bool:
    """Whether the step is one of this person's; whoever runs a panel reads no case, yet knows their steps."""
    try:
        acting = acting_for(user=user, item=item, at=at)
    except DomainError:
        return False
    return _tells_of_itself(item, acting)


def lent_scope(user: User, case: Case, at: datetime) -> Scope | None:
    """What the steps of a case lend to a substitute, so that they can read what they decide or have decided.

    A step lends while it waits for them, and after they did it as long as their authority holds.
    """
    waiting = open_items_of(case, user=user, scope=scope_of(user, at), at=at).select_related("assignee")
    done = WorkItem.objects.filter(case=case, done_by=user, done_for__isnull=False).select_related("assignee")
    gather(waiting, done)
    for item in (*waiting, *done):
        item.case = case
    return next((lent for item in (*waiting, *done) if (lent := _lent_for(item, user, at)) is not None), None)


def _lent_for(item: WorkItem, user: User, at: datetime) -> Scope | None:
    """The scope of somebody who may do this step for somebody else; nothing when they may not."""
    try:
        acting = acting_for(user=user, item=item, at=at)
    except DomainError:
        return None
    return acting.scope if acting.principal is not None else None


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


def open_items_of(case: Case, *, user: User, scope: Scope, at: datetime) -> QuerySet[WorkItem]:
    """The steps of this case that wait for this person, due first; their case is not read along."""
    return inbox(user=user, scope=scope, at=at).filter(case=case).select_related(None)


def my_open_item(case: Case, *, user: User, scope: Scope, at: datetime) -> WorkItem | None:
    """The step of this case that waits for this person, if any."""
    return inbox(user=user, scope=scope, at=at).filter(case=case).first()


def recallable_item(case: Case, *, user: User) -> WorkItem | None:
    """The person's last act on the case if it can still be recalled."""
    from workflows.engine import recall_refusal

    last = WorkItem.objects.filter(case=case, state=WorkItem.State.DONE).order_by("-done_at", "-id").first()
    return last if last is not None and last.done_by_id == user.pk and not recall_refusal(last) else None
