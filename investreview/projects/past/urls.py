"""Addresses of the past; to be mounted at past/."""

from django.urls import path, register_converter

from investreview.core.addresses import RowId
from investreview.projects.models import Backfill
from investreview.projects.past.views.batches import (
    batch,
    discard,
    faults,
    index,
    progress,
    retry,
    source,
    store,
    template,
    upload,
)
from investreview.projects.past.views.checking import check
from investreview.projects.past.views.decisions import decision, export
from investreview.projects.past.views.entry import correct, new
from investreview.projects.past.views.papers import attach, paper

app_name = "past"
Source = Backfill.Source

register_converter(RowId, "past_id")

urlpatterns = [
    path("", index, name="index"),
    path("new/", new, name="new"),
    path("template/", template, {"source": Source.LEDGER}, name="template"),
    path("import/", upload, {"source": Source.LEDGER}, name="upload"),
    path("ongoing/template/", template, {"source": Source.ONGOING}, name="ongoing_template"),
    path("ongoing/import/", upload, {"source": Source.ONGOING}, name="upload_ongoing"),
    path("papers/", attach, name="attach"),
    path("papers/<past_id:paper_id>/", paper, name="paper"),
    path("export/", export, name="export"),
    path("batches/<past_id:backfill_id>/", batch, name="batch"),
    path("batches/<past_id:backfill_id>/progress/", progress, name="progress"),
    path("batches/<past_id:backfill_id>/faults/", faults, name="faults"),
    path("batches/<past_id:backfill_id>/source/", source, name="source"),
    path("batches/<past_id:backfill_id>/store/", store, name="store"),
    path("batches/<past_id:backfill_id>/discard/", discard, name="discard"),
    path("batches/<past_id:backfill_id>/retry/", retry, name="retry"),
    path("batches/<past_id:backfill_id>/correct/", correct, name="correct"),
    path("batches/<past_id:backfill_id>/check/", check, name="check"),
    path("decisions/<past_id:decision_id>/", decision, name="decision"),
]
