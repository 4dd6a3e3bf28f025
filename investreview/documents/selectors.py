"""Reads of documents, limited by the reader's scope."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Q, QuerySet

from investreview.core.once import once
from investreview.core.roles import ENTERPRISE_ROLES, Role
from investreview.core.scope import Scope
from investreview.core.subject import Subject
from investreview.documents import permissions
from investreview.documents.kinds import ENTERPRISE_FORMS, LETTERS, DocumentKind, DocumentState, RenditionState
from investreview.documents.models import Document, DocumentVersion, Rendition, WithdrawnSignature
from investreview.documents.verification import is_own_code

SWEEP_SIZE = 50


def documents(scope: Scope) -> QuerySet[Document]:
    """Everything the reader may see, newest first."""
    seen = Q(pk__in=[])
    for kinds, roles in _readers():
        for path in scope.paths_for(*roles):
            seen |= Q(path__startswith=path, kind__in=kinds)
    in_hand = Q(kind__in=ENTERPRISE_FORMS) & ~Q(number="") | Q(kind__in=LETTERS, delivered_at__isnull=False)
    for path in scope.paths_for(*ENTERPRISE_ROLES):
        seen |= Q(path__startswith=path) & in_hand
    return Document.objects.filter(seen).order_by("-pk")


def _readers() -> Iterator[tuple[list[DocumentKind], frozenset[Role]]]:
    """Kinds that are read by the same roles, with those roles."""
    by_roles: dict[frozenset[Role], list[DocumentKind]] = {}
    for kind in DocumentKind:
        by_roles.setdefault(permissions.readers_of(kind), []).append(kind)
    for roles, kinds in by_roles.items():
        yield kinds, roles


def documents_of(subject: Subject, scope: Scope) -> QuerySet[Document]:
    """The subject's documents that the reader may see, in order."""
    return documents(scope).filter(subject_kind=subject.kind, subject_key=subject.key).order_by("pk")


def versions_of(document_id: int | None) -> list[DocumentVersion]:
    """Every version of a document with the document, the newest last; none of none. A page asks once."""
    if document_id is None:
        return []
    return once(("versions", document_id), lambda: list(all_versions(document_id)))


def all_versions(document_id: int | None) -> QuerySet[DocumentVersion]:
    """The same as a list still to be read."""
    return DocumentVersion.objects.filter(document_id=document_id or 0).select_related("document").order_by("ordinal")


def newest_version(document: Document) -> DocumentVersion:
    """The version that an editor begins from."""
    return document.versions.order_by("-ordinal")[0]


def due_renditions(at: datetime) -> list[int]:
    """Ids of queued PDFs whose next try is due, oldest first, at most one sweep's worth."""
    rows = Rendition.objects.filter(state=RenditionState.PENDING, next_try_at__lte=at).order_by("next_try_at")
    return list(rows.values_list("pk", flat=True)[:SWEEP_SIZE])


class Verdict(StrEnum):
    """What the verification page says of a code."""

    GENUINE = "GENUINE"
    VOIDED = "VOIDED"
    NOT_GENUINE = "NOT_GENUINE"


@dataclass(frozen=True)
class Verified:
    """The verdict; for genuine and voided papers also what was issued under the code."""

    verdict: Verdict
    kind: DocumentKind | None = None
    number: str = ""
    dated_on: str = ""


def verify_code(number: str, dated_on: str, hex16: str, check: str) -> Verified:
    """Whether a system copy with this code was issued, and whether it still holds.

    A code that was not made with our key and one that no document carries are answered alike.
    """
    if not is_own_code(number, dated_on, hex16, check):
        return Verified(Verdict.NOT_GENUINE)
    found = Document.objects.filter(number=number, content_sha256__startswith=hex16).order_by("pk").first()
    if found is None or found.dated_on is None or found.dated_on.isoformat() != dated_on:
        return _verify_withdrawn(number, dated_on, hex16)
    is_void = found.state in {DocumentState.VOIDED, DocumentState.CORRECTED}
    verdict = Verdict.VOIDED if is_void else Verdict.GENUINE
    return Verified(verdict, DocumentKind(found.kind), number, dated_on)


def _verify_withdrawn(number: str, dated_on: str, hex16: str) -> Verified:
    """A copy of a signature that was taken back before the seal is void."""
    kept = WithdrawnSignature.objects.filter(number=number, content_sha256__startswith=hex16).exclude(number="")
    found = kept.select_related("document").first()
    if found is None or found.dated_on.isoformat() != dated_on:
        return Verified(Verdict.NOT_GENUINE)
    return Verified(Verdict.VOIDED, DocumentKind(found.document.kind), number, dated_on)
