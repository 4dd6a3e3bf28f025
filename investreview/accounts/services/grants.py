"""Roles: granted on one body, confirmed where two must stand for them, revoked."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Q
from django.utils import translation

from investreview.accounts.models import BodyRole, RoleMembership, User
from investreview.accounts.permissions import attach, require_confirmer, require_people_manager
from investreview.accounts.rules import (
    CONFIRMED_ROLES,
    require_office_suits,
    require_period_suits,
    require_place_suits,
    require_role_suits,
)
from investreview.accounts.services.noting import home_of, note
from investreview.core.actor import Actor
from investreview.core.clock import legal_date
from investreview.core.errors import Forbidden, Invalid
from investreview.core.roles import ADMIN_ROLES, Role
from investreview.core.text import clean_line
from investreview.registry.models import Commission, Enterprise, Office


@dataclass(frozen=True)
class RoleOffer:
    """A role on one body for a time; a countersigner's names the office."""

    role: Role
    body: Commission | Enterprise
    valid_from: date
    valid_until: date | None = None
    office: Office | None = None


def grant_role(*, user: User, offer: RoleOffer, by: User, at: datetime) -> RoleMembership:
    """The person holds the role on the body from the first day on; an auditor only once another has confirmed it.

    Raises: Forbidden (accounts_security_admin_only, accounts_not_oneself), Invalid (accounts_role_*,
    accounts_office_*, accounts_period_*, accounts_body_*, accounts_seconded_never_sign, accounts_one_administration,
    accounts_inactive). Rule: DOMAIN §1, 三员分立, seconded staff never sign.
    Journal: role.grant
    """
    require_people_manager(by, home_of(user), at)
    if by.pk == user.pk:
        raise Forbidden("accounts_not_oneself")
    return grant_within(user, offer, by, by.as_actor(), at)


def found_role(*, user: User, offer: RoleOffer, actor: Actor, at: datetime) -> RoleMembership:
    """The same from the reviewed founding file, where no person acts yet. Only the founding command leads here.

    Raises: Invalid as ``grant_role``; accounts_confirmed_role_not_founded for an auditor. Journal: role.grant
    """
    if offer.role in CONFIRMED_ROLES:
        raise Invalid("accounts_confirmed_role_not_founded", field="role", role=offer.role.label)
    return grant_within(user, offer, None, actor, at)


def grant_within(user: User, offer: RoleOffer, by: User | None, actor: Actor, at: datetime) -> RoleMembership:
    """The person holds the role on the body; nobody is asked for permission.

    Raises: Invalid as ``grant_role``. Journal: role.grant
    """
    with transaction.atomic():
        # Two first grants on one body meet here.
        Commission.objects.select_for_update(no_key=True).get(pk=home_of(user).pk)
        people = User.objects.select_for_update(of=("self",), no_key=True).select_related("commission", "enterprise")
        held = people.get(pk=user.pk)
        _require_suits(held, offer, at)
        membership = RoleMembership.objects.create(
            user=held,
            body_role=_body_role(offer),
            role=offer.role,
            user_kind=held.kind,
            user_is_seconded=held.is_seconded,
            valid_from=offer.valid_from,
            valid_until=offer.valid_until,
            granted_by=by,
            granted_at=at,
        )
        facts: dict[str, object] = {
            "role": offer.role,
            "path": offer.body.path,
            "office": _office_code(offer),
            "valid_from": offer.valid_from,
            "valid_until": offer.valid_until,
        }
        note("role.grant", held, actor=actor, at=at, facts=facts)
        return membership


def require_offer_suits(user: User, offer: RoleOffer, at: datetime) -> None:
    """Nothing happens when a person of this kind and place can hold the offered role; what they hold is not asked.

    Raises: Invalid (accounts_role_*, accounts_office_*, accounts_period_*, accounts_body_*,
    accounts_seconded_never_sign).
    """
    require_role_suits(kind=user.kind, is_seconded=user.is_seconded, role=offer.role)
    require_office_suits(role=offer.role, office=_office_code(offer))
    require_period_suits(
        role=offer.role, valid_from=offer.valid_from, valid_until=offer.valid_until, today=legal_date(at)
    )
    own = user.enterprise or home_of(user)
    tier = offer.body.tier if isinstance(offer.body, Enterprise) else 0
    require_place_suits(role=offer.role, own_path=own.path, path=offer.body.path, tier=tier)
    if offer.office is not None and offer.office.commission_id != user.commission_id:
        raise Invalid("accounts_body_of_others", field="office")


