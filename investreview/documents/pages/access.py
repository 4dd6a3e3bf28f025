"""Which documents, versions and PDFs a person may have in hand; what leaves the system is noted."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Q, QuerySet

from investreview.accounts.models import User
from investreview.core.actor import Actor
from investreview.core.errors import Invalid, NotVisible
from investreview.core.roles import Role
from investreview.core.scope import Scope
from investreview.core.subject import Subject
from investreview.documents.kinds import RenditionPurpose, RenditionState
from investreview.documents.models import Document, DocumentVersion, IssuedNumber, Rendition, SealedOriginal
from investreview.documents.pages.subjects import known_keys, reading_scope
from investreview.documents.permissions import ALL_READERS, REGISTER_ROLES, can_read, readers_of
from investreview.documents.selectors import documents
from investreview.journal.services import record_access


@dataclass(frozen=True)
class Reading:
    """A document somebody may read, and the scope with which they read it: their own, or one lent to a substitute."""

    document: Document
    scope: Scope

    @property
    def inside(self) -> bool:
        """Whether drafts, versions and internal PDFs are for this person."""
        return reads_inside(self.scope, self.document)

    @property
    def only_audits(self) -> bool:
        """Whether somebody reads as auditor and in no other role; their reading is noted."""
        return self.scope.roles_on(self.document.path) == {Role.AUDITOR}


def read_document(pk: int, *, user: User, scope: Scope, at: datetime) -> Reading:
    """The document, for somebody who may know its subject and read it.

    Raises: NotVisible (documents_may_not_read), the same for a document that does not exist.
    """
    rows = Document.objects.select_related("series", "signed_version", "issued_version", "corrected_by", "replaces")
    found = rows.filter(pk=pk).first()
    lent = _reading_scope(found, user, scope, at) if found is not None else None
    if found is None or lent is None or can_read(lent, found):
        raise NotVisible("documents_may_not_read")
    return Reading(found, lent)


def reads_inside(scope: Scope, document: Document) -> bool:
    """Whether drafts, versions and internal PDFs are for this person: the commission's readers of this kind."""
    return scope.holds_any(readers_of(document.kind), document.path)


def shown_version(document: Document, *, inside: bool) -> DocumentVersion:
    """The issued text, else, on the commission's side, the newest."""
    if document.issued_version is not None:
        return document.issued_version
    if not inside:
        raise NotVisible("documents_may_not_read")
    newest: DocumentVersion = document.versions.order_by("-ordinal")[0]
    return newest


def is_open(rendition: Rendition, document: Document, *, inside: bool) -> bool:
    """Whether a PDF may be fetched: inside drafts and the issued text, outside the system copy of the latter only.

    What was issued under a signature that was taken back is not handed out again, so that nobody seals it.
    """
    is_issued = rendition.version_id == document.issued_version_id
    if inside:
        return is_issued or rendition.purpose == RenditionPurpose.DRAFT
    return is_issued and rendition.purpose == RenditionPurpose.SYSTEM_COPY


def open_renditions(document: Document, *, inside: bool) -> list[Rendition]:
    """The PDFs that may be fetched, newest first."""
    rows = document.renditions.select_related("version", "document").order_by("-version__ordinal", "-purpose")
    return [one for one in rows if is_open(one, document, inside=inside)]


def open_originals(document: Document, *, inside: bool) -> QuerySet[SealedOriginal]:
    """The sealed originals: inside at once, outside when the document is delivered."""
    rows = document.sealed_originals.order_by("pk")
    return rows if inside or document.delivered_at is not None else rows.none()


def numbers_of(scope: Scope) -> QuerySet[IssuedNumber]:
    """The register of numbers of every commission whose papers this person reads as a whole.

    Of a commission whose archivist they are, only the numbers of cases they may know.
    """
    whole = Q(series__commission__in=scope.commissions_where(*(REGISTER_ROLES - {Role.ARCHIVIST})))
    archived = Q(series__commission__in=scope.commissions_where(Role.ARCHIVIST))
    known = _of_known_subjects(scope)
    return IssuedNumber.objects.filter(whole | archived & known).select_related("series", "document")


def known_documents(scope: Scope) -> QuerySet[Document]:
    """The documents that a scope may read of subjects it may know, newest first."""
    return documents(scope).filter(_of_known_subjects(scope))


def _of_known_subjects(scope: Scope) -> Q:
    known = Q(pk__in=[])
    for kind, keys in known_keys(scope).items():
        known |= Q(subject_kind=kind, subject_key__in=keys)
    return known


def reads_registers(scope: Scope) -> bool:
    """Whether somebody reads the papers of a whole commission, and with them its register of numbers."""
    return bool(scope.commissions_where(*REGISTER_ROLES))


def looks_after_renditions(scope: Scope) -> bool:
    """Whether failed PDFs are this person's to look after."""
    return bool(scope.roles & (ALL_READERS | {Role.SYSTEM_ADMIN}))


def failed_renditions(*, user: User, scope: Scope, at: datetime) -> list[tuple[Rendition, bool]]:
    """The PDFs that failed for good, oldest first, each with whether its document may be named to this person.

    The keeper of the system looks after those of the commission without ever seeing case data.
    """
    rows = Rendition.objects.filter(_looked_after(scope), state=RenditionState.FAILED)
    readable = set(documents(scope).filter(renditions__in=rows).values_list("pk", flat=True))
    return [
        (rendition, is_named)
        for rendition in rows.select_related("document", "version").order_by("pk")
        if (is_named := rendition.document_id in readable and _knows(rendition.document, user, scope, at))
        or scope.holds(Role.SYSTEM_ADMIN, rendition.document.path)
    ]


def rendition_to_retry(pk: int, *, user: User, scope: Scope, at: datetime) -> Rendition:
    """A PDF that this person may look after.

    Raises: NotVisible (documents_may_not_read).
    """
    rendition = Rendition.objects.filter(_looked_after(scope), pk=pk).select_related("document").first()
    if rendition is None:
        raise NotVisible("documents_may_not_read")
    if not scope.holds(Role.SYSTEM_ADMIN, rendition.document.path):
        read_document(rendition.document_id, user=user, scope=scope, at=at)
    return rendition


def _looked_after(scope: Scope) -> Q:
    mine = Q(document__in=documents(scope).values("pk"))
    for path in scope.paths_for(Role.SYSTEM_ADMIN):
        mine |= Q(document__path__startswith=path)
    return mine


def _knows(document: Document, user: User, scope: Scope, at: datetime) -> bool:
    return _reading_scope(document, user, scope, at) is not None


def _reading_scope(document: Document, user: User, scope: Scope, at: datetime) -> Scope | None:
    return reading_scope(document.subject_kind, document.subject_key, user=user, scope=scope, at=at)


def place_of(name: str) -> Path:
    """Where a file of a document lies.

    Raises: Invalid (papers_file_gone) when the store has lost it.
    """
    place = Path(settings.MEDIA_ROOT) / name
    if not name or not place.is_file():
        raise Invalid("papers_file_gone")
    return place


def note_access(document: Document, verb: str, *, actor: Actor, at: datetime, **facts: object) -> None:
    """The reading, download or print stands in the access chain of the commission, which the case page never shows.

    Journal: document.read, document.download.
    """
    record_access(
        commission=document.commission,
        verb=f"document.{verb}",
        actor=actor,
        subject=Subject("document", str(document.pk)),
        at=at,
        facts={"case": document.subject_key, "kind": document.kind, "number": document.number, **facts},
    )
