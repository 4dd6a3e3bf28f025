"""What the system administrator sees of the background jobs: number and kind, never a word of a case or an expert."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from investreview.core.models import SignOfLife
from investreview.core.roles import Role
from investreview.core.scope import Scope
from investreview.core.signs import SILENCE, last_signs
from investreview.documents.kinds import RenditionState
from investreview.documents.models import Rendition
from investreview.draws.kinds import DrawState
from investreview.draws.models import Draw
from investreview.journal.models import Unsealed
from investreview.notices.models import Notice
from investreview.notices.selectors import FailedMail, failed_mail
from workflows.models import Stall

MOST_SHOWN = 100


@dataclass(frozen=True)
class Sign:
    """When a process was last seen at work, in the machine's time; a silent one needs a look."""

    process: Promise
    given_at: datetime | None
    is_silent: bool


@dataclass(frozen=True)
class Queue:
    """How much waits, and since when the oldest does."""

    name: Promise
    waiting_count: int
    oldest_at: datetime | None


@dataclass(frozen=True)
class JobsPage:
    """The whole page."""

    signs: tuple[Sign, ...]
    queues: tuple[Queue, ...]
    mails: tuple[FailedMail, ...]
    pdfs: tuple[Rendition, ...]
    stalls: tuple[Stall, ...]


def kept_commissions(scope: Scope) -> tuple[str, ...]:
    """The commissions, by code, whose system administrator this person is."""
    return tuple(path.rstrip("/") for path in scope.paths_for(Role.SYSTEM_ADMIN))


def failed_pdfs(scope: Scope) -> QuerySet[Rendition]:
    """The PDFs that failed for good, oldest first."""
    rows = Rendition.objects.filter(state=RenditionState.FAILED, document__commission__in=kept_commissions(scope))
    return rows.select_related("document").order_by("pk")


def open_stalls(scope: Scope) -> QuerySet[Stall]:
    """The processes that stand still, oldest first."""
    mine = Stall.objects.filter(process__case__commission__code__in=kept_commissions(scope), ended_at__isnull=True)
    return mine.order_by("pk")


def jobs_page(scope: Scope, *, now: datetime) -> JobsPage:
    """Signs of life at the machine's time ``now``, what waits, what failed for good."""
    return JobsPage(
        signs=_signs(now),
        queues=_queues(kept_commissions(scope)),
        mails=failed_mail(scope, most=MOST_SHOWN),
        pdfs=tuple(failed_pdfs(scope)[:MOST_SHOWN]),
        stalls=tuple(open_stalls(scope)[:MOST_SHOWN]),
    )


def _signs(now: datetime) -> tuple[Sign, ...]:
    given = last_signs()
    found = ((process, given.get(process.value)) for process in SignOfLife.Process)
    return tuple(Sign(process.label, at, at is None or now - at > SILENCE) for process, at in found)


def _queues(codes: Iterable[str]) -> tuple[Queue, ...]:
    mine = tuple(codes)
    mails = Notice.objects.filter(mail_state=Notice.Mail.PENDING, user__commission__code__in=mine)
    pdfs = Rendition.objects.filter(state=RenditionState.PENDING, document__commission__in=mine)
    draws = Draw.objects.filter(state=DrawState.ENTROPY, commission__code__in=mine)
    chains = Q(chain__in=[*mine, *(f"{code}:access" for code in mine)])
    return (
        _queue(_("邮件"), mails, "created_at"),
        _queue(_("PDF 文件"), pdfs, "version__at"),
        _queue(_("抽取结果"), draws, "entered_at"),
        _queue(_("日志封存"), Unsealed.objects.filter(chains), "entry__recorded_at"),
    )


def _queue(name: Promise, rows: QuerySet[Any], since: str) -> Queue:
    found = rows.order_by().aggregate(waiting=Count("pk"), oldest=Min(since))
    return Queue(name, found["waiting"], found["oldest"])
