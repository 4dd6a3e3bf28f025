"""What the page of a document shows."""

from dataclasses import dataclass
from datetime import datetime

from investreview.core.scope import Scope
from investreview.documents.kinds import (
    EDITABLE_STATES,
    LETTERS,
    SENT_STATES,
    DocumentState,
    RenditionPurpose,
    RenditionState,
)
from investreview.documents.models import (
    Delivery,
    Document,
    DocumentVersion,
    Rendition,
    SealedOriginal,
    WithdrawnSignature,
)
from investreview.documents.pages.access import Reading, open_originals, open_renditions, shown_version
from investreview.documents.pages.shown import Shown, document_badge, shown
from investreview.documents.pages.subjects import CASE, address_of
from investreview.documents.permissions import can_retry, can_write

# The stations of a letter's life (DOMAIN §5, A document lives); a form is issued in one act and has none.
_LIFE = (
    DocumentState.DRAFT,
    DocumentState.OFFICE_CHECKED,
    DocumentState.SIGNED,
    DocumentState.NUMBERED,
    DocumentState.SEALED,
    DocumentState.DELIVERED,
    DocumentState.ARCHIVED,
)


@dataclass(frozen=True)
class Station:
    """One station of the document's life, as the steps component wants it."""

    label: str
    state: str
    url: str = ""


@dataclass(frozen=True)
class VersionRow:
    """One version in the list; ``is_shown`` marks the one the page shows."""

    ordinal: int
    author: str
    at: datetime
    note: str
    sha256: str
    is_shown: bool
    is_signed: bool


@dataclass(frozen=True)
class PdfRow:
    """One PDF: to be fetched, still in the making, or failed with its error and perhaps a way to retry."""

    pk: int
    purpose: str
    ordinal: int
    is_done: bool
    is_pending: bool
    has_failed: bool
    sha256: str
    error: str
    attempts: int
    may_retry: bool


@dataclass(frozen=True)
class DocumentPage:
    """Everything the page of a document shows."""

    document: Document
    subject_url: str
    badge: tuple[str, str]
    life: tuple[Station, ...]
    version: DocumentVersion
    shown: Shown
    inside: bool
    is_letter: bool
    is_of_case: bool
    may_edit: bool
    versions: tuple[VersionRow, ...]
    pdfs: tuple[PdfRow, ...]
    originals: tuple[SealedOriginal, ...]
    deliveries: tuple[Delivery, ...]
    withdrawals: tuple[WithdrawnSignature, ...]
    replacement: Document | None


def document_page(reading: Reading, *, own: Scope, version: DocumentVersion | None = None) -> DocumentPage:
    """The page of a document for somebody who may read it; ``version`` is another than the one it opens with.

    What changes the document is offered by what the person holds in their own name (``own``) only.
    """
    document, inside = reading.document, reading.inside
    present = version or shown_version(document, inside=inside)
    versions = document.versions.order_by("-ordinal") if inside else ()
    return DocumentPage(
        document=document,
        subject_url=address_of(document.subject_kind, document.subject_key),
        badge=document_badge(document),
        life=_life(document),
        version=present,
        shown=shown(present.parsed),
        inside=inside,
        is_letter=document.kind in LETTERS,
        is_of_case=document.subject_kind == CASE,
        may_edit=may_edit(own, document),
        versions=tuple(_version(one, document, present) for one in versions),
        pdfs=tuple(_pdf(one, own) for one in open_renditions(document, inside=inside)),
        originals=tuple(open_originals(document, inside=inside)),
        deliveries=tuple(document.deliveries.order_by("pk")),
        withdrawals=tuple(document.withdrawn_signatures.order_by("pk")) if inside else (),
        replacement=_replacement(document),
    )


def _replacement(document: Document) -> Document | None:
    """The letter that was sent in place of this void one."""
    if document.state != DocumentState.VOIDED:
        return None
    return document.replacements.filter(state__in=SENT_STATES).first()


def may_edit(scope: Scope, document: Document) -> bool:
    """Whether this person may change the wording now: letters only, until the signature."""
    is_open = document.kind in LETTERS and document.state in EDITABLE_STATES
    return is_open and not can_write(scope, document.path, document.kind)


def _life(document: Document) -> tuple[Station, ...]:
    state = DocumentState(document.state)
    if state is DocumentState.COUNTERSIGNED:
        state = DocumentState.DRAFT
    if document.kind not in LETTERS or state not in _LIFE:
        return ()
    here = _LIFE.index(state)
    told = ("done", "on", "todo")
    return tuple(Station(str(one.label), told[(place >= here) + (place > here)]) for place, one in enumerate(_LIFE))


def _version(version: DocumentVersion, document: Document, present: DocumentVersion) -> VersionRow:
    return VersionRow(
        ordinal=version.ordinal,
        author=version.author_name,
        at=version.at,
        note=version.note,
        sha256=version.sha256,
        is_shown=version.pk == present.pk,
        is_signed=version.pk == document.signed_version_id,
    )


def _pdf(rendition: Rendition, scope: Scope) -> PdfRow:
    state = RenditionState(rendition.state)
    return PdfRow(
        pk=rendition.pk,
        purpose=str(RenditionPurpose(rendition.purpose).label),
        ordinal=rendition.version.ordinal,
        is_done=state is RenditionState.DONE,
        is_pending=state is RenditionState.PENDING,
        has_failed=state is RenditionState.FAILED,
        sha256=rendition.sha256,
        error=rendition.error,
        attempts=rendition.attempts,
        may_retry=state is RenditionState.FAILED and not can_retry(scope, rendition.document),
    )
