"""What a person says of themselves: telephone, language, mail address, confirmed through a link to the new address."""

from datetime import datetime

from celery import signature
from django.db import transaction

from investreview.accounts.mail_links import opens_mail
from investreview.accounts.models import User
from investreview.accounts.resets import is_mail_configured, user_of
from investreview.accounts.services.noting import note
from investreview.accounts.services.people import checked_email
from investreview.core.errors import Invalid
from investreview.core.text import clean_line


def change_profile(*, user: User, phone: str, language: str, at: datetime) -> User:
    """The person is reached under ``phone`` and spoken to in ``language``.

    Raises: Invalid (text_*). Journal: user.change_profile, where anything changed; it names the fields, not their text.
    """
    number = clean_line(phone, max_length=40) if phone.strip() else ""
    with transaction.atomic():
        held = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        changed = [name for name, text in (("phone", number), ("language", language)) if getattr(held, name) != text]
        if changed:
            held.phone, held.language = number, language
            held.save(update_fields=changed)
            note("user.change_profile", held, actor=held.as_actor(), at=at, facts={"fields": changed})
        return held


def change_email(*, user: User, email: str, password: str, now: datetime, at: datetime) -> User:
    """The new address waits for its confirmation through a mailed link; where no mail is sent, it counts at once.

    ``now`` is the machine's time. Raises: Invalid (accounts_password_wrong, accounts_email_not_read,
    accounts_email_same). Journal: user.change_email
    """
    typed = checked_email(email)
    with transaction.atomic():
        held = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if not held.check_password(password):
            raise Invalid("accounts_password_wrong", field="password")
        if typed == held.email:
            raise Invalid("accounts_email_same", field="email")
        must_confirm = bool(typed) and is_mail_configured()
        held.new_email, held.new_email_asked_at = (typed, now) if must_confirm else ("", None)
        if not must_confirm:
            held.email = typed
        held.save(update_fields=["email", "new_email", "new_email_asked_at"])
        note("user.change_email", held, actor=held.as_actor(), at=at, facts={"waits": must_confirm})
        if must_confirm:
            transaction.on_commit(_wake, robust=True)
        return held


def _wake() -> None:
    """The worker tells the new address; the sweep would find it too. The room that mails lies above this one."""
    signature("investreview.notices.tasks.tell_new_addresses").apply_async()


def confirm_email(*, key: str, token: str, at: datetime) -> User:
    """The new address counts; the link opens no more.

    Raises: Invalid (accounts_mail_link_dead). Journal: user.confirm_email
    """
    with transaction.atomic():
        found = user_of(key)
        held = User.objects.select_for_update(no_key=True).filter(pk=found.pk).first() if found is not None else None
        if held is None or not held.is_active or not opens_mail(held, token):
            raise Invalid("accounts_mail_link_dead")
        held.email, held.new_email, held.new_email_asked_at = held.new_email, "", None
        held.save(update_fields=["email", "new_email", "new_email_asked_at"])
        note("user.confirm_email", held, actor=held.as_actor(), at=at)
        return held
