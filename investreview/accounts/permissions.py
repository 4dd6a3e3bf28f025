"""Rights: the codename of each role, the guardian rows that carry it, and what a person holds at a moment."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat
from guardian.shortcuts import assign_perm

from investreview.accounts.models import (
    BodyRole,
    CommissionGroupObjectPermission,
    EnterpriseGroupObjectPermission,
    RoleMembership,
    Substitution,
    User,
)
from investreview.accounts.rules import ROLES_OF_KIND
from investreview.core.clock import legal_date
from investreview.core.errors import Forbidden
from investreview.core.gathering import gather
from investreview.core.once import is_one_page, once
from investreview.core.roles import ADMIN_ROLES, COMMISSION_ROLES, ENTERPRISE_ROLES, Role
from investreview.core.scope import Grant, Scope
from investreview.registry.models import Commission, Enterprise

# The only place where a codename is written: one per role, held on one body, by a role group, never globally.
CODENAMES: dict[Role, str] = {role: f"be_{role.value.lower()}" for role in Role}
_ROLES: dict[str, Role] = {codename: role for role, codename in CODENAMES.items()}

ON_COMMISSIONS = COMMISSION_ROLES | ADMIN_ROLES | {Role.AUDITOR}
ON_ENTERPRISES = ENTERPRISE_ROLES | {Role.AUDITOR}


def create_codenames() -> None:
    """Every role has its codename on the kinds of body it can be held on; run after each migration."""
    for model, roles in ((Commission, ON_COMMISSIONS), (Enterprise, ON_ENTERPRISES)):
        content_type = ContentType.objects.get_for_model(model)
        for role in sorted(roles):
            Permission.objects.get_or_create(
                content_type=content_type, codename=CODENAMES[role], defaults={"name": role.value}
            )


def attach(body_role: BodyRole, body: Commission | Enterprise) -> None:
    """The role group holds its role on ``body``."""
    assign_perm(CODENAMES[Role(body_role.role)], body_role.group, body)


def effective(at: datetime) -> Q:
    """Memberships in force at ``at``: begun, not over, not revoked, and confirmed where the role asks for it."""
    today = legal_date(at)
    return (
        Q(user__is_active=True, valid_from__lte=today)
        & (Q(valid_until__isnull=True) | Q(valid_until__gte=today))
        & (Q(revoked_at__isnull=True) | Q(revoked_at__gt=at))
        & (~Q(role=Role.AUDITOR) | Q(confirmed_at__lte=at))
    )


@dataclass
class _Rights:
    """What was read of people's rights at ``at``: by person, what they hold and under whose authority they act."""

    at: datetime
    grants: dict[int, tuple[Grant, ...]] = field(default_factory=dict)
    lent: dict[int, list[Substitution]] = field(default_factory=dict)


def _rights_at(at: datetime) -> _Rights:
    """What this page has read of rights at this moment; what was held on another day is read for itself."""
    rights = once("rights", lambda: _Rights(at))
    return rights if abs(at - rights.at) < _MOMENT else _Rights(at)


_MOMENT = timedelta(minutes=1)


def grants_of(user: User, at: datetime) -> tuple[Grant, ...]:
    """Everything ``user`` holds at ``at``, from guardian's rows and dated memberships; nothing for an expert.

    An act reads it afresh; a page reads it once, with what is lent to them.
    """
    rights = _rights_at(at)
    if user.pk not in rights.grants:
        _read(rights, user)
    return rights.grants[user.pk]


def lent_to(user: User, at: datetime) -> list[Substitution]:
    """The written authorities in force at ``at`` under which ``user`` may act for somebody who is still active."""
    rights = _rights_at(at)
    if user.pk not in rights.lent:
        _read(rights, user)
    return rights.lent[user.pk]


def read_rights(people: Iterable[User], at: datetime) -> None:
    """A page that asks for the rights of each of ``people`` finds them read, by one query; an act asks afresh."""
    if is_one_page():
        rights = _rights_at(at)
        unread = [one for one in people if one.pk not in rights.lent]
        if unread:
            _read(rights, *unread)


def _read(rights: _Rights, *users: User) -> None:
    """``rights`` tell what ``users`` hold, what is lent to them, and what those hold who lent it; one query."""
    lent = substitutions_in_force(users, rights.at)
    principals = lent.order_by().values("principal")
    concerned = Q(user__in=users) | Q(user__in=principals)
    held = RoleMembership.objects.filter(concerned, effective(rights.at)).order_by()
    on_commissions, on_enterprises = _held_on_commissions(held), _held_on_enterprises(held)
    gather(on_commissions, on_enterprises, lent)
    people = {one.principal_id: one.principal for one in lent} | {user.pk: user for user in users}
    grants: dict[int, set[Grant]] = {pk: set() for pk in people}
    for person, codename, path, office in (*on_commissions, *on_enterprises):
        grants[person].add(Grant(_ROLES[codename], path, office))
    for pk, person in people.items():
        rights.grants[pk] = _in_order(grants[pk]) if ROLES_OF_KIND[person.kind] else ()
    for user in users:
        rights.lent[user.pk] = [one for one in lent if one.substitute_id == user.pk]


