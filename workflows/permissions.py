"""May this person act on this task? The answer that inbox, button and engine share."""

from datetime import datetime

from investreview.accounts.models import User
from investreview.core.errors import Forbidden
from investreview.core.money import Unit, parse_amount
from investreview.core.roles import Role
from investreview.projects.acting import Acting
from investreview.projects.models import Case
from investreview.projects.permissions import acting_as
from workflows.models import WorkItem


def acting_for(*, user: User, item: WorkItem, at: datetime) -> Acting:
    """The acting person for a work item, in their own name or as a substitute.

    Raises: Forbidden (projects_role_missing, workflows_assigned_to_other, projects_duty_conflict).
    """
    case = item.case
    acting = acting_as(
        user=user,
        role=Role(item.role),
        path=item.path,
        office=item.office,
        route=case.route,
        amount_yuan=_routed_amount(case),
        at=at,
    )
    holder: User | None = item.assignee
    if holder is not None and holder.pk not in acting.person_ids:
        raise Forbidden("workflows_assigned_to_other", who=holder.full_name)
    conflict = conflicting_person(item, acting)
    if conflict is not None:
        raise Forbidden("projects_duty_conflict", who=conflict.full_name, duty=Role(item.role).label)
    return acting


def _routed_amount(case: Case):  # type: ignore[no-untyped-def]
    record = case.routings.last()
    return parse_amount(record.amount_yuan_text, default_unit=Unit.YUAN) if record is not None else None


APART = {
    "release": ("drafter",),
    "check_completeness": ("drafter", "releaser"),
    "opinion": ("drafter", "releaser"),
    "check": ("officer", "drafter", "releaser"),
    "countersign": ("officer",),
    "wording": ("officer",),
    "sign": ("officer", "head", "drafter", "releaser"),
}
"""Node → the persons of the case who must not do it (DOMAIN §1, one person never holds on the same case)."""


def conflicting_person(item: WorkItem, acting: Acting) -> User | None:
    """The person whose earlier act on the case keeps this one from them, or nobody."""
    for name in APART.get(item.node, ()):
        person: User | None = getattr(item.case, name)
        if person is not None and person.pk in acting.person_ids:
            return person
    return None
