"""A letter as a Word file in letter format (信函格式, GB/T 9704-2012): to read and work on, never the original."""

from io import BytesIO
from typing import Any

from docx import Document as word_document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor

from investreview.core.dates import in_chinese
from investreview.core.text import xml_text
from investreview.documents.contents import Letter
from investreview.documents.layout.form import mark_text
from investreview.documents.layout.word import FANG, HEI, SONG, TITLE, official_page, set_style

RED = RGBColor(0xC0, 0x00, 0x00)
UNNUMBERED = "（签发时编号）"
DRAFT = "草稿（第{ordinal}版），未签发"
COPY = "文字稿（第{ordinal}版），以盖章原件为准"


def letter_as_word(letter: Letter, *, ordinal: int, is_signed: bool) -> bytes:
    """The letter with its red head and double rules, 28 characters a line, marked as a draft until it is signed."""
    document: Any = word_document()
    official_page(document, mark_text(letter.mark))
    _styles(document)
    said = COPY if is_signed else DRAFT
    document.sections[0].header.paragraphs[0].add_run("　　" + said.format(ordinal=ordinal))
    organ = document.add_paragraph(xml_text(letter.organ), style="Organ")
    _rule(organ, "bottom", "thickThinMediumGap")
    _rule(document.sections[0].footer.paragraphs[0], "top", "thinThickMediumGap")
    document.add_paragraph(xml_text(letter.number) or UNNUMBERED, style="Number")
    document.add_paragraph(xml_text(letter.title), style="Title")
    document.add_paragraph(xml_text(f"{letter.recipient}："), style="Normal")
    for paragraph in letter.paragraphs:
        document.add_paragraph(xml_text(paragraph.text), style=_style_of(paragraph.level))
    day = in_chinese(letter.dated_on) if letter.dated_on is not None else "（签发时写明日期）"
    for text in (letter.organ_short, day):
        document.add_paragraph(xml_text(text), style="Signature")
    if letter.contact:
        document.add_paragraph(xml_text(letter.contact), style="Body Text")
    properties = document.core_properties
    properties.title, properties.author, properties.comments = letter.title, letter.organ_short, ""
    properties.last_modified_by, properties.language = letter.organ_short, "zh-CN"
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _style_of(level: int) -> str:
    return "First Level" if level == 1 else "Body Text"


def _styles(document: Any) -> None:
    for name in ("Organ", "Number", "Signature", "First Level"):
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    set_style(document, "Normal", FANG, 16, line=29)
    set_style(document, "Organ", TITLE, 30, line=42, align=WD_ALIGN_PARAGRAPH.CENTER, after=4)
    document.styles["Organ"].font.color.rgb = RED
    set_style(document, "Number", FANG, 16, line=29, align=WD_ALIGN_PARAGRAPH.RIGHT, after=12)
    set_style(document, "Title", TITLE, 22, line=33, align=WD_ALIGN_PARAGRAPH.CENTER, after=14)
    set_style(document, "Body Text", FANG, 16, line=29, is_indented=True)
    set_style(document, "First Level", HEI, 16, line=29, is_indented=True)
    set_style(document, "Signature", FANG, 16, line=29, align=WD_ALIGN_PARAGRAPH.RIGHT)
    set_style(document, "Header", HEI, 10.5, line=14)
    set_style(document, "Footer", SONG, 14, line=18, align=WD_ALIGN_PARAGRAPH.CENTER)


def _rule(paragraph: Any, side: str, kind: str) -> None:
    """A red double rule above or below the paragraph."""
    borders = OxmlElement("w:pBdr")
    border = OxmlElement(f"w:{side}")
    for name, value in (("val", kind), ("sz", "24"), ("space", "4"), ("color", "C00000")):
        border.set(qn(f"w:{name}"), value)
    borders.append(border)
    properties = paragraph._p.get_or_add_pPr()
    style = properties.find(qn("w:pStyle"))
    properties.insert(0 if style is None else 1, borders)