def _require_suits(user: User, offer: RoleOffer, at: datetime) -> None:
    if not user.is_active:
        raise Invalid("accounts_inactive", name=user.full_name)
    require_offer_suits(user, offer, at)
    present = RoleMembership.objects.filter(user=user, revoked_at__isnull=True)
    if offer.role in ADMIN_ROLES and present.filter(role__in=ADMIN_ROLES).exists():
        raise Invalid("accounts_one_administration", field="role", name=user.full_name)
    same = present.filter(role=offer.role, body_role__path=offer.body.path, body_role__office=_office_code(offer))
    if same.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=offer.valid_from)).exists():
        raise Invalid("accounts_role_already_held", field="role", name=user.full_name, role=offer.role.label)


def _office_code(offer: RoleOffer) -> str:
    return "" if offer.office is None else offer.office.code


def _body_role(offer: RoleOffer) -> BodyRole:
    """The role group of this one body; its guardian row is written with it."""
    found = BodyRole.objects.filter(role=offer.role, path=offer.body.path, office=_office_code(offer)).first()
    if found is not None:
        return found
    group = Group.objects.create(name=_free_name(offer))
    made = BodyRole.objects.create(group=group, role=offer.role, path=offer.body.path, office=_office_code(offer))
    attach(made, offer.body)
    return made


def _free_name(offer: RoleOffer) -> str:
    """``港控物流/申报``; where another body bore the same name, with its path."""
    with translation.override("zh-hans"):
        parts = [offer.body.short_name, str(offer.role.label)]
    if offer.office is not None:
        parts.append(offer.office.name)
    name = "/".join(parts)
    return f"{name}（{offer.body.path}）" if Group.objects.filter(name=name).exists() else name


def confirm_grant(*, membership: RoleMembership, by: User, at: datetime) -> RoleMembership:
    """The grant is in force: a second person stands for it.

    Raises: Forbidden (accounts_confirmers_only, accounts_confirmed_by_another), Invalid (accounts_nothing_to_confirm).
    Rule: DOMAIN §1, an auditor's account is granted by two. Journal: role.confirm
    """
    require_confirmer(by, home_of(membership.user), at)
    with transaction.atomic():
        held = RoleMembership.objects.select_for_update(of=("self",)).select_related("user").get(pk=membership.pk)
        if by.pk in (held.granted_by_id, held.user_id):
            raise Forbidden("accounts_confirmed_by_another")
        if held.role not in CONFIRMED_ROLES or held.confirmed_at is not None or held.revoked_at is not None:
            raise Invalid("accounts_nothing_to_confirm")
        held.confirmed_by, held.confirmed_at = by, at
        held.save(update_fields=["confirmed_by", "confirmed_at"])
        facts: dict[str, object] = {"role": held.role, "membership": held.pk}
        note("role.confirm", held.user, actor=by.as_actor(), at=at, facts=facts)
        return held


def revoke_role(*, membership: RoleMembership, reason: str, by: User, at: datetime) -> RoleMembership:
    """The person no longer holds the role, from this moment on.

    Raises: Forbidden (accounts_security_admin_only, accounts_not_oneself), Invalid (accounts_already_revoked, text_*).
    Journal: role.revoke
    """
    require_people_manager(by, home_of(membership.user), at)
    if by.pk == membership.user_id:
        raise Forbidden("accounts_not_oneself")
    written = clean_line(reason, max_length=200)
    with transaction.atomic():
        held = (
            RoleMembership.objects.select_for_update(of=("self",))
            .select_related("user", "body_role")
            .get(pk=membership.pk)
        )
        if held.revoked_at is not None:
            raise Invalid("accounts_already_revoked")
        held.revoked_by, held.revoked_at, held.revocation_reason = by, at, written
        held.save(update_fields=["revoked_by", "revoked_at", "revocation_reason"])
        facts: dict[str, object] = {
            "role": held.role,
            "path": held.body_role.path,
            "office": held.body_role.office,
            "reason": written,
        }
        note("role.revoke", held.user, actor=by.as_actor(), at=at, facts=facts)
        return held
