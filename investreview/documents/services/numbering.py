"""Numbers: own series without gaps from a locked counter, or entered from the document office's register."""

from datetime import datetime

from django.db import IntegrityError, transaction

from investreview.core.actor import Actor
from investreview.core.clock import legal_date
from investreview.core.errors import Invalid
from investreview.core.scope import Scope
from investreview.core.subject import Subject
from investreview.core.text import clean_line
from investreview.documents import permissions, rules
from investreview.documents.kinds import NumberMode, NumberState
from investreview.documents.models import Document, IssuedNumber, NumberCounter, NumberSeries
from investreview.journal.services import record

LARGEST_START = 99_999


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


def start_of(series: NumberSeries, year: int) -> int:
    """The number with which a year begins where nobody has set another."""
    return series.first if year == series.first_year else 1


def next_ordinal(series: NumberSeries, year: int) -> int:
    """The number that the series gives next in the year."""
    counter = NumberCounter.objects.filter(series=series, year=year).first()
    return counter.next if counter is not None else start_of(series, year)


def start_series(
    *, commission: str, series: str, year: int, first: int, reason: str, scope: Scope, actor: Actor, at: datetime
) -> NumberCounter:
    """The series gives ``first`` next in ``year``: it goes on where the office's paper register stopped.

    Once, before the series gave a number in that year. Raises: Forbidden, Invalid (documents_series_unknown,
    documents_series_entered, documents_series_begun, documents_series_year, documents_series_first). Rule: DOMAIN §16,
    series get start values. Journal: series.start.
    """
    with transaction.atomic():
        permissions.require(permissions.can_start_series(scope, commission))
        held = series_of(commission, series)
        if held.mode != NumberMode.OWN_SERIES:
            raise Invalid("documents_series_entered", series=series)
        if not held.first_year <= year <= legal_date(at).year + 1:
            raise Invalid("documents_series_year", field="year", given=year, first=held.first_year)
        if not 2 <= first <= LARGEST_START:
            raise Invalid("documents_series_first", field="first", given=first, most=LARGEST_START)
        counter, is_new = NumberCounter.objects.get_or_create(series=held, year=year, defaults={"next": first})
        if not is_new:
            raise Invalid("documents_series_begun", field="year", year=year, next=counter.next)
        facts = {"year": year, "first": first, "reason": clean_line(reason, max_length=500)}
        subject = Subject(kind="series", key=series)
        record(chain=commission, verb="series.start", actor=actor, subject=subject, at=at, facts=facts)
        return counter


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
    NumberCounter.objects.get_or_create(series=series, year=year, defaults={"next": start_of(series, year)})
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


def keep_or_take(
    series: NumberSeries, *, year: int, subject: Subject, document: Document, actor: Actor, at: datetime
) -> IssuedNumber:
    """The number that the document kept when its signature was taken back, else the next one of the series.

    A number of another year is void: a letter's number is of the year of its date. Inside the caller's transaction.
    """
    kept = kept_number(series, year=year, document=document, actor=actor, at=at)
    return kept or take(series, year=year, subject=subject, document=document, at=at)


def kept_number(
    series: NumberSeries, *, year: int, document: Document, actor: Actor, at: datetime
) -> IssuedNumber | None:
    """The number of the series that the document kept from this year; one of another year is void from now on."""
    rows = document.numbers.select_for_update().filter(series=series, state=NumberState.ISSUED)
    kept: IssuedNumber | None = rows.order_by("pk").first()
    if kept is None or kept.year == year:
        return kept
    void(kept, reason=f"撤回签发后于{year}年重新签发，原编号不再使用", actor=actor, at=at)
    return None


def void_numbers_of(document: Document, *, reason: str, actor: Actor, at: datetime) -> None:
    """Every number that the document holds is void; inside the caller's transaction."""
    for number in document.numbers.select_for_update().filter(state=NumberState.ISSUED).order_by("pk"):
        void(number, reason=reason, actor=actor, at=at)


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
        void(number, reason=reason, actor=actor, at=at)
        subject = Subject(kind=number.subject_kind, key=number.subject_key)
        facts = {"series": series, "number": text, "reason": number.void_reason}
        record(chain=commission, verb="number.void", actor=actor, subject=subject, at=at, facts=facts)
        return number


def void(number: IssuedNumber, *, reason: str, actor: Actor, at: datetime) -> None:
    """The number is void, with its reason and by whom; inside the caller's transaction.

    Raises: Invalid (documents_number_void) when it already was.
    """
    if number.state == NumberState.VOIDED:
        raise Invalid("documents_number_void", field="number", given=number.text)
    number.state = NumberState.VOIDED
    number.voided_at = at
    number.void_reason = clean_line(reason, max_length=500)
    number.voided_by = actor.id
    number.voided_by_name = actor.name
    number.save(update_fields=["state", "voided_at", "void_reason", "voided_by", "voided_by_name"])
