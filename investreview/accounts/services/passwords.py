"""Passwords: changed by their owner, reset by the security administrator, chosen anew through a mailed link."""

from datetime import datetime

from axes.utils import reset as forget_failures
from celery import signature
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from investreview.accounts.models import PasswordRequest, User
from investreview.accounts.permissions import require_people_manager
from investreview.accounts.resets import email_key, is_mail_configured, opens, require_rate, user_of
from investreview.accounts.services.noting import home_of, note
from investreview.accounts.services.own_sessions import forget_sessions
from investreview.core.errors import Forbidden, Invalid


def change_password(*, user: User, old_password: str, new_password: str, at: datetime, keep: int | None = None) -> User:
    """The person has chosen their own password; every session of theirs is over (but ``keep``).

    Raises: Invalid (accounts_password_wrong, accounts_password_same, accounts_password_weak).
    Journal: user.change_password
    """
    with transaction.atomic():
        held = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if not held.check_password(old_password):
            raise Invalid("accounts_password_wrong", field="old_password")
        if old_password == new_password:
            raise Invalid("accounts_password_same", field="new_password")
        _choose(held, new_password)
        forget_sessions(held, keep=keep)
        note("user.change_password", held, actor=held.as_actor(), at=at)
        return held


def _choose(held: User, new_password: str) -> None:
    """The locked person has the password. Raises: Invalid (accounts_password_weak)."""
    try:
        validate_password(new_password, held)
    except ValidationError as error:
        raise Invalid("accounts_password_weak", field="new_password", why=" ".join(error.messages)) from error
    held.set_password(new_password)
    held.must_change_password = False
    held.save(update_fields=["password", "must_change_password"])


def ask_by_mail(*, email: str, address: str, now: datetime) -> None:
    """The request waits for the worker, which tells whoever has the mail address; told here is the same in any case.

    Raises: Invalid (accounts_mail_not_configured, accounts_reset_too_often). Journal: none here, the answer has it.
    """
    if not is_mail_configured():
        raise Invalid("accounts_mail_not_configured")
    typed = email.strip()
    key = email_key(typed)
    with transaction.atomic():
        require_rate(key=key, address=address, now=now)
        PasswordRequest.objects.create(email=typed, email_key=key, address=address, asked_at=now)
        transaction.on_commit(_wake, robust=True)


def _wake() -> None:
    """The worker looks at the requests; the sweep would find them too. The room that mails lies above this one."""
    signature("investreview.notices.tasks.answer_password_requests").apply_async()


def choose_by_link(*, key: str, token: str, new_password: str, at: datetime) -> User:
    """The person has chosen a password through the link, which opens no more; their sessions end, a lock is lifted.

    Raises: Invalid (accounts_reset_link_dead, accounts_password_weak). Journal: user.choose_password_by_mail
    """
    with transaction.atomic():
        found = user_of(key)
        held = User.objects.select_for_update(no_key=True).filter(pk=found.pk).first() if found is not None else None
        if held is None or not held.is_active or not opens(held, token):
            raise Invalid("accounts_reset_link_dead")
        _choose(held, new_password)
        forget_sessions(held)
        forget_failures(username=held.username)
        note("user.choose_password_by_mail", held, actor=held.as_actor(), at=at)
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
        forget_sessions(held)
        forget_failures(username=held.username)
        note("user.reset_password", held, actor=by.as_actor(), at=at)
        return held
