"""A mail is held before it leaves, and released, by the person who sends it."""

from datetime import datetime

from django.db import transaction

from investreview.accounts.models import User
from investreview.accounts.services.noting import home_of
from investreview.core.errors import Invalid, NotVisible
from investreview.core.scope import Scope
from investreview.core.subject import Subject
from investreview.journal.services import record
from investreview.notices.models import Notice
from investreview.notices.permissions import can_keep_outbox
from investreview.notices.services.telling import wake_mail


def hold_mail(*, notice_id: int, user: User, at: datetime) -> Notice:
    """The mail stays until it is released; on the reader's page the notice stands already.

    Raises: NotVisible (notices_not_visible) for a mail of another sender, Invalid (notices_mail_on_its_way) once the
    worker took it up. Journal: mail.hold
    """
    with transaction.atomic():
        notice = _sent_by(user, notice_id)
        if notice.mail_state != Notice.Mail.PENDING or notice.mail_attempt_count:
            raise Invalid("notices_mail_on_its_way", state=notice.get_mail_state_display())
        notice.mail_state, notice.mail_next_try_at = Notice.Mail.HELD, None
        notice.save(update_fields=["mail_state", "mail_next_try_at"])
        _note(notice, "mail.hold", user, at)
        return notice


def release_mail(*, notice_id: int, user: User, scope: Scope, now: datetime, at: datetime) -> Notice:
    """The mail is due at once. A sender whose account is closed is stood in for by the system administrator.

    ``now`` is the machine's time. Raises: NotVisible (notices_not_visible), Invalid (notices_mail_on_its_way).
    Journal: mail.release
    """
    with transaction.atomic():
        notice = _sent_by(user, notice_id, scope)
        waits = notice.mail_state == Notice.Mail.PENDING and not notice.mail_attempt_count
        if notice.mail_state != Notice.Mail.HELD and not waits:
            raise Invalid("notices_mail_on_its_way", state=notice.get_mail_state_display())
        notice.mail_state, notice.mail_next_try_at = Notice.Mail.PENDING, now
        notice.save(update_fields=["mail_state", "mail_next_try_at"])
        _note(notice, "mail.release", user, at)
        transaction.on_commit(wake_mail)
        return notice


def _sent_by(user: User, notice_id: int, scope: Scope | None = None) -> Notice:
    rows = Notice.objects.select_for_update(of=("self",)).select_related("user__commission", "sent_by")
    notice = rows.filter(pk=notice_id, sent_by__isnull=False).exclude(mail_state=Notice.Mail.NONE).first()
    if notice is None or notice.sent_by is None:
        raise NotVisible("notices_not_visible")
    is_orphan = not notice.sent_by.is_active
    stands_in = scope is not None and is_orphan and can_keep_outbox(scope, notice.user.commission)
    if notice.sent_by_id != user.pk and not stands_in:
        raise NotVisible("notices_not_visible")
    return notice


def _note(notice: Notice, verb: str, user: User, at: datetime) -> None:
    record(
        chain=home_of(user).code,
        verb=verb,
        actor=user.as_actor(),
        subject=Subject("notice", str(notice.pk)),
        at=at,
        facts={"kind": notice.kind},
    )
