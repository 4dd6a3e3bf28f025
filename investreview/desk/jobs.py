"""The page of the background jobs: what runs, what waits, what failed for good and is tried again by a button."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.errors import Forbidden, Invalid, NotVisible
from investreview.core.messages import sentence
from investreview.desk.selectors.jobs import jobs_page, kept_commissions
from investreview.documents.models import Rendition
from investreview.documents.services import retry_rendition
from investreview.notices.models import Notice
from investreview.notices.services import retry_mail
from workflows.reopening import reopen


@login_required
@require_safe
def jobs(request: ScopedRequest) -> HttpResponse:
    """Signs of life, queues and failures, without a word of any case.

    Raises: Forbidden (desk_jobs_keeper_only).
    """
    _require_keeper(request)
    page = jobs_page(request.scope, now=clock.machine_now())
    return render(request, "desk/jobs.html", {"page": page, "has_mail_server": bool(settings.EMAIL_HOST)})


@login_required
@require_POST
def retry_failed_mail(request: ScopedRequest, pk: int) -> HttpResponse:
    """A mail that failed for good is sent again."""
    _require_keeper(request)
    if not Notice.objects.filter(pk=pk, user__commission__code__in=kept_commissions(request.scope)).exists():
        raise NotVisible("notices_not_visible")
    return _tried(request, lambda: retry_mail(notice_id=pk, scope=request.scope, now=clock.machine_now()))


@login_required
@require_POST
def retry_failed_pdf(request: ScopedRequest, pk: int) -> HttpResponse:
    """A PDF that failed for good is made again."""
    _require_keeper(request)
    mine = Rendition.objects.filter(document__commission__in=kept_commissions(request.scope))
    rendition = mine.filter(pk=pk).first()
    if rendition is None:
        raise NotVisible("documents_may_not_read")
    actor = request.user.as_actor()
    return _tried(request, lambda: retry_rendition(rendition, scope=request.scope, actor=actor, at=clock.now()))


@login_required
@require_POST
def reopen_stalled(request: ScopedRequest, pk: int) -> HttpResponse:
    """A process that stood still goes on."""
    _require_keeper(request)
    return _tried(request, lambda: reopen(stall_id=pk, user=request.user, scope=request.scope, at=clock.now()))


def _require_keeper(request: ScopedRequest) -> None:
    if not kept_commissions(request.scope):
        raise Forbidden("desk_jobs_keeper_only")


def _tried(request: ScopedRequest, retry: Callable[[], object]) -> HttpResponse:
    try:
        retry()
    except Invalid as error:
        messages.warning(request, sentence(error))
    else:
        messages.success(request, _("已重新排入办理，稍后刷新本页查看结果。"))
    return redirect("desk:jobs")
