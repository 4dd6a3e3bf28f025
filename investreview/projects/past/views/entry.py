"""One project typed in from its papers; corrected by whoever typed it while nobody has accepted it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.errors import Forbidden, Invalid, Stale
from investreview.projects.forms.many_files import with_names
from investreview.projects.forms.placing import place
from investreview.projects.models import PastDecision
from investreview.projects.past.forms.entry import CorrectionForm, PastForm, typed_of
from investreview.projects.past.selectors import backfill_for
from investreview.projects.past.services.entering import correct_past, enter_past
from investreview.projects.past.views.common import require_enterer, sent
from investreview.projects.views.scans import with_scans


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@with_scans
def new(request: ScopedRequest) -> HttpResponse:
    """The form of one past decision."""
    require_enterer(request)
    form = PastForm(*sent(request), user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            backfill = enter_past(
                user=request.user,
                enterprise_id=form.cleaned_data["enterprise"].pk,
                entry=form.entry,
                scans=with_names(form.cleaned_data["papers"]),
                creation_key=form.key,
                at=clock.now(),
            )
        except Invalid as error:
            _place(form, error)
        else:
            messages.success(request, _("已录入，待另一人对照纸面核对后计入台账。"))
            return redirect("past:batch", backfill.pk)
    return _page(request, form, decision=None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@with_scans
def correct(request: ScopedRequest, backfill_id: int) -> HttpResponse:
    """The same form, filled with what stands in the entry."""
    require_enterer(request)
    backfill = backfill_for(request.scope, backfill_id)
    if backfill.source != backfill.Source.FORM or not backfill.decisions.exists():
        raise Invalid("past_not_in_this_state", state=backfill.get_state_display())
    decision = PastDecision.objects.select_related("project", "backfill").get(backfill=backfill)
    if backfill.entered_by_id != request.user.pk:
        raise Forbidden("past_not_your_entry")
    form = CorrectionForm(*sent(request), user=request.user, initial=typed_of(decision))
    if request.method == "POST" and form.is_valid():
        try:
            correct_past(
                user=request.user,
                backfill_id=backfill.pk,
                version=form.cleaned_data["version"] or 0,
                enterprise_id=form.cleaned_data["enterprise"].pk,
                entry=form.entry,
                scans=with_names(form.cleaned_data["papers"]),
                at=clock.now(),
            )
        except (Invalid, Stale) as error:
            _place(form, error)
        else:
            messages.success(request, _("已更正，待另一人核对。"))
            return redirect("past:batch", backfill.pk)
    return _page(request, form, decision=decision)


def _place(form: PastForm, error: Invalid | Stale) -> None:
    place(form, error, field="papers" if error.code.startswith("file_") else None)


def _page(request: ScopedRequest, form: PastForm, *, decision: PastDecision | None) -> HttpResponse:
    context = {"form": form, "decision": decision, "backfill": decision.backfill if decision is not None else None}
    return render(request, "projects/past/entry.html", context, status=422 if form.errors else 200)
