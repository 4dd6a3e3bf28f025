"""Addresses for the tests of this room: its own pages and a first page."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from investreview.accounts.views.sign_in import set_language
from investreview.core.errors import Forbidden, NotVisible


def first_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(",".join(sorted(request.scope.roles)) or "nobody")


def refuse(request: HttpRequest) -> HttpResponse:
    raise Forbidden("accounts_security_admin_only")


def hide(request: HttpRequest) -> HttpResponse:
    raise NotVisible("accounts_person_not_visible")


urlpatterns = [
    path("", first_page, name="first_page"),
    path("refuse/", refuse, name="refuse"),
    path("hide/", hide, name="hide"),
    path("language/", set_language, name="set_language"),
    path("", include("investreview.accounts.urls")),
    path("", include("investreview.registry.urls")),
]
