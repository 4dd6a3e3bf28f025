"""补正通知书: everything that is missing, told once, with the day by which it is due."""

from reportlab.lib.units import mm

from investreview.documents.contents import SupplementNotice
from investreview.documents.layout import form
from investreview.documents.layout.page import Page
from investreview.documents.layout.table import Align, Cell, Flow, Row, head_row, label, text_row

COLUMNS = (16 * mm, 16 * mm, 50 * mm, 74 * mm)
ALIGNS = (Align.CENTRE, Align.CENTRE, Align.LEFT, Align.LEFT)
NOTE_LABEL = 30 * mm
SIZE, LEADING = 12.0, 1.7


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
    lines = ((str(i), m.code or "—", m.name or "—", m.why or "—") for i, m in enumerate(notice.missing, start=1))
    rows = [text_row(line, COLUMNS, ALIGNS, height=23, padding=4) for line in lines]
    flow.rows(rows, head=head_row(("序号", "代码", "材料", "需补正的内容"), COLUMNS, height=23))
    notes = "\n".join(f"{i}. {note}" for i, note in enumerate(notice.notes, start=1))
    flow.y += 8
    flow.rows([_noted("说明", notes)] if notes else [])
    flow.rows([_noted("联系方式", notice.contact)])
    form.sign_off(flow, notice.organ_short, notice.dated_on)
    return form.finish(flow, notice)


def _recipient(flow: Flow, recipient: str) -> None:
    form.paragraph(flow, f"{recipient}：", size=SIZE, leading=LEADING, indent=0)


def _noted(name: str, text: str) -> Row:
    return Row((label(name, NOTE_LABEL), Cell(text, 126 * mm, leading=1.6)), height=26.8)
