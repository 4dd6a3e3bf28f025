"""Addresses for the tests of this room: its own page, and those of accounts, where one signs in."""

from django.urls import include, path

from tests.accounts.site import urlpatterns as accounts

urlpatterns = [*accounts, path("", include("investreview.documents.urls"))]
