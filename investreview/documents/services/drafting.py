"""Letters until they are signed: drafted from the template, edited between locked fields, countersigned, checked."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet

from investreview.core.actor import Actor
from investreview.core.errors import Busy, Invalid, Stale
from investreview.core.scope import Scope
from investreview.core.subject import Subject
from investreview.core.text import clean_line
from investreview.documents import permissions, rules
from investreview.documents.contents import LOCKED_LABELS, Content, Letter
from investreview.documents.kinds import EDITABLE_STATES, LETTERS, LIVE_STATES, DocumentKind, DocumentState
from investreview.documents.kinds import RenditionPurpose as Purpose
from investreview.documents.models import Document, DocumentVersion
from investreview.documents.services.common import add_version, journal, letter_of, locked, require_state, save
from investreview.documents.services.renditions import queue
from investreview.documents.wording import to_editable


def draft_document(
    *, commission: str, path: str, subject: Subject, content: Letter, scope: Scope, actor: Actor, at: datetime
) -> Document:
    """A letter exists as draft with its first version; a draft PDF is queued.

    Raises: Forbidden, Invalid (documents_letter_exists, documents_filing_*, documents_refusal_not_said).
    Journal: document.draft.
    """
    with transaction.atomic():
        permissions.require(permissions.can_write(scope, path))
        check_wording(content)
        if live_letters(commission, subject, content.kind).exists():
            raise Invalid("documents_letter_exists", kind=content.kind.label)
        document = new_document(commission=commission, path=path, subject=subject, content=content, at=at)
        version = add_version(document, content, actor=actor, at=at, note="起草")
        journal(document, "draft", actor=actor, at=at, facts={"version": 1, "sha256": version.sha256})
        queue(version, Purpose.DRAFT, at=at)
        return document


def new_document(*, commission: str, path: str, subject: Subject, content: Content, at: datetime) -> Document:
    """The row of a new document, the next edition of its kind on its subject.

    Raises: Busy (core_busy) when somebody makes the same in this moment.
    """
    same = Document.objects.filter(
        commission=commission, subject_kind=subject.kind, subject_key=subject.key, kind=content.kind
    )
    try:
        with transaction.atomic():
            return Document.objects.create(
                commission=commission,
                path=path,
                kind=content.kind,
                subject_kind=subject.kind,
                subject_key=subject.key,
                edition=(same.aggregate(last=Max("edition"))["last"] or 0) + 1,
                title=content.title[:4000],
                mark=content.mark,
                created_at=at,
            )
    except IntegrityError:
        raise Busy("core_busy") from None


def live_letters(commission: str, subject: Subject, kind: DocumentKind) -> QuerySet[Document]:
    """The letters of a kind on a subject that are neither voided nor corrected."""
    return Document.objects.filter(
        commission=commission,
        subject_kind=subject.kind,
        subject_key=subject.key,
        kind=kind,
        kind__in=LETTERS,
        state__in=LIVE_STATES,
    )


def check_wording(letter: Letter) -> None:
    """Nothing happens when the letter says what its kind must say, and nothing it must not.

    Raises: Invalid at body.
    """
    text = "\n".join(paragraph.text for paragraph in letter.paragraphs)
    is_filing = letter.kind is DocumentKind.FILING_LETTER
    fault = rules.filing_wording_fault(text) if is_filing else rules.refusal_wording_fault(text)
    if fault:
        raise Invalid(fault, field="body")


def save_wording(
    document: Document,
    *,
    base_ordinal: int,
    content: Letter,
    scope: Scope,
    actor: Actor,
    at: datetime,
    note: str = "",
) -> DocumentVersion:
    """The typed wording is the newest version; the document is a draft again, its checks are to be made anew.

    Raises: Forbidden, Stale (documents_wording_stale with ``theirs`` and ``yours``), Invalid
    (documents_locked_changed, documents_wrong_state, wording faults). Journal: document.save_wording.
    """
    with transaction.atomic():
        document = locked(document)
        permissions.require(permissions.can_write(scope, document.path))
        require_state(document, EDITABLE_STATES)
        newest = _newest_on(document, base_ordinal, content)
        _require_locked_unchanged(letter_of(newest), content)
        return _put(document, content, verb="save_wording", actor=actor, at=at, note=note)


def redraft_document(
    document: Document,
    *,
    base_ordinal: int,
    content: Letter,
    scope: Scope,
    actor: Actor,
    at: datetime,
    note: str,
) -> DocumentVersion:
    """The letter is drawn anew from the template and the facts as they are now; older versions stay.

    Raises: Forbidden, Stale, Invalid (documents_kind_changed, documents_wrong_state). Journal: document.redraft.
    """
    with transaction.atomic():
        document = locked(document)
        permissions.require(permissions.can_write(scope, document.path))
        require_state(document, EDITABLE_STATES)
        if content.kind != document.kind:
            raise Invalid("documents_kind_changed", kind=DocumentKind(document.kind).label)
        _newest_on(document, base_ordinal, content)
        document.title = content.title[:4000]
        return _put(document, content, verb="redraft", actor=actor, at=at, note=note)


def _put(document: Document, content: Letter, *, verb: str, actor: Actor, at: datetime, note: str) -> DocumentVersion:
    check_wording(content)
    version = add_version(document, content, actor=actor, at=at, note=note)
    document.state = DocumentState.DRAFT
    document.title = content.title[:4000]
    save(document)
    journal(document, verb, actor=actor, at=at, facts={"version": version.ordinal, "sha256": version.sha256})
    queue(version, Purpose.DRAFT, at=at)
    return version


def _newest_on(document: Document, base_ordinal: int, yours: Letter) -> DocumentVersion:
    """The newest version, which is the one the writer began from."""
    newest = document.versions.order_by("-ordinal")[0]
    if newest.ordinal != base_ordinal:
        raise Stale(
            "documents_wording_stale",
            who=newest.author_name,
            ordinal=newest.ordinal,
            theirs=to_editable(letter_of(newest)),
            yours=to_editable(yours),
        )
    return newest


def _require_locked_unchanged(before: Letter, after: Letter) -> None:
    """Nothing happens while all that nobody types over is what it was."""
    whole = {
        "发文机关": (before.organ, after.organ),
        "署名": (before.organ_short, after.organ_short),
        "主送": (before.recipient, after.recipient),
        "发文字号": (before.number, after.number),
        "成文日期": (before.dated_on, after.dated_on),
        "标识": (before.mark, after.mark),
        "文种": (before.kind, after.kind),
    }
    changed = [name for name, (old, new) in whole.items() if old != new]
    changed += sorted({LOCKED_LABELS[span.field] for span in before.locked_spans() ^ after.locked_spans()})
    if changed:
        raise Invalid("documents_locked_changed", field="body", names="、".join(changed))


def discard_draft(document: Document, *, reason: str, scope: Scope, actor: Actor, at: datetime) -> Document:
    """The draft is void with its reason; another may be drafted.

    Raises: Forbidden, Invalid (documents_wrong_state). Journal: document.discard.
    """
    with transaction.atomic():
        document = locked(document)
        permissions.require(permissions.can_write(scope, document.path))
        require_state(document, EDITABLE_STATES)
        document.state = DocumentState.VOIDED
        document.voided_at = at
        document.void_reason = clean_line(reason, max_length=500)
        save(document)
        journal(document, "discard", actor=actor, at=at, facts={"reason": document.void_reason})
        return document


def record_countersigned(document: Document, *, scope: Scope, actor: Actor, at: datetime) -> Document:
    """The offices' opinions on this draft are in.

    Raises: Forbidden, Invalid (documents_wrong_state). Journal: document.countersign.
    """
    with transaction.atomic():
        document = locked(document)
        permissions.require(permissions.can_write(scope, document.path))
        require_state(document, {DocumentState.DRAFT})
        document.state = DocumentState.COUNTERSIGNED
        save(document)
        journal(document, "countersign", actor=actor, at=at)
        return document


def record_wording_check(
    document: Document, *, version_ordinal: int, scope: Scope, actor: Actor, at: datetime
) -> Document:
    """The document office has checked the wording (核稿) of the newest version.

    Raises: Forbidden, Stale (documents_version_not_newest), Invalid (documents_wrong_state).
    Journal: document.check_wording.
    """
    with transaction.atomic():
        document = locked(document)
        permissions.require(permissions.can_dispatch(scope, document))
        require_state(document, EDITABLE_STATES)
        newest = document.versions.order_by("-ordinal")[0]
        if newest.ordinal != version_ordinal:
            raise Stale("documents_version_not_newest", who=newest.author_name, ordinal=newest.ordinal)
        document.state = DocumentState.OFFICE_CHECKED
        save(document)
        journal(document, "check_wording", actor=actor, at=at, facts={"version": version_ordinal})
        return document
