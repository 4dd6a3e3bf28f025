"""One-time slips 一次性凭条: a password on paper for whoever has never signed in; told once, kept nowhere in clear."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from axes.utils import reset as forget_failures
from django.contrib.auth.hashers import make_password
from django.db import transaction

from investreview.accounts.models import User
from investreview.accounts.passwords import one_time_password
from investreview.accounts.permissions import require_people_manager
from investreview.accounts.services.noting import home_of, note
from investreview.core.errors import Forbidden, Invalid

MOST_SLIPS = 50


@dataclass(frozen=True)
class Slip:
    """What one person is handed: the account and the password that opens it once."""

    user: User
    password: str


def issue_slips(*, people: Iterable[User], by: User, at: datetime) -> tuple[Slip, ...]:
    """Each of ``people``, none of whom ever signed in, has a new one-time password; earlier slips of theirs are void.

    Hashes are made before the database is written, so that nobody waits for them.
    Raises: Forbidden (accounts_security_admin_only, accounts_not_oneself), Invalid (accounts_slips_none,
    accounts_slips_too_many, accounts_has_signed_in, accounts_inactive). Journal: user.reset_password, for each.
    """
    wanted = list(people)
    if not wanted:
        raise Invalid("accounts_slips_none")
    if len(wanted) > MOST_SLIPS:
        raise Invalid("accounts_slips_too_many", limit=MOST_SLIPS)
    for person in wanted:
        require_people_manager(by, home_of(person), at)
        if person.pk == by.pk:
            raise Forbidden("accounts_not_oneself")
    passwords = {person.pk: one_time_password() for person in wanted}
    hashes = {pk: make_password(password) for pk, password in passwords.items()}
    with transaction.atomic():
        locked = User.objects.select_for_update(no_key=True).filter(pk__in=passwords).order_by("pk")
        return tuple(_issue(held, passwords[held.pk], hashes[held.pk], by, at) for held in locked)


def _issue(held: User, password: str, encoded: str, by: User, at: datetime) -> Slip:
    if not held.is_active:
        raise Invalid("accounts_inactive", name=held.full_name)
    if held.last_login is not None:
        raise Invalid("accounts_has_signed_in", name=held.full_name)
    held.password = encoded
    held.must_change_password = True
    held.save(update_fields=["password", "must_change_password"])
    forget_failures(username=held.username)
    note("user.reset_password", held, actor=by.as_actor(), at=at, facts={"slip": True})
    return Slip(held, password)
