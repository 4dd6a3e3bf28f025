"""A letter signed on paper before its case was taken over: its numbers stand, and nothing is printed."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from investreview.core.errors import Forbidden, Invalid
from investreview.core.roles import Role
from investreview.documents import services
from investreview.documents.contents import Letter, Paragraph, Plain
from investreview.documents.kinds import DocumentKind, NumberMode
from investreview.documents.models import Document, IssuedNumber, NumberSeries, Rendition
from investreview.journal.models import Entry

from .factories import AT, GROUP, LEADER, OFFICER, OFFICER_SCOPE, SUBJECT, open_series, scope

pytestmark = pytest.mark.django_db
ON = date(2024, 6, 26)
LETTER = Letter(
    kind=DocumentKind.FILING_LETTER,
    organ="市人民政府国有资产监督管理委员会（示例）",
    organ_short="市国资委（示例）",
    recipient="甲集团",
    headline=(Plain("关于改造项目备案的复函"),),
    paragraphs=(Paragraph(0, (Plain("线下签发，正文以扫描件为准。"),)),),
    contact="",
)


@pytest.fixture(autouse=True)
def series() -> NumberSeries:
    open_series("BA", "BA{year}-{n:04d}", first=8)
    return open_series("HAN", "国资函〔{year}〕{n}号", first=38)


def signed(**changes: Any) -> Document:
    usual = {
        "commission": "LYG",
        "path": GROUP,
        "subject": SUBJECT,
        "content": LETTER,
        "signer": LEADER,
        "signed_on": ON,
        "number": "国资函〔2024〕37号",
        "registration_number": "BA2024-0007",
        "series": "HAN",
        "registration_series": "BA",
        "scope": OFFICER_SCOPE,
        "actor": OFFICER,
        "at": AT,
    }
    return services.record_signed_on_paper(**(usual | changes))


def test_the_letter_stands_with_the_numbers_it_has_on_paper() -> None:
    document = signed()

    document.refresh_from_db()
    assert (document.state, document.number, document.registration_number) == (
        "NUMBERED",
        "国资函〔2024〕37号",
        "BA2024-0007",
    )
    assert (document.signer_name, document.dated_on) == (LEADER.name, ON)
    assert {each.text: each.document for each in IssuedNumber.objects.all()} == {
        "国资函〔2024〕37号": document,
        "BA2024-0007": document,
    }
    assert document.content_sha256 == document.issued_version.sha256


def test_nothing_is_printed_for_it() -> None:
    signed()

    assert not Rendition.objects.exists()


def test_it_stands_in_the_journal_once() -> None:
    signed()

    entry = Entry.objects.get(verb__startswith="document.")
    assert (entry.verb, entry.actor_name, entry.facts["signer"]) == (
        "document.sign_on_paper",
        OFFICER.name,
        LEADER.name,
    )


@pytest.mark.parametrize(
    "changes, field, upcoming",
    [
        ({"number": "国资函〔2024〕38号"}, "document_number", 38),
        ({"registration_number": "BA2024-0008"}, "filing_number", 8),
        ({"number": "国资函〔2025〕1号"}, "document_number", 1),
    ],
)
def test_a_number_that_the_system_will_give_is_refused(changes: dict[str, str], field: str, upcoming: int) -> None:
    with pytest.raises(Invalid, match="documents_number_not_old") as refusal:
        signed(**changes)

    assert (refusal.value.field, refusal.value.facts["next"]) == (field, upcoming)
    assert (Document.objects.count(), IssuedNumber.objects.count()) == (0, 0)


def test_a_number_of_a_year_before_the_series_is_old() -> None:
    assert signed(number="国资函〔2023〕99号").number == "国资函〔2023〕99号"


def test_a_number_written_otherwise_stands_on_the_letter_only() -> None:
    document = signed(number="旧国资函2024-3", registration_number="旧备3号")

    assert (document.number, document.registration_number) == ("旧国资函2024-3", "旧备3号")
    assert not IssuedNumber.objects.exists()


def test_a_number_stands_once() -> None:
    signed()
    other = replace(SUBJECT, key="LYG-2024-0010")

    with pytest.raises(Invalid, match="documents_number_taken"):
        signed(subject=other, registration_number="BA2024-0006")


def test_an_entered_series_takes_any_number_that_is_free(series: NumberSeries) -> None:
    NumberSeries.objects.filter(pk=series.pk).update(mode=NumberMode.ENTERED)

    assert signed(number="国资函〔2024〕138号").number == "国资函〔2024〕138号"


def test_the_numbers_of_the_system_go_on_beside_it() -> None:
    signed()

    taken = services.take_number(commission="LYG", series="HAN", year=2024, subject=SUBJECT, actor=OFFICER, at=AT)
    assert taken == "国资函〔2024〕38号"


@pytest.mark.parametrize("who", [Role.ARCHIVIST, Role.AUDITOR, Role.ENTERPRISE_RELEASER, Role.SYSTEM_ADMIN])
def test_only_the_office_enters_it(who: Role) -> None:
    with pytest.raises(Forbidden, match="documents_may_not_sign"):
        signed(scope=scope(who))
