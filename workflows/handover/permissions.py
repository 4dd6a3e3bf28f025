"""Who may hand over whose work, and who may read its sheet."""

from datetime import datetime

from django.db.models import Q, QuerySet

from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of
from investreview.core.errors import Forbidden
from investreview.core.roles import Role
from investreview.core.scope import Scope
from investreview.registry.models import Commission
from workflows.models import Handover

_LEADING = {User.Kind.STAFF.value: Role.OFFICE_HEAD, User.Kind.ENTERPRISE.value: Role.ENTERPRISE_RELEASER}
"""Kind of person → who hands over for them when they do not do it themselves."""


def place_of(person: User) -> tuple[Commission, str]:
    """The commission of a person and the path of the body they belong to.

    Raises: ValueError for an account without a commission; only the superuser of tests is.
    """
    if person.commission is None:
        raise ValueError(f"{person.username} belongs to no commission")
    return person.commission, (person.enterprise or person.commission).path


def may_hand_over(scope: Scope, giver: User) -> bool:
    """Whether this person may hand over the work of ``giver``: their own, their staff's, their group's."""
    if scope.user_id == giver.pk:
        return True
    role = _LEADING.get(giver.kind)
    return role is not None and giver.commission is not None and scope.holds(role, place_of(giver)[1])


def require_may_hand_over(user: User, giver: User, at: datetime) -> None:
    """Nothing happens for whoever may. Raises: Forbidden (workflows_hand_over_not_yours)."""
    if not may_hand_over(scope_of(user, at), giver):
        raise Forbidden("workflows_hand_over_not_yours")


def people_of(scope: Scope) -> QuerySet[User]:
    """The people whose work this person may hand over besides their own."""
    reach = Q(pk__in=[])
    for path in scope.paths_for(Role.OFFICE_HEAD):
        reach |= Q(kind=User.Kind.STAFF, commission__code=path.rstrip("/"))
    for path in scope.paths_for(Role.ENTERPRISE_RELEASER):
        reach |= Q(kind=User.Kind.ENTERPRISE, enterprise__path__startswith=path)
    return User.objects.filter(reach).exclude(pk=scope.user_id).order_by("pk")


def readable_handovers(scope: Scope) -> QuerySet[Handover]:
    """The hand-overs this person may read: as a party, as head or auditor, as releaser of the group."""
    reach = Q(giver=scope.user_id) | Q(performed_by=scope.user_id) | Q(lines__receiver=scope.user_id)
    for path in scope.paths_for(Role.OFFICE_HEAD):
        reach |= Q(path=path)
    for path in scope.paths_for(Role.AUDITOR, Role.ENTERPRISE_RELEASER):
        reach |= Q(path__startswith=path)
    return Handover.objects.filter(pk__in=Handover.objects.filter(reach).values("pk"))


def handover_reading_scope(_user: User, scope: Scope, key: str, _at: datetime) -> Scope | None:
    """The scope with which this person reads the papers of a hand-over, or nothing; the documents room asks."""
    return scope if readable_handovers(scope).filter(number=key).exists() else None


def known_handovers(scope: Scope) -> "QuerySet[Handover, str]":
    """The numbers of all hand-overs a scope may read."""
    return readable_handovers(scope).values_list("number", flat=True)
