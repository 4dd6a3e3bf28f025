"""Mails before they leave, short messages for the gateway, the list of people to call."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from investreview.accounts.http import ScopedRequest
from investreview.accounts.services.noting import home_of
from investreview.core import clock
from investreview.core.errors import DomainError, Forbidden, NotVisible
from investreview.core.messages import sentence
from investreview.notices import selectors, services
from investreview.notices.models import SmsPickup
from investreview.notices.permissions import can_call_people, can_keep_outbox, can_see_outbox
from investreview.notices.windows import windows_of
from investreview.registry.models import Commission


@login_required
@require_safe
def outbox(request: ScopedRequest) -> HttpResponse:
    """The mails the person sent; for the system administrator those of the commission that have not left.

    Raises: Forbidden (notices_no_outbox_here).
    """
    commission = request.user.commission
    if commission is None or not can_see_outbox(request.scope, commission):
        raise Forbidden("notices_no_outbox_here")
    is_keeper = can_keep_outbox(request.scope, commission)
    rows = selectors.kept_outbox(commission, request.user) if is_keeper else selectors.own_outbox(request.user)
    held = [window for window in windows_of(commission) if window.minutes]
    return render(request, "notices/outbox.html", {"rows": rows, "is_keeper": is_keeper, "windows": held})


@login_required
@require_safe
def mail(request: ScopedRequest, pk: int) -> HttpResponse:
    """The mail as it will leave or left, for its sender only. Raises: NotVisible (notices_not_visible)."""
    notice = selectors.mail_sent_by(request.user, pk)
    if notice is None:
        raise NotVisible("notices_not_visible")
    subject, body = services.written(notice)
    context = {"row": selectors.outbox_row(notice, request.user), "subject": subject, "body": body}
    return render(request, "notices/mail.html", context)


@login_required
@require_POST
def hold(request: ScopedRequest, pk: int) -> HttpResponse:
    """The mail waits until it is released."""
    try:
        services.hold_mail(notice_id=pk, user=request.user, at=clock.now())
    except DomainError as error:
        return _refused(request, error)
    messages.success(request, _("邮件已暂缓，放行前不会发出；系统内通知不受影响。"))
    return redirect("notices:outbox")


@login_required
@require_POST
def release(request: ScopedRequest, pk: int) -> HttpResponse:
    """The mail leaves now."""
    try:
        services.release_mail(
            notice_id=pk, user=request.user, scope=request.scope, now=clock.machine_now(), at=clock.now()
        )
    except DomainError as error:
        return _refused(request, error)
    messages.success(request, _("邮件已放行，即将发出。"))
    return redirect("notices:outbox")


def _refused(request: ScopedRequest, error: DomainError) -> HttpResponse:
    """What a button of a list could not do stands above the list."""
    if isinstance(error, NotVisible):
        raise error
    messages.error(request, sentence(error))
    return redirect("notices:outbox")


@login_required
@require_safe
def calls(request: ScopedRequest) -> HttpResponse:
    """Whom to call, to be printed. Raises: Forbidden (notices_callers_only)."""
    commission = request.user.commission
    if commission is None or not can_call_people(request.scope, commission):
        raise Forbidden("notices_callers_only")
    context = {"rows": selectors.calls_to_make(commission), "at": clock.now(), "commission": commission}
    return render(request, "notices/calls.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sms(request: ScopedRequest) -> HttpResponse:
    """The short messages that wait, and the files picked up before. Raises: Forbidden (notices_outbox_keeper_only)."""
    commission = kept_commission(request)
    if request.method == "POST":
        try:
            made = services.pick_up_sms(commission=commission, user=request.user, scope=request.scope, at=clock.now())
        except DomainError as error:
            messages.error(request, sentence(error))
        else:
            messages.success(request, _("短信文件已生成，请下载后交短信平台发送。"))
            return redirect(f"{request.path}#file-{made.pk}")
        return redirect("notices:sms")
    context = {
        "waiting_count": selectors.sms_waiting_count(commission),
        "pickups": selectors.sms_pickups(commission),
    }
    return render(request, "notices/sms.html", context)


@login_required
@require_safe
def sms_file(request: ScopedRequest, pk: int) -> HttpResponse:
    """The file once more, byte for byte. Raises: Forbidden (notices_outbox_keeper_only), NotVisible."""
    pickup = SmsPickup.objects.select_related("commission").filter(pk=pk, commission=kept_commission(request)).first()
    if pickup is None:
        raise NotVisible("notices_not_visible")
    content = services.download_sms(pickup=pickup, user=request.user, at=clock.now())
    response = HttpResponse("\ufeff" + content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="sms-{pickup.pk}.csv"'
    return response


def kept_commission(request: ScopedRequest) -> Commission:
    if not can_keep_outbox(request.scope, request.user.commission):
        raise Forbidden("notices_outbox_keeper_only")
    return home_of(request.user)
