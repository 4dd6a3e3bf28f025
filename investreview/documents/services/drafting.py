"""Letters until they are signed: drafted from the template, edited between locked fields, countersigned, checked."""

from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet

from investreview.core.actor import Actor
from investreview.core.errors import Busy, Invalid, Stale
from investreview.core.scope import Scope
from investreview.core.subject import Subject
from investreview.core.text import clean_line
from investreview.documents import permissions, rules
from investreview.documents.contents import LOCKED_LABELS, Content, Letter, LockedField
from investreview.documents.kinds import (
    EDITABLE_STATES,
    LETTERS,
    LIVE_STATES,
    SENT_STATES,
    UNSENT_STATES,
    DocumentKind,
    DocumentState,
)
from investreview.documents.kinds import RenditionPurpose as Purpose
from investreview.documents.models import Document, DocumentVersion
from investreview.documents.services.common import add_version, journal, letter_of, locked, require_state, save
from investreview.documents.services.numbering import void_numbers_of
from investreview.documents.services.renditions import queue
from investreview.documents.wording import to_editable


def draft_document(
    *,
    commission: str,
    path: str,
    subject: Subject,
    content: Letter,
    scope: Scope,
    actor: Actor,
    at: datetime,
    replaces: Document | None = None,
) -> Document:
    """A letter exists as draft with its first version; a draft PDF is queued.

    ``replaces`` is the sent letter that this one corrects or takes the place of.
    Raises: Forbidden, Invalid (documents_letter_exists, documents_remedy_too_early, documents_filing_*,
    documents_refusal_not_said, documents_review_not_said, documents_correction_not_said). Journal: document.draft.
    """
    with transaction.atomic():
        permissions.require(permissions.can_write(scope, path, content.kind))
        check_wording(content)
        if replaces is not None:
            _require_remediable(replaces)
        elif live_letters(commission, subject, content.kind).exists():
            raise Invalid("documents_letter_exists", kind=content.kind.label)
        document = new_document(
            commission=commission, path=path, subject=subject, content=content, at=at, replaces=replaces
        )
        version = add_version(document, content, actor=actor, at=at, note="起草")
        journal(document, "draft", actor=actor, at=at, facts={"version": 1, "sha256": version.sha256})
        queue(version, Purpose.DRAFT, at=at)
        return document


def _require_remediable(original: Document) -> None:
    """Nothing happens for a letter that was sealed and that no other letter is being written for."""
    if original.state not in SENT_STATES:
        raise Invalid("documents_remedy_too_early", title=original.title)
    if original.replacements.filter(state__in=UNSENT_STATES).exists():
        raise Invalid("documents_letter_exists", kind=DocumentKind(original.kind).label)


def new_document(
    *,
    commission: str,
    path: str,
    subject: Subject,
    content: Content,
    at: datetime,
    replaces: Document | None = None,
) -> Document:
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
                replaces=replaces,
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
    fault = _wording_rule(letter)(text)
    if fault:
        raise Invalid(fault, field="body")


def _wording_rule(letter: Letter) -> Callable[[str], str | None]:
    """What is asked of the wording; a reply after a second review files when it has a place for the 备案登记号."""
    if letter.kind is DocumentKind.SECOND_REVIEW_LETTER:
        files = LockedField.FILING_NUMBER in letter.locked_values()
        return rules.passing_review_wording_fault if files else rules.refusing_review_wording_fault
    return {
        DocumentKind.FILING_LETTER: rules.filing_wording_fault,
        DocumentKind.REFUSAL_LETTER: rules.refusal_wording_fault,
        DocumentKind.CORRECTION_LETTER: rules.correction_wording_fault,
        DocumentKind.SAMPLE_NOTICE: rules.sample_notice_wording_fault,
    }[letter.kind]


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
        permissions.require(permissions.can_write(scope, document.path, document.kind))
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
        permissions.require(permissions.can_write(scope, document.path, document.kind))
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
    now = after.fixed_parts()
    changed = [name for name, value in before.fixed_parts().items() if now.get(name) != value]
    changed += sorted({LOCKED_LABELS[span.field] for span in before.locked_spans() ^ after.locked_spans()})
    if changed:
        raise Invalid("documents_locked_changed", field="body", names="、".join(changed))


def discard_draft(document: Document, *, reason: str, scope: Scope, actor: Actor, at: datetime) -> Document:
    """The draft is void with its reason, and with it a number that it kept; another may be drafted.

    Raises: Forbidden, Invalid (documents_wrong_state). Journal: document.discard.
    """
    with transaction.atomic():
        document = locked(document)
        permissions.require(permissions.can_write(scope, document.path, document.kind))
        require_state(document, EDITABLE_STATES)
        document.state = DocumentState.VOIDED
        document.voided_at = at
        document.void_reason = clean_line(reason, max_length=500)
        save(document)
        void_numbers_of(document, reason=f"文稿作废：{document.void_reason}"[:500], actor=actor, at=at)
        journal(document, "discard", actor=actor, at=at, facts={"reason": document.void_reason})
        return document


def record_countersigned(document: Document, *, scope: Scope, actor: Actor, at: datetime) -> Document:
    """The offices' opinions on this draft are in.

    Raises: Forbidden, Invalid (documents_wrong_state). Journal: document.countersign.
    """
    with transaction.atomic():
        document = locked(document)
        permissions.require(permissions.can_write(scope, document.path, document.kind))
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