def _held_on_commissions(held: "QuerySet[RoleMembership]") -> "QuerySet[RoleMembership, Any]":
    """Person, codename, path of the body and office of what is held on commissions."""
    row = "body_role__group__commissiongroupobjectpermission"
    path = Concat(f"{row}__content_object__code", Value("/"))
    found = held.filter(**{f"{row}__isnull": False})
    return found.values_list("user", f"{row}__permission__codename", path, "body_role__office")


def _held_on_enterprises(held: "QuerySet[RoleMembership]") -> "QuerySet[RoleMembership, Any]":
    """The same of what is held on enterprises."""
    row = "body_role__group__enterprisegroupobjectpermission"
    found = held.filter(**{f"{row}__isnull": False})
    return found.values_list(
        "user", f"{row}__permission__codename", f"{row}__content_object__path", "body_role__office"
    )


def _in_order(grants: Iterable[Grant]) -> tuple[Grant, ...]:
    return tuple(sorted(grants, key=lambda grant: (grant.path, grant.role, grant.office)))


def substitutions_in_force(users: Iterable[User], at: datetime) -> QuerySet[Substitution]:
    """The written authorities in force at ``at`` under which ``users`` may act for somebody who is still active."""
    today = legal_date(at)
    return (
        Substitution.objects.filter(
            substitute__in=users,
            substitute__is_active=True,
            principal__is_active=True,
            valid_from__lte=today,
            valid_until__gte=today,
            ended_at__isnull=True,
        )
        .select_related("principal")
        .order_by("pk")
    )


def people_holding(role: Role, paths: tuple[str, ...], office: str, at: datetime) -> QuerySet[User]:
    """Active people whose ``role`` stands on one of ``paths`` (and, where asked, belongs to ``office`` or to none)."""
    codename = CODENAMES[role]
    commission = CommissionGroupObjectPermission.objects.filter(
        permission__codename=codename, content_object__code__in=[path.rstrip("/") for path in paths]
    )
    enterprise = EnterpriseGroupObjectPermission.objects.filter(
        permission__codename=codename, content_object__path__in=paths
    )
    memberships = RoleMembership.objects.filter(
        effective(at),
        Q(body_role__group__in=commission.values("group")) | Q(body_role__group__in=enterprise.values("group")),
    )
    if office:
        memberships = memberships.filter(body_role__office__in=("", office))
    return User.objects.filter(pk__in=memberships.values("user")).order_by("pk")


def must_have_second_factor(user: User, scope: Scope) -> bool:
    """Whether this person signs in with a second factor: by kind of account or by a role (SECOND_FACTOR_REQUIRED)."""
    required: frozenset[str] = settings.SECOND_FACTOR_REQUIRED
    return user.kind in required or any(role.value in required for role in scope.roles)


CONFIRMING_ROLES = frozenset({Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})


def scope_of(user: User, at: datetime) -> Scope:
    """The person and everything they hold at ``at``: fresh for an act, read once for a page."""
    return Scope(user_id=user.pk, username=user.username, name=user.full_name, grants=grants_of(user, at))


def can_manage_people(scope: Scope, commission: Commission) -> bool:
    """Whether this person is the security administrator of the commission."""
    return scope.holds(Role.SECURITY_ADMIN, commission.path)


def can_confirm_grants(scope: Scope, commission: Commission) -> bool:
    """Whether this person may be the second one to stand for a grant."""
    return scope.holds_any(CONFIRMING_ROLES, commission.path)


def can_read_access_log(scope: Scope, commission: Commission) -> bool:
    """Whether this person is the audit administrator of the commission."""
    return scope.holds(Role.AUDIT_ADMIN, commission.path)


def require_people_manager(by: User, commission: Commission, at: datetime) -> None:
    """Nothing happens for the commission's security administrator. Raises: Forbidden (accounts_security_admin_only)."""
    if not can_manage_people(scope_of(by, at), commission):
        raise Forbidden("accounts_security_admin_only")


def require_confirmer(by: User, commission: Commission, at: datetime) -> None:
    """Nothing happens for somebody who may confirm grants. Raises: Forbidden (accounts_confirmers_only)."""
    if not can_confirm_grants(scope_of(by, at), commission):
        raise Forbidden("accounts_confirmers_only")
