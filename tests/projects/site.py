"""The addresses this room's pages need, so that its tests need no other room."""

from django.urls import include, path

urlpatterns = [
    path("", include("investreview.projects.urls")),
    path("past/", include("investreview.projects.past.urls")),
    path("rules/", include("investreview.rulebook.urls")),
    path("", include("investreview.accounts.urls")),
]
