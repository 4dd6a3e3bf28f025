"""The papers of a panel's draw as its page lists them: each with its PDF once the worker has made it."""

from dataclasses import dataclass
from datetime import datetime

from experts.models import Panel
from investreview.core.scope import Scope
from investreview.documents.kinds import RenditionState
from investreview.documents.models import Document
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


def papers_of(panel: Panel, scope: Scope) -> tuple[Paper, ...]:
    """What of the panel's papers this person may read, oldest first."""
    found = documents_of(panel.subject, scope).prefetch_related("renditions")
    return tuple(_paper(document) for document in found)


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
