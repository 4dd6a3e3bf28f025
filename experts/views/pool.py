"""The pools as a list, the registration of an expert, and what waits for the office head."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from experts.forms.pool import ExpertForm, PoolFilterForm
from experts.selectors.pool import PoolPage, list_experts, specialty_names
from experts.selectors.queue import waiting_for_head
from experts.services.pool import register_expert
from experts.views.common import pool_actor, pool_reader
from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.clock import legal_date
from investreview.core.errors import Invalid
from investreview.core.roles import Role
from investreview.registry.forms import show_error


@login_required
@require_safe
def pool(request: ScopedRequest) -> HttpResponse:
    """The experts of the commission, narrowed and paged."""
    at = clock.now()
    commission, acting = pool_reader(request, at)
    form = PoolFilterForm(request.GET)
    page = PoolPage(rows=(), next_after=0)
    asked: dict[str, str] = {}
    if form.is_valid():
        data = form.cleaned_data
        asked = {name: data[name] for name in ("q", "pool", "standing") if data[name]}
        page = list_experts(
            commission,
            on=legal_date(at),
            text=data["q"],
            pool=data["pool"],
            standing=data["standing"],
            after=data["after"] or 0,
        )
    context = {
        "form": form,
        "page": page,
        "query": urlencode(asked),
        "may_register": acting.scope.holds(Role.POOL_KEEPER, commission.path),
        "may_admit": acting.scope.holds(Role.OFFICE_HEAD, commission.path),
    }
    return render(request, "experts/pool.html", context, status=200 if form.is_valid() else 422)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_expert(request: ScopedRequest) -> HttpResponse:
    """A person is registered; employers, conflicts and the pool follow on the person's page."""
    at = clock.now()
    commission, acting = pool_actor(request, at, Role.POOL_KEEPER)
    names = specialty_names(commission, legal_date(at))
    data = request.POST if request.method == "POST" else None
    form = ExpertForm(data, key="expert", version=0, specialties=names)
    if form.is_valid():
        try:
            expert = register_expert(acting=acting, commission=commission, facts=form.as_facts(), at=at)
        except Invalid as error:
            show_error(form, error)
        else:
            messages.success(request, _("已登记。请补充任职经历和利害关系，再提请入库。"))
            return redirect("experts:expert", expert.number)
    return render(request, "experts/new_expert.html", {"form": form}, status=422 if form.is_bound else 200)


@login_required
@require_safe
def queue(request: ScopedRequest) -> HttpResponse:
    """Proposals, dismissals and requests of recusal that wait for the office head."""
    at = clock.now()
    commission, acting = pool_actor(request, at, Role.OFFICE_HEAD)
    context = {"queue": waiting_for_head(commission), "own_ids": acting.person_ids}
    return render(request, "experts/queue.html", context)
