"""The acts that fix a text: a form issued at once, a letter signed, numbered, and, if need be, voided."""

from datetime import date, datetime

from django.db import transaction

from investreview.core.actor import SYSTEM, Actor
from investreview.core.clock import legal_date
from investreview.core.errors import Invalid, Stale
from investreview.core.scope import Scope
from investreview.core.subject import Subject
from investreview.core.text import clean_line
from investreview.documents import permissions
from investreview.documents.contents import FormContent, Letter, LockedField
from investreview.documents.kinds import (
    EDITABLE_STATES,
    ISSUED_BY_RULE,
    SERIES_FORMS,
    DocumentState,
    NumberMode,
)
from investreview.documents.models import Document, DocumentVersion, NumberSeries
from investreview.documents.services.common import add_version, journal, letter_of, locked, require_state, save
from investreview.documents.services.drafting import check_wording, new_document
from investreview.documents.services.numbering import (
    enter,
    keep_or_take,
    kept_number,
    series_of,
    take,
    void_numbers_of,
)
from investreview.documents.services.renditions import queue_issued

VOIDABLE = frozenset({DocumentState.SIGNED, DocumentState.NUMBERED, DocumentState.SEALED, DocumentState.DELIVERED})


def issue_system_copy(
    *,
    commission: str,
    path: str,
    subject: Subject,
    content: FormContent,
    scope: Scope,
    actor: Actor,
    at: datetime,
    series: str = "",
) -> Document:
    """A form is drafted, numbered, fixed and queued in one act.

    Receipts, notices and opinions take the next number of ``series``; the other forms bring their own: M02 and 呈批表
    their version code, papers of a draw and the excerpt of an opinion the number of what they belong to. Raises:
    Forbidden, Invalid (documents_series_*, documents_code_missing). Journal: document.issue.
    """
    with transaction.atomic():
        permissions.require(permissions.can_issue(scope, content.kind, path))
        return _issue_form(commission, path, subject, content, actor=actor, at=at, series=series)


def issue_by_rule(
    *, commission: str, path: str, subject: Subject, content: FormContent, at: datetime, series: str = ""
) -> Document:
    """A paper that follows from a record by itself is issued by the system: nobody decides it, nobody may hold it back.

    Papers of a draw when it has ended, a panel's opinion when the last member has signed, its excerpt with the reply;
    whoever ended the record has been asked there. Raises: Forbidden (documents_may_not_issue) for any other kind,
    Invalid (documents_series_*, documents_code_missing). Journal: document.issue.
    """
    with transaction.atomic():
        permissions.require("" if content.kind in ISSUED_BY_RULE else "documents_may_not_issue")
        return _issue_form(commission, path, subject, content, actor=SYSTEM, at=at, series=series)


def _issue_form(
    commission: str, path: str, subject: Subject, content: FormContent, *, actor: Actor, at: datetime, series: str
) -> Document:
    dated_on = content.dated_on or legal_date(at)
    document = new_document(commission=commission, path=path, subject=subject, content=content, at=at)
    document.dated_on = dated_on
    if content.kind in SERIES_FORMS:
        document.series = series_of(commission, series)
        number = take(document.series, year=dated_on.year, subject=subject, document=document, at=at).text
    else:
        number = content.number
    if not number:
        raise Invalid("documents_code_missing")
    issued = content.issued_as(number, dated_on)
    version = add_version(document, issued, actor=actor, at=at, note="签发")
    _sign(document, version, signer=actor, at=at)
    _issue(document, version, number=number, state=DocumentState.NUMBERED)
    save(document)
    queue_issued(document, version, is_letter=False, at=at)
    journal(document, "issue", actor=actor, at=at, facts={"sha256": version.sha256, "edition": document.edition})
    return document


def sign_document(
    document: Document,
    *,
    version_ordinal: int,
    sha256: str,
    signer: Actor,
    signed_on: date,
    series: str,
    scope: Scope,
    actor: Actor,
    at: datetime,
    registration_series: str = "",
) -> Document:
    """One version of the letter is signed. With an own series it has its number and is NUMBERED, with an entered one
    it is SIGNED until ``enter_number``. ``registration_series`` gives a filing its 备案登记号; a letter that takes the
    place of another keeps that one's. Numbers kept from a signature that was taken back are used again.

    ``signer`` differs from ``actor`` when a signature given on paper is entered. ``sha256`` is the hash of the
    version that was read. Counters are locked last. Raises: Forbidden, Stale (documents_version_not_newest), Invalid
    (documents_hash_differs, documents_registration_series, documents_wrong_state, wording faults).
    Journal: document.sign.
    """
    with transaction.atomic():
        document = locked(document)
        permissions.require(permissions.can_sign(scope, document, signer_id=signer.id, actor_id=actor.id))
        require_state(document, EDITABLE_STATES)
        version = _signed_version(document, version_ordinal, sha256)
        letter = letter_of(version)
        check_wording(letter)
        has_number = bool(registration_series or document.kept_registration_number)
        if (LockedField.FILING_NUMBER in letter.locked_values()) != has_number:
            raise Invalid("documents_registration_series")
        document.dated_on = signed_on
        document.series = series_of(document.commission, series)
        _sign(document, version, signer=signer, at=at)
        document.state = DocumentState.SIGNED
        _take_numbers(document, letter, registration_series, actor=actor, at=at)
        save(document)
        facts = {
            "version": version.ordinal,
            "sha256": version.sha256,
            "signed_on": signed_on.isoformat(),
            "signer": signer.name,
            "on_behalf_of": signer.on_behalf_of,
            "registration_number": document.registration_number,
            "content_sha256": document.content_sha256,
        }
        journal(document, "sign", actor=actor, at=at, facts=facts)
        return document


