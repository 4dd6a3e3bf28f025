"""投资项目备案表 (M02): printed, stamped, scanned; every page carries its version code and page code."""

from datetime import date
from decimal import Decimal

from reportlab.lib.units import mm

from investreview.core.money import format_wan, format_yuan, in_capitals
from investreview.documents.contents import Phase, RegistrationForm
from investreview.documents.layout import form
from investreview.documents.layout.fonts import Face
from investreview.documents.layout.page import Page, flush_right
from investreview.documents.layout.table import RIGHT, Align, Cell, Flow, Row, head_row, label, text_row

LABEL, VALUE = 28 * mm, 50 * mm
WIDE = 128 * mm
FUNDING = (78 * mm, 78 * mm)
PARTIES = (32 * mm, 80 * mm, 44 * mm)
PHASES = (62 * mm, 47 * mm, 47 * mm)
BY_HAND = "　　　　年　　月　　日　　　文号："
"""Filled in by pen before the form is stamped."""
DECLARATION = (
    "本公司声明：本表及所附材料真实、准确、完整；已按规定履行内部决策程序；知悉备案不代表对项目可行性、收益和风险的认可，"
    "本公司承担决策主体责任和投资风险。"
)


def lay_out(content: RegistrationForm) -> list[Page]:
    """The form's pages: who, what, how much, from where, decided how; declaration and stamp."""
    flow = form.begin(content)
    form.under_title(flow, f"案件编号：{content.case_number}", f"版本码：{content.number}")
    flow.rows(_subject(content))
    flow.rows(_amounts(content))
    flow.y += 8
    flow.rows(_funding(content), head=head_row(("资金来源", "金额（万元）"), FUNDING, height=22))
    if content.phases:
        flow.y += 8
        _draw_phases(flow, content.phases)
    if content.parties:
        flow.y += 8
        parties = [_cells((p.role, p.name, p.credit_code), PARTIES) for p in content.parties]
        flow.rows(parties, head=head_row(("有关各方", "名称", "统一社会信用代码"), PARTIES, height=22))
    flow.y += 8
    closing = [*_decision(content), _wide("企业声明", DECLARATION), _signatures()]
    flow.keep_together(closing, form.SEAL_BOX)
    flow.rows(closing)
    form.seal_box(flow, "（企业公章）")
    return _coded(form.finish(flow, content), content)


def _coded(pages: list[Page], content: RegistrationForm) -> list[Page]:
    """The pages with their codes: a stamped page of another version is told apart at once."""
    for ordinal, page in enumerate(pages, start=1):
        code = f"版本码 {content.number}　页码 {content.number}-{ordinal}/{len(pages)}"
        page.add(flush_right(RIGHT, form.HEAD_LINE, code, Face.BODY, 10.5))
    return pages


def _draw_phases(flow: Flow, phases: tuple[Phase, ...]) -> None:
    """The phases with their amounts; the column of times only where one of them has its time."""
    if any(phase.period for phase in phases):
        rows = [_cells((one.name, format_wan(one.amount_yuan), one.period), PHASES) for one in phases]
        flow.rows(rows, head=head_row(("分期", "金额（万元）", "起止时间"), PHASES, height=22))
    else:
        rows = [_cells((one.name, format_wan(one.amount_yuan)), FUNDING) for one in phases]
        flow.rows(rows, head=head_row(("分期", "金额（万元）"), FUNDING, height=22))


def _subject(content: RegistrationForm) -> list[Row]:
    place = _pair("建设地点", content.site, "起止时间", content.period)
    return [
        _pair("申报企业", content.enterprise, "统一社会\n信用代码", content.credit_code),
        _wide("项目名称", content.project_name),
        _pair("实施主体", content.implementer, "主体层级", content.implementer_tier),
        _pair("项目类别", content.project_kind, "主业属性", content.nature),
        place if content.period else _wide("建设地点", content.site),
        _pair("年度计划", content.plan_row, "负面清单", content.negative_list),
        _wide("主要内容", content.summary),
    ]


def _amounts(content: RegistrationForm) -> list[Row]:
    shares = _pair("实施后\n资产负债率", content.debt_ratio_after, "股权比例", content.shareholding)
    return [
        _wide("投资总额", _money(content.total_investment_yuan)),
        _wide("企业出资额", _money(content.own_commitment_yuan)),
        _wide("分档金额", _money(content.routing_amount_yuan)),
        _pair("预期收益率", content.return_rate, "投资回收期", content.payback),
        *([shares] if content.debt_ratio_after or content.shareholding else []),
    ]


def _funding(content: RegistrationForm) -> list[Row]:
    rows = [_cells((s.name, format_wan(s.amount_yuan)), FUNDING) for s in content.funding]
    total = sum((s.amount_yuan for s in content.funding), Decimal(0))
    return [*rows, _cells(("合计", format_wan(total)), FUNDING)]


def _decision(content: RegistrationForm) -> list[Row]:
    return [
        _wide("党委前置研究", content.party_committee or BY_HAND),
        _wide("董事会决议", content.board or BY_HAND),
        _pair("决策日期", _day(content.decided_on), "备案报告文号", content.report_number),
        _pair("拟签约日期", _day(content.planned_contract_on), "拟首付日期", _day(content.planned_payment_on)),
        _wide("联系人", content.contact),
    ]


def _money(amount: Decimal) -> str:
    return f"{format_wan(amount)}万元（{format_yuan(amount)}元，{in_capitals(amount)}）"


def _day(on: date | None) -> str:
    return f"{on.year}年{on.month}月{on.day}日" if on else ""


def _pair(first: str, value: str, second: str, other: str) -> Row:
    cells = (label(first, LABEL), Cell(value or "—", VALUE), label(second, LABEL), Cell(other or "—", VALUE))
    return Row(cells, height=25)


def _wide(name: str, text: str) -> Row:
    return Row((label(name, LABEL), Cell(text or "—", WIDE)), height=25)


def _cells(texts: tuple[str, ...], widths: tuple[float, ...]) -> Row:
    shown = [text or "—" for text in texts]
    return text_row(shown, widths, (Align.CENTRE,) * len(texts), height=22, padding=4)


def _signatures() -> Row:
    cells = (label("法定代表人\n（签名）", LABEL), Cell("", VALUE), label("填报日期", LABEL), Cell("", VALUE))
    return Row(cells, height=40)
