"""What is due, and the course of one project with what the officer enters of it."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.errors import Forbidden, NotVisible
from investreview.core.roles import Role
from investreview.evaluations.forms import DueFilterForm, MilestoneForm, WithdrawalForm
from investreview.evaluations.permissions import COURSE_ROLES, OFFICER, SEEING_ROLES
from investreview.evaluations.selectors.due import course_page, due_page, project_by_id, projects_found
from investreview.evaluations.views.common import carried_out, own_acting
from investreview.projects.models import Milestone
from investreview.projects.services.milestones import ENTERING_ROLES, record_milestone, withdraw_milestone


@login_required
@require_safe
def due(request: ScopedRequest) -> HttpResponse:
    """Every reason for evaluation, the earliest first."""
    if not request.scope.roles & SEEING_ROLES:
        raise Forbidden("projects_role_missing", role=Role.EVALUATION_OFFICER.label)
    form = DueFilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {"q": "", "state": ""}
    page = due_page(
        request.scope,
        on=clock.today(),
        text=asked["q"],
        state=asked["state"],
        after=request.GET.get("after", "")[:40],
    )
    query = request.GET.copy()
    query.pop("after", None)
    context = {
        "page": page,
        "form": form,
        "query": query.urlencode(),
        "sees_courses": bool(request.scope.roles & COURSE_ROLES),
    }
    return render(request, "evaluations/due.html", context)


@login_required
@require_safe
def projects(request: ScopedRequest) -> HttpResponse:
    """Projects found by number, name or enterprise, to enter what became of them."""
    if not request.scope.roles & COURSE_ROLES:
        raise Forbidden("projects_role_missing", role=Role.EVALUATION_OFFICER.label)
    form = DueFilterForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    found = projects_found(request.scope, text)
    context = {"form": form, "found": found, "text": text, "sees_due": bool(request.scope.roles & SEEING_ROLES)}
    return render(request, "evaluations/projects.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def project(request: ScopedRequest, pk: int) -> HttpResponse:
    """The course of a project, and the form for one more milestone."""
    found = project_by_id(request.scope, pk)
    form = MilestoneForm(request.POST if request.method == "POST" else None)
    if carried_out(
        form,
        lambda: record_milestone(acting=own_acting(request), project_id=pk, entry=form.entry(), at=clock.now()),
    ):
        messages.success(request, _("节点已登记。"))
        return redirect("evaluations:project", pk)
    sees_due = bool(request.scope.roles & SEEING_ROLES)
    context = {"page": course_page(request.scope, found), "form": form, "sees_due": sees_due}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "evaluations/project.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: ScopedRequest, pk: int) -> HttpResponse:
    """A milestone that was entered by mistake is withdrawn with its reason."""
    milestone = Milestone.objects.filter(pk=pk).first()
    if milestone is None:
        raise NotVisible("projects_project_not_visible")
    found = project_by_id(request.scope, milestone.project_id)
    if not request.scope.holds_any(ENTERING_ROLES, found.path):
        raise Forbidden("projects_role_missing", role=OFFICER.label)
    if milestone.withdrawn_at is not None:
        messages.info(request, _("这条记录已经撤销。"))
        return redirect("evaluations:project", found.pk)
    form = WithdrawalForm(request.POST if request.method == "POST" else None)
    if carried_out(
        form,
        lambda: withdraw_milestone(
            acting=own_acting(request), milestone_id=pk, reason=form.cleaned_data["reason"], at=clock.now()
        ),
    ):
        messages.success(request, _("记录已撤销，理由已留存。"))
        return redirect("evaluations:project", found.pk)
    context = {"milestone": milestone, "project": found, "form": form}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "evaluations/withdraw.html", context, status=status)
