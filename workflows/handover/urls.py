"""Addresses of hand-overs; to be mounted at the root."""

from django.urls import path

from workflows.handover import views

app_name = "handover"

urlpatterns = [
    path("hand-over/", views.people, name="people"),
    path("hand-over/<int:person_id>/", views.plan, name="plan"),
    path("hand-overs/<slug:number>/", views.sheet, name="sheet"),
]
