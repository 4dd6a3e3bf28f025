"""Where a series goes on after the paper register: once, before its first number in a year, by the document office."""

from typing import Any

import pytest

from investreview.core.errors import Forbidden, Invalid
from investreview.core.roles import Role
from investreview.core.subject import Subject
from investreview.documents import services
from investreview.documents.kinds import NumberMode
from investreview.documents.models import NumberCounter
from investreview.journal.models import Entry

from .factories import AT, CLERK, CLERK_SCOPE, open_series, scope

pytestmark = pytest.mark.django_db


def start(**changes: Any) -> NumberCounter:
    usual = {
        "commission": "LYG",
        "series": "HAN",
        "year": 2024,
        "first": 38,
        "reason": "纸面登记簿已编至第37号",
        "scope": CLERK_SCOPE,
        "actor": CLERK,
        "at": AT,
    }
    return services.start_series(**(usual | changes))


def taken(year: int = 2024) -> str:
    subject = Subject(kind="case", key="LYG-2024-0009")
    return services.take_number(commission="LYG", series="HAN", year=year, subject=subject, actor=CLERK, at=AT)


@pytest.fixture(autouse=True)
def series() -> None:
    open_series("HAN", "国资函〔{year}〕{n}号")


def test_the_series_goes_on_where_the_paper_stopped() -> None:
    start()

    assert [taken(), taken()] == ["国资函〔2024〕38号", "国资函〔2024〕39号"]
    assert taken(2025) == "国资函〔2025〕1号"


def test_a_start_value_of_next_year_holds_for_that_year_only() -> None:
    start(year=2025, first=5)

    assert [taken(2024), taken(2025)] == ["国资函〔2024〕1号", "国资函〔2025〕5号"]


def test_a_start_value_is_in_the_journal_with_its_reason() -> None:
    start()

    entry = Entry.objects.get(verb="series.start")
    assert (entry.chain, entry.subject_kind, entry.subject_key, entry.actor_name) == (
        "LYG",
        "series",
        "HAN",
        CLERK.name,
    )
    assert entry.facts == {"year": 2024, "first": 38, "reason": "纸面登记簿已编至第37号"}


def test_a_start_value_is_set_once() -> None:
    start()

    with pytest.raises(Invalid, match="documents_series_begun") as refusal:
        start(first=40)
    assert (refusal.value.facts, NumberCounter.objects.get().next) == ({"year": 2024, "next": 38}, 38)


def test_no_start_value_after_the_first_number() -> None:
    taken()

    with pytest.raises(Invalid, match="documents_series_begun"):
        start()
    assert taken() == "国资函〔2024〕2号"


@pytest.mark.parametrize("first, taken_", [(1, False), (2, True), (99_999, True), (100_000, False)])
def test_a_start_value_lies_within_its_bounds(first: int, taken_: bool) -> None:
    if taken_:
        assert start(first=first).next == first
    else:
        with pytest.raises(Invalid, match="documents_series_first"):
            start(first=first)


@pytest.mark.parametrize("year, taken_", [(2023, False), (2024, True), (2025, True), (2026, False)])
def test_a_start_value_is_for_a_year_of_the_series_up_to_the_next(year: int, taken_: bool) -> None:
    if taken_:
        assert start(year=year).year == year
    else:
        with pytest.raises(Invalid, match="documents_series_year"):
            start(year=year)


def test_an_entered_series_has_no_start_value() -> None:
    open_series("LAI", "国资发〔{year}〕{n}号", mode=NumberMode.ENTERED)

    with pytest.raises(Invalid, match="documents_series_entered"):
        start(series="LAI")


@pytest.mark.parametrize("who", [Role.CASE_OFFICER, Role.OFFICE_HEAD, Role.DIRECTOR, Role.SYSTEM_ADMIN, Role.ARCHIVIST])
def test_only_the_document_office_sets_it(who: Role) -> None:
    with pytest.raises(Forbidden, match="documents_may_not_number"):
        start(scope=scope(who))
    with pytest.raises(Forbidden):
        start(scope=scope(Role.DOCUMENT_OFFICER, "HAZ/"))
    assert not NumberCounter.objects.exists()
