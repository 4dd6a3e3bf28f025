"""Decisions made on paper 线下签批: who may enter them, who can have decided, and their taking effect.

One person enters what stands on the sheet, another compares; with the comparison the engine performs the act in the
decider's name, at the date on the paper (DOMAIN §5, On paper is equal).
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet

from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of
from investreview.core.clock import legal_date
from investreview.core.errors import Forbidden, Invalid, NotVisible
from investreview.core.roles import Role
from investreview.core.scope import Scope
from investreview.projects.acting import Acting
from investreview.projects.models import Case, PaperDecision
from investreview.projects.permissions import ENTERING_ROLES
from investreview.projects.reading import reading_scope
from investreview.projects.selectors import visible_cases
from investreview.projects.services.forms import approval_sheet_code
from investreview.projects.services.paper import confirm_comparison, decided_at
from workflows.engine import _done, _locked_item, _perform
from workflows.items import CHAIN_NODES
from workflows.models import WorkItem
from workflows.permissions import acting_for
from workflows.review.acts import act_of
from workflows.review.forms.base import ActForm

_ENTRY = ("case", "case__project", "case__commission", "case__group", "decider", "scan", "entered_by", "compared_by")

_ITEM = (
    "case__project",
    "case__group",
    "case__commission",
    "case__declaration",
    "case__drafter",
    "case__releaser",
    "case__officer",
    "case__head",
    "task",
    "done_by",
)
"""The step with the case's persons: who may decide depends on what each of them did."""


def entering(*, user: User, case: Case, at: datetime) -> Acting:
    """The person as one who may print the sheet and bring its decisions back, for this case.

    Raises: NotVisible when the case is none of theirs; Forbidden (projects_role_missing) without such a role.
    """
    scope = scope_of(user, at)
    reading_scope(case.pk, user=user, scope=scope, at=at)
    if not scope.holds_any(ENTERING_ROLES, case.path):
        raise Forbidden("projects_role_missing", role=Role.CASE_OFFICER.label)
    return Acting(user=user, scope=scope)


def item_to_enter(*, task_id: int, user: User, at: datetime) -> tuple[WorkItem, Acting]:
    """The step whose paper decision is entered, with the entering person.

    Raises: NotVisible, Forbidden.
    """
    item = WorkItem.objects.select_related(*_ITEM).filter(task_id=task_id).first()
    if item is None:
        raise NotVisible("projects_case_not_visible")
    return item, entering(user=user, case=item.case, at=at)


def pending_entries(*, scope: Scope) -> QuerySet[PaperDecision]:
    """The entries that wait for a comparison on the cases of those who may compare; oldest first."""
    reach = Q(pk__in=[])
    for path in scope.paths_for(*ENTERING_ROLES):
        reach |= Q(case__path__startswith=path)
    return (
        PaperDecision.objects.filter(reach, compared_at__isnull=True, rejected_at__isnull=True)
        .filter(case__in=visible_cases(scope))
        .select_related(*_ENTRY)
        .order_by("id")
    )


def steps_on_paper(*, scope: Scope) -> QuerySet[WorkItem]:
    """The open steps whose decision may come on paper, for those who print the sheet and enter it; due first.

    A step for which an entry waits to be compared is not among them.
    """
    reach = Q(pk__in=[])
    for path in scope.paths_for(*ENTERING_ROLES):
        reach |= Q(path__startswith=path)
    entered = PaperDecision.objects.filter(compared_at__isnull=True, rejected_at__isnull=True).values("task_id")
    return (
        WorkItem.objects.filter(reach, state=WorkItem.State.OPEN, node__in=sorted(CHAIN_NODES))
        .exclude(task_id__in=entered)
        .select_related("case__project", "case__group", "assignee")
        .order_by(F("due_on").asc(nulls_last=True), "id")
    )


def entry_to_compare(*, entry_id: int, user: User, at: datetime) -> tuple[PaperDecision, WorkItem, Acting]:
    """One entry with its step, for somebody who may compare.

    Raises: NotVisible, Forbidden.
    """
    entry = PaperDecision.objects.select_related(*_ENTRY).filter(pk=entry_id).first()
    if entry is None:
        raise NotVisible("projects_case_not_visible")
    item, acting = item_to_enter(task_id=entry.task_id, user=user, at=at)
    return entry, item, acting


def perform_on_paper(*, entry_id: int, user: User, at: datetime) -> Case:
    """The entry agrees with the paper, the decision has effect from the date on it, and the process has gone on.

    Compared already by the same person, the first result is answered. Raises: NotVisible, Forbidden, Stale
    (workflows_done_by_other), Invalid (projects_paper_code_old, projects_paper_same_person …), what the act raises.
    Rule: DOMAIN §5, On paper is equal. Journal: paper.compare, and the verb of the act.
    """
    with transaction.atomic():
        found = PaperDecision.objects.filter(pk=entry_id).values_list("task_id", flat=True).first()
        if found is None:
            raise NotVisible("projects_case_not_visible")
        item = _locked_item(found)
        acting = entering(user=user, case=item.case, at=at)
        key = f"paper:{entry_id}"
        if item.state != WorkItem.State.OPEN:
            return _answer_again(item, entry_id=entry_id, user=user, key=key)
        entry = confirm_comparison(acting=acting, entry_id=entry_id, at=at)
        _require_current(entry, item.case)
        decided = min(decided_at(entry, item.arrived_at), at)
        act, service = act_of(item, str(entry.payload["act"]), entry.decider)
        form = act.form(data=entry.payload, item=item, on=legal_date(decided))
        if not form.is_valid():
            raise Invalid("review_paper_not_readable")
        return _perform(
            item,
            acting=acting_for(user=entry.decider, item=item, at=decided),
            at=decided,
            version=None,
            service=service,
            facts={**form.facts(), "paper": entry},
            key=key,
        )


def _answer_again(item: WorkItem, *, entry_id: int, user: User, key: str) -> Case:
    if item.done_key == key and PaperDecision.objects.filter(pk=entry_id, compared_by=user).exists():
        return item.case
    raise _done(item)


def _require_current(entry: PaperDecision, case: Case) -> None:
    expected = approval_sheet_code(case)
    if entry.version_code != expected:
        raise Invalid("projects_paper_code_old", given=entry.version_code, expected=expected)


def entered_form(entry: PaperDecision, item: WorkItem) -> ActForm:
    """The act's own form, filled with what the entry keeps."""
    act, _service = act_of(item, str(entry.payload["act"]), entry.decider)
    return act.form(data=entry.payload, item=item, on=entry.dated_on)
