"""Word files that people go on writing: styles, not hand-made formats; the fonts of GB/T 9704-2012.

python-docx 1.2 sets the Latin font of a style only; the East Asian one is set on its ``w:rFonts``.
"""

from typing import Any

from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

SONG, HEI, FANG, TITLE = "宋体", "黑体", "仿宋", "方正小标宋简体"
LATIN = "Times New Roman"
INDENT_CHARACTERS = 200
"""Hundredths of a character: a first line begins two characters in."""


def official_page(document: Any, mark: str) -> None:
    """A4 with the type area of official papers, the mark above and the page number below."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header.paragraphs[0].add_run(mark)
    foot = section.footer.paragraphs[0]
    foot.add_run("— ")
    field(foot, "PAGE")
    foot.add_run(" —")


def field(paragraph: Any, code: str) -> None:
    """The paragraph goes on with a field that Word fills in, such as PAGE."""
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        run = paragraph.add_run()
        element = OxmlElement("w:instrText" if text else "w:fldChar")
        if text:
            element.set(qn("xml:space"), "preserve")
            element.text = text
        else:
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def set_style(
    document: Any,
    name: str,
    face: str,
    size: float,
    *,
    line: float,
    align: Any = None,
    before: float = 0,
    after: float = 0,
    is_indented: bool = False,
) -> None:
    """The style has the face, size in points and exact line spacing; nothing of Word's own look is left."""
    style = document.styles[name]
    style.font.name, style.font.size, style.font.color.rgb = LATIN, Pt(size), RGBColor(0, 0, 0)
    style.font.italic = style.font.bold = False
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), face)
    form = style.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)
    form.space_before, form.space_after, form.alignment = Pt(before), Pt(after), align
    for border in style.element.get_or_add_pPr().findall(qn("w:pBdr")):
        style.element.pPr.remove(border)
    if is_indented:
        indent = style.element.get_or_add_pPr().get_or_add_ind()
        indent.set(qn("w:firstLineChars"), str(INDENT_CHARACTERS))
