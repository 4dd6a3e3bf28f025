"""Second reviews under way on paper: a panel that is drawn here, and one that concluded on paper."""

from datetime import date
from typing import Any

import pytest

from experts.models import Expert
from experts.selectors.eligible import case_parties
from investreview.demo import hands
from investreview.documents.models import Document
from investreview.projects.models import Case, MaterialVersion
from investreview.projects.papers import approval_sheet
from investreview.projects.services.panels import ask_revision
from tests.experts import ceremonies
from tests.experts.cases import judged
from tests.experts.halls import Hall
from tests.experts.pool import found_pool
from tests.projects.pages import signed_in
from tests.projects.past_ledgers import scan
from tests.workflows.takeover_forms import (
    CHECK,
    DEVIATION,
    PANEL,
    STUDY,
    TO_DRAW,
    entered,
    panel_steps,
    taken_over,
)
from tests.world import START, World, later
from workflows.selectors import open_items
from workflows.taking_over import accept_takeover

COMPLETE = {"complete_on": "2024-06-19"}


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def waiting(case: Case) -> list[tuple[str, str]]:
    return list(open_items(case).values_list("node", "role"))


def letter_of(case: Case) -> Document:
    return Document.objects.get(pk=hands.fresh(case).letter_id)


def said_in(letter: Document) -> str:
    return str(letter.versions.latest("ordinal").content)


def test_a_panel_that_has_not_concluded_on_paper_is_drawn_here(world: World) -> None:
    found_pool(world, 18)
    case = taken_over(world, **TO_DRAW, **STUDY)

    assert (case.awaits_panel, case.panels_begun, case.round) == (True, 0, 0)
    assert waiting(case) == [("freeze_draw", "DRAW_OPERATOR")]
    assert ("STUDY", "某设计院（示例）") in {(line.role, line.name) for line in case_parties(case)}

    there = Hall(world, case)
    ceremonies.freeze(there)
    panel = ceremonies.announce(there)
    assert (panel.round, panel.size, hands.fresh(case).panels_begun) == (1, 5, 1)


def test_scans_that_name_a_material_are_what_a_panel_reads(world: World) -> None:
    papers = [scan("m05 可研（旧）.pdf", "1"), scan("M05可研.pdf", "2"), scan("M051.pdf", "3"), scan("呈批表.pdf", "4")]
    entry = entered(world, world.officer2, scans=papers, **TO_DRAW)
    case = accept_takeover(takeover_id=entry.pk, user=world.head, at=START)

    filled = MaterialVersion.objects.filter(case=case).order_by("slot", "ordinal")
    assert list(filled.values_list("slot", "ordinal", "is_current", "file__name")) == [
        ("M05", 1, False, "m05 可研（旧）.pdf"),
        ("M05", 2, True, "M05可研.pdf"),
    ]
    assert entry.papers.count() == 4
    file = signed_in(world.sub_drafter).get(f"/files/{filled[1].file.pk}/")  # type: ignore[union-attr]
    assert b"".join(file.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    file.close()


def test_the_officer_proposes_after_a_panel_that_concluded_on_paper(world: World) -> None:
    case = taken_over(world, **(PANEL | COMPLETE | {"step": "opinion", "proposed_on": ""}))
    assert waiting(case) == [("opinion", "CASE_OFFICER")]

    hands.propose(case, world.officer, later(1), risks=[])

    letter = letter_of(case)
    assert letter.kind == "SECOND_REVIEW_LETTER"
    told = said_in(letter)
    assert {text for text in ("论证〔2024〕3号", "落实用地", "5名专家", "2024年6月20日") if text not in told} == set()
    page = signed_in(world.officer).get(f"/cases/{case.number}/").content.decode()
    assert "平均 83.40 分，论证意见编号 论证〔2024〕3号" in page
    outside = signed_in(world.sub_drafter).get(f"/cases/{case.number}/").content.decode()
    assert not {text for text in ("83.40", "专家甲", "有条件通过") if text in outside}


def test_a_decision_against_the_panel_brings_its_collective_record(world: World) -> None:
    failed = {"panel_conclusion": "FAIL", "panel_conditions": "", "step": "check"}
    fields = CHECK | PANEL | COMPLETE | DEVIATION | failed
    case = taken_over(world, **fields)

    assert (case.deviation_minutes, case.deviation_on) == ("专题会议纪要〔2024〕6号", date(2024, 6, 21))
    assert "产业安全需要" in said_in(letter_of(case))
    sheet = approval_sheet(case, code="X", on=date(2024, 7, 1))
    assert [each.who for each in sheet.opinions][:2] == ["专家组（5人）", "集体研究"]


def test_a_reply_that_was_signed_after_a_panel_is_one_of_a_second_review(world: World) -> None:
    numbers = {"document_number": "旧函〔2024〕3号", "filing_number": "旧论2024-3", "step": "deliver"}
    case = taken_over(world, **(CHECK | PANEL | COMPLETE | numbers | panel_steps(world, 7)))

    assert (case.state, case.filing_number) == ("FILED", "旧论2024-3")
    assert letter_of(case).kind == "SECOND_REVIEW_LETTER"
    hands.deliver(case, world.document_officer, later(2))
    assert waiting(case) == [("acknowledge", "ENTERPRISE_RELEASER")]


def test_who_sat_on_paper_is_not_drawn_after_the_revision(world: World) -> None:
    found_pool(world, 18)
    old = list(Expert.objects.order_by("number")[:5])
    names = "\n".join(expert.name for expert in old)
    failed = {"panel_conclusion": "FAIL", "panel_conditions": "", "panel_names": names, "step": "opinion"}
    case = taken_over(world, **(PANEL | COMPLETE | failed | {"proposed_on": ""}))

    hands.act(case, "opinion", world.officer, ask_revision, later(1), reason="请补充论证。")

    assert waiting(case) == [("revise", "ENTERPRISE_DRAFTER")]
    left_out = {each.stable_id: each.basis for each in judged(hands.fresh(case)).excluded}
    assert left_out == {expert.number: "接续前纸面论证的专家组成员（同名）" for expert in old}
