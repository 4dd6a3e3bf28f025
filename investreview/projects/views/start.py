"""Begin a project."""

from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.errors import Forbidden, Invalid
from investreview.core.roles import Role
from investreview.projects.forms.placing import place
from investreview.projects.forms.start import StartForm
from investreview.projects.services.drafts import create_project


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_project(request: ScopedRequest) -> HttpResponse:
    """A new project of an enterprise the person drafts for; sent twice, it is still one."""
    if not request.scope.paths_for(Role.ENTERPRISE_DRAFTER):
        raise Forbidden("projects_role_missing", role=Role.ENTERPRISE_DRAFTER.label)
    form = StartForm(request.POST or None, scope=request.scope)
    if request.method == "POST" and form.is_valid():
        try:
            case = create_project(
                user=request.user,
                enterprise_id=form.cleaned_data["enterprise"].pk,
                name=form.cleaned_data["name"],
                creation_key=str(form.cleaned_data["creation_key"]),
                at=clock.now(),
            )
        except Invalid as error:
            place(form, error)
        else:
            return redirect("projects:facts", case.number)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "projects/new_project.html", {"form": form}, status=status)
