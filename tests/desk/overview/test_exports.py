"""The overview taken out: opened and read back, safe for Excel, with filter and time, and noted."""

import io
from typing import Any

import docx
import openpyxl
import pypdf
import pytest

from investreview.journal.models import Entry
from tests.desk.overview.story import one_of_everything
from tests.desk.people import browser
from tests.world import World


def sent(world: World, form: str, **query: Any) -> bytes:
    answer = browser(world.officer).get(f"/overview/{form}/", query)
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    return b"".join(answer.streaming_content)


@pytest.fixture
def told(world: World) -> World:
    one_of_everything(world)
    return world


def test_the_workbook_holds_figures_and_lists_and_no_formula(told: World) -> None:
    book = openpyxl.load_workbook(io.BytesIO(sent(told, "workbook")))
    figures = {row[0].value: row[1].value for row in book["监管总览"].iter_rows(min_row=5)}
    assert (figures["已备案项目"], figures["已论证项目"], figures["其中补录"]) == ("2", "3", "2")
    assert book["监管总览"]["A1"].value == "统计期间：2024年度（截至2024年7月13日）"

    rows = [[cell.value for cell in row] for row in book["已备案项目"].iter_rows(min_row=6)]
    assert [row[0] for row in rows] == ["'=1+1改造项目（示例）", "泊位改造项目（示例）"]
    assert [cell.data_type for row in book["已备案项目"].iter_rows() for cell in row if cell.data_type == "f"] == []
    assert [row[5] for row in rows] == [1860.0, rows[1][5]]
    assert "先投后备" in book.sheetnames


def test_the_word_report_says_the_same(told: World) -> None:
    report = docx.Document(io.BytesIO(sent(told, "word", part="q3")))
    texts = [one.text for one in report.paragraphs]
    assert texts[0] == "2024年第三季度投资项目监管专报"
    assert texts[2] == "统计范围：LYG市国资委（示例） · 2户监管企业"
    assert "一、总体情况" in texts
    assert [row.cells[1].text for row in report.tables[0].rows][:2] == ["数值", "1"]
    assert report.styles["Title"].element.rPr.rFonts.attrib.values()[-1]
    assert report.core_properties.author == "LYG市国资委（示例）"


def test_the_pdf_report_says_the_same(told: World) -> None:
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(sent(told, "pdf"))).pages)
    assert "2024年度投资项目监管专报" in text
    assert "=1+1改造项目（示例）" in text.replace("\n", "")


def test_reports_are_chinese_and_the_workbook_speaks_the_readers_language(told: World) -> None:
    client = browser(told.officer)
    client.cookies["django_language"] = "en"
    answer = client.get("/overview/word/")
    title = docx.Document(io.BytesIO(b"".join(answer.streaming_content))).paragraphs[0].text
    assert title == "2024年度投资项目监管专报"


def test_each_export_is_noted_with_form_and_filter(told: World) -> None:
    for form in ("workbook", "word", "pdf"):
        sent(told, form, part="m7", group=str(told.other.pk))
    noted = Entry.objects.filter(verb="overview.export").order_by("pk")
    assert [(one.chain, one.subject_key, one.facts["form"], one.facts["group"]) for one in noted] == [
        ("LYG:access", "LYG-2024m7", form, told.other.short_name) for form in ("xlsx", "docx", "pdf")
    ]
