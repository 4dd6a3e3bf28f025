"""The page of the search box in the head of every page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.errors import Forbidden
from investreview.desk.forms import SearchForm
from investreview.desk.selectors.search import Found, search
from investreview.desk.selectors.viewing import Viewer
from investreview.desk.ways import CASE_ROLES


@login_required
@require_safe
def search_page(request: ScopedRequest) -> HttpResponse:
    """What was looked for and may be opened; a word too short is told at the field, with status 422."""
    if not request.scope.roles & CASE_ROLES:
        raise Forbidden("desk_no_cases_here")
    form = SearchForm(request.GET)
    if not form.is_valid():
        return render(request, "desk/search.html", {"form": form, "found": Found()}, status=422)
    viewer = Viewer(user=request.user, scope=request.scope, at=clock.now())
    return render(request, "desk/search.html", {"form": form, "found": search(viewer, form.cleaned_data["q"])})
