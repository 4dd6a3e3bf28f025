"""Papers for the demonstration: PDF pages and tables that say what they stand for, and that they are examples."""

import io
import zipfile
from functools import lru_cache
from xml.sax.saxutils import escape

from PIL import Image, ImageDraw, ImageFont

from investreview.documents.layout.fonts import Face, font_path

A4_AT_72_DPI = (595, 842)
_OFFICE = "http://schemas.openxmlformats.org"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_PARTS = {
    "[Content_Types].xml": f"""{_XML}<Types xmlns="{_OFFICE}/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/xl/workbook.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>""",
    "_rels/.rels": f"""{_XML}<Relationships xmlns="{_OFFICE}/package/2006/relationships"><Relationship Id="rId1"
 Type="{_OFFICE}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>""",
    "xl/workbook.xml": f"""{_XML}<workbook xmlns="{_OFFICE}/spreadsheetml/2006/main"
 xmlns:r="{_OFFICE}/officeDocument/2006/relationships"><sheets><sheet name="示例" sheetId="1" r:id="rId1"/></sheets>
</workbook>""",
    "xl/_rels/workbook.xml.rels": f"""{_XML}<Relationships xmlns="{_OFFICE}/package/2006/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>
</Relationships>""",
}


@lru_cache(maxsize=64)
def sample_pdf(title: str, page_count: int = 1) -> bytes:
    """A PDF of ``page_count`` pages with ``title``, each marked as an example without content."""
    font = ImageFont.truetype(str(font_path(Face.HEI)), 22)
    small = ImageFont.truetype(str(font_path(Face.BODY)), 14)
    pages = []
    for number in range(1, page_count + 1):
        page = Image.new("1", A4_AT_72_DPI, 1)
        draw = ImageDraw.Draw(page)
        draw.text((60, 120), title, fill=0, font=font)
        draw.text((60, 170), "演示用示例文件，内容为虚构。", fill=0, font=small)
        draw.text((270, 800), f"第{number}页", fill=0, font=small)
        pages.append(page)
    out = io.BytesIO()
    pages[0].save(out, format="PDF", save_all=True, append_images=pages[1:], resolution=72.0)
    return out.getvalue()


def sample_xlsx(title: str) -> bytes:
    """A workbook of one cell with ``title``, marked as an example; the same bytes each time."""
    cell = f'<c r="A1" t="inlineStr"><is><t>{escape(title)}（示例，内容为虚构）</t></is></c>'
    sheet = f"""{_XML}<worksheet xmlns="{_OFFICE}/spreadsheetml/2006/main">
<sheetData><row r="1">{cell}</row></sheetData></worksheet>"""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        for name, content in {**_PARTS, "xl/worksheets/sheet1.xml": sheet}.items():
            book.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()
