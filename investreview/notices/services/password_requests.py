"""Requests for a new password are answered: whoever has the mail address is told, nobody else learns whether."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from investreview.accounts.models import PasswordRequest, User
from investreview.accounts.resets import PAUSE
from investreview.accounts.services.noting import home_of, subject_of
from investreview.core.subject import Subject
from investreview.journal.services import record_access, record_denial
from investreview.notices.kinds import NoticeKind
from investreview.notices.models import Notice
from investreview.notices.services.telling import notify

BATCH = 50
FORGOTTEN_AFTER = timedelta(hours=1)
_PAGE = Subject("page", "password")


def answer_password_requests(*, now: datetime, at: datetime) -> int:
    """Every request that waits was answered once; how many. ``now`` is the machine's time, ``at`` the business's.

    One that waited an hour is closed without a mail: nobody expects it any more.
    Journal: password.ask, in the access chain of each person; ACCESS_DENIED for an address nobody has.
    """
    if not PasswordRequest.objects.filter(answered_at__isnull=True).exists():
        return 0
    with transaction.atomic():
        waiting = PasswordRequest.objects.select_for_update(skip_locked=True).filter(answered_at__isnull=True)
        requests = list(waiting.order_by("pk")[:BATCH])
        for request in requests:
            if now - request.asked_at <= FORGOTTEN_AFTER:
                _answer(request, now, at)
            request.email, request.answered_at = "", now
            request.save(update_fields=["email", "answered_at"])
        return len(requests)


def _answer(request: PasswordRequest, now: datetime, at: datetime) -> None:
    people = User.objects.filter(email__iexact=request.email, is_active=True).select_related("commission")
    known = [person for person in people.order_by("pk") if person.has_usable_password()]
    if not known:
        record_denial(commission="", address=request.address, subject=_PAGE, at=at, facts={"reason": "unknown"})
    for person in known:
        _tell(person, now, at)
        record_access(
            commission=home_of(person).code,
            verb="password.ask",
            actor=person.as_actor(),
            subject=subject_of(person),
            at=at,
            facts={"address": request.address},
        )


def _tell(person: User, now: datetime, at: datetime) -> None:
    """One mail in each pause, however many requests met."""
    slot = int(now.timestamp() // PAUSE.total_seconds())
    with translation.override(person.language):
        text = _("有人申请重设用户“%(username)s”的密码。") % {"username": person.username}
    notify(
        users=[person],
        text=text,
        url="/password/",
        dedupe_key=f"new-password:{slot}",
        at=at,
        link=Notice.Link.NEW_PASSWORD,
        kind=NoticeKind.ACCOUNT,
    )


def tell_new_addresses(*, now: datetime, at: datetime) -> int:
    """Every mail address that waits for its confirmation since an hour at most was told once; how many wait.

    Journal: none, asking for it has its entry.
    """
    waiting = User.objects.filter(is_active=True, new_email_asked_at__gt=now - FORGOTTEN_AFTER).exclude(new_email="")
    people = list(waiting.order_by("pk")[:BATCH])
    for person in people:
        asked_at = person.new_email_asked_at
        with translation.override(person.language):
            text = _("请确认用户“%(username)s”的电子邮箱。") % {"username": person.username}
        notify(
            users=[person],
            text=text,
            url="/account/",
            dedupe_key=f"new-email:{asked_at.timestamp() if asked_at else 0:.0f}",
            at=at,
            link=Notice.Link.NEW_EMAIL,
            kind=NoticeKind.ACCOUNT,
        )
    return len(people)
