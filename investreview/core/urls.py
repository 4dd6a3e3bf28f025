"""Addresses that belong to no room: the source of the site, and how an amount reads."""

from django.urls import path

from investreview.core import money_page, source_page

app_name = "core"

urlpatterns = [
    path("source/", source_page.source, name="source"),
    path("source/archive/", source_page.archive, name="source_archive"),
    path("money/", money_page.reading, name="money_reading"),
]
