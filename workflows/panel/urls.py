"""Addresses of a panel for those who run it."""

from django.urls import path

from workflows.panel.views import files, pages, records, rounds, sheets
from workflows.review import urls as _converters  # noqa: F401  registers row_id

app_name = "panel"

urlpatterns = [
    path("experts/panels/<row_id:panel_id>/", pages.panel, name="panel"),
    path("experts/panels/<row_id:panel_id>/members/", pages.members, name="members"),
    path("experts/panels/<row_id:panel_id>/beat/", pages.beat, name="beat"),
    path("experts/panels/<row_id:panel_id>/sheets/<row_id:place>/", sheets.print_sheet, name="print_sheet"),
    path("experts/panels/<row_id:panel_id>/sheets/<row_id:place>/enter/", sheets.enter, name="enter_sheet"),
    path("experts/panels/<row_id:panel_id>/<slug:act>/", records.act, name="act"),
    path("experts/files/<row_id:file_id>/", files.file, name="file"),
    path("cases/<slug:number>/new-round/", rounds.new_round, name="new_round"),
]
