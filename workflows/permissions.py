"""May this person act on this task? The answer that inbox, button and engine share."""

from datetime import datetime

from experts.permissions import acting_on_place
from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of, substitutions_for
from investreview.core.errors import Forbidden
from investreview.core.money import Unit, parse_amount
from investreview.core.once import once
from investreview.core.roles import ENTERPRISE_ROLES, Role
from investreview.core.scope import Scope
from investreview.projects.acting import Acting
from investreview.projects.models import Case
from investreview.projects.permissions import APART_AT_STEP, acting_as, holders
from investreview.projects.record import last_routing, open_remedy
from investreview.rulebook.chain import StepKind
from workflows.models import WorkItem

POOL_ROLES = frozenset({Role.CASE_OFFICER, Role.COUNTERSIGNER, Role.DOCUMENT_OFFICER, Role.ENTERPRISE_DRAFTER})
"""Whose steps wait for whoever of the office takes them; the steps of the others are their own duty from the first."""


def is_of_pool(item: WorkItem) -> bool:
    """Whether the step is one that is claimed and can be given back: an office's, and no place of a panel."""
    return item.role in POOL_ROLES and not item.place


def is_in_pool(item: WorkItem) -> bool:
    """Whether the step waits to be claimed (处室待认领)."""
    return item.state == WorkItem.State.OPEN and item.assignee_id is None and is_of_pool(item)


def is_kept(item: WorkItem) -> bool:
    """Whether somebody holds the step who can give it back to the office (退回待认领)."""
    return item.state == WorkItem.State.OPEN and item.assignee_id is not None and is_of_pool(item)


def acting_on_holding(*, user: User, item: WorkItem, at: datetime, scope: Scope | None = None) -> Acting:
    """Who decides whose the step is: whoever may do it, and for the commission's own steps the office head.

    Raises: Forbidden (what ``acting_for`` raises; projects_role_missing).
    """
    try:
        return acting_for(user=user, item=item, at=at, scope=scope)
    except Forbidden:
        if item.role in ENTERPRISE_ROLES:
            raise
        return acting_as(user=user, role=Role.OFFICE_HEAD, path=item.path, at=at, scope=scope)


def acting_for(*, user: User, item: WorkItem, at: datetime, scope: Scope | None = None) -> Acting:
    """The acting person for a work item, in their own name or as a substitute.

    ``scope`` is what the person holds where a page has read it already; an act reads it afresh.
    Raises: Forbidden (projects_role_missing, workflows_assigned_to_other, projects_duty_conflict).
    """
    case = item.case
    if item.place:
        return acting_on_place(user=user, case=case, place=item.place, at=at, scope=scope)
    role, scope = Role(item.role), scope or scope_of(user, at)
    is_own = scope.holds(role, item.path, item.office or None)
    acting = acting_as(
        user=user,
        role=role,
        path=item.path,
        office=item.office,
        route=case.route,
        amount_yuan=None if is_own or not _is_limited(user, at) else _routed_amount(case),
        at=at,
        scope=scope,
    )
    holder: User | None = item.assignee
    if holder is not None and holder.pk not in acting.person_ids:
        raise Forbidden("workflows_assigned_to_other", who=holder.full_name)
    conflict = conflicting_person(item, acting)
    if conflict is not None:
        raise Forbidden("projects_duty_conflict", who=conflict.full_name, duty=Role(item.role).label)
    return acting


def _is_limited(user: User, at: datetime) -> bool:
    """Whether somebody's authority lent to the person ends at an amount."""
    return any(one.max_amount_yuan is not None for one in substitutions_for(user, at))


def _routed_amount(case: Case):  # type: ignore[no-untyped-def]
    record = once(("last routing", case.pk), lambda: last_routing(case))
    return parse_amount(record.amount_yuan_text, default_unit=Unit.YUAN) if record is not None else None


APART = {
    "meeting_of_experts": ("officer", "drafter", "releaser"),
    "draw_numbers": ("drafter", "releaser"),
    "release": ("drafter",),
    "check_completeness": ("drafter", "releaser"),
    "opinion": ("drafter", "releaser"),
    "check": APART_AT_STEP[StepKind.CHECK],
    "countersign": APART_AT_STEP[StepKind.COUNTERSIGN],
    "wording": APART_AT_STEP[StepKind.WORDING],
    "sign": APART_AT_STEP[StepKind.SIGN],
    "remedy_check": ("officer", "drafter", "releaser"),
    "remedy_draft": ("drafter", "releaser", "head", "signer"),
    "remedy_sign": ("officer", "drafter", "releaser"),
}
"""Node → the persons of the case who must not do it (DOMAIN §1, one person never holds on the same case).

Whoever was one of them before a hand-over counts too.
"""
REMEDY_HANDS = {"remedy_check": ("drafted_by",), "remedy_sign": ("drafted_by", "checked_by")}
"""Node of a remedy → who had an earlier hand in it."""


def conflicting_person(item: WorkItem, acting: Acting) -> User | None:
    """The person whose earlier act on the case keeps this one from them, or nobody."""
    names = APART.get(item.node, ())
    others = holders(item.case, *names) if names else ()
    if item.node in REMEDY_HANDS:
        remedy = open_remedy(item.case)
        others += tuple(getattr(remedy, name) for name in REMEDY_HANDS[item.node])
    return next((one for one in others if one is not None and one.pk in acting.person_ids), None)
