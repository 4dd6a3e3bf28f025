"""The documents of a case: number, state, and the PDFs or why there is none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from investreview.desk.selectors.viewing import Reading
from investreview.desk.words import Badge
from investreview.documents.kinds import RenditionState
from investreview.documents.models import Document
from investreview.documents.pages.access import is_open, reads_inside
from investreview.documents.pages.shown import document_badge
from investreview.documents.permissions import can_retry


@dataclass(frozen=True)
class PaperRow:
    """One document with its newest PDF; ``pdf_url`` is empty until the worker has made it."""

    kind: str
    number: str
    title: str
    state: Badge
    dated_on: date | None
    url: str
    pdf_url: str
    is_pending: bool
    has_failed: bool
    retry_url: str


def paper_rows(reading: Reading, documents: Sequence[Document]) -> tuple[PaperRow, ...]:
    """The documents that this person may read, in the order in which they came to be, their newest PDFs first."""
    scope = reading.viewer.scope
    rows = []
    for document in documents:
        inside = reads_inside(scope, document)
        rendition = next((one for one in document.renditions.all() if is_open(one, document, inside=inside)), None)
        state = rendition.state if rendition is not None else ""
        may_retry = not can_retry(scope, document)
        text, tone = document_badge(document)
        rows.append(
            PaperRow(
                kind=document.get_kind_display(),
                number=document.number,
                title=document.title,
                state=Badge(text, tone),
                dated_on=document.dated_on,
                url=reverse("documents:document", args=[document.pk]),
                pdf_url=reverse("documents:pdf", args=[rendition.pk])
                if rendition is not None and state == RenditionState.DONE
                else "",
                is_pending=state == RenditionState.PENDING,
                has_failed=state == RenditionState.FAILED,
                retry_url=reverse("documents:retry", args=[rendition.pk])
                if rendition is not None and state == RenditionState.FAILED and may_retry
                else "",
            )
        )
    return tuple(rows)
