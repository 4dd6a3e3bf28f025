"""What lies on the pages beside the content: the draft's watermark, the system copy's code."""

from reportlab.lib.units import mm

from investreview.documents.layout.fonts import Face, printable
from investreview.documents.layout.page import GREY, Page, Qr, Text, Watermark, centred

QR_SIZE = 16 * mm
FORM_QR = (28 * mm, 268 * mm)
LETTER_QR = (187 * mm, 240 * mm)
SMALL = 7.5
HOW_TO_VERIFY = "系统副本，可在系统“文件核验”页面扫码或录入下列文字核验："
NOT_CLASSIFIED = "本系统为非涉密系统，严禁处理国家秘密"


def as_draft(pages: list[Page]) -> list[Page]:
    """Every page carries 草稿 under its text."""
    for page in pages:
        page.add_below(Watermark("草稿"))
    return pages


def form_as_system_copy(pages: list[Page], code: str) -> list[Page]:
    """Every page carries the code at its foot, as QR and as text to type."""
    x, y = FORM_QR
    for page in pages:
        page.add(
            Qr(x, y, QR_SIZE, code),
            Text(x + QR_SIZE + 8, y + 13, HOW_TO_VERIFY, size=SMALL, colour=GREY),
            Text(x + QR_SIZE + 8, y + 24, printable(code), size=SMALL),
            Text(x + QR_SIZE + 8, y + 35, NOT_CLASSIFIED, size=SMALL, colour=GREY),
        )
    return pages


def letter_as_system_copy(pages: list[Page], code: str) -> list[Page]:
    """Every page says that it is a system copy; the last one carries the code in its right margin."""
    for page in pages:
        foot = f"系统副本，不作为正式文件使用。{NOT_CLASSIFIED}。核验：{printable(code)}"
        page.add(centred(105 * mm, 287 * mm, foot, Face.BODY, SMALL, GREY))
    x, y = LETTER_QR
    pages[-1].add(
        Qr(x, y, QR_SIZE, code), centred(x + QR_SIZE / 2, y + QR_SIZE + 9, "系统副本", Face.BODY, SMALL, GREY)
    )
    return pages
