"""Addresses of what a case's readers see of its panels."""

from django.urls import path

from experts.views import case_panel

app_name = "panel_case"

urlpatterns = [
    path("cases/<slug:number>/panel/", case_panel.panel, name="panel"),
    path("cases/<slug:number>/panel/inquiries/<int:inquiry_id>/", case_panel.answer, name="answer"),
    path("cases/<slug:number>/panel/conditions/<int:ordinal>/evidence/", case_panel.evidence, name="evidence"),
    path("cases/<slug:number>/panel/conditions/<int:ordinal>/judgement/", case_panel.judgement, name="judgement"),
]
