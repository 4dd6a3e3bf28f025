"""A letter that was signed and numbered on paper before its case was taken over (DOMAIN §16).

The paper is the original: the system prints nothing for it, and its number comes from the office's old register.
"""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from investreview.core.actor import Actor
from investreview.core.errors import Invalid
from investreview.core.scope import Scope
from investreview.core.subject import Subject
from investreview.core.text import clean_line
from investreview.documents import permissions, rules
from investreview.documents.contents import Letter
from investreview.documents.kinds import DocumentState, NumberMode
from investreview.documents.models import Document, IssuedNumber, NumberSeries
from investreview.documents.services.common import add_version, journal, save
from investreview.documents.services.drafting import new_document
from investreview.documents.services.numbering import next_ordinal, series_of

SIGNED_ON_PAPER = "线下签发"


def is_text_on_paper(document: Document) -> bool:
    """Whether the letter's wording stands on the paper only: it was signed there before its case was taken over."""
    issued = document.issued_version
    return issued is not None and issued.note == SIGNED_ON_PAPER


def record_signed_on_paper(
    *,
    commission: str,
    path: str,
    subject: Subject,
    content: Letter,
    signer: Actor,
    signed_on: date,
    number: str,
    registration_number: str,
    series: str,
    registration_series: str,
    scope: Scope,
    actor: Actor,
    at: datetime,
) -> Document:
    """The letter is NUMBERED with the numbers it has on paper; both stand in the register where they fit a series.

    Raises: Forbidden, Invalid at number or filing_number (documents_number_taken, documents_number_not_old).
    Journal: document.sign_on_paper.
    """
    with transaction.atomic():
        document = new_document(commission=commission, path=path, subject=subject, content=content, at=at)
        permissions.require(permissions.can_sign(scope, document, signer_id=signer.id, actor_id=actor.id))
        own = series_of(commission, series)
        document.series = own
        document.dated_on = signed_on
        document.signer, document.signer_name = signer.id, signer.name
        document.signed_at = at
        document.number = clean_line(number, max_length=120)
        document.registration_number = registration_number
        issued = content.issued_as(document.number, signed_on)
        version = add_version(document, issued, actor=actor, at=at, note=SIGNED_ON_PAPER)
        document.signed_version = document.issued_version = version
        document.content_sha256 = version.sha256
        document.state = DocumentState.NUMBERED
        if registration_number:
            filings = series_of(commission, registration_series)
            _register(filings, registration_number, document, field="filing_number", at=at)
        _register(own, document.number, document, field="document_number", at=at)
        save(document)
        facts = {
            "signed_on": signed_on.isoformat(),
            "signer": signer.name,
            "registration_number": registration_number,
            "sha256": version.sha256,
        }
        journal(document, "sign_on_paper", actor=actor, at=at, facts=facts)
        return document


def _register(series: NumberSeries, text: str, document: Document, *, field: str, at: datetime) -> None:
    """The old number stands in the register; one that is written after no series of ours is kept on the letter only."""
    parsed = rules.parse_number(series.label, text)
    if parsed is None:
        return
    year, ordinal = parsed
    if series.mode == NumberMode.OWN_SERIES and year >= series.first_year:
        upcoming = next_ordinal(series, year)
        if ordinal >= upcoming:
            raise Invalid("documents_number_not_old", field=field, given=text, next=upcoming, series=series.code)
    try:
        with transaction.atomic():
            IssuedNumber.objects.create(
                series=series,
                year=year,
                ordinal=ordinal,
                text=text,
                subject_kind=document.subject_kind,
                subject_key=document.subject_key,
                document=document,
                issued_at=at,
            )
    except IntegrityError:
        raise Invalid("documents_number_taken", field=field, given=text) from None
