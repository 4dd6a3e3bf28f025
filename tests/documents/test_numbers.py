"""Numbers: series, counters, voided numbers."""

import pytest
from django.db import transaction

from investreview.core.errors import DomainError, Forbidden, Invalid
from investreview.core.messages import sentence
from investreview.documents import services
from investreview.documents.kinds import NumberMode
from investreview.documents.models import IssuedNumber

from .factories import (
    AT,
    CLERK,
    CLERK_SCOPE,
    COMMISSION,
    LATER,
    OFFICER,
    OFFICER_SCOPE,
    SUBJECT,
    draft,
    open_all_series,
    open_series,
    sign,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def code_of(error: pytest.ExceptionInfo[DomainError]) -> str:
    assert sentence(error.value, "zh-hans")
    assert sentence(error.value, "en")
    return error.value.code


def take(year: int = 2024, series: str = "FILING") -> str:
    return services.take_number(commission=COMMISSION, series=series, year=year, subject=SUBJECT, actor=OFFICER, at=AT)


# -- numbers


def test_series_starts_where_it_is_told_and_anew_each_year() -> None:
    open_all_series()
    assert [take(), take(), take(2025), take(2025), take()] == [
        "BA2024-0007",
        "BA2024-0008",
        "BA2025-0001",
        "BA2025-0002",
        "BA2024-0009",
    ]


def test_rolled_back_number_is_given_again() -> None:
    open_all_series()
    take()
    with pytest.raises(RuntimeError), transaction.atomic():
        take()
        raise RuntimeError
    assert take() == "BA2024-0008"


def test_series_opened_twice_is_one_and_other_settings_are_refused() -> None:
    assert open_series("X", "X{year}-{n}") == open_series("X", "X{year}-{n}")
    with pytest.raises(Invalid) as raised:
        open_series("X", "Y{year}-{n}")
    assert code_of(raised) == "documents_series_differs"
    with pytest.raises(Invalid) as raised:
        open_series("Y", "Y{n}")
    assert code_of(raised) == "documents_series_label"


def test_number_of_an_unknown_or_entered_series_is_refused() -> None:
    open_all_series(letters=NumberMode.ENTERED)
    with pytest.raises(Invalid) as raised:
        take(series="NOPE")
    assert code_of(raised) == "documents_series_unknown"
    with pytest.raises(Invalid) as raised:
        take(series="LETTER")
    assert code_of(raised) == "documents_series_entered"


def void(text: str, **changes: object) -> IssuedNumber:
    values = {
        "commission": COMMISSION,
        "series": "FILING",
        "text": text,
        "reason": "误取",
        "scope": CLERK_SCOPE,
        "actor": CLERK,
        "at": LATER,
    }
    return services.void_number(**(values | changes))


def test_voided_number_stays_with_its_reason_and_is_not_given_again() -> None:
    open_all_series()
    void(take())
    assert take() == "BA2024-0008"
    assert list(IssuedNumber.objects.order_by("ordinal").values_list("text", "state", "void_reason")) == [
        ("BA2024-0007", "VOIDED", "误取"),
        ("BA2024-0008", "ISSUED", ""),
    ]


def test_voiding_twice_an_unknown_or_a_documents_number_is_refused() -> None:
    open_all_series()
    void(take())
    with pytest.raises(Invalid) as raised:
        void("BA2024-0007")
    assert code_of(raised) == "documents_number_void"
    with pytest.raises(Invalid) as raised:
        void("BA2024-0999")
    assert code_of(raised) == "documents_number_unknown"
    sign(draft())
    with pytest.raises(Invalid) as raised:
        void("BA2024-0008")
    assert code_of(raised) == "documents_number_has_document"
    with pytest.raises(Forbidden):
        void("BA2024-0007", scope=OFFICER_SCOPE)
