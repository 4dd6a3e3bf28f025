"""Passwords: changed by their owner, reset by the security administrator."""

from datetime import datetime

from axes.utils import reset as forget_failures
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from investreview.accounts.models import User
from investreview.accounts.permissions import require_people_manager
from investreview.accounts.services.noting import home_of, note
from investreview.core.errors import Forbidden, Invalid


def change_password(*, user: User, old_password: str, new_password: str, at: datetime) -> User:
    """The person has chosen their own password; every other session of theirs ends at its next request.

    Raises: Invalid (accounts_password_wrong, accounts_password_same, accounts_password_weak).
    Journal: user.change_password
    """
    with transaction.atomic():
        held = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if not held.check_password(old_password):
            raise Invalid("accounts_password_wrong", field="old_password")
        if old_password == new_password:
            raise Invalid("accounts_password_same", field="new_password")
        try:
            validate_password(new_password, held)
        except ValidationError as error:
            raise Invalid("accounts_password_weak", field="new_password", why=" ".join(error.messages)) from error
        held.set_password(new_password)
        held.must_change_password = False
        held.save(update_fields=["password", "must_change_password"])
        note("user.change_password", held, actor=held.as_actor(), at=at)
        return held


def reset_password(*, user: User, one_time_password: str, by: User, at: datetime) -> User:
    """The person signs in with the one-time password and must change it; their sessions end, a lock is lifted.

    Raises: Forbidden (accounts_security_admin_only, accounts_not_oneself), Invalid (accounts_inactive).
    Journal: user.reset_password
    """
    require_people_manager(by, home_of(user), at)
    if by.pk == user.pk:
        raise Forbidden("accounts_not_oneself")
    with transaction.atomic():
        held = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if not held.is_active:
            raise Invalid("accounts_inactive", name=held.full_name)
        held.set_password(one_time_password)
        held.must_change_password = True
        held.save(update_fields=["password", "must_change_password"])
        forget_failures(username=held.username)
        note("user.reset_password", held, actor=by.as_actor(), at=at)
        return held
