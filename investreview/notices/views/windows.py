"""How long the commission's mails wait: the page of its system administrator."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.errors import Stale
from investreview.core.forms import as_validation_error
from investreview.notices import services
from investreview.notices.forms import WindowsForm
from investreview.notices.views.office import kept_commission
from investreview.notices.windows import windows_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def windows(request: ScopedRequest) -> HttpResponse:
    """The windows, kind by kind, and their change. Raises: Forbidden (notices_outbox_keeper_only)."""
    commission = kept_commission(request)
    form = WindowsForm(request.POST if request.method == "POST" else None, windows=windows_of(commission))
    status = 200 if form.is_valid() or not form.is_bound else 422
    if form.is_bound and status == 200:
        try:
            has_changed = services.set_windows(
                commission=commission,
                minutes=form.minutes,
                seen=form.cleaned_data["seen"],
                user=request.user,
                scope=request.scope,
                at=clock.now(),
            )
        except Stale as error:
            form.add_error(None, as_validation_error(error))
            form.show_anew(windows_of(commission))
            status = error.status
        else:
            told = _("停留时间已保存，此后发出的邮件适用。") if has_changed else _("停留时间没有变化。")
            messages.success(request, told)
            return redirect("notices:outbox")
    return render(request, "notices/windows.html", {"form": form}, status=status)
