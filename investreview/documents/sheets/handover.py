"""工作交接单: what one person leaves, line by line, to whom it goes, and three signatures."""

from reportlab.lib.units import mm

from investreview.documents.contents import HandedOver, HandoverSheet
from investreview.documents.layout import form
from investreview.documents.layout.page import Page
from investreview.documents.layout.table import Align, Cell, Flow, Row, label

LABEL = 24 * mm
VALUE = 132 * mm
HALF = 54 * mm
COLUMNS = (12 * mm, 29 * mm, 41 * mm, 29 * mm, 25 * mm, 20 * mm)
WORK = ("序号", "办件编号", "项目名称", "移交事项", "期限", "接交人")
INSTRUCTIONS = ("序号", "办件编号", "项目名称", "批示事项", "期限", "接交人")
PROMISES = ("序号", "办件编号", "通话对象", "承诺事项", "日期", "接交人")
ALIGNS = (Align.CENTRE, Align.CENTRE, Align.LEFT, Align.LEFT, Align.CENTRE, Align.CENTRE)
HEIGHT = 26.8
SIGN_HEIGHT = 40.0
STATEMENT = "上列事项及其材料、文稿、电话承诺、批示自移交之时起由接交人办理，期限不因移交顺延；移交前的办理记录不变。"


def lay_out(sheet: HandoverSheet) -> list[Page]:
    """The sheet's pages: who leaves what to whom and why, the lists, the signatures."""
    flow = form.begin(sheet)
    form.under_title(flow, f"交接单编号：{sheet.number}", "一式三份，移交人、接交人、所在单位各存一份")
    flow.rows(
        [
            _pair("所在单位", sheet.unit, "身份", sheet.post),
            _pair("移交人", sheet.giver, "接交人", sheet.receivers),
            _pair("办理人", sheet.handed_over_by, "移交时间", sheet.handed_over_at),
            Row((label("移交原因", LABEL), Cell(sheet.reason or "—", VALUE, leading=1.5)), height=HEIGHT),
        ]
    )
    _list(flow, WORK, sheet.work)
    _list(flow, PROMISES, sheet.promises)
    _list(flow, INSTRUCTIONS, sheet.instructions)
    flow.y += 8
    closing = [
        Row((label("合　计", LABEL), Cell(sheet.total, VALUE)), height=HEIGHT),
        Row((label("说　明", LABEL), Cell(STATEMENT, VALUE, leading=1.5)), height=HEIGHT),
        _signatures(),
    ]
    flow.keep_together(closing, 0)
    flow.rows(closing)
    return form.finish(flow, sheet)


def _list(flow: Flow, names: tuple[str, ...], lines: tuple[HandedOver, ...]) -> None:
    if not lines:
        return
    flow.y += 8
    head = Row(tuple(label(text, w, size=10) for text, w in zip(names, COLUMNS, strict=True)), height=23)
    flow.rows([_row(ordinal, line) for ordinal, line in enumerate(lines, start=1)], head=head)


def _row(ordinal: int, line: HandedOver) -> Row:
    texts = (str(ordinal), line.case_number, line.project_name, line.what, line.due or "—", line.receiver)
    cells = zip(texts, COLUMNS, ALIGNS, strict=True)
    return Row(tuple(Cell(text, w, size=10, align=align) for text, w, align in cells), height=23, padding=4)


def _pair(first: str, value: str, second: str, other: str) -> Row:
    cells = (label(first, LABEL), Cell(value or "—", HALF), label(second, LABEL), Cell(other or "—", HALF))
    return Row(cells, height=HEIGHT)


def _signatures() -> Row:
    names = ("移交人\n签　名", "接交人\n签　名", "监交人\n签　名")
    return Row(tuple(cell for name in names for cell in (label(name, 20 * mm), Cell("", 32 * mm))), height=SIGN_HEIGHT)
