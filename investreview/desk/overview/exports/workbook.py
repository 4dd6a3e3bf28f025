"""The overview as a workbook: the figures, the tables of the page, and a sheet for every list that has rows."""

from collections.abc import Sequence
from datetime import datetime
from typing import IO, Any

from django.utils.translation import gettext as _

from investreview.core.tables import Kind, OutColumn, Sheet, write_workbook
from investreview.core.templatetags.ir import month as month_name
from investreview.desk.overview.exports.figures import covered, figure_lines
from investreview.desk.overview.lists import LISTINGS, Listing
from investreview.desk.overview.page import OverviewPage, counted_how, overview_page
from investreview.desk.overview.reading import Reading
from investreview.desk.overview.tables import plain

LISTED = (
    "filed", "second", "refused", "self-decided", "under-way", "overdue", "soon", "measured", "late",
    "invested-first", "paper", "frame",
)  # fmt: skip
"""The lists with a sheet; every other is a part of one of them."""


def write_overview(file: IO[bytes], *, reading: Reading, at: datetime) -> None:
    """The workbook is in ``file``; filter and time stand above each sheet."""
    page, caption = overview_page(reading), covered(reading.wish, at)
    sheets = [_figures(page, caption), _groups(page, caption), _months(page, caption), _steps(page, caption)]
    for key in LISTED:
        chosen = LISTINGS[key]
        rows = chosen.rows(reading)
        if rows:
            sheets.append(_list(chosen, rows, caption))
    sheets.append(_how(caption))
    write_workbook(file, sheets)


def _figures(page: OverviewPage, caption: tuple[str, ...]) -> Sheet:
    columns = (OutColumn(_("指标"), width=36), OutColumn(_("数值"), width=16), OutColumn(_("单位"), width=10))
    rows = [(one.name, one.value, one.unit) for one in figure_lines(page)]
    return Sheet(_("监管总览"), columns, rows, caption)


def _groups(page: OverviewPage, caption: tuple[str, ...]) -> Sheet:
    columns = (
        OutColumn(_("监管企业"), width=20),
        OutColumn(_("已备案"), Kind.WHOLE, 10),
        OutColumn(_("备案投资额（万元）"), Kind.WAN, 18),
        OutColumn(_("已论证"), Kind.WHOLE, 10),
        OutColumn(_("论证投资额（万元）"), Kind.WAN, 18),
        OutColumn(_("在办"), Kind.WHOLE, 10),
        OutColumn(_("超期"), Kind.WHOLE, 10),
    )
    lines = [row.line for row in page.groups]
    rows = [
        (one.group.name, one.filed, one.filed_yuan, one.second, one.second_yuan, one.under_way, one.overdue)
        for one in lines
    ]
    return Sheet(_("分企业情况"), columns, rows, caption)


def _months(page: OverviewPage, caption: tuple[str, ...]) -> Sheet:
    columns = (OutColumn(_("月份")), OutColumn(_("备案"), Kind.WHOLE), OutColumn(_("二次论证"), Kind.WHOLE))
    return Sheet(
        _("月度办结"), columns, [(month_name(one.month), one.filed, one.second) for one in page.months], caption
    )


def _steps(page: OverviewPage, caption: tuple[str, ...]) -> Sheet:
    columns = (
        OutColumn(_("环节"), width=20),
        OutColumn(_("办结次数"), Kind.WHOLE, 10),
        OutColumn(_("平均（工作日）"), width=14),
        OutColumn(_("中位数（工作日）"), width=14),
        OutColumn(_("最长（工作日）"), Kind.WHOLE, 14),
    )
    rows = [(one.name, one.duration.count, one.mean, one.median, one.duration.max_days) for one in page.steps]
    return Sheet(_("环节用时"), columns, rows, caption)


def _list(chosen: Listing, rows: Sequence[Any], caption: tuple[str, ...]) -> Sheet:
    table = chosen.table(rows)
    columns = tuple(OutColumn(one.title, one.kind, one.width) for one in table.columns)
    lines = [tuple(plain(cell) for cell in line.cells) for line in table.lines]
    return Sheet(str(chosen.title), columns, lines, (*caption, str(chosen.note)))


def _how(caption: tuple[str, ...]) -> Sheet:
    columns = (OutColumn(_("指标"), width=28), OutColumn(_("统计口径"), width=90))
    return Sheet(_("统计口径"), columns, counted_how(), caption)
