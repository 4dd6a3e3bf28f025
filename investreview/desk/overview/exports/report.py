"""The report of a period (专报): sentences, tables and lists, from the same page and the same lists.

A paper is Chinese, whatever language its reader has chosen; ``report_of`` is called with Chinese active.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from investreview.core.money import format_wan
from investreview.core.tables import Kind
from investreview.core.templatetags.ir import day
from investreview.core.templatetags.ir import month as month_name
from investreview.desk.overview.exports.figures import covered, figure_lines
from investreview.desk.overview.lists import LISTINGS
from investreview.desk.overview.page import OverviewPage, counted_how, overview_page
from investreview.desk.overview.reading import Reading
from investreview.desk.overview.tables import plain
from investreview.documents.reports import Align, Report, ReportColumn, ReportSection, ReportTable

LISTED = ("filed", "second", "refused", "under-way", "overdue", "late", "invested-first", "sampled")
LEFT_TO_THE_PAGE = {
    "case": (0, 2, 4, 5, 7, 8),
    "delay": (0, 2, 3, 4, 5, 6),
    "open": (0, 2, 3, 4, 5, 6),
    "frame": (0, 2, 3, 4),
}
"""Which columns of a list a printed page has room for."""

_SHAPES = {Kind.DAY: (18, Align.CENTRE), Kind.WHOLE: (12, Align.RIGHT)}
"""Widths on paper, where a date is not to be broken."""


def report_of(reading: Reading, *, at: datetime) -> Report:
    """The report; called in the language in which it is to be written."""
    page, wish = overview_page(reading), reading.wish
    sections = [_summary(page), _groups(page), _months(page), _steps(page), *_lists(reading), _matters(page), _how()]
    return Report(
        title=f"{wish.period.label}投资项目监管专报",
        organ=wish.commission.short_name,
        lines=covered(wish, at),
        made_at=at,
        sections=tuple(sections),
    )


def _summary(page: OverviewPage) -> ReportSection:
    rows = tuple((one.name, one.value, one.unit) for one in figure_lines(page))
    columns = (
        ReportColumn("指标", 60),
        ReportColumn("数值", 28, Align.RIGHT),
        ReportColumn("单位", 16, Align.CENTRE),
    )
    return ReportSection("总体情况", tuple(_sentences(page)), ReportTable(columns, rows))


def _sentences(page: OverviewPage) -> list[str]:
    wish = page.wish
    said = [
        f"截至{day(wish.as_of)}，{wish.scope_label}共备案项目{page.filed.count}个，"
        f"投资额{format_wan(page.filed_yuan)}万元；经专家二次论证办结项目{page.second.count}个，"
        f"投资额{format_wan(page.second_yuan)}万元{_ends(page)}。"
    ]
    if page.mean.total.count:
        said.append(_mean(page))
    if wish.is_current:
        said.append(
            f"目前在办项目{page.under_way.count}个，其中超期{page.overdue.count}个，"
            f"两个工作日内到期{page.soon.count}个。"
        )
    if page.sample is not None:
        sample = page.sample
        said.append(
            f"后评价抽查项目{sample.picked.count}个，抽样范围{sample.frame.count}个，"
            f"占项目数的{sample.by_number}、投资额的{sample.by_amount}。"
        )
    return said


def _mean(page: OverviewPage) -> str:
    mean = page.mean
    parts = [f"备案{mean.filed_days}个"] if mean.filed.count else []
    if mean.second.count:
        parts.append(f"二次论证{mean.second_days}个（专家论证另用{mean.panel_days}个）")
    return f"从材料齐备至签发，扣除停表时间，平均用时{mean.total_days}个工作日，其中{'、'.join(parts)}。"


def _ends(page: OverviewPage) -> str:
    ends = "、".join(f"{one.word}{one.figure.count}个" for one in page.conclusions)
    return f"，其中{ends}" if ends else ""


def _groups(page: OverviewPage) -> ReportSection:
    names = ("监管企业", "已备案", "投资额（万元）", "已论证", "投资额（万元）", "在办", "超期")
    shares = (34, 16, 28, 16, 28, 14, 14)
    columns = tuple(
        ReportColumn(name, share, Align.RIGHT if number else Align.LEFT)
        for number, (name, share) in enumerate(zip(names, shares, strict=True))
    )
    rows = tuple(
        (
            one.group.name, str(one.filed), format_wan(one.filed_yuan), str(one.second), format_wan(one.second_yuan),
            str(one.under_way), str(one.overdue),
        )
        for one in (row.line for row in page.groups)
    )  # fmt: skip
    return _section("分企业情况", columns, rows)


def _months(page: OverviewPage) -> ReportSection:
    columns = (
        ReportColumn("月份", 30),
        ReportColumn("备案（个）", 30, Align.RIGHT),
        ReportColumn("二次论证（个）", 30, Align.RIGHT),
    )
    rows = [(month_name(one.month), str(one.filed), str(one.second)) for one in page.months]
    rows.append(("合计", str(page.filed.count), str(page.second.count)))
    return _section("月度办结", columns, rows)


def _steps(page: OverviewPage) -> ReportSection:
    names = ("环节", "办结次数", "平均", "中位数", "最长")
    columns = tuple(
        ReportColumn(name, 40 if not number else 22, Align.RIGHT if number else Align.LEFT)
        for number, name in enumerate(names)
    )
    rows = [(one.name, str(one.duration.count), one.mean, one.median, str(one.duration.max_days)) for one in page.steps]
    return _section("环节用时", columns, rows, "单位：工作日，从到达本环节到办结；补录和在途接续的项目不计。")


def _lists(reading: Reading) -> list[ReportSection]:
    return [_list(reading, key) for key in LISTED if LISTINGS[key].rows(reading)]


def _list(reading: Reading, key: str) -> ReportSection:
    chosen = LISTINGS[key]
    table = chosen.table(chosen.rows(reading))
    kept = LEFT_TO_THE_PAGE[chosen.table.__name__.removesuffix("_table")]
    columns = [ReportColumn("序号", 8, Align.CENTRE)]
    columns += [
        ReportColumn(one.title, *_SHAPES.get(one.kind, (one.width, Align.RIGHT)))
        if one.kind is not Kind.TEXT
        else ReportColumn(one.title, one.width)
        for one in (table.columns[number] for number in kept)
    ]
    rows = [
        (str(ordinal), *(_text(line.cells[number], table.columns[number].kind) for number in kept))
        for ordinal, line in enumerate(table.lines, 1)
    ]
    return _section(str(chosen.title), columns, rows, str(chosen.note))


def _text(cell: object, kind: Kind) -> str:
    value = plain(cell)
    if value is None:
        return "—"
    if kind is Kind.WAN and isinstance(value, Decimal):
        return format_wan(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _matters(page: OverviewPage) -> ReportSection:
    columns = (ReportColumn("项目", 50), ReportColumn("情况", 44), ReportColumn("说明", 50))
    rows = [
        (one.project, " ".join(filter(None, (one.text, one.badge.text if one.badge else ""))), one.note)
        for one in page.attention.matters
    ]
    more = page.attention.more
    return _section("需要关注", columns, rows, f"另有{more}项，见系统。" if more else "")


def _how() -> ReportSection:
    return ReportSection("统计口径", tuple(f"{name}：{rule}" for name, rule in counted_how()))


def _section(
    title: str, columns: Sequence[ReportColumn], rows: Sequence[tuple[str, ...]], remark: str = ""
) -> ReportSection:
    """A section with its table, or the sentence that there is nothing."""
    if not rows:
        return ReportSection(title, ("本期没有。",))
    return ReportSection(title, (), ReportTable(tuple(columns), tuple(rows)), remark)
