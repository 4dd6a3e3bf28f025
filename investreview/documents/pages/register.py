"""The register of numbers: what was given, what is void and why; newest first, paged by key."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from investreview.documents.kinds import NumberState
from investreview.documents.models import IssuedNumber
from investreview.documents.pages.subjects import address_of

PAGE = 100


@dataclass(frozen=True)
class NumberRow:
    """One number of a series; a void one says since when, why and by whom; a reserved one waits for its letter."""

    text: str
    series: str
    subject: str
    subject_url: str
    title: str
    document_id: int | None
    issued_at: datetime
    is_void: bool
    is_reserved: bool
    voided_at: datetime | None
    void_reason: str
    voided_by: str


@dataclass(frozen=True)
class RegisterPage:
    """Up to 100 numbers; ``next_before`` begins the following page, 0 at the end."""

    rows: tuple[NumberRow, ...]
    next_before: int


def register_page(
    numbers: QuerySet[IssuedNumber], *, series: str = "", year: str = "", state: str = "", before: int = 0
) -> RegisterPage:
    """The numbers that fit, latest first."""
    if series:
        numbers = numbers.filter(series_id=int(series))
    if year:
        numbers = numbers.filter(year=int(year))
    if state:
        numbers = numbers.filter(state=state)
    if before:
        numbers = numbers.filter(pk__lt=before)
    found = list(numbers.order_by("-pk")[: PAGE + 1])
    shown = found[:PAGE]
    return RegisterPage(
        rows=tuple(_row(number) for number in shown), next_before=shown[-1].pk if len(found) > PAGE else 0
    )


def _row(number: IssuedNumber) -> NumberRow:
    return NumberRow(
        text=number.text,
        series=number.series.code,
        subject=number.subject_key,
        subject_url=address_of(number.subject_kind, number.subject_key),
        title=number.document.title if number.document is not None else "",
        document_id=number.document_id,
        issued_at=number.issued_at,
        is_void=number.state == NumberState.VOIDED,
        is_reserved=number.is_reserved,
        voided_at=number.voided_at,
        void_reason=number.void_reason,
        voided_by=number.voided_by_name,
    )
