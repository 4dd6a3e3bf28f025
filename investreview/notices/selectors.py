"""What a person was told, which mails wait, whom to call."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from investreview.accounts.models import User
from investreview.core.roles import Role
from investreview.core.scope import Scope
from investreview.notices.kinds import CALLED_KINDS, NoticeKind
from investreview.notices.models import Notice, SmsPickup
from investreview.registry.models import Commission

PAGE_LENGTH = 50
CALL_LENGTH = 200
_STATE_TONES = {"PENDING": "blue", "HELD": "amber", "SENT": "green", "FAILED": "red", "NONE": "grey"}
_NAMELESS = _("评审专家")


@dataclass(frozen=True)
class KindCount:
    """A kind of notice and how many the person has not read."""

    kind: NoticeKind
    unread_count: int


@dataclass(frozen=True)
class OutboxRow:
    """A mail as its sender or the keeper of the outbox sees it; never its text."""

    notice: Notice
    recipient: str | Promise
    tone: str
    is_own: bool
    may_hold: bool
    may_release: bool


@dataclass(frozen=True)
class FailedMail:
    """A mail that failed for good, as the keeper sees it: to whom, of which kind, why; never its text.

    An expert has neither name nor address here: only those who run a panel know who sits on it (DOMAIN §1).
    """

    pk: int
    recipient: str | Promise
    address: str
    kind: str | Promise
    created_at: datetime
    error: str


@dataclass(frozen=True)
class CallRow:
    """One person to call, and about what."""

    person: User
    notices: tuple[Notice, ...]


def unread_count(user: User) -> int:
    """How many notices the person has not read."""
    return Notice.objects.filter(user=user, read_at__isnull=True).count()


def kinds_of(user: User) -> tuple[KindCount, ...]:
    """The kinds of which the person was ever told, with how many of each are unread; one query."""
    told = Notice.objects.filter(user=user).order_by().values_list("kind")
    counts = dict(told.annotate(count=Count("pk", filter=Q(read_at__isnull=True))))
    return tuple(KindCount(kind, counts[kind.value]) for kind in NoticeKind if kind.value in counts)


def notices_of(
    user: User, *, before: int | None, kind: str = "", is_unread: bool = False
) -> tuple[list[Notice], int | None]:
    """A page of the person's notices, newest first, and the key from which the next page goes on."""
    notices = Notice.objects.filter(user=user)
    if kind:
        notices = notices.filter(kind=kind)
    if is_unread:
        notices = notices.filter(read_at__isnull=True)
    if before is not None:
        notices = notices.filter(pk__lt=before)
    found = list(notices.order_by("-pk")[: PAGE_LENGTH + 1])
    shown = found[:PAGE_LENGTH]
    return shown, shown[-1].pk if len(found) > PAGE_LENGTH else None


def failed_mail(scope: Scope, *, most: int) -> tuple[FailedMail, ...]:
    """The newest mails that failed for good, of the commissions whose system administrator this person is."""
    codes = [path.rstrip("/") for path in scope.paths_for(Role.SYSTEM_ADMIN)]
    failed = Notice.objects.filter(mail_state=Notice.Mail.FAILED, user__commission__code__in=codes)
    return tuple(_failed(notice) for notice in failed.select_related("user").order_by("-pk")[:most])


def _failed(notice: Notice) -> FailedMail:
    is_nameless = _is_expert(notice)
    return FailedMail(
        pk=notice.pk,
        recipient=_NAMELESS if is_nameless else notice.user.full_name,
        address="" if is_nameless else notice.address,
        kind=NoticeKind(notice.kind).label,
        created_at=notice.created_at,
        error=notice.mail_error,
    )


def _is_expert(notice: Notice) -> bool:
    return notice.user.kind == User.Kind.EXPERT


def own_outbox(user: User) -> list[OutboxRow]:
    """The mails this person sent, the newest first; one query."""
    sent = Notice.objects.filter(sent_by=user).exclude(mail_state=Notice.Mail.NONE)
    return [_row(notice, user, is_keeper=False) for notice in _people(sent)]


def kept_outbox(commission: Commission, user: User) -> list[OutboxRow]:
    """The mails of the commission that have not left, for its system administrator; one query."""
    states = [Notice.Mail.PENDING, Notice.Mail.HELD, Notice.Mail.FAILED]
    waiting = Notice.objects.filter(user__commission=commission, mail_state__in=states)
    return [_row(notice, user, is_keeper=True) for notice in _people(waiting)]


def mail_sent_by(user: User, pk: int) -> Notice | None:
    """One mail of this sender."""
    sent = Notice.objects.filter(sent_by=user, pk=pk).exclude(mail_state=Notice.Mail.NONE)
    return sent.select_related("user", "sent_by").first()


def outbox_row(notice: Notice, user: User) -> OutboxRow:
    """The mail with what its sender may do to it now."""
    return _row(notice, user, is_keeper=False)


def _people(notices: QuerySet[Notice]) -> Iterable[Notice]:
    return notices.select_related("user", "sent_by").order_by("-pk")[:PAGE_LENGTH]


def _row(notice: Notice, user: User, *, is_keeper: bool) -> OutboxRow:
    """An expert is no name to the keeper: only those who run a panel know who sits on it (DOMAIN §1)."""
    is_own = notice.sent_by_id == user.pk
    is_nameless = is_keeper and not is_own and _is_expert(notice)
    waits = notice.mail_state == Notice.Mail.PENDING and not notice.mail_attempt_count
    is_held = notice.mail_state == Notice.Mail.HELD
    is_orphan = is_keeper and notice.sent_by is not None and not notice.sent_by.is_active
    return OutboxRow(
        notice=notice,
        recipient=_NAMELESS if is_nameless else notice.user.full_name,
        tone=_STATE_TONES[notice.mail_state],
        is_own=is_own,
        may_hold=is_own and waits,
        may_release=(is_own and (waits or is_held)) or (is_orphan and is_held),
    )


def calls_to_make(commission: Commission) -> list[CallRow]:
    """Who has not read what is due or overdue, with what it is about; experts are called by those who run the panel.

    One query.
    """
    unread = Notice.objects.filter(
        user__commission=commission, user__is_active=True, kind__in=CALLED_KINDS, read_at__isnull=True
    ).exclude(user__kind__in=[User.Kind.EXPERT, User.Kind.AUDITOR, User.Kind.ADMIN])
    ordered = unread.select_related("user__enterprise", "user__office").order_by("user__full_name", "user", "-pk")
    rows = groupby(ordered[:CALL_LENGTH], key=lambda notice: notice.user_id)
    return [CallRow(notices[0].user, notices) for _pk, group in rows if (notices := tuple(group))]


def sms_waiting_count(commission: Commission) -> int:
    """How many people have a short message that waits to be picked up."""
    waiting = Notice.objects.filter(user__commission=commission, sms_state=Notice.Sms.PENDING)
    return waiting.order_by().values("user").distinct().count()


def sms_pickups(commission: Commission) -> list[SmsPickup]:
    """The files that were picked up, the newest first, without their content."""
    return list(
        SmsPickup.objects.filter(commission=commission).select_related("picked_by").defer("content")[:PAGE_LENGTH]
    )
