"""A report as a Word file that people go on writing."""

from typing import IO, Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from investreview.core.clock import SHANGHAI, legal_date
from investreview.core.dates import in_chinese
from investreview.core.text import xml_text
from investreview.documents.layout.form import mark_text
from investreview.documents.layout.word import FANG, HEI, LATIN, SONG, TITLE, official_page, set_style
from investreview.documents.reports.content import Align, Report, ReportTable
from investreview.documents.rules import ordinal_chinese

WIDTH_MM = 156
_ALIGNS = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTRE: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
}


def write_word(file: IO[bytes], *, report: Report) -> None:
    """The report is in ``file``: title, what it covers, numbered sections, tables whose head comes again."""
    document: Any = Document()
    official_page(document, mark_text(report.mark))
    _styles(document)
    _properties(document, report)
    document.add_paragraph(xml_text(report.title), style="Title")
    for line in report.lines:
        document.add_paragraph(xml_text(line), style="Subtitle")
    for ordinal, section in enumerate(report.sections, 1):
        document.add_heading(f"{ordinal_chinese(ordinal)}、{xml_text(section.title)}", level=1)
        for paragraph in section.paragraphs:
            document.add_paragraph(xml_text(paragraph), style="Body Text")
        if section.table is not None:
            _table(document, section.table)
        if section.remark:
            document.add_paragraph(xml_text(section.remark), style="Caption")
    for text in (report.organ, in_chinese(legal_date(report.made_at))):
        document.add_paragraph(xml_text(text), style="Signature")
    document.save(file)


def _styles(document: Any) -> None:
    set_style(document, "Normal", FANG, 16, line=29)
    set_style(document, "Title", TITLE, 22, line=33, align=WD_ALIGN_PARAGRAPH.CENTER, after=6)
    set_style(document, "Subtitle", FANG, 12, line=20, align=WD_ALIGN_PARAGRAPH.CENTER)
    set_style(document, "Heading 1", HEI, 16, line=29, before=8)
    set_style(document, "Body Text", FANG, 16, line=29, is_indented=True)
    set_style(document, "Caption", FANG, 10.5, line=16, before=2)
    document.styles.add_style("Signature", WD_STYLE_TYPE.PARAGRAPH)
    set_style(document, "Signature", FANG, 16, line=29, align=WD_ALIGN_PARAGRAPH.RIGHT)
    set_style(document, "Header", HEI, 10.5, line=14)
    set_style(document, "Footer", SONG, 14, line=18, align=WD_ALIGN_PARAGRAPH.CENTER)


def _properties(document: Any, report: Report) -> None:
    properties, made_at = document.core_properties, report.made_at.astimezone(SHANGHAI).replace(tzinfo=None)
    properties.title, properties.author, properties.comments = report.title, report.organ, ""
    properties.created = properties.modified = made_at
    properties.last_modified_by, properties.language = report.organ, "zh-CN"


def _table(document: Any, table: ReportTable) -> None:
    """The table across the type area; its head is marked to come again on each page, and no row is torn."""
    drawn = document.add_table(rows=0, cols=len(table.columns), style="Table Grid")
    drawn.autofit, drawn.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    whole = sum(column.share for column in table.columns)
    widths = [Mm(WIDTH_MM * column.share / whole) for column in table.columns]
    head = drawn.add_row()
    _mark(head, "w:tblHeader")
    for cell, column, width in zip(head.cells, table.columns, widths, strict=True):
        _cell(cell, column.title, width, Align.CENTRE, HEI)
    for texts in table.rows:
        row = drawn.add_row()
        _mark(row, "w:cantSplit")
        for cell, text, column, width in zip(row.cells, texts, table.columns, widths, strict=True):
            _cell(cell, text, width, column.align, SONG)


def _mark(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _cell(cell: Any, text: str, width: Any, align: Align, face: str) -> None:
    cell.width = width
    paragraph = cell.paragraphs[0]
    paragraph.alignment = _ALIGNS[align]
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    run = paragraph.add_run(xml_text(text))
    run.font.name, run.font.size = LATIN, Pt(10.5)
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