def _signed_version(document: Document, ordinal: int, sha256: str) -> DocumentVersion:
    newest = document.versions.order_by("-ordinal")[0]
    if newest.ordinal != ordinal:
        raise Stale("documents_version_not_newest", who=newest.author_name, ordinal=newest.ordinal)
    if newest.sha256 != sha256:
        raise Invalid("documents_hash_differs")
    return newest


def _sign(document: Document, version: DocumentVersion, *, signer: Actor, at: datetime) -> None:
    document.signed_version = version
    document.signer = signer.id
    document.signer_name = signer.name
    document.signer_on_behalf_of = signer.on_behalf_of
    document.signed_at = at


def _take_numbers(document: Document, letter: Letter, registration_series: str, *, actor: Actor, at: datetime) -> None:
    """Registration number and own number are the document's; counters are locked in the order of their codes."""
    wanted: list[NumberSeries] = []
    own, year = document.series, _year(document)
    if registration_series:
        wanted.append(series_of(document.commission, registration_series))
    if own is not None and own.mode == NumberMode.OWN_SERIES:
        wanted.append(own)
    given = {
        series.code: keep_or_take(
            series, year=year, subject=_subject(document), document=document, actor=actor, at=at
        ).text
        for series in sorted(wanted, key=lambda series: series.code)
    }
    document.registration_number = given.get(registration_series, "") or document.kept_registration_number
    number = given.get(own.code, "") if own is not None else ""
    if own is not None and not number:
        entered = kept_number(own, year=year, document=document, actor=actor, at=at)
        number = entered.text if entered is not None else ""
    if number:
        _number(document, letter, number, actor=actor, at=at)


def enter_number(document: Document, *, text: str, scope: Scope, actor: Actor, at: datetime) -> Document:
    """The signed letter carries the number of the office's register and is NUMBERED.

    Raises: Forbidden, Invalid at number (documents_number_shape, …_taken, …_year), documents_wrong_state.
    Journal: document.enter_number.
    """
    with transaction.atomic():
        document = locked(document)
        permissions.require(permissions.can_number(scope, document))
        require_state(document, {DocumentState.SIGNED})
        if document.series is None or document.signed_version is None:
            raise Invalid("documents_not_issued")
        number = enter(document.series, text=text, subject=_subject(document), document=document, at=at)
        _number(document, letter_of(document.signed_version), number.text, actor=actor, at=at)
        save(document)
        journal(document, "enter_number", actor=actor, at=at, facts={"content_sha256": document.content_sha256})
        return document


def _number(document: Document, letter: Letter, number: str, *, actor: Actor, at: datetime) -> None:
    """The issued version (signed text with its numbers and date) stands, and its PDFs are queued."""
    if document.dated_on is None:
        raise Invalid("documents_not_issued")
    issued = letter.issued_as(number, document.dated_on)
    if document.registration_number:
        issued = issued.filled(LockedField.FILING_NUMBER, document.registration_number)
    version = add_version(document, issued, actor=actor, at=at, note="签发编号")
    _issue(document, version, number=number, state=DocumentState.NUMBERED)
    queue_issued(document, version, is_letter=True, at=at)


def _issue(document: Document, version: DocumentVersion, *, number: str, state: DocumentState) -> None:
    document.number = number
    document.issued_version = version
    document.content_sha256 = version.sha256
    document.state = state


def _year(document: Document) -> int:
    if document.dated_on is None:
        raise Invalid("documents_not_issued")
    return document.dated_on.year


def _subject(document: Document) -> Subject:
    return Subject(kind=document.subject_kind, key=document.subject_key)


def void_document(document: Document, *, reason: str, scope: Scope, actor: Actor, at: datetime) -> Document:
    """The signed document and its numbers are void; both stay in the register with the reason.

    Raises: Forbidden, Invalid (documents_wrong_state). Rule: DOMAIN §17. Journal: document.void.
    """
    with transaction.atomic():
        document = locked(document)
        permissions.require(permissions.can_dispatch(scope, document))
        require_state(document, VOIDABLE)
        document.state = DocumentState.VOIDED
        document.voided_at = at
        document.void_reason = clean_line(reason, max_length=500)
        save(document)
        void_numbers_of(document, reason=reason, actor=actor, at=at)
        journal(document, "void", actor=actor, at=at, facts={"reason": document.void_reason})
        return document
