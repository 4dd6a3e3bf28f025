"""A person's notices, and how they want to be told."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from investreview.accounts.http import ScopedRequest
from investreview.accounts.resets import is_mail_configured
from investreview.core import clock
from investreview.notices import selectors, services
from investreview.notices.choices import Ways, all_choices_of, is_mobile
from investreview.notices.kinds import CHOSEN_KINDS, NoticeKind
from investreview.notices.permissions import can_see_outbox

_LONGEST_ID = 16


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < _LONGEST_ID else None


@login_required
@require_safe
def notices(request: ScopedRequest) -> HttpResponse:
    """What the person was told, newest first, narrowed by kind and by what is unread."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in NoticeKind.values else ""
    is_unread = request.GET.get("unread") == "1"
    rows, older = selectors.notices_of(
        request.user, before=_whole(request.GET.get("before", "")), kind=kind, is_unread=is_unread
    )
    kinds = selectors.kinds_of(request.user)
    context = {
        "rows": rows,
        "older": older,
        "kinds": kinds,
        "kind": kind,
        "is_unread": is_unread,
        "unread_count": sum(each.unread_count for each in kinds),
        "may_see_outbox": can_see_outbox(request.scope, request.user.commission),
        "query": urlencode([("kind", kind)] * bool(kind) + [("unread", "1")] * is_unread),
    }
    return render(request, "notices/notices.html", context)


@login_required
@require_POST
def open_notice(request: ScopedRequest, pk: int) -> HttpResponse:
    """The notice is read, and the person stands before what it speaks of."""
    notice = services.mark_read(user=request.user, notice_id=pk, at=clock.now())
    return redirect(notice.url)


@login_required
@require_POST
def read_some(request: ScopedRequest) -> HttpResponse:
    """Those that were ticked are read."""
    ticked = [
        pk for text in request.POST.getlist("notice")[: selectors.PAGE_LENGTH] if (pk := _whole(text)) is not None
    ]
    count = services.mark_some_read(user=request.user, notice_ids=ticked, at=clock.now())
    if ticked:
        said = ngettext("%(count)d 条通知已标为已读。", "%(count)d 条通知已标为已读。", count) % {"count": count}
        messages.success(request, said)
    else:
        messages.warning(request, _("没有勾选通知。请先勾选，再标为已读。"))
    back = request.POST.get("back", "")
    is_ours = back.startswith("?") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    response = redirect("notices:notices")
    if is_ours:
        response["Location"] += back
    return response


@login_required
@require_POST
def read_all(request: ScopedRequest) -> HttpResponse:
    """Everything is read."""
    services.mark_all_read(user=request.user, at=clock.now())
    return redirect("notices:notices")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: ScopedRequest) -> HttpResponse:
    """How the person is told of each kind."""
    if request.method == "POST":
        mail, sms = set(request.POST.getlist("mail")), set(request.POST.getlist("sms"))
        ways = {kind: Ways(by_mail=kind.value in mail, by_sms=kind.value in sms) for kind in CHOSEN_KINDS}
        services.choose_ways(user=request.user, ways=ways)
        messages.success(request, _("通知方式已保存。"))
        return redirect("notices:choices")
    context = {
        "rows": list(all_choices_of(request.user).items()),
        "is_mail_configured": is_mail_configured(),
        "has_mobile": is_mobile(request.user.phone),
    }
    return render(request, "notices/choices.html", context)
