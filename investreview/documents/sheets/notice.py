"""补正通知书: everything that is missing, told once, with the day by which it is due."""

from reportlab.lib.units import mm

from investreview.documents.contents import SupplementNotice
from investreview.documents.layout import form
from investreview.documents.layout.fonts import ASCENT, Face, printable, width
from investreview.documents.layout.page import GREY, Box, Page, centred
from investreview.documents.layout.table import RIGHT, Align, Cell, Flow, Row, label

COLUMNS = (16 * mm, 16 * mm, 50 * mm, 74 * mm)
NOTE_LABEL = 30 * mm
SIZE, LEADING = 12.0, 1.7
SEAL = 40 * mm


def lay_out(notice: SupplementNotice) -> list[Page]:
    """The notice's pages: to whom, what is missing, until when, sign-off with seal box."""
    flow = form.begin(notice)
    form.under_title(flow, f"通知书编号：{notice.number}", f"案件编号：{notice.case_number}")
    flow.y += 10
    _recipient(flow, notice.recipient)
    due = notice.due_on
    text = (
        f"你公司报送的“{notice.project_name}”备案材料（{notice.incoming_number}）收悉。经核对，尚有下列"
        f"{len(notice.missing)}项需要补正，现一次性告知。请于{due.year}年{due.month}月{due.day}日前"
        f"（{notice.working_days}个工作日内）补齐并重新报送；补正期间不计入办理时限，逾期未补正的，予以退回。"
    )
    form.paragraph(flow, text, size=SIZE, leading=LEADING, indent=2 * SIZE)
    flow.y += 8
    head = Row(tuple(label(text, w) for text, w in zip(("序号", "代码", "材料", "需补正的内容"), COLUMNS, strict=True)))
    rows = [_missing(i, (m.code, m.name, m.why)) for i, m in enumerate(notice.missing, start=1)]
    flow.rows(rows, head=Row(head.cells, height=23))
    notes = "\n".join(f"{i}. {note}" for i, note in enumerate(notice.notes, start=1))
    flow.y += 8
    flow.rows([_noted("说明", notes)] if notes else [])
    flow.rows([_noted("联系方式", notice.contact)])
    _sign_off(flow, notice)
    return form.finish(flow, notice)


def _recipient(flow: Flow, recipient: str) -> None:
    form.paragraph(flow, f"{recipient}：", size=SIZE, leading=LEADING, indent=0)


def _missing(ordinal: int, texts: tuple[str, str, str]) -> Row:
    aligns = (Align.CENTRE, Align.CENTRE, Align.LEFT, Align.LEFT)
    cells = zip((str(ordinal), *texts), COLUMNS, aligns, strict=True)
    return Row(tuple(Cell(text or "—", w, align=align) for text, w, align in cells), height=23, padding=4)


def _noted(name: str, text: str) -> Row:
    return Row((label(name, NOTE_LABEL), Cell(text, 126 * mm, leading=1.6)), height=26.8)


def _sign_off(flow: Flow, notice: SupplementNotice) -> None:
    """Name and date of the body, centred on each other inside the dashed box of the seal."""
    flow.need(SEAL + 12)
    top = flow.y + 12
    middle = RIGHT - 35 * mm
    on = notice.dated_on
    dated = f"{on.year}年{on.month}月{on.day}日" if on else "　　年　月　日"
    name = printable(notice.organ_short).replace("\n", " ")
    middle = min(middle, RIGHT - width(name, Face.BODY, 14) / 2)
    first = top + SEAL / 2 - 11 + (ASCENT - 0.5) * 14
    flow.page.add(
        Box(middle - SEAL / 2, top, SEAL, SEAL, weight=0.8, colour=GREY, dash=(3, 2)),
        centred(middle, first, name, Face.BODY, 14),
        centred(middle, first + 24, dated, Face.BODY, 14),
        centred(middle, top + SEAL - 9, "（印章）", Face.BODY, 10.5, GREY),
    )
    flow.y = top + SEAL
