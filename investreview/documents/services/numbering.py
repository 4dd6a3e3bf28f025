"""Numbers: own series without gaps from a locked counter, or entered from the document office's register."""

from datetime import datetime

from django.db import IntegrityError, transaction

from investreview.core.actor import Actor
from investreview.core.errors import Invalid
from investreview.core.scope import Scope
from investreview.core.subject import Subject
from investreview.core.text import clean_line
from investreview.documents import permissions, rules
from investreview.documents.kinds import NumberMode, NumberState
from investreview.documents.models import Document, IssuedNumber, NumberCounter, NumberSeries
from investreview.journal.services import record


def open_series(
    *,
    commission: str,
    code: str,
    label: str,
    mode: NumberMode,
    first_year: int,
    first: int,
    actor: Actor,
    at: datetime,
) -> NumberSeries:
    """The commission has the series; numbering starts at ``first`` in ``first_year`` and at 1 in later years.

    The same call again changes nothing. Raises: Invalid (documents_series_label, documents_series_differs).
    Journal: series.open, when it is new.
    """
    if rules.label_fault(label):
        raise Invalid("documents_series_label", field="label", given=label)
    with transaction.atomic():
        values = {"label": label, "mode": mode, "first_year": first_year, "first": first}
        series, is_new = NumberSeries.objects.get_or_create(commission=commission, code=code, defaults=values)
        if not is_new:
            if any(getattr(series, name) != value for name, value in values.items()):
                raise Invalid("documents_series_differs", series=code)
            return series
        subject = Subject(kind="series", key=code)
        record(chain=commission, verb="series.open", actor=actor, subject=subject, at=at, facts=values)
        return series


def series_of(commission: str, code: str) -> NumberSeries:
    """The commission's series.

    Raises: Invalid (documents_series_unknown).
    """
    series = NumberSeries.objects.filter(commission=commission, code=code).first()
    if series is None:
        raise Invalid("documents_series_unknown", series=code)
    return series


def take_number(*, commission: str, series: str, year: int, subject: Subject, actor: Actor, at: datetime) -> str:
    """The next number of an own series is the subject's; call it last in the transaction that uses it.

    Raises: Invalid (documents_series_unknown, documents_series_entered). Journal: number.take.
    """
    with transaction.atomic():
        number = take(series_of(commission, series), year=year, subject=subject, document=None, at=at)
        facts = {"series": series, "number": number.text}
        record(chain=commission, verb="number.take", actor=actor, subject=subject, at=at, facts=facts)
        return number.text


def take(series: NumberSeries, *, year: int, subject: Subject, document: Document | None, at: datetime) -> IssuedNumber:
    """The next number of the series in the year, from its locked counter; inside the caller's transaction."""
    if series.mode != NumberMode.OWN_SERIES:
        raise Invalid("documents_series_entered", series=series.code)
    start = series.first if year == series.first_year else 1
    NumberCounter.objects.get_or_create(series=series, year=year, defaults={"next": start})
    counter = NumberCounter.objects.select_for_update().get(series=series, year=year)
    ordinal = counter.next
    counter.next = ordinal + 1
    counter.save(update_fields=["next"])
    return IssuedNumber.objects.create(
        series=series,
        year=year,
        ordinal=ordinal,
        text=rules.number_text(series.label, year=year, ordinal=ordinal),
        subject_kind=subject.kind,
        subject_key=subject.key,
        document=document,
        issued_at=at,
    )


def enter(series: NumberSeries, *, text: str, subject: Subject, document: Document, at: datetime) -> IssuedNumber:
    """The number of the office's register is the document's; inside the caller's transaction.

    Raises: Invalid at number (documents_number_shape, documents_number_taken, documents_number_year,
    documents_series_own).
    """
    if series.mode != NumberMode.ENTERED:
        raise Invalid("documents_series_own", series=series.code)
    typed = clean_line(text, max_length=120)
    parsed = rules.parse_number(series.label, typed)
    if parsed is None:
        example = rules.number_text(series.label, year=at.year, ordinal=7)
        raise Invalid("documents_number_shape", field="number", given=typed, example=example)
    year, ordinal = parsed
    dated_on = document.dated_on
    if dated_on is not None and year != dated_on.year:
        raise Invalid("documents_number_year", field="number", given=typed, year=dated_on.year)
    try:
        with transaction.atomic():
            return IssuedNumber.objects.create(
                series=series,
                year=year,
                ordinal=ordinal,
                text=typed,
                subject_kind=subject.kind,
                subject_key=subject.key,
                document=document,
                issued_at=at,
            )
    except IntegrityError:
        raise Invalid("documents_number_taken", field="number", given=typed) from None


def void_number(
    *, commission: str, series: str, text: str, reason: str, scope: Scope, actor: Actor, at: datetime
) -> IssuedNumber:
    """A number that no document carries is void; it stays in the register with its reason and is never given again.

    Raises: Forbidden, Invalid (documents_number_unknown, documents_number_has_document, documents_number_void).
    Journal: number.void.
    """
    with transaction.atomic():
        permissions.require(permissions.can_void_number(scope, commission))
        rows = IssuedNumber.objects.select_for_update().filter(series=series_of(commission, series), text=text)
        number = rows.first()
        if number is None:
            raise Invalid("documents_number_unknown", field="number", given=text)
        if number.document_id is not None:
            raise Invalid("documents_number_has_document", field="number", given=text)
        void(number, reason=reason, at=at)
        subject = Subject(kind=number.subject_kind, key=number.subject_key)
        facts = {"series": series, "number": text, "reason": number.void_reason}
        record(chain=commission, verb="number.void", actor=actor, subject=subject, at=at, facts=facts)
        return number


def void(number: IssuedNumber, *, reason: str, at: datetime) -> None:
    """The number is void, with its reason; inside the caller's transaction.

    Raises: Invalid (documents_number_void) when it already was.
    """
    if number.state == NumberState.VOIDED:
        raise Invalid("documents_number_void", field="number", given=number.text)
    number.state = NumberState.VOIDED
    number.voided_at = at
    number.void_reason = clean_line(reason, max_length=500)
    number.save(update_fields=["state", "voided_at", "void_reason"])
