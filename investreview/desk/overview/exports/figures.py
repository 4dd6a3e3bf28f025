"""The figures of the overview as lines of name, value and unit, for workbook and report."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from investreview.core.money import format_wan
from investreview.core.templatetags.ir import day, moment
from investreview.desk.overview.page import Conclusion, OverviewPage
from investreview.desk.overview.period import Wish


@dataclass(frozen=True)
class FigureLine:
    """One figure as it is printed."""

    name: str
    value: str
    unit: str


def figure_lines(page: OverviewPage) -> list[FigureLine]:
    """Every figure of the page, in its order."""
    count, wan, days = _("个"), _("万元"), _("工作日")
    mean = page.mean
    lines = [
        FigureLine(_("已备案项目"), str(page.filed.count), count),
        FigureLine(_("已备案项目投资额"), format_wan(page.filed_yuan), wan),
        FigureLine(_("已论证项目"), str(page.second.count), count),
        FigureLine(_("已论证项目投资额"), format_wan(page.second_yuan), wan),
        *(
            FigureLine(_("其中：%(name)s") % {"name": one.word}, str(one.figure.count), count)
            for one in page.conclusions
        ),
        FigureLine(_("其中补录"), str(page.backfilled), count),
        FigureLine(page.refused.title, str(page.refused.count), count),
        FigureLine(page.self_decided.title, str(page.self_decided.count), count),
        FigureLine(page.under_way.title, str(page.under_way.count), count),
        FigureLine(page.overdue.title, str(page.overdue.count), count),
        FigureLine(page.soon.title, str(page.soon.count), count),
        FigureLine(_("平均办理用时"), mean.total_days, days),
        FigureLine(_("备案平均用时"), mean.filed_days, days),
        FigureLine(_("二次论证平均用时（不含专家论证）"), mean.second_days, days),
        FigureLine(_("专家论证平均用时"), mean.panel_days, days),
        FigureLine(page.late.title, str(page.late.count), count),
        FigureLine(page.invested_first.title, str(page.invested_first.count), count),
        FigureLine(page.paper.title, str(page.paper.count), _("件")),
        FigureLine(_("其中待核对"), str(page.paper_waiting), _("件")),
    ]
    if page.sample is not None:
        lines += [
            FigureLine(_("后评价抽查"), f"{page.sample.picked.count} / {page.sample.frame.count}", count),
            FigureLine(_("抽查比例（按项目数）"), page.sample.by_number, ""),
            FigureLine(_("抽查比例（按投资额）"), page.sample.by_amount, ""),
        ]
    return lines


def _of_which(one: Conclusion, unit: str) -> FigureLine:
    return FigureLine(_("其中：%(name)s") % {"name": one.word}, str(one.figure.count), unit)


def covered(wish: Wish, at: datetime) -> tuple[str, ...]:
    """What a print covers: period, enterprises, unit, until when, and when it was made."""
    until = _("统计期间：%(period)s（截至%(day)s）") % {"period": wish.period.label, "day": day(wish.as_of)}
    scope = _("统计范围：%(commission)s · %(scope)s") % {
        "commission": wish.commission.short_name,
        "scope": wish.scope_label,
    }
    made = _("金额单位：万元；生成时间：%(moment)s") % {"moment": moment(at)}
    return (until, scope, made)
