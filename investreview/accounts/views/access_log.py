"""The audit administrator's page: who signed in, what was refused, what left the system."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from investreview.accounts.access_page import access_page
from investreview.accounts.http import ScopedRequest
from investreview.accounts.permissions import can_read_access_log
from investreview.accounts.views.common import own_commission
from investreview.core.errors import Forbidden


@login_required
@require_safe
def access_log(request: ScopedRequest) -> HttpResponse:
    """The access journal, newest first. Raises: Forbidden (accounts_audit_admin_only)."""
    commission = own_commission(request)
    if not can_read_access_log(request.scope, commission):
        raise Forbidden("accounts_audit_admin_only")
    before = request.GET.get("before", "")
    rows, older = access_page(
        commission, before=int(before) if before.isascii() and before.isdecimal() and len(before) < 16 else None
    )
    return render(request, "accounts/access_log.html", {"rows": rows, "older": older})
