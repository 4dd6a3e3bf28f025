"""People and their rights, arranged for the pages of the security and audit administrators."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from investreview.accounts.models import RoleMembership, SecondFactor, Substitution, User
from investreview.accounts.permissions import grants_of
from investreview.accounts.rules import CONFIRMED_ROLES, SUBSTITUTED_ROLES
from investreview.accounts.selectors import second_factors
from investreview.core.clock import legal_date
from investreview.core.gathering import gathered
from investreview.core.once import once
from investreview.core.roles import Role
from investreview.core.scope import Grant
from investreview.registry.models import Commission, Enterprise, Office

PAGE_LENGTH = 50


@dataclass(frozen=True)
class RoleRow:
    """One grant as a line of a table."""

    membership: RoleMembership
    role: str
    body: str
    state: str | Promise
    tone: str
    is_open: bool


@dataclass(frozen=True)
class PersonRow:
    """One person as a line of the list."""

    user: User
    roles: tuple[RoleRow, ...]


@dataclass(frozen=True)
class PeoplePage:
    """A piece of the list, and the key from which the next one goes on."""

    rows: tuple[PersonRow, ...]
    next_after: int | None


@dataclass(frozen=True)
class PersonPage:
    """Every grant a person ever had, the open ones first; the written authorities they gave or received, the newest
    first; their second factor."""

    roles: tuple[RoleRow, ...]
    substitutions: tuple[Substitution, ...]
    factor: SecondFactor | None


def body_names(paths: Iterable[str]) -> dict[str, str]:
    """The short name of each body; one query."""
    wanted = frozenset(paths)
    commissions = Commission.objects.filter(code__in=[path.rstrip("/") for path in wanted])
    bodies = Enterprise.objects.filter(path__in=wanted).values_list("path", "short_name")
    found, named = once(("names of bodies", wanted), lambda: gathered(commissions, bodies))
    return {each.path: each.short_name for each in found} | dict(named)


def people_page(commission: Commission, *, search: str, after: int, at: datetime) -> PeoplePage:
    """People of the commission and its enterprises after the key ``after``, with their open roles."""
    memberships = _memberships().filter(revoked_at__isnull=True)
    people = (
        User.objects.filter(commission=commission, pk__gt=after)
        .filter(Q(full_name__icontains=search) | Q(username__icontains=search))
        .select_related("enterprise", "office")
        .prefetch_related(Prefetch("memberships", queryset=memberships))
        .order_by("pk")[: PAGE_LENGTH + 1]
    )
    users = list(people)
    shown = users[:PAGE_LENGTH]
    names = body_names(row.body_role.path for user in shown for row in user.memberships.all())
    today = legal_date(at)
    rows = tuple(
        PersonRow(user, tuple(_role_row(row, names, today) for row in user.memberships.all())) for user in shown
    )
    return PeoplePage(rows, shown[-1].pk if len(users) > PAGE_LENGTH else None)


def never_signed_in(commission: Commission) -> QuerySet[User]:
    """The active people of the commission and its enterprises who have never signed in, in the order of accounts."""
    people = User.objects.filter(commission=commission, is_active=True, last_login__isnull=True)
    return people.select_related("enterprise", "office", "commission").order_by("pk")


def page_of_person(user: User, at: datetime) -> PersonPage:
    """What the page of one person says of their rights; two queries."""
    memberships, substitutions, factors = gathered(
        _memberships_of(user),
        Substitution.objects.filter(Q(principal=user) | Q(substitute=user))
        .select_related("principal", "substitute")
        .order_by("-pk"),
        second_factors(user),
    )
    return PersonPage(
        roles=_role_rows(memberships, at),
        substitutions=tuple(substitutions),
        factor=next(iter(factors), None),
    )


def roles_of(user: User, at: datetime) -> tuple[RoleRow, ...]:
    """Every grant the person ever had, the open ones first."""
    return _role_rows(list(_memberships_of(user)), at)


def waiting_for_confirmation(commission: Commission) -> tuple[RoleRow, ...]:
    """The grants for which a second person has not yet stood."""
    memberships = list(
        _memberships()
        .filter(
            user__commission=commission,
            role__in=sorted(CONFIRMED_ROLES),
            confirmed_at__isnull=True,
            revoked_at__isnull=True,
        )
        .select_related("user", "granted_by")
    )
    names = body_names(row.body_role.path for row in memberships)
    return tuple(_role_row(row, names, row.valid_from) for row in memberships)


def substitutable_grants(user: User, at: datetime) -> list[tuple[Grant, str]]:
    """The roles somebody may exercise for this person, each with the name of its body."""
    grants = [grant for grant in grants_of(user, at) if grant.role in SUBSTITUTED_ROLES]
    names = body_names(grant.path for grant in grants)
    return [(grant, names[grant.path]) for grant in grants]


def bodies_for(user: User) -> dict[str, str]:
    """The bodies on which this person could hold a role: path → name."""
    if user.kind == User.Kind.ENTERPRISE and user.enterprise is not None:
        below = Enterprise.objects.filter(path__startswith=user.enterprise.path, dissolved_on__isnull=True)
        return dict(below.order_by("path").values_list("path", "short_name"))
    if user.commission is None:
        return {}
    own = {user.commission.path: user.commission.short_name}
    if user.kind != User.Kind.AUDITOR:
        return own
    enterprises = user.commission.enterprises.filter(dissolved_on__isnull=True).order_by("path")
    return own | dict(enterprises.values_list("path", "short_name"))


def _memberships() -> QuerySet[Any]:
    """Grants with their body role, and the name of the office that a countersigner's names."""
    office = Office.objects.annotate(at=Concat("commission__code", Value("/"))).filter(
        at=OuterRef("body_role__path"), code=OuterRef("body_role__office")
    )
    return RoleMembership.objects.select_related("body_role").annotate(office_name=Subquery(office.values("name")[:1]))


def _memberships_of(user: User) -> QuerySet[Any]:
    return _memberships().filter(user=user).select_related("granted_by", "confirmed_by", "revoked_by")


def _role_rows(memberships: Collection[Any], at: datetime) -> tuple[RoleRow, ...]:
    names = body_names(row.body_role.path for row in memberships)
    rows = [_role_row(row, names, legal_date(at)) for row in memberships]
    return tuple(sorted(rows, key=lambda row: not row.is_open))


def _role_row(row: Any, names: dict[str, str], today: date) -> RoleRow:
    body = names[row.body_role.path]
    if row.body_role.office:
        body += f" · {row.office_name or row.body_role.office}"
    state, tone = _state(row, today)
    return RoleRow(row, str(Role(row.role).label), body, state, tone, row.revoked_at is None)


def _state(row: RoleMembership, today: date) -> tuple[str | Promise, str]:
    if row.revoked_at is not None:
        return pgettext_lazy("role", "已收回"), "grey"
    if row.valid_until is not None and row.valid_until < today:
        return _("已到期"), "grey"
    if row.role in CONFIRMED_ROLES and row.confirmed_at is None:
        return _("待第二人确认"), "amber"
    if row.valid_from > today:
        return _("尚未生效"), "blue"
    return _("生效"), "green"
