"""Substitutions 代办授权: recorded from the written authority, ended early or by their last day."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from investreview.accounts.models import Substitution, User
from investreview.accounts.permissions import require_people_manager, scope_of
from investreview.accounts.rules import SUBSTITUTED_ROLES, require_period_suits, require_role_suits
from investreview.accounts.services.noting import home_of, note
from investreview.core.clock import legal_date
from investreview.core.errors import Forbidden, Invalid
from investreview.core.roles import Role
from investreview.core.text import clean_line
from investreview.registry.rules import group_path

_ROUTE = re.compile(r"[A-Z_]{1,40}")


@dataclass(frozen=True)
class Authority:
    """The written authority (书面授权): its number, what it allows, how long. Units: yuan.

    No route named means every route; no amount means every amount.
    """

    number: str
    role: Role
    path: str
    valid_from: date
    valid_until: date
    max_amount_yuan: Decimal | None = None
    routes: tuple[str, ...] = ()


def record_substitution(
    *, principal: User, substitute: User, authority: Authority, by: User, at: datetime
) -> Substitution:
    """The substitute may act for the principal within the authority; who acted for whom stays visible.

    The same authority sent again is answered with the first record.

    Raises: Forbidden (accounts_security_admin_only, accounts_not_oneself), Invalid (accounts_substitute_*,
    accounts_principal_lacks_role, accounts_period_*, accounts_role_unsuited, accounts_seconded_never_sign, ...).
    Rule: DOMAIN §1, substitutes act under a written authority; seconded staff never sign.
    Journal: substitution.record, on the substitute
    """
    require_people_manager(by, home_of(principal), at)
    if by.pk in (principal.pk, substitute.pk):
        raise Forbidden("accounts_not_oneself")
    with transaction.atomic():
        both = User.objects.select_for_update(no_key=True).filter(pk__in=(principal.pk, substitute.pk))
        people = {row.pk: row for row in both}
        held = people[substitute.pk]
        _require_suits(people[principal.pk], held, authority, at)
        written, routes = _written(authority), sorted(set(authority.routes))
        recorded = Substitution.objects.filter(principal=principal, substitute=held, ended_at__isnull=True, **written)
        for same in recorded:
            if same.routes == routes:
                return same
        substitution: Substitution = Substitution.objects.create(
            principal=principal,
            substitute=held,
            substitute_is_seconded=held.is_seconded,
            routes=routes,
            recorded_by=by,
            recorded_at=at,
            **written,
        )
        facts: dict[str, object] = {
            "principal": principal.username,
            "authority_number": substitution.authority_number,
            "role": authority.role,
            "path": authority.path,
            "valid_from": authority.valid_from,
            "valid_until": authority.valid_until,
            "max_amount_yuan": authority.max_amount_yuan,
            "routes": substitution.routes,
        }
        note("substitution.record", held, actor=by.as_actor(), at=at, facts=facts)
        return substitution


def _written(authority: Authority) -> dict[str, Any]:
    """What the authority says, beside its routes, as the record keeps it."""
    return {
        "role": authority.role,
        "path": authority.path,
        "valid_from": authority.valid_from,
        "valid_until": authority.valid_until,
        "max_amount_yuan": authority.max_amount_yuan,
        "authority_number": clean_line(authority.number, max_length=80),
    }


def _require_suits(principal: User, substitute: User, authority: Authority, at: datetime) -> None:
    if principal.pk == substitute.pk:
        raise Invalid("accounts_substitute_is_principal", field="substitute")
    for person in (principal, substitute):
        if not person.is_active:
            raise Invalid("accounts_inactive", field="substitute", name=person.full_name)
    if authority.role not in SUBSTITUTED_ROLES:
        raise Invalid("accounts_role_not_substituted", field="grant", role=authority.role.label)
    require_role_suits(kind=substitute.kind, is_seconded=substitute.is_seconded, role=authority.role)
    require_period_suits(
        role=authority.role,
        valid_from=authority.valid_from,
        valid_until=authority.valid_until,
        today=legal_date(at),
    )
    if not scope_of(principal, at).holds(authority.role, authority.path):
        raise Invalid("accounts_principal_lacks_role", field="grant", role=authority.role.label)
    if not _own_path(substitute).startswith(_reach(authority.path)):
        raise Invalid("accounts_substitute_of_others", field="substitute")
    if authority.max_amount_yuan is not None and authority.max_amount_yuan <= 0:
        raise Invalid("accounts_substitution_amount", field="max_amount_yuan")
    for route in authority.routes:
        if not _ROUTE.fullmatch(route):
            raise Invalid("accounts_substitution_route", field="routes", given=route[:40])


def _reach(path: str) -> str:
    """Within which body a substitute must work: the same group, or the commission."""
    return group_path(path) if path.count("/") > 1 else path


def _own_path(user: User) -> str:
    return (user.enterprise or home_of(user)).path


def end_substitution(*, substitution: Substitution, by: User, at: datetime) -> Substitution:
    """The substitute no longer acts for the principal, from this moment on.

    Raises: Forbidden (accounts_security_admin_only), Invalid (accounts_substitution_over).
    Journal: substitution.end, on the substitute
    """
    require_people_manager(by, home_of(substitution.principal), at)
    with transaction.atomic():
        held = (
            Substitution.objects.select_for_update(of=("self",))
            .select_related("principal", "substitute__commission")
            .get(pk=substitution.pk)
        )
        if held.ended_at is not None:
            raise Invalid("accounts_substitution_over")
        held.ended_at, held.ended_by = at, by
        held.save(update_fields=["ended_at", "ended_by"])
        facts: dict[str, object] = {
            "principal": held.principal.username,
            "authority_number": held.authority_number,
        }
        note("substitution.end", held.substitute, actor=by.as_actor(), at=at, facts=facts)
        return held
