"""呈批表: always exactly one A4 page; text is set smaller, and only then shortened, visibly."""

from dataclasses import dataclass, replace

from reportlab.lib.units import mm

from investreview.documents.contents import ApprovalSheet, Opinion
from investreview.documents.layout import form
from investreview.documents.layout.fonts import ASCENT, Face, printable
from investreview.documents.layout.page import BLACK, PALE, Bars, Box, Page, Rule, Text, centred, flush_right
from investreview.documents.layout.setting import wrap
from investreview.documents.layout.table import LEFT, PADDING, RIGHT, Cell, Row, draw_row, label

LABEL = 24 * mm
VALUE = 132 * mm
MATTER, SECOND_LABEL, SECOND = 90 * mm, 20 * mm, 22 * mm
TABLE_TOP = 43.2 * mm
TABLE_BOTTOM = 259 * mm
TITLE_CENTRE = 36 * mm
HEAD = 17 * mm
HOW_TO_SIGN = "请签署意见、姓名和完整日期。纸面签批与系统签批效力相同；版本码与系统不一致的，本表无效。"
SHORTENED = "……（详见系统）"
NO_RISKS = "经办未提出风险提示。"
MAXIMUM_LINES = 60


@dataclass(frozen=True)
class _Fit:
    """How the sheet is set so that it fits: size of text, heights of the leaders' fields, lines per field."""

    size: float
    deputy: float
    director: float
    lines: int = MAXIMUM_LINES


ROOMY = (
    _Fit(11, 47 * mm, 27 * mm),
    _Fit(10.5, 42 * mm, 24 * mm),
    _Fit(10, 38 * mm, 21 * mm),
    _Fit(9, 36 * mm, 20 * mm),
)


def lay_out(sheet: ApprovalSheet) -> list[Page]:
    """The one page."""
    page = Page()
    _draw_head(page, sheet)
    fit = _best_fit(sheet)
    y = TABLE_TOP
    for row in _rows(sheet, fit):
        draw_row(page, row, y, row.natural_height)
        y += row.natural_height
    _draw_decision(page, "分管领导\n批　示", y, fit.deputy, has_choices=True)
    y += fit.deputy
    _draw_decision(page, "主要负责\n人批示", y, fit.director, has_choices=False)
    y += fit.director + 4
    _draw_return(page, y)
    page.add(
        Text(LEFT, y + 12 * mm + 13, HOW_TO_SIGN, size=9),
        form.fitted(LEFT, form.FOOT_LINE, identity(sheet), form.SMALL, 110 * mm),
        flush_right(RIGHT, form.FOOT_LINE, "第1页　共1页", Face.BODY, form.SMALL),
    )
    return [page]


def identity(sheet: ApprovalSheet) -> str:
    """Case and version code, as barcode and as words: what a scan that comes back is matched by."""
    return " · ".join(part for part in (sheet.case_number, sheet.number) if part)


def _draw_head(page: Page, sheet: ApprovalSheet) -> None:
    code = "".join(c for c in identity(sheet).replace(" · ", " ") if 32 <= ord(c) < 127)[:40]
    if code:
        page.add(Bars(RIGHT, 15.4 * mm, code, printable(identity(sheet)), 68 * mm))
    organ = wrap(sheet.organ_short, Face.BODY, 11, 80 * mm)[0]
    page.add(Text(LEFT, HEAD + 4, organ, size=11))
    page.add(Text(LEFT, form.HEAD_LINE, form.mark_text(sheet.mark), Face.HEI, 10.5))
    baseline = TITLE_CENTRE + (ASCENT - 0.5) * form.TITLE_SIZE
    page.add(centred((LEFT + RIGHT) / 2, baseline, sheet.title, Face.TITLE, form.TITLE_SIZE))


def _best_fit(sheet: ApprovalSheet) -> _Fit:
    """The roomiest setting that stays on the page; at the smallest size fewer and fewer lines per field."""
    for fit in ROOMY:
        if _height(sheet, fit) <= TABLE_BOTTOM - TABLE_TOP:
            return fit
    smallest = ROOMY[-1]
    for lines in range(30, 1, -1):
        fit = replace(smallest, lines=lines)
        if _height(sheet, fit) <= TABLE_BOTTOM - TABLE_TOP:
            return fit
    return replace(smallest, lines=1)


