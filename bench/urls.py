"""The site, and beside it the least that its server can answer."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from investreview.urls import handler403, handler404, handler500
from investreview.urls import urlpatterns as of_the_site

__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]


def hello(request: HttpRequest) -> HttpResponse:
    """One line; neither session nor database is asked."""
    return HttpResponse("hello", content_type="text/plain")


urlpatterns = [path("hello/", hello, name="hello"), *of_the_site]
