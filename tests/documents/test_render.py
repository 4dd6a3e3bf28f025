"""Every paper: fonts embedded, the same bytes twice, hostile text printed as text, codes only on system copies."""

from dataclasses import replace
from datetime import date

import pytest

from investreview.documents import render
from investreview.documents.contents import ApprovalSheet, MissingMaterial, Opinion
from investreview.documents.layout import fonts

from . import samples
from .every import EVERY_KIND
from .reading import characters, drawn, flat_text, fonts_not_embedded, page_count, page_texts

KINDS = pytest.mark.parametrize("name", EVERY_KIND)
HOSTILE = "<img src=/etc/passwd><b>&amp; & </para> <font color=red>{0}%s\\"
RARE = "喆堃玥昇垚赟旻≥≤²³㎡→μ№"


@KINDS
def test_fonts_are_all_embedded(name: str) -> None:
    content = EVERY_KIND[name]()
    for data in (render.render_draft(content), render.render_issued(content), system_copy(content)):
        assert fonts_not_embedded(data) == set()


def system_copy(content: object) -> bytes:
    return render.render_system_copy(content, code=samples.CODE)  # type: ignore[arg-type]


@KINDS
def test_same_content_gives_same_bytes(name: str) -> None:
    make = EVERY_KIND[name]
    assert render.render_issued(make()) == render.render_issued(make())
    assert render.render_draft(make()) == render.render_draft(make())
    assert system_copy(make()) == system_copy(make())


@KINDS
def test_number_is_in_the_text(name: str) -> None:
    content = EVERY_KIND[name]()
    assert content.number in flat_text(system_copy(content))


@KINDS
def test_code_is_on_system_copies_only(name: str) -> None:
    content = EVERY_KIND[name]()
    words = "".join(samples.CODE.split())
    assert words in flat_text(system_copy(content))
    assert words not in flat_text(render.render_issued(content))
    assert "系统副本" not in flat_text(render.render_issued(content))


def test_letter_for_sealing_carries_no_qr() -> None:
    content = samples.filing_letter()
    for page in range(2):
        small = [box for box in drawn(render.render_issued(content), page)["rects"] if box["width"] < 5]
        assert small == []
    assert len([box for box in drawn(system_copy(content), 1)["rects"] if box["width"] < 5]) > 200


@KINDS
def test_draft_carries_the_watermark_on_each_page(name: str) -> None:
    data = render.render_draft(EVERY_KIND[name]())
    for page in range(page_count(data)):
        assert {c["text"] for c in characters(data, page) if c["size"] > 100} == {"草", "稿"}
    assert not [c for c in characters(render.render_issued(EVERY_KIND[name]())) if c["size"] > 100]


@pytest.mark.parametrize("name", ["acceptance_receipt", "supplement_notice", "registration_form", "approval_sheet"])
def test_form_prints_its_mark_on_each_page(name: str) -> None:
    assert all(text.startswith("内部") for text in page_texts(render.render_issued(EVERY_KIND[name]())))


def test_mark_stays_chinese_for_english_readers() -> None:
    from django.utils import translation

    with translation.override("en"):
        assert page_texts(render.render_issued(samples.receipt()))[0].startswith("内部")


def test_registration_form_prints_version_and_page_code_on_each_page() -> None:
    form = replace(samples.registration(), summary="建设内容" * 800)
    texts = page_texts(render.render_issued(form))
    assert len(texts) > 2
    for ordinal, text in enumerate(texts, start=1):
        assert f"版本码 7K2M-01 页码 7K2M-01-{ordinal}/{len(texts)}" in text


@pytest.mark.parametrize(
    "text", [HOSTILE, "名" * 3000, "A" * 3000, "a\nb\r\nc\u2028d", "\u202e反\u200b转\x07", "　 　"]
)
@KINDS
def test_hostile_text_is_printed_as_text(name: str, text: str) -> None:
    content = EVERY_KIND[name]()
    field = next(name for name in ("recipient", "matter", "project_name", "reason") if hasattr(content, name))
    hostile = replace(content, **{field: text})
    data = render.render_issued(hostile)
    if text == HOSTILE:
        assert "<imgsrc=/etc/passwd><b>&amp;" in flat_text(data)
    assert page_count(data) < 30


def test_hostile_project_name_in_the_title_of_a_letter_is_printed() -> None:
    for name in (HOSTILE, "名" * 3000, "项目\n名称", "A" * 500):
        data = render.render_issued(samples.issued(samples.filing_draft(project_name=name, report_title=name)))
        assert page_count(data) < 30
    assert "<imgsrc=/etc/passwd>" in flat_text(
        render.render_issued(samples.issued(samples.filing_draft(project_name=HOSTILE)))
    )


