"""更正单: what stood on a decided case, what is right, by what evidence, and the two people who say so."""

from reportlab.lib.units import mm

from investreview.documents.contents import CorrectionSlip
from investreview.documents.layout import form
from investreview.documents.layout.page import Page
from investreview.documents.layout.table import Cell, Row, label

LABEL = 30 * mm
VALUE = 126 * mm
HALF = 48 * mm
HEIGHT = 26.8
TALL = 46.0


def lay_out(slip: CorrectionSlip) -> list[Page]:
    """The slip's pages: the case, before and after, reason and evidence, two names, what stays as it was."""
    flow = form.begin(slip)
    form.under_title(flow, f"更正单编号：{slip.number}", "原记载不作改动，与本单一并保存")
    flow.rows(
        [
            _pair("办件编号", slip.case_number, "复函文号", slip.document_number),
            _line("申报企业", slip.enterprise),
            _line("项目名称", slip.project_name),
        ]
    )
    flow.y += 8
    flow.rows(
        [
            _line("更正项目", slip.field),
            _line("原记载", slip.before, height=TALL),
            _line("更正为", slip.after, height=TALL),
            _line("更正理由", slip.reason),
            _line("依据文件", f"{slip.evidence}\nSHA-256：{slip.evidence_sha256}"),
        ]
    )
    flow.y += 8
    notes = "\n".join(f"{i}. {note}" for i, note in enumerate(slip.notes, start=1))
    closing = [_pair("提出人", slip.proposed_by, "核对人", slip.confirmed_by), _line("说明", notes)]
    flow.keep_together(closing, 0)
    flow.rows(closing)
    return form.finish(flow, slip)


def _line(name: str, text: str, *, height: float = HEIGHT) -> Row:
    return Row((label(name, LABEL), Cell(text or "—", VALUE, leading=1.5)), height=height)


def _pair(first: str, value: str, second: str, other: str) -> Row:
    cells = (label(first, LABEL), Cell(value or "—", HALF), label(second, LABEL), Cell(other or "—", HALF))
    return Row(cells, height=HEIGHT)
