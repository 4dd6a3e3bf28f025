"""Papers for the demonstration: PDF pages that say what they stand for, and that they are examples."""

import io
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from investreview.documents.layout.fonts import Face, font_path

A4_AT_72_DPI = (595, 842)


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
