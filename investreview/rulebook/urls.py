"""Addresses of the rule book; to be mounted at ``rules/``."""

from django.urls import path

from investreview.rulebook import views

app_name = "rulebook"

urlpatterns = [
    path("", views.rule_sets, name="rule_sets"),
    path("<str:code>/", views.rule_set, name="rule_set"),
    path("<str:code>/file/", views.file, name="file"),
    path("<str:code>/since/<str:earlier>/", views.since, name="since"),
    path("<str:code>/<str:key>/", views.paragraph, name="paragraph"),
]
