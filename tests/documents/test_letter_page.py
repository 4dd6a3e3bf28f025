"""The letter's page, measured from the file: margins, grid, mark, rules, sign-off (GB/T 9704-2012)."""

from itertools import pairwise

import pytest
from reportlab.lib.units import mm

from investreview.documents.contents import Letter, Paragraph, Plain
from investreview.documents.render import render_issued

from . import samples
from .reading import characters, drawn, page_count, page_texts

HALF_A_MILLIMETRE = 0.5 * mm
LEFT, RIGHT, TOP, BOTTOM = 28 * mm, 184 * mm, 37 * mm, 262 * mm
PITCH, CELL = 225 * mm / 22, 156 * mm / 28


def full_letter(lines: int = 60) -> Letter:
    """A letter whose paragraphs are plain full-width characters, so that every line shows the grid."""
    text = "投资项目监督管理工作报告" * 200
    paragraph = Paragraph(0, (Plain(text[: 26 + 28 * (lines - 1)]),))
    letter = samples.filing_letter()
    return Letter(**{**vars(letter), "paragraphs": (paragraph, *letter.paragraphs[-1:])})


def body_characters(data: bytes, page: int) -> list[dict]:
    return [c for c in characters(data, page) if abs(c["size"] - 16) < 0.01 and "Fang" in c["fontname"]]


def lines_of(found: list[dict]) -> dict[float, list[dict]]:
    lines: dict[float, list[dict]] = {}
    for character in found:
        lines.setdefault(round(character["bottom"], 1), []).append(character)
    return lines


@pytest.fixture(scope="module")
def data() -> bytes:
    return render_issued(full_letter())


def test_body_left_and_right_edges_are_28_and_184_mm(data: bytes) -> None:
    found = body_characters(data, 1)
    assert min(c["x0"] for c in found) == pytest.approx(LEFT, abs=HALF_A_MILLIMETRE)
    assert max(c["x1"] for c in found) == pytest.approx(RIGHT, abs=HALF_A_MILLIMETRE)


def test_full_page_has_22_lines_of_28_characters(data: bytes) -> None:
    lines = lines_of(body_characters(data, 1))
    assert len(lines) == 22
    assert {len(line) for line in lines.values()} == {28}


def test_lines_lie_on_the_grid_between_37_and_262_mm(data: bytes) -> None:
    middles = sorted((line[0]["top"] + line[0]["bottom"]) / 2 for line in lines_of(body_characters(data, 1)).values())
    expected = [TOP + PITCH * (i + 0.5) for i in range(22)]
    assert middles == pytest.approx(expected, abs=HALF_A_MILLIMETRE)
    assert middles[-1] + PITCH / 2 == pytest.approx(BOTTOM, abs=HALF_A_MILLIMETRE)


def test_characters_advance_by_one_28th_of_the_width(data: bytes) -> None:
    line = max(lines_of(body_characters(data, 1)).items())[1]
    starts = sorted(c["x0"] for c in line)
    steps = [b - a for a, b in pairwise(starts)]
    assert steps == pytest.approx([CELL] * 27, abs=0.02)


def test_first_page_ends_at_the_same_edge_as_the_grid(data: bytes) -> None:
    middles = sorted((line[0]["top"] + line[0]["bottom"]) / 2 for line in lines_of(body_characters(data, 0)).values())
    assert middles[-1] == pytest.approx(TOP + PITCH * 21.5, abs=HALF_A_MILLIMETRE)


def test_red_rules_are_170_mm_long_and_lie_at_4_and_20_mm() -> None:
    rules = sorted(drawn(render_issued(samples.filing_letter()))["lines"], key=lambda line: line["top"])
    assert len(rules) == 4
    assert [rule["x0"] for rule in rules] == pytest.approx([20 * mm] * 4, abs=HALF_A_MILLIMETRE)
    assert [rule["x1"] for rule in rules] == pytest.approx([190 * mm] * 4, abs=HALF_A_MILLIMETRE)
    widths = [rule["linewidth"] for rule in rules]
    assert widths[0] > widths[1], "thick over thin above"
    assert widths[2] < widths[3], "thin over thick below"
    lower_edge = rules[3]["top"] + widths[3] / 2
    assert lower_edge == pytest.approx(277 * mm, abs=HALF_A_MILLIMETRE)
    ink_bottom = 40.39 * mm
    assert rules[0]["top"] - widths[0] / 2 == pytest.approx(ink_bottom + 4 * mm, abs=HALF_A_MILLIMETRE)


def test_mark_is_red_without_the_word_for_document() -> None:
    data = render_issued(samples.filing_letter())
    red = [c for c in characters(data) if c["non_stroking_color"] == pytest.approx((0.835, 0.059, 0.078), abs=0.01)]
    assert "".join(c["text"] for c in red) == "连云港市人民政府国有资产监督管理委员会"
    assert max(c["x1"] for c in red) - min(c["x0"] for c in red) == pytest.approx(164 * mm, abs=1.5 * mm)


def test_number_is_flush_right_with_the_type_area() -> None:
    number = [c for c in characters(render_issued(samples.filing_letter())) if c["top"] < 60 * mm and c["size"] == 16]
    assert max(c["x1"] for c in number) == pytest.approx(RIGHT, abs=HALF_A_MILLIMETRE)


def test_first_page_has_no_number_and_second_has() -> None:
    first, second = page_texts(render_issued(samples.filing_letter()))
    assert "— 1 —" not in first
    assert second.endswith("— 2 —")


def test_date_is_indented_by_four_characters() -> None:
    data = render_issued(samples.filing_letter())
    date_line = next(line for line in lines_of(body_characters(data, 1)).values() if line[-1]["text"] == "日")
    assert max(c["x1"] for c in date_line) == pytest.approx(RIGHT - 4 * CELL, abs=HALF_A_MILLIMETRE)


def test_seal_is_a_dashed_box_of_40_mm() -> None:
    boxes = drawn(render_issued(samples.filing_letter()), page=1)["rects"]
    assert [(box["width"], box["height"]) for box in boxes] == [pytest.approx((40 * mm, 40 * mm), abs=0.5)]


@pytest.mark.parametrize("lines", range(1, 40))
def test_sign_off_never_stands_alone_on_a_page(lines: int) -> None:
    last = page_texts(render_issued(full_letter(lines)))[-1].splitlines()
    assert last.index("连云港市国资委") >= 2


def test_letter_of_one_page_keeps_the_sign_off_on_it() -> None:
    assert page_count(render_issued(full_letter(2))) == 1


def test_level_faces_are_hei_and_kai() -> None:
    found = characters(render_issued(samples.filing_letter())) + characters(render_issued(samples.filing_letter()), 1)
    hei = "".join(c["text"] for c in found if "Hei" in c["fontname"])
    kai = "".join(c["text"] for c in found if "Kai" in c["fontname"])
    assert hei == "一、备案内容二、备案效力三、变更报告四、过程管理"
    assert kai == "（一）按季报送进展（二）及时报告风险（三）开展项目后评价"


def test_short_organ_is_not_torn_across_the_page() -> None:
    data = render_issued(Letter(**{**vars(samples.filing_letter()), "organ": "××区国资办"}))
    red = [c for c in characters(data) if c["size"] == pytest.approx(31.7, abs=0.1)]
    assert max(c["x1"] for c in red) - min(c["x0"] for c in red) < 100 * mm
