"""One expert: the page, the correction of the record, and the page again with a form that was refused."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from experts.forms.pool import ExpertForm
from experts.models import Expert
from experts.selectors.expert_page import expert_page
from experts.selectors.pool import specialty_names
from experts.services.pool import update_expert
from experts.views.common import find_expert, is_done, note_audit, only_audits, pool_actor
from experts.views.expert_forms import PageForms, Refused
from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.clock import legal_date
from investreview.core.roles import Role
from investreview.projects.acting import Acting


@login_required
@require_safe
def expert(request: ScopedRequest, number: str) -> HttpResponse:
    """Everything that is known of one expert, and what can be done."""
    found, acting, at = find_expert(request, number)
    note_audit(acting, found, at)
    return page_of(request, found, acting)


def page_of(request: ScopedRequest, expert: Expert, acting: Acting, *, refused: Refused | None = None) -> HttpResponse:
    """The page of one expert, with the form that was refused as it was sent."""
    today = legal_date(clock.now())
    path = expert.commission.path
    page = expert_page(
        expert, on=today, viewer_ids=acting.person_ids, shows_contact=not only_audits(acting, expert.commission)
    )
    may_keep, may_admit = acting.scope.holds(Role.POOL_KEEPER, path), acting.scope.holds(Role.OFFICE_HEAD, path)
    forms = PageForms(page, may_keep=may_keep, may_admit=may_admit, today=today, refused=refused)
    context = {"page": page, "expert": expert, "may_keep": may_keep, "forms": forms.all()}
    return render(request, "experts/expert.html", context, status=422 if refused is not None else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_expert(request: ScopedRequest, number: str) -> HttpResponse:
    """The record is corrected; the history keeps what it said before."""
    found, _reader, at = find_expert(request, number)
    _commission, acting = pool_actor(request, at, Role.POOL_KEEPER)
    names = specialty_names(found.commission, legal_date(at))
    fields = ("name", "born_on", "phone", "email", "title", "in_field_since", "specialties")
    initial = {name: getattr(found, name) for name in fields}
    data = request.POST if request.method == "POST" else None
    form = ExpertForm(data, key="expert", version=found.version, specialties=names, initial=initial)
    if form.is_valid() and is_done(
        form,
        lambda: update_expert(
            acting=acting,
            expert_id=found.pk,
            version=form.cleaned_data["version"],
            facts=form.as_facts(),
            at=at,
        ),
        lambda: Expert.objects.values_list("version", flat=True).get(pk=found.pk),
    ):
        messages.success(request, _("专家信息已修改。"))
        return redirect("experts:expert", number)
    status = 422 if form.is_bound else 200
    return render(request, "experts/edit_expert.html", {"form": form, "expert": found}, status=status)
