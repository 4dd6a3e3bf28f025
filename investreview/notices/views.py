"""A person's notices; the system administrator's list of mails that did not leave."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.errors import Forbidden, NotVisible
from investreview.core.roles import Role
from investreview.notices import selectors, services
from investreview.notices.models import Notice


@login_required
@require_safe
def notices(request: ScopedRequest) -> HttpResponse:
    """What the person was told, newest first."""
    before = request.GET.get("before", "")
    rows, older = selectors.notices_of(
        request.user, before=int(before) if before.isascii() and before.isdecimal() and len(before) < 16 else None
    )
    context = {"rows": rows, "older": older, "unread_count": selectors.unread_count(request.user)}
    return render(request, "notices/notices.html", context)


@login_required
@require_POST
def open_notice(request: ScopedRequest, pk: int) -> HttpResponse:
    """The notice is read, and the person stands before what it speaks of."""
    notice = services.mark_read(user=request.user, notice_id=pk, at=clock.now())
    return redirect(notice.url)


@login_required
@require_POST
def read_all(request: ScopedRequest) -> HttpResponse:
    """Everything is read."""
    services.mark_all_read(user=request.user, at=clock.now())
    return redirect("notices:notices")


@login_required
@require_safe
def outbox(request: ScopedRequest) -> HttpResponse:
    """Mails that failed for good, without their text: the administrator sees no case data.

    Raises: Forbidden (notices_outbox_keeper_only).
    """
    if not request.scope.paths_for(Role.SYSTEM_ADMIN):
        raise Forbidden("notices_outbox_keeper_only")
    return render(request, "notices/outbox.html", {"rows": selectors.failed_mail(request.scope)[:100]})


@login_required
@require_POST
def retry(request: ScopedRequest, pk: int) -> HttpResponse:
    """A mail is tried again."""
    if not request.scope.paths_for(Role.SYSTEM_ADMIN):
        raise Forbidden("notices_outbox_keeper_only")
    if not Notice.objects.filter(pk=pk, user__commission__code__in=request.scope.commission_codes).exists():
        raise NotVisible("notices_not_visible")
    services.retry_mail(notice_id=pk, scope=request.scope, now=clock.machine_now())
    messages.success(request, _("已重新排入发送队列。"))
    return redirect("notices:outbox")
