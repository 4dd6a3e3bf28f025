"""Reports: one content, a PDF laid out like the office's forms, a Word file that people go on writing."""

import io
from datetime import datetime

import docx
import pypdf
import pytest
from docx.oxml.ns import qn

from investreview.core.clock import SHANGHAI
from investreview.documents.reports import (
    Align,
    Report,
    ReportColumn,
    ReportSection,
    ReportTable,
    write_pdf,
    write_word,
)

COLUMNS = (ReportColumn("序号", 8, Align.CENTRE), ReportColumn("项目", 40), ReportColumn("投资额", 20, Align.RIGHT))


def report(rows: int = 3, name: str = "第{}项（示例）") -> Report:
    table = ReportTable(COLUMNS, tuple((str(i), name.format(i), f"{i},000.00") for i in range(1, rows + 1)))
    return Report(
        title="2024年度投资项目监管专报",
        organ="示例市国资委",
        lines=("统计期间：2024年度", "统计范围：示例市国资委"),
        made_at=datetime(2024, 8, 7, 9, tzinfo=SHANGHAI),
        sections=(
            ReportSection("总体情况", ("共备案项目3个。", "平均用时6.1个工作日。"), table, "单位：万元。"),
            ReportSection("需要关注", ("本期没有。",)),
        ),
    )


def pdf_of(one: Report) -> bytes:
    file = io.BytesIO()
    write_pdf(file, report=one)
    return file.getvalue()


def word_of(one: Report) -> docx.document.Document:
    file = io.BytesIO()
    write_word(file, report=one)
    return docx.Document(io.BytesIO(file.getvalue()))


def test_the_pdf_says_everything_in_order_and_always_the_same() -> None:
    data = pdf_of(report())
    [page] = pypdf.PdfReader(io.BytesIO(data)).pages
    text = page.extract_text().replace("\n", "")
    said = [
        "监管专报",
        "统计范围",
        "一、总体情况",
        "共备案项目3个",
        "第2项（示例）",
        "单位：万元",
        "二、需要关注",
        "示例市国资委2024年8月7日",
    ]
    places = [text.index(one) for one in said]
    assert places == sorted(places)
    assert pdf_of(report()) == data


def test_a_long_table_has_its_head_on_each_page() -> None:
    pages = pypdf.PdfReader(io.BytesIO(pdf_of(report(rows=120)))).pages
    assert len(pages) > 2
    assert [page.extract_text().count("投资额") for page in pages[:-1]] == [1] * (len(pages) - 1)
    assert f"第{len(pages)}页" in pages[-1].extract_text().replace("\n", "")


def test_word_has_styles_with_chinese_fonts_and_a_head_that_comes_again() -> None:
    document = word_of(report())
    assert [one.text for one in document.paragraphs if one.style.name == "Heading 1"] == [
        "一、总体情况",
        "二、需要关注",
    ]
    faces = {
        name: document.styles[name].element.rPr.rFonts.get(qn("w:eastAsia"))
        for name in ("Title", "Heading 1", "Body Text")
    }
    assert faces == {"Title": "方正小标宋简体", "Heading 1": "黑体", "Body Text": "仿宋"}
    [table] = document.tables
    assert [cell.text for cell in table.rows[0].cells] == ["序号", "项目", "投资额"]
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows] == [True, False, False, False]
    assert [one.text for one in document.paragraphs][-2:] == ["示例市国资委", "2024年8月7日"]


def test_word_knows_who_made_it_and_when() -> None:
    properties = word_of(report()).core_properties
    assert (properties.title, properties.author) == ("2024年度投资项目监管专报", "示例市国资委")
    assert properties.created.replace(tzinfo=None) == datetime(2024, 8, 7, 9)


@pytest.mark.parametrize("name", ["\x00坏{}", "a\u202eb{}", "<b>&{}", "{}\ufffe"])
def test_text_that_no_file_can_hold_is_written_out(name: str) -> None:
    one = report(name=name)
    assert pypdf.PdfReader(io.BytesIO(pdf_of(one))).pages
    assert word_of(one).tables[0].rows[1].cells[1].text