def _height(sheet: ApprovalSheet, fit: _Fit) -> float:
    rows: float = sum(row.natural_height for row in _rows(sheet, fit))
    return float(rows + fit.deputy + fit.director + 4 + 12 * mm)


def _rows(sheet: ApprovalSheet, fit: _Fit) -> list[Row]:
    opinions = "\n".join(_opinion(o) for o in sheet.opinions)
    risks = "\n".join(f"{i}. {_flat(risk)}" for i, risk in enumerate(sheet.risks, start=1)) or NO_RISKS
    return [
        Row(
            (
                label("事　项", LABEL),
                _value(sheet.matter, MATTER, fit),
                label("标识", SECOND_LABEL),
                _value(form.mark_text(sheet.mark), SECOND, fit),
            ),
            height=26,
        ),
        Row(
            (
                label("金　额", LABEL),
                _value(sheet.amount, MATTER, fit),
                label("时限", SECOND_LABEL),
                _value(sheet.deadline, SECOND, fit),
            ),
            height=26,
        ),
        _field(_why(sheet), sheet.reasons, fit),
        _field("各环节\n意　见", opinions, fit, leading=1.62),
        _field("主要风险", risks, fit, leading=1.62),
        _field("请　示\n事　项", sheet.request, fit),
        _field("之　后", sheet.afterwards, fit),
    ]


def _why(sheet: ApprovalSheet) -> str:
    """The label of the reasons, in two lines where one is too narrow."""
    name = f"为何{sheet.procedure}"
    return name if len(name) <= 4 else f"{name[:2]}\n{name[2:]}"


def _field(name: str, text: str, fit: _Fit, *, leading: float = 1.42) -> Row:
    return Row((label(name, LABEL), _value(text, VALUE, fit, leading)), height=26 if "\n" not in name else 36)


def _value(text: str, cell_width: float, fit: _Fit, leading: float = 1.42) -> Cell:
    cell = Cell(text or "—", cell_width, size=fit.size, leading=leading)
    lines = cell.lines
    if len(lines) <= fit.lines:
        return cell
    kept = list(lines[: fit.lines])
    while kept[-1] and len(wrap(kept[-1] + SHORTENED, Face.BODY, fit.size, cell_width - 2 * PADDING)) > 1:
        kept[-1] = kept[-1][:-1]
    kept[-1] += SHORTENED
    return replace(cell, text="\n".join(kept))


def _opinion(opinion: Opinion) -> str:
    day = f"{opinion.said_on.month}月{opinion.said_on.day}日" if opinion.said_on else ""
    return "　".join(part for part in (_flat(opinion.who), day, _flat(opinion.text)) if part)


def _flat(text: str) -> str:
    return text.replace("\n", " ")


def _draw_decision(page: Page, name: str, y: float, height: float, *, has_choices: bool) -> None:
    """A leader's field: choices to tick, lines to write on, name and date."""
    draw_row(page, Row((label(name, LABEL), Cell("", VALUE)), height=height), y, height)
    left, right = LEFT + LABEL + 11, RIGHT - 11
    if has_choices:
        for i, choice in enumerate(("签发", "退回处室", "批示（可另附）")):
            x = left + i * 34 * mm
            page.add(Box(x, y + 13, 11, 11, weight=0.8, colour=BLACK), Text(x + 16, y + 22.5, choice, size=11.5))
        for share in (0.43, 0.64):
            page.add(Rule(left, y + height * share, right, y + height * share, 0.5, PALE))
    foot = y + height - 13
    page.add(Text(left, foot, "签名：", size=11.5), flush_right(right, foot, "年　　月　　日", Face.BODY, 11.5))


def _draw_return(page: Page, y: float) -> None:
    """The strip the document office fills in when a paper decision is entered."""
    height = 12 * mm
    draw_row(page, Row((label("线下签批\n回　　录", LABEL, size=10), Cell("", VALUE)), height=height), y, height)
    baseline = y + height / 2 + 4
    x = LEFT + LABEL + PADDING
    page.add(
        Text(x, baseline, "回录人：", size=10),
        Text(x + 36 * mm, baseline, "核对人：", size=10),
        Text(x + 72 * mm, baseline, "回录时间：　　　年　月　日　时", size=10),
    )
