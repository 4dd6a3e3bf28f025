"""People are told, and have read it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from investreview.accounts.models import User
from investreview.core.clock import machine_now
from investreview.core.errors import NotVisible
from investreview.core.text import visible
from investreview.notices.models import Notice

TEXT_LENGTH = 500


def notify(*, users: Iterable[User], text: str, url: str, dedupe_key: str, at: datetime) -> None:
    """Each of ``users`` who is active is told once, on the page and, where an address is known, by mail.

    Told again under the same ``dedupe_key``, nothing happens; the mail leaves after the caller's transaction.
    Raises: ValueError for an address outside this site. Journal: none, the act it tells of has its own entry.
    """
    if not url.startswith("/") or url.startswith("//"):
        raise ValueError(f"a notice leads into this site, not to {url!r}")
    line = " ".join(visible(text).split())
    shown = line if len(line) <= TEXT_LENGTH else line[: TEXT_LENGTH - 1] + "…"
    due = machine_now()
    notices = [
        Notice(
            user=user,
            text=shown,
            url=url,
            dedupe_key=dedupe_key,
            created_at=at,
            mail_state=Notice.Mail.PENDING if user.email else Notice.Mail.NONE,
            mail_next_try_at=due if user.email else None,
        )
        for user in users
        if user.is_active
    ]
    with transaction.atomic():
        Notice.objects.bulk_create(notices, ignore_conflicts=True)
        if any(notice.mail_state == Notice.Mail.PENDING for notice in notices):
            transaction.on_commit(_wake)


def _wake() -> None:
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


def mark_all_read(*, user: User, at: datetime) -> int:
    """The person has read everything they were told until now. Returns how many notices were unread."""
    with transaction.atomic():
        return Notice.objects.filter(user=user, read_at__isnull=True).update(read_at=at)
