"""People are told, and have read it."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter

from django.db import transaction
from django.utils import translation

from investreview.accounts.models import User
from investreview.accounts.services.noting import home_of
from investreview.core.clock import machine_now
from investreview.core.errors import NotVisible
from investreview.core.text import visible
from investreview.notices.choices import choices_of, is_mobile
from investreview.notices.kinds import NoticeKind
from investreview.notices.models import Notice
from investreview.notices.windows import window_minutes

TEXT_LENGTH = 500


def notify(
    *,
    users: Iterable[User],
    text: str,
    url: str,
    dedupe_key: str,
    at: datetime,
    link: Notice.Link = Notice.Link.PAGE,
    kind: NoticeKind = NoticeKind.OTHER,
    sent_by: User | None = None,
) -> None:
    """Each of ``users`` who is active is told once, on the page and, as they chose, by mail and short message.

    Told again under the same ``dedupe_key``, nothing happens; the mail leaves after the caller's transaction, or, sent
    by a person, after the window in which they may hold it (``windows``).
    Raises: ValueError for an address outside this site. Journal: none, the act it tells of has its own entry.
    """
    if not url.startswith("/") or url.startswith("//"):
        raise ValueError(f"a notice leads into this site, not to {url!r}")
    line = " ".join(visible(text).split())
    shown = line if len(line) <= TEXT_LENGTH else line[: TEXT_LENGTH - 1] + "…"
    due = machine_now() + _window(kind, sent_by)
    told = [user for user in users if user.is_active]
    chosen = choices_of(told, kind)
    notices = []
    for user in told:
        by_mail = bool(user.email or link == Notice.Link.NEW_EMAIL) and chosen[user.pk].by_mail
        by_sms = chosen[user.pk].by_sms and is_mobile(user.phone)
        notices.append(
            Notice(
                user=user,
                kind=kind,
                sent_by=sent_by,
                text=shown,
                url=url,
                link=link,
                dedupe_key=dedupe_key,
                created_at=at,
                mail_state=Notice.Mail.PENDING if by_mail else Notice.Mail.NONE,
                mail_next_try_at=due if by_mail else None,
                sms_state=Notice.Sms.PENDING if by_sms else Notice.Sms.NONE,
            )
        )
    with transaction.atomic():
        Notice.objects.bulk_create(notices, ignore_conflicts=True)
        if any(notice.mail_state == Notice.Mail.PENDING for notice in notices):
            transaction.on_commit(wake_mail)


def notify_each(
    *,
    users: Iterable[User],
    text: Callable[[], str],
    url: str,
    dedupe_key: str,
    at: datetime,
    kind: NoticeKind = NoticeKind.OTHER,
    sent_by: User | None = None,
) -> None:
    """As ``notify``, each in their own language: ``text`` is asked once a language, while that one is active."""
    by_language = attrgetter("language")
    for language, readers in groupby(sorted(users, key=by_language), key=by_language):
        with translation.override(language):
            notify(users=readers, text=text(), url=url, dedupe_key=dedupe_key, at=at, kind=kind, sent_by=sent_by)


def _window(kind: NoticeKind, sent_by: User | None) -> timedelta:
    """How long a mail of this kind waits for its sender's second thought."""
    return timedelta(minutes=window_minutes(home_of(sent_by), kind)) if sent_by is not None else timedelta()


def wake_mail() -> None:
    """The worker looks for due mail; its sweep would find it too."""
    from investreview.notices.tasks import send_pending_mail

    send_pending_mail.delay()


def mark_read(*, user: User, notice_id: int, at: datetime) -> Notice:
    """The person has read the notice; the first time counts.

    Raises: NotVisible (notices_not_visible) for a notice of somebody else.
    """
    with transaction.atomic():
        notice = Notice.objects.select_for_update().filter(user=user, pk=notice_id).first()
        if notice is None:
            raise NotVisible("notices_not_visible")
        if notice.read_at is None:
            notice.read_at = at
            notice.save(update_fields=["read_at"])
        return notice


def mark_some_read(*, user: User, notice_ids: Iterable[int], at: datetime) -> int:
    """The person has read these of their own notices. Returns how many were unread."""
    with transaction.atomic():
        return Notice.objects.filter(user=user, pk__in=list(notice_ids), read_at__isnull=True).update(read_at=at)


def mark_all_read(*, user: User, at: datetime) -> int:
    """The person has read everything they were told until now. Returns how many notices were unread."""
    with transaction.atomic():
        return Notice.objects.filter(user=user, read_at__isnull=True).update(read_at=at)
