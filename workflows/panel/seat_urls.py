"""Addresses of an expert's own seats."""

from django.urls import path

from workflows.panel.views import seat_acts, seats
from workflows.review import urls as _converters  # noqa: F401  registers row_id

app_name = "seats"

urlpatterns = [
    path("", seats.desk, name="desk"),
    path("signed/", seats.signed, name="signed"),
    path("large-type/", seats.large_type, name="large_type"),
    path("<row_id:seat_id>/", seats.seat, name="seat"),
    path("<row_id:seat_id>/confirm/", seat_acts.confirm, name="confirm"),
    path("<row_id:seat_id>/decline/", seat_acts.decline, name="decline"),
    path("<row_id:seat_id>/declaration/", seat_acts.declare, name="declare"),
    path("<row_id:seat_id>/sheet/", seat_acts.save, name="save"),
    path("<row_id:seat_id>/correction/", seat_acts.correct, name="correct"),
    path("<row_id:seat_id>/inquiries/", seat_acts.ask, name="ask"),
    path("<row_id:seat_id>/summary/", seats.summary, name="summary"),
    path("<row_id:seat_id>/papers/<row_id:file_id>/", seats.paper, name="paper"),
]
