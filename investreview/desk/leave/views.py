"""One page: own leave, the month of the office, and for the security administrator what is to be registered."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from investreview.accounts.http import ScopedRequest
from investreview.accounts.services.leaves import cancel_leave, may_record_leave
from investreview.accounts.services.noting import home_of
from investreview.core import clock
from investreview.core.errors import Forbidden, Invalid
from investreview.core.roles import Role
from investreview.desk.leave.calendar import (
    authorities_of,
    leaves_of,
    month_named,
    month_of,
    own_leaves,
    proposed_leaves,
)
from investreview.desk.leave.forms import LeaveForm
from investreview.desk.leave.services import propose_leave
from investreview.desk.selectors.viewing import Viewer, viewer_of
from investreview.registry.forms import show_error


@login_required
@require_http_methods(["GET", "POST"])
def leave(request: ScopedRequest) -> HttpResponse:
    """The month of the office; a leave that is sent is recorded.

    Raises: Forbidden (accounts_leave_of_roles_only) for who has nobody to act for them and registers nothing.
    """
    viewer = viewer_of(request)
    may_record = may_record_leave(viewer.scope)
    if not may_record and (request.method == "POST" or Role.SECURITY_ADMIN not in viewer.scope.roles):
        raise Forbidden("accounts_leave_of_roles_only")
    form = LeaveForm(request.POST if request.method == "POST" else None, viewer=viewer)
    if request.method == "POST" and form.is_valid():
        try:
            recorded = propose_leave(person=viewer.user, absence=form.absence, at=viewer.at)
        except Invalid as error:
            show_error(form, error)
        else:
            said = _("休假已登记。") + (_("代办在安全管理员登记书面授权后生效。") if recorded.substitute_id else "")
            messages.success(request, said)
            return redirect("desk:leave")
    return _page(request, viewer, form if may_record else None, status=422 if form.is_bound else 200)


def _page(request: ScopedRequest, viewer: Viewer, form: LeaveForm | None, *, status: int) -> HttpResponse:
    first = month_named(request.GET.get("month", ""), viewer.today)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    leaves = leaves_of(viewer, first, last) if form is not None else ()
    context = {
        "form": form,
        "own": own_leaves(viewer) if form is not None else (),
        "leaves": leaves,
        "month": month_of(leaves, first, home_of(viewer.user), viewer.today),
        "authorities": authorities_of(viewer, first, last) if form is not None else (),
        "proposed": proposed_leaves(viewer),
        "keeps": Role.SECURITY_ADMIN in viewer.scope.roles,
    }
    return render(request, "desk/leave.html", context, status=status)


@login_required
@require_POST
def cancel(request: ScopedRequest, leave_id: int) -> HttpResponse:
    """The person is not away after all."""
    cancel_leave(leave_id=leave_id, person=request.user, at=clock.now())
    messages.success(request, _("休假已撤销；已登记的代办授权须由安全管理员终止。"))
    return redirect("desk:leave")
