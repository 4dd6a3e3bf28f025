"""The site as far as its rooms are built: what is not there yet answers with its name, so that pages can lead to it."""

from importlib.util import find_spec

from django.http import HttpRequest, HttpResponse
from django.urls import URLResolver, include, path
from django.views.i18n import set_language

handler400 = "investreview.core.error_pages.bad_request"
handler403 = "investreview.core.error_pages.permission_denied"
handler404 = "investreview.core.error_pages.page_not_found"
handler500 = "investreview.core.error_pages.server_error"


def named(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse(str(kwargs))


def room(module: str, name: str, *stand_in: object) -> URLResolver:
    if find_spec(module) is not None:
        return path("", include(module))
    return path("", include((list(stand_in), name)))


urlpatterns = [
    path("i18n/", set_language, name="set_language"),
    room("investreview.accounts.urls", "accounts"),
    room("investreview.projects.urls", "projects"),
    path("", include(([path("documents/<int:pk>/", named, name="document")], "documents"))),
    room("investreview.desk.urls", "desk", path("cases/<slug:number>/", named, name="case")),
    path("", include("workflows.review.urls")),
]
