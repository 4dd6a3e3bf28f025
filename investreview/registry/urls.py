"""Addresses of the registry's pages."""

from django.urls import path

from investreview.registry import views

app_name = "registry"

urlpatterns = [
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/day/", views.edit_day, name="calendar_edit_day"),
    path("calendar/year/", views.add_year, name="calendar_add_year"),
    path("calendar/confirmation/", views.confirm_year, name="calendar_confirm_year"),
]
