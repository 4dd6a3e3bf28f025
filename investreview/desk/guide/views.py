"""The guide by role: what belongs to oneself, one page of it, and its pictures."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from investreview.accounts.http import ScopedRequest
from investreview.desk.context import roles_of
from investreview.desk.guide import pages


@login_required
@require_safe
def guide(request: ScopedRequest) -> HttpResponse:
    """The first page of one's own role, beside the list of all."""
    contents = _contents(request)
    return _shown(request, contents.own[0].name, contents)


@login_required
@require_safe
def guide_page(request: ScopedRequest, name: str) -> HttpResponse:
    """One page, beside the list of all; the guide holds nothing that somebody may not read."""
    return _shown(request, name, _contents(request))


@login_required
@require_safe
def guide_picture(request: HttpRequest, language: str, name: str) -> FileResponse:
    """A picture of the guide."""
    return FileResponse(pages.picture(language, name).open("rb"), content_type="image/png")


def _shown(request: HttpRequest, name: str, contents: pages.Contents) -> HttpResponse:
    return render(request, "desk/guide.html", {"page": pages.page(name), "name": name, "contents": contents})


def _contents(request: ScopedRequest) -> pages.Contents:
    return pages.contents_for(roles_of(request))
