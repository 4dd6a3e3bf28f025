"""A mistake in a letter that was signed on paper (DOMAIN §16, §17): before its case was taken over, or entered here."""

from pathlib import Path
from typing import Any

import pytest

from investreview.core.errors import Invalid
from investreview.demo import hands
from investreview.documents.letter_facts import Emendation
from investreview.documents.models import Document, IssuedNumber
from investreview.projects.models import Case
from tests.projects.pages import signed_in
from tests.workflows import mistakes
from tests.workflows.takeover_forms import CHECK, step, taken_over
from tests.world import World, drive, later

pytestmark = pytest.mark.django_db
ON_PAPER = Emendation(wrong="总投资1,806万元", right="总投资1,860万元", where="第一条")


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def old(world: World) -> Case:
    """Signed on paper, taken over, sent from here."""
    steps = step(1, "check", world.head, "2024-06-25") | step(2, "sign", world.deputy, "2024-06-26")
    numbers = {"step": "deliver", "document_number": "旧函〔2024〕3号", "filing_number": "旧备2024-3"}
    case = taken_over(world, **(CHECK | steps | numbers))
    hands.deliver(case, world.document_officer, later(2))
    return hands.fresh(case)


@pytest.fixture
def entered(world: World) -> Case:
    """The head's and the deputy's decisions came back on paper; the letter itself is the system's."""
    case = drive(world, "checked")
    hands.print_sheet(case, world.officer, later(8))
    entry = hands.enter_paper(case, world.officer, world.deputy, later(8).date(), later(8))
    hands.compare_paper(entry, world.document_officer, later(9))
    hands.deliver(case, world.document_officer, later(10))
    return hands.fresh(case)


def letter_of(case: Case) -> Document:
    return Document.objects.get(pk=Case.objects.get(pk=case.pk).remedies.last().letter_id)  # type: ignore[union-attr]


def said_in(letter: Document) -> str:
    return "".join(paragraph.text for paragraph in letter.versions.latest("ordinal").parsed.paragraphs)


def put_right(case: Case, world: World, kind: str, **facts: Any) -> Document:
    mistakes.begin(case, world.officer, later(20), kind, **facts)
    mistakes.check(case, world, later(21))
    mistakes.sign(case, world.deputy, later(22))
    mistakes.deliver(case, world, later(23))
    return letter_of(case)


def test_a_taken_over_letter_is_corrected_by_what_its_paper_says(world: World, old: Case) -> None:
    page = signed_in(world.officer).get(f"/cases/{old.number}/remedy/").content.decode()
    assert "系统中没有正文" in page

    letter = put_right(old, world, "CORRECTION", emendations=(ON_PAPER,))

    told = said_in(letter)
    assert {text for text in ("旧函〔2024〕3号", "2024年6月26日", "总投资1,860万元") if text not in told} == set()
    original = Document.objects.get(number="旧函〔2024〕3号")
    assert (original.state, original.corrected_by) == ("CORRECTED", letter)
    assert hands.fresh(old).document_number == "旧函〔2024〕3号"


def test_it_still_needs_a_mistake_and_another_wording(world: World, old: Case) -> None:
    for emendations, code in (((), "projects_emendation_needed"),
                              ((Emendation("同", "同"),), "projects_correction_same")):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            mistakes.begin(old, world.officer, later(20), emendations=emendations)
        assert refused.value.code == code


def test_a_taken_over_letter_is_reissued_with_the_wording_of_the_template(world: World, old: Case) -> None:
    letter = put_right(old, world, "REISSUE")

    told = said_in(letter)
    assert "正文以签发件扫描件为准" not in told
    wanted = ("旧函〔2024〕3号", "原复函同时作废", "在途改造项目（示例）", "1860万元", "旧备2024-3")
    assert {text for text in wanted if text not in told} == set()
    original = Document.objects.get(number="旧函〔2024〕3号")
    case = hands.fresh(old)
    assert (original.state, case.letter_id, case.filing_number) == ("VOIDED", letter.pk, "旧备2024-3")
    assert (case.document_number, letter.number) == (letter.number, case.document_number)
    assert IssuedNumber.objects.filter(document=letter, state="ISSUED").exists()


def test_a_letter_whose_decisions_came_back_on_paper_is_put_right_like_any_other(world: World, entered: Case) -> None:
    with pytest.raises(Invalid) as refused:
        mistakes.begin(entered, world.officer, later(20), emendations=(ON_PAPER,))
    assert refused.value.code == "projects_emendation_not_found"
    assert "系统中没有正文" not in signed_in(world.officer).get(f"/cases/{entered.number}/remedy/").content.decode()
    letter = put_right(entered, world, "CORRECTION")
    assert "每季度终了后15日内" in said_in(letter)
