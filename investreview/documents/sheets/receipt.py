"""接收单: the materials that arrived, without red head."""

from reportlab.lib.units import mm

from investreview.core.money import format_wan
from investreview.documents.contents import AcceptanceReceipt
from investreview.documents.layout import form
from investreview.documents.layout.page import Page
from investreview.documents.layout.table import Align, Cell, Row, head_row, label, text_row

LABEL, SECOND_LABEL = 24 * mm, 24 * mm
FIRST_VALUE = 74 * mm
SECOND_VALUE = 34 * mm
COLUMNS = (14 * mm, 54 * mm, 16 * mm, 26 * mm, 46 * mm)
ALIGNS = (Align.CENTRE, Align.LEFT, Align.CENTRE, Align.CENTRE, Align.LEFT)
NOTE_LABEL = 30 * mm


def lay_out(receipt: AcceptanceReceipt) -> list[Page]:
    """The receipt's pages: who handed in what and when, the list, what the receipt does not say."""
    flow = form.begin(receipt)
    form.under_title(flow, f"接收单编号：{receipt.number}", "一式两份，报送企业、接收处室各存一份")
    flow.rows(
        [
            _pair("报送企业", receipt.enterprise, "案件编号", receipt.case_number),
            _pair("项目名称", receipt.project_name, "报送金额", f"{format_wan(receipt.amount_yuan)}万元"),
            _pair("来文", receipt.incoming_number, "收文登记号", receipt.registry_number),
            _pair("报送方式", receipt.submitted_via, "接收时间", receipt.received_at),
        ]
    )
    flow.y += 8
    lines = ((m.code, m.name, m.pages or "—", m.form, m.remark) for m in receipt.materials)
    rows = [text_row(line, COLUMNS, ALIGNS, height=21, padding=3) for line in lines]
    flow.rows(rows, head=head_row(("代码", "材料", "页数", "形式", "备注"), COLUMNS, height=21))
    flow.rows([_noted("合计", receipt.total)])
    flow.y += 8
    notes = "\n".join(f"{i}. {note}" for i, note in enumerate(receipt.notes, start=1))
    signatures = Row(
        (label("报送人", NOTE_LABEL), Cell("", 48 * mm), label("接收人", NOTE_LABEL), Cell("", 48 * mm)), height=32
    )
    closing = [_noted("说明", notes or "—"), _noted("联系方式", receipt.contact), signatures]
    flow.keep_together(closing, form.SEAL_BOX)
    flow.rows(closing)
    form.seal_box(flow, "（材料接收专用章）")
    return form.finish(flow, receipt)


def _pair(first: str, value: str, second: str, other: str) -> Row:
    return Row(
        (
            label(first, LABEL),
            Cell(value or "—", FIRST_VALUE),
            label(second, SECOND_LABEL),
            Cell(other or "—", SECOND_VALUE),
        ),
        height=25,
    )


def _noted(name: str, text: str) -> Row:
    return Row((label(name, NOTE_LABEL), Cell(text or "—", 126 * mm, leading=1.5)), height=26.8)
