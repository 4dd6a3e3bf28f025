"""What the verbs share: the locked document, its next version, its journal entry."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import Max

from investreview.core.actor import Actor
from investreview.core.errors import Invalid
from investreview.core.subject import Subject
from investreview.documents.codec import content_sha256, to_json
from investreview.documents.contents import Content, Letter
from investreview.documents.kinds import DocumentState
from investreview.documents.models import Document, DocumentVersion
from investreview.journal.services import record


def locked(document: Document) -> Document:
    """The document as it stands now, its row locked until the transaction ends."""
    return Document.objects.select_for_update(of=("self",)).get(pk=document.pk)


def require_state(document: Document, allowed: Collection[DocumentState]) -> None:
    """Nothing happens while the document is in one of ``allowed``.

    Raises: Invalid (documents_wrong_state).
    """
    if document.state not in allowed:
        state = DocumentState(document.state).label
        raise Invalid("documents_wrong_state", title=document.title, state=state)


def add_version(document: Document, content: Content, *, actor: Actor, at: datetime, note: str) -> DocumentVersion:
    """The content stands as the document's next version."""
    text = to_json(content)
    last = document.versions.aggregate(last=Max("ordinal"))["last"] or 0
    return DocumentVersion.objects.create(
        document=document,
        ordinal=last + 1,
        content=text,
        sha256=content_sha256(text),
        author=actor.id,
        author_name=actor.name,
        at=at,
        note=note,
    )


def letter_of(version: DocumentVersion) -> Letter:
    """The version's content, which is a letter: the caller knows from the document's kind or state."""
    content = version.parsed
    if not isinstance(content, Letter):
        raise TypeError(f"version {version.pk} is no letter")
    return content


def save(document: Document) -> None:
    """The document's row is written and its version has risen."""
    document.version += 1
    document.save()


def journal(
    document: Document, verb: str, *, actor: Actor, at: datetime, facts: Mapping[str, object] | None = None
) -> None:
    """The verb stands in the journal under the document's subject (its case), with the document's id and kind."""
    record(
        chain=document.commission,
        verb=f"document.{verb}",
        actor=actor,
        subject=Subject(kind=document.subject_kind, key=document.subject_key),
        at=at,
        facts={"document": document.pk, "kind": document.kind, "number": document.number, **(facts or {})},
    )
