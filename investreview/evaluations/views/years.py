"""The year before its draw: opened, its frame looked through, a method chosen, frozen or opened again."""

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.errors import Forbidden, Invalid, Stale
from investreview.core.messages import sentence
from investreview.core.roles import Role
from investreview.core.scope import Scope
from investreview.evaluations.forms import AddProjectForm, FreezeForm, MethodForm, ReasonForm, WithdrawForm
from investreview.evaluations.frame import frame_digest, frame_of, included
from investreview.evaluations.models import EvaluationYear
from investreview.evaluations.permissions import OFFICER, SEEING_ROLES
from investreview.evaluations.selectors.due import project_of_code
from investreview.evaluations.selectors.years import comparison_of, parts_of, visible_years, year_by_id, year_page
from investreview.evaluations.services import sampling
from investreview.evaluations.services import years as services
from investreview.evaluations.states import YearState
from investreview.evaluations.views.common import acting_in, carried_out, own_acting, own_commission, page_of, preparing
from investreview.projects.forms.facts_page import version_in
from investreview.rulebook.vocabulary import SampleMethod


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def years(request: ScopedRequest) -> HttpResponse:
    """The evaluation years; the officer opens the current one."""
    scope = preparing(request)
    if not scope.roles & SEEING_ROLES:
        raise Forbidden("projects_role_missing", role=Role.EVALUATION_OFFICER.label)
    commission, this_year = own_commission(request), clock.today().year
    if request.method == "POST":
        acting = acting_in(request, OFFICER, commission.path)
        opened = services.open_year(acting=acting, commission=commission, year=this_year, at=clock.now())
        messages.success(request, _("%(year)s年度后评价已开启。") % {"year": this_year})
        return redirect("evaluations:year", opened.pk)
    rows = list(visible_years(scope))
    may_open = scope.holds(OFFICER, commission.path) and all(row.year != this_year for row in rows)
    context = {"rows": rows, "may_open": may_open, "this_year": this_year}
    return render(request, "evaluations/years.html", context)


@login_required
@require_safe
def year(request: ScopedRequest, pk: int) -> HttpResponse:
    """The frame of a year with its strata."""
    scope = preparing(request)
    return _year(request, year_by_id(scope, pk), scope)


def _year(
    request: ScopedRequest, found: EvaluationYear, scope: Scope, add_form: AddProjectForm | None = None
) -> HttpResponse:
    form = add_form or AddProjectForm(initial={"version": found.version})
    context = {"page": page_of(scope, found), "form": form}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "evaluations/year.html", context, status=status)


@login_required
@require_POST
def add(request: ScopedRequest, pk: int) -> HttpResponse:
    """A project of an enterprise's plan is added to the frame."""
    scope = preparing(request)
    found = year_by_id(scope, pk)
    acting = acting_in(request, OFFICER, found.path)
    form = AddProjectForm(request.POST)
    if carried_out(
        form,
        lambda: services.add_project(
            acting=acting,
            year_id=pk,
            version=form.cleaned_data["version"],
            project_id=project_of_code(acting.scope, form.cleaned_data["code"]) or 0,
            reason=form.cleaned_data["reason"],
            at=clock.now(),
        ),
        project="code",
    ):
        messages.success(request, _("项目已加入本年度抽样范围。"))
        return redirect("evaluations:year", pk)
    return _year(request, found, scope, form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave_out(request: ScopedRequest, pk: int, project_id: int) -> HttpResponse:
    """A project is left out of the frame, with its reason."""
    scope = preparing(request)
    found = year_by_id(scope, pk)
    acting = acting_in(request, OFFICER, found.path)
    entry = next((one for one in frame_of(found, clock.today()) if one.project_id == project_id), None)
    if entry is None:
        raise Invalid("evaluations_not_in_frame")
    if entry.is_must:
        raise Invalid("evaluations_must_stays")
    form = ReasonForm(request.POST if request.method == "POST" else None, initial={"version": found.version})
    if carried_out(
        form,
        lambda: services.leave_out(
            acting=acting, year_id=pk, project_id=project_id, at=clock.now(), **form.cleaned_data
        ),
    ):
        messages.success(request, _("项目已从本年度抽样范围剔除，理由已留存。"))
        return redirect("evaluations:year", pk)
    context = {"year": found, "entry": entry, "form": form}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "evaluations/leave_out.html", context, status=status)


