"""Mail from the rows that are due. The row is the queue: a lease while sending, a later try after a failure."""

import logging
import smtplib
from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from investreview.accounts.mail_links import confirm_path
from investreview.accounts.resets import link_minutes, reset_path
from investreview.core.crashing import crash_point
from investreview.core.errors import Forbidden, Invalid
from investreview.core.scope import Scope
from investreview.notices.models import Notice
from investreview.notices.permissions import can_keep_outbox

log = logging.getLogger(__name__)

BATCH = 50
LEASE = timedelta(minutes=10)
WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
SUBJECT_LENGTH = 90


def send_due_mail(*, now: datetime) -> int:
    """Every mail that is due at the machine's time ``now`` was tried once. Returns how many left.

    A mail whose sender died is tried again when its lease is over, under the same Message-ID; after five failures
    it waits for a person. Without a mail server (EMAIL_HOST) nothing is tried and everything stays due.
    """
    if not settings.EMAIL_HOST:
        return 0
    sent = 0
    crash_point("mail.before_lease")
    while leased := _lease(now):
        crash_point("mail.after_lease")
        sent += _send(leased, now)
    return sent


def _lease(now: datetime) -> list[Notice]:
    """Up to 50 due mails, which nobody else takes before their lease is over."""
    with transaction.atomic():
        due = Notice.objects.filter(mail_state=Notice.Mail.PENDING, mail_next_try_at__lte=now)
        keys = list(
            due.select_for_update(skip_locked=True)
            .order_by("mail_next_try_at", "pk")
            .values_list("pk", flat=True)[:BATCH]
        )
        Notice.objects.filter(pk__in=keys).update(
            mail_next_try_at=now + LEASE, mail_attempt_count=F("mail_attempt_count") + 1
        )
    return list(Notice.objects.filter(pk__in=keys).select_related("user").order_by("pk"))


def _send(notices: Iterable[Notice], now: datetime) -> int:
    sent = 0
    connection = get_connection()
    for notice in notices:
        if not notice.user.is_active or not notice.address:
            Notice.objects.filter(pk=notice.pk).update(mail_state=Notice.Mail.NONE)
            continue
        try:
            _message(notice, connection).send()
            crash_point("mail.after_send")
        except (smtplib.SMTPException, OSError) as error:
            _put_off(notice, error, now)
        else:
            Notice.objects.filter(pk=notice.pk).update(mail_state=Notice.Mail.SENT, mail_sent_at=now, mail_error="")
            crash_point("mail.after_commit")
            sent += 1
    return sent


def written(notice: Notice) -> tuple[str, str]:
    """Subject and body as they leave, in the reader's language; what a preview shows."""
    with translation.override(notice.user.language):
        subject = f"【{settings.PRODUCT_NAME}】{notice.text}"
        body = "\n\n".join((notice.text, f"{settings.SITE_URL}{_path(notice)}", _how_to_go_on(notice)))
    return subject if len(subject) <= SUBJECT_LENGTH else subject[: SUBJECT_LENGTH - 1] + "…", body


def _message(notice: Notice, connection: BaseEmailBackend) -> EmailMessage:
    subject, body = written(notice)
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return EmailMessage(
        subject=subject,
        body=body,
        to=[notice.address],
        connection=connection,
        headers={"Message-ID": f"<notice-{notice.pk}@{host}>"},
    )


def _path(notice: Notice) -> str:
    """Where the mail leads; a link that opens a door is made now and kept nowhere."""
    if notice.link == Notice.Link.NEW_PASSWORD:
        return reset_path(notice.user)
    return confirm_path(notice.user) if notice.link == Notice.Link.NEW_EMAIL else notice.url


def _how_to_go_on(notice: Notice) -> str:
    if notice.link == Notice.Link.NEW_PASSWORD:
        said = _(
            "链接在%(minutes)d分钟内有效，只能使用一次；不是您本人申请的，请不要打开，并告知安全管理员。"
            "本邮件由系统自动发出，请勿回复。"
        )
        return said % {"minutes": link_minutes()}
    if notice.link == Notice.Link.NEW_EMAIL:
        said = _("链接在%(minutes)d分钟内有效。不是您本人申请的，请不要打开。本邮件由系统自动发出，请勿回复。")
        return said % {"minutes": link_minutes()}
    return _("请登录系统办理。本邮件由系统自动发出，请勿回复；非涉密系统，严禁处理国家秘密。")


def _put_off(notice: Notice, error: Exception, now: datetime) -> None:
    log.warning("mail of notice %s failed: %s", notice.pk, type(error).__name__)
    rows = Notice.objects.filter(pk=notice.pk)
    why = type(error).__name__
    if notice.mail_attempt_count > len(WAITS):
        rows.update(mail_state=Notice.Mail.FAILED, mail_error=why)
        return
    rows.update(mail_next_try_at=now + WAITS[notice.mail_attempt_count - 1], mail_error=why)


def retry_mail(*, notice_id: int, scope: Scope, now: datetime) -> None:
    """A mail that failed for good is due again, with as many tries as a new one.

    Raises: Forbidden (notices_outbox_keeper_only), Invalid (notices_nothing_to_retry).
    """
    with transaction.atomic():
        notice = Notice.objects.select_for_update(of=("self",)).select_related("user__commission").get(pk=notice_id)
        if not can_keep_outbox(scope, notice.user.commission):
            raise Forbidden("notices_outbox_keeper_only")
        if notice.mail_state != Notice.Mail.FAILED:
            raise Invalid("notices_nothing_to_retry")
        notice.mail_state, notice.mail_attempt_count, notice.mail_next_try_at = Notice.Mail.PENDING, 0, now
        notice.save(update_fields=["mail_state", "mail_attempt_count", "mail_next_try_at"])
