"""Begin a project."""

from functools import partial
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
from investreview.projects.permissions import require_like
from investreview.projects.services.drafts import create_project, create_project_like
from investreview.projects.views.common import enterprise_reading


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_project(request: ScopedRequest) -> HttpResponse:
    """A new project of an enterprise the person drafts for; sent twice, it is still one.

    With ``?like=`` the number of an earlier case, the draft tells what that one was about.
    Raises: Forbidden, NotVisible for a case this person may not know, Invalid for one that was not submitted.
    """
    if not request.scope.paths_for(Role.ENTERPRISE_DRAFTER):
        raise Forbidden("projects_role_missing", role=Role.ENTERPRISE_DRAFTER.label)
    number = request.GET.get("like", "")
    like = enterprise_reading(request, number) if number else None
    if like is not None:
        require_like(request.scope, like)
    initial = {"enterprise": like.enterprise_id} if like is not None else {}
    form = StartForm(request.POST or None, scope=request.scope, initial=initial)
    if request.method == "POST" and form.is_valid():
        begin = partial(create_project_like, like_id=like.pk) if like is not None else create_project
        try:
            case = begin(
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
    return render(request, "projects/new_project.html", {"form": form, "like": like}, status=status)
