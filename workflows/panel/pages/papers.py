"""The papers of a panel's draw as its page lists them: each with its PDF once the worker has made it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from experts.models import Panel
from investreview.core.gathering import give_out
from investreview.core.scope import Scope
from investreview.documents.kinds import RenditionState
from investreview.documents.models import Document, Rendition
from investreview.documents.selectors import documents_of


@dataclass(frozen=True)
class Paper:
    """One paper: its page, and its PDF when there is one (0 while it is being made)."""

    document_id: int
    kind: str
    number: str
    edition: int
    issued_at: datetime
    pdf_id: int


def paper_rows(panel: Panel, scope: Scope) -> tuple[QuerySet[Document], QuerySet[Rendition]]:
    """What of the panel's papers this person may read, oldest first, and their PDFs, still to be read."""
    documents = documents_of(panel.subject, scope)
    return documents, Rendition.objects.filter(document__in=documents.order_by().values("pk"))


def papers_of(documents: Iterable[Document], renditions: Iterable[Rendition]) -> tuple[Paper, ...]:
    """The papers of ``paper_rows``."""
    give_out(renditions, documents, "renditions")
    return tuple(_paper(document) for document in documents)


def _paper(document: Document) -> Paper:
    done = [one.pk for one in document.renditions.all() if one.state == RenditionState.DONE]
    return Paper(
        document_id=document.pk,
        kind=str(document.get_kind_display()),
        number=document.number,
        edition=document.edition,
        issued_at=document.signed_at or document.created_at,
        pdf_id=max(done, default=0),
    )
