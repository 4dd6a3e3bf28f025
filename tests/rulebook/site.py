"""Addresses for the tests of this room: its own pages, and where one signs in."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def desk(request: HttpRequest) -> HttpResponse:
    return HttpResponse("desk")


urlpatterns = [
    path("", desk, name="desk"),
    path("", include("investreview.accounts.urls")),
    path("rules/", include("investreview.rulebook.urls")),
]
