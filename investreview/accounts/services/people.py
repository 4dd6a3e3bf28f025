"""People: accounts are made and ended, never deleted."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from investreview.accounts.models import RoleMembership, Substitution, User
from investreview.accounts.names import normalise_username
from investreview.accounts.open_work import open_work_count
from investreview.accounts.permissions import require_people_manager
from investreview.accounts.services.noting import home_of, note
from investreview.accounts.services.own_sessions import forget_sessions
from investreview.core.actor import Actor
from investreview.core.errors import Forbidden, Invalid
from investreview.core.text import clean_line
from investreview.registry.models import Commission, Enterprise, Office

_USERNAME = re.compile(r"[\w.@-]{2,64}")
_UNSUITED: dict[str, tuple[str, ...]] = {
    "ENTERPRISE": ("office",),
    "STAFF": ("enterprise",),
    "AUDITOR": ("enterprise",),
    "ADMIN": ("enterprise",),
    "EXPERT": ("enterprise", "office"),
}


@dataclass(frozen=True)
class NewUser:
    """What is known of a person before they have an account."""

    username: str
    full_name: str
    kind: User.Kind
    phone: str = ""
    email: str = ""
    enterprise: Enterprise | None = None
    office: Office | None = None
    is_seconded: bool = False


def create_user(
    *, commission: Commission, new: NewUser, one_time_password: str | None = None, by: User, at: datetime
) -> User:
    """The person has an account without any role; the one-time password must be changed at the first sign-in.

    Without one, nobody signs in with the account before a slip is issued.

    Raises: Forbidden (accounts_security_admin_only), Invalid (accounts_username_*, accounts_kind_*, text_*).
    Journal: user.create
    """
    require_people_manager(by, commission, at)
    return create_within(commission, new, one_time_password, by.as_actor(), at)


def found_user(*, commission: Commission, new: NewUser, one_time_password: str, actor: Actor, at: datetime) -> User:
    """The same from the reviewed founding file, where no person acts yet. Only the founding command leads here.

    Raises: Invalid as ``create_user``. Journal: user.create
    """
    return create_within(commission, new, one_time_password, actor, at)


def require_new_user(commission: Commission, new: NewUser) -> User:
    """The account as it would be made, unsaved and without a password.

    Raises: Invalid (accounts_username_*, accounts_email_not_read, accounts_kind_*, text_*) as ``create_user``.
    """
    username = _checked_username(new.username)
    _require_place(commission, new)
    if User.objects.filter(username=username).exists():
        raise Invalid("accounts_username_taken", field="username", given=username)
    return User(
        username=username,
        full_name=clean_line(new.full_name, max_length=60),
        kind=new.kind,
        phone=clean_line(new.phone, max_length=40) if new.phone.strip() else "",
        email=checked_email(new.email),
        commission=commission,
        enterprise=new.enterprise,
        office=new.office,
        is_seconded=new.is_seconded,
        must_change_password=True,
    )


def create_within(
    commission: Commission, new: NewUser, one_time_password: str | None, actor: Actor, at: datetime
) -> User:
    """The account exists; without a password nobody signs in with it before a slip is issued. Asks no permission.

    Raises: Invalid as ``create_user``. Journal: user.create
    """
    encoded = make_password(one_time_password)
    with transaction.atomic():
        Commission.objects.select_for_update(no_key=True).get(pk=commission.pk)
        user = require_new_user(commission, new)
        user.password = encoded
        user.save(force_insert=True)
        facts: dict[str, object] = {"full_name": user.full_name, "kind": user.kind, "is_seconded": user.is_seconded}
        if new.enterprise is not None:
            facts["enterprise"] = new.enterprise.path
        if new.office is not None:
            facts["office"] = new.office.code
        note("user.create", user, actor=actor, at=at, facts=facts)
        return user


def _checked_username(typed: str) -> str:
    username = normalise_username(clean_line(typed, max_length=64))
    if not _USERNAME.fullmatch(username):
        raise Invalid("accounts_username_not_read", field="username", given=username)
    return username


def checked_email(typed: str) -> str:
    """The address as typed, without outer blanks; empty stays empty. Raises: Invalid (accounts_email_not_read)."""
    email = typed.strip()
    try:
        if email:
            validate_email(email)
    except ValidationError as error:
        raise Invalid("accounts_email_not_read", field="email", given=email[:80]) from error
    return email


def _require_place(commission: Commission, new: NewUser) -> None:
    if new.kind == User.Kind.ENTERPRISE and new.enterprise is None:
        raise Invalid("accounts_kind_needs_enterprise", field="enterprise")
    for place in _UNSUITED[new.kind]:
        if getattr(new, place) is not None:
            raise Invalid("accounts_kind_unsuited", field=place, kind=new.kind.label)
    if new.is_seconded and new.kind != User.Kind.STAFF:
        raise Invalid("accounts_only_staff_is_seconded", field="is_seconded")
    for body in (new.enterprise, new.office):
        if body is not None and body.commission_id != commission.pk:
            raise Invalid("accounts_body_of_others", field="enterprise" if body is new.enterprise else "office")


def deactivate_user(*, user: User, reason: str, by: User, at: datetime) -> User:
    """The account is closed: roles revoked, substitutions ended, sessions over at their next request.

    Raises: Forbidden (accounts_security_admin_only, accounts_not_oneself), Invalid (accounts_inactive,
    accounts_holds_work, text_*). Rule: DOMAIN §1, what somebody leaves is handed over. Journal: user.deactivate
    """
    require_people_manager(by, home_of(user), at)
    if by.pk == user.pk:
        raise Forbidden("accounts_not_oneself")
    written = clean_line(reason, max_length=200)
    with transaction.atomic():
        held = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if not held.is_active:
            raise Invalid("accounts_inactive", name=held.full_name)
        count = open_work_count(held)
        if count:
            raise Invalid("accounts_holds_work", name=held.full_name, count=count)
        held.is_active, held.deactivated_at = False, at
        held.save(update_fields=["is_active", "deactivated_at"])
        forget_sessions(held)
        roles = RoleMembership.objects.filter(user=held, revoked_at__isnull=True)
        role_count = roles.update(revoked_at=at, revoked_by=by, revocation_reason=written)
        open_ones = Substitution.objects.filter(ended_at__isnull=True)
        given = open_ones.filter(principal=held).update(ended_at=at, ended_by=by)
        received = open_ones.filter(substitute=held).update(ended_at=at, ended_by=by)
        facts = {"reason": written, "role_count": role_count, "substitution_count": given + received}
        note("user.deactivate", held, actor=by.as_actor(), at=at, facts=facts)
        return held


def remember_language(*, user: User, language: str) -> None:
    """Pages and mails speak ``language`` to this person. Journal: none, nobody else is concerned."""
    User.objects.filter(pk=user.pk).update(language=language)
