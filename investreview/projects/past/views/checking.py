"""The second person's page: rows beside their source and scans; accept all, or return with the reason."""

import secrets

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.errors import Invalid, Stale
from investreview.core.messages import sentence
from investreview.projects.forms.facts_page import version_in
from investreview.projects.models import Backfill
from investreview.projects.past.forms.files import ReasonForm
from investreview.projects.past.pages import batch_page
from investreview.projects.past.selectors import backfill_for, sampled
from investreview.projects.past.services.checking import accept_backfill, begin_check, return_backfill
from investreview.projects.past.views.common import require_enterer


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: ScopedRequest, backfill_id: int) -> HttpResponse:
    """The sample to compare, and the decision on the whole batch."""
    require_enterer(request)
    backfill = backfill_for(request.scope, backfill_id)
    if request.method == "POST" and request.POST.get("decision") == "return":
        return _return(request, backfill)
    if request.method == "POST":
        return _accept(request, backfill)
    try:
        backfill = begin_check(
            user=request.user, backfill_id=backfill.pk, chance=secrets.SystemRandom(), at=clock.now()
        )
    except Invalid as error:
        messages.error(request, sentence(error))
        return redirect("past:batch", backfill.pk)
    return _page(request, backfill, ReasonForm(initial={"version": backfill.version}), status=200)


def _accept(request: ScopedRequest, backfill: Backfill) -> HttpResponse:
    compared = [int(each) for each in request.POST.getlist("compared") if each.isdigit() and len(each) < 19]
    try:
        accept_backfill(
            user=request.user,
            backfill_id=backfill.pk,
            version=version_in(request.POST),
            compared=compared,
            at=clock.now(),
        )
    except (Invalid, Stale) as error:
        return _refused(request, backfill, error)
    messages.success(request, _("核对一致，本批 %(count)d 项已计入台账。") % {"count": backfill.row_count})
    return redirect("past:batch", backfill.pk)


def _return(request: ScopedRequest, backfill: Backfill) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, backfill, form, status=422)
    try:
        return_backfill(
            user=request.user,
            backfill_id=backfill.pk,
            version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
            at=clock.now(),
        )
    except (Invalid, Stale) as error:
        return _refused(request, backfill, error, form)
    messages.success(request, _("已退回录入人，本批不计入台账。"))
    return redirect("past:batch", backfill.pk)


def _refused(
    request: ScopedRequest, backfill: Backfill, error: Invalid | Stale, form: ReasonForm | None = None
) -> HttpResponse:
    present = backfill_for(request.scope, backfill.pk)
    shown = form or ReasonForm(initial={"version": present.version})
    return _page(request, present, shown, status=error.status, refusal=sentence(error))


def _page(
    request: ScopedRequest, backfill: Backfill, form: ReasonForm, *, status: int, refusal: str = ""
) -> HttpResponse:
    context = {
        "page": batch_page(backfill, user=request.user, scope=request.scope),
        "rows": sampled(backfill),
        "form": form,
        "refusal": refusal,
        "compared": set(request.POST.getlist("compared")),
    }
    return render(request, "projects/past/check.html", context, status=status)