def test_invisible_characters_are_written_out() -> None:
    form = replace(samples.receipt(), enterprise="港\u202e控")
    assert "港〈U+202E〉控" in flat_text(render.render_issued(form))


def test_rare_names_have_a_glyph_in_every_face() -> None:
    for face in fonts.Face:
        assert [c for c in RARE if fonts.face_of(c, face) is None] == []
    assert render.unknown_characters(replace(samples.receipt(), enterprise=RARE)) == ()


def test_rare_names_are_in_the_text_of_the_pdf() -> None:
    data = render.render_issued(samples.issued(samples.filing_draft(project_name=f"{RARE}工程（示例）")))
    assert RARE in flat_text(data)
    assert {c["text"] for c in characters(data) if "Rare" in c["fontname"]} >= set("喆堃玥昇垚赟旻")


def test_unknown_characters_are_listed_and_set_as_geta() -> None:
    form = replace(samples.receipt(), enterprise="𰻝𰻝面馆\U0001f600")
    assert render.unknown_characters(form) == ("\U0001f600", "𰻝")
    assert "〓〓面馆〓" in flat_text(render.render_issued(form))


def test_unknown_characters_in_locked_spans_are_listed() -> None:
    assert render.unknown_characters(samples.filing_draft(project_name="𰻝")) == ("𰻝",)


def extreme_sheets() -> list[ApprovalSheet]:
    sheet = samples.approval()
    opinion = Opinion("财务处会签 孙××", date(2024, 8, 5), "意见" * 300)
    return [
        sheet,
        replace(sheet, reasons="理由" * 2000),
        replace(sheet, opinions=(opinion,) * 40),
        replace(sheet, risks=("风险\n" * 60,) * 30),
        replace(sheet, matter="事" * 3000, amount="金" * 3000, deadline="时\n" * 300),
        replace(
            sheet,
            matter="事" * 3000,
            amount="9" * 3000,
            deadline="时" * 500,
            reasons="因" * 3000,
            opinions=(opinion,) * 40,
            risks=("险" * 999,) * 20,
            request="请" * 3000,
            afterwards="后" * 3000,
            case_number="LYG-2024-" + "1" * 200,
            number="X" * 100,
        ),
        replace(sheet, opinions=(), risks=(), reasons="", request="", afterwards="", number=""),
    ]


@pytest.mark.parametrize("sheet", extreme_sheets())
def test_approval_sheet_is_one_page_and_everything_on_it(sheet: ApprovalSheet) -> None:
    data = render.render_issued(sheet)
    assert page_count(data) == 1
    found = characters(data)
    assert max(c["x1"] for c in found) < 595
    assert max(c["bottom"] for c in found) < 842
    assert "主要负责" in page_texts(data)[0]
    assert "签名" in page_texts(data)[0]
    lowest_box = max(box["bottom"] for box in drawn(data)["rects"])
    assert lowest_box < 268 / 25.4 * 72


def test_approval_sheet_is_shortened_only_when_it_must_and_visibly() -> None:
    assert "详见系统" not in flat_text(render.render_issued(samples.approval()))
    long = replace(samples.approval(), reasons="理由" * 2000)
    assert "……（详见系统）" in flat_text(render.render_issued(long))


def test_long_tables_repeat_their_head_on_each_page() -> None:
    many = tuple(MissingMaterial(f"M{i:02}", "材料名称", "须补正" * 20) for i in range(60))
    texts = page_texts(render.render_issued(replace(samples.notice(), missing=many)))
    assert len(texts) > 2
    assert all("序号" in text for text in texts[:-1])
    assert all(f"M{i:02}" in "".join(texts) for i in range(60))


def test_fonts_of_the_settings_replace_ours(settings, tmp_path) -> None:
    own = tmp_path / "own.ttf"
    settings.DOCUMENT_FONTS = {"body": str(own)}
    assert fonts.font_path(fonts.Face.BODY) == own
    assert fonts.font_path(fonts.Face.HEI).name == "IRHei.ttf"


@pytest.mark.parametrize("count", range(8, 30))
def test_stamp_of_a_receipt_never_stands_alone(count: int) -> None:
    materials = samples.receipt().materials
    lines = tuple(materials[i % len(materials)] for i in range(count))
    last = page_texts(render.render_issued(replace(samples.receipt(), materials=lines)))[-1]
    assert "接收人" in last
    assert "联系方式" in last