@login_required
@require_POST
def take_back(request: ScopedRequest, pk: int, project_id: int) -> HttpResponse:
    """A project that was left out is in the frame again."""
    scope = preparing(request)
    found = year_by_id(scope, pk)
    services.take_back(
        acting=acting_in(request, OFFICER, found.path),
        year_id=pk,
        version=version_in(request.POST),
        project_id=project_id,
        at=clock.now(),
    )
    messages.success(request, _("项目已恢复列入本年度抽样范围。"))
    return redirect("evaluations:year", pk)


@login_required
@require_safe
def setup(request: ScopedRequest, pk: int) -> HttpResponse:
    """What each method would give, before the frame is frozen."""
    scope = preparing(request)
    return _setup(request, year_by_id(scope, pk), scope)


def _setup(
    request: ScopedRequest,
    found: EvaluationYear,
    scope: Scope,
    refused: forms.Form | None = None,
    *,
    stale: Stale | None = None,
) -> HttpResponse:
    today = clock.today()
    entries = frame_of(found, today)
    frame = included(entries)
    rules = found.rule_set.data.evaluation
    lines = comparison_of(found, frame)
    chosen = next(line.key for line in lines if line.is_chosen)
    start = {"version": found.version, "method": chosen, "reason": found.method_reason, "digest": frame_digest(frame)}
    method_form = refused if isinstance(refused, MethodForm) else MethodForm(rules=rules, initial=start)
    freeze_form = refused if isinstance(refused, FreezeForm) else FreezeForm(initial=start)
    withdraw_form = refused if isinstance(refused, WithdrawForm) else WithdrawForm(initial={"version": found.version})
    context = {
        "page": year_page(scope, found, entries, today),
        "lines": lines,
        "parts": parts_of(lines),
        "method_form": method_form,
        "freeze_form": freeze_form,
        "withdraw_form": withdraw_form,
        "check_days": rules.check_days,
        "fingerprint": str(start["digest"])[:8],
        "stale": sentence(stale) if stale is not None else "",
        "is_open": found.state == YearState.OPEN,
    }
    status = HTTPStatus.OK if refused is None else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "evaluations/setup.html", context, status=stale.status if stale is not None else status)


@login_required
@require_POST
def method(request: ScopedRequest, pk: int) -> HttpResponse:
    """The method of sampling is chosen."""
    scope = preparing(request)
    found = year_by_id(scope, pk)
    acting = acting_in(request, OFFICER, found.path)
    form = MethodForm(request.POST, rules=found.rule_set.data.evaluation)
    if carried_out(
        form,
        lambda: services.choose_method(
            acting=acting,
            year_id=pk,
            version=form.cleaned_data["version"],
            method=SampleMethod(form.cleaned_data["method"]),
            reason=form.cleaned_data["reason"],
            at=clock.now(),
        ),
    ):
        messages.success(request, _("抽取方法已确定。"))
        return redirect("evaluations:setup", pk)
    return _setup(request, found, scope, form)


@login_required
@require_POST
def freeze(request: ScopedRequest, pk: int) -> HttpResponse:
    """The frame is frozen by the draw operator."""
    scope = preparing(request)
    found = year_by_id(scope, pk)
    form = FreezeForm(request.POST)
    try:
        is_frozen = carried_out(
            form,
            lambda: sampling.freeze_year(acting=own_acting(request), year_id=pk, at=clock.now(), **form.cleaned_data),
        )
    except Stale as error:
        return _setup(request, year_by_id(scope, pk), scope, stale=error)
    if is_frozen:
        messages.success(request, _("抽样范围已封存，请宣布封存摘要。"))
        return redirect("evaluations:ceremony", pk)
    return _setup(request, found, scope, form)


@login_required
@require_POST
def withdraw_freeze(request: ScopedRequest, pk: int) -> HttpResponse:
    """A frozen frame is opened again before anything was announced."""
    scope = preparing(request)
    found = year_by_id(scope, pk)
    form = WithdrawForm(request.POST)
    if carried_out(
        form,
        lambda: sampling.withdraw_freeze(acting=own_acting(request), year_id=pk, at=clock.now(), **form.cleaned_data),
    ):
        messages.success(request, _("封存已撤回，抽样范围可以继续调整。"))
        return redirect("evaluations:year", pk)
    return _setup(request, found, scope, form)
