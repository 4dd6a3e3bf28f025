"""What the charts draw, as plain data for the page's script; the same rows stand in the table behind each chart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from investreview.core.money import format_wan
from investreview.core.templatetags.ir import month as month_name
from investreview.desk.overview.counting import Bound, MonthCount
from investreview.desk.overview.facts import CaseFact, Kind
from investreview.desk.overview.period import GroupChoice
from investreview.desk.words import is_english
from investreview.projects.labels import route_label

POINTS_IN_TABLE = 100
POINTS_DRAWN = 1_500
WAN = Decimal(10_000)
CHINESE_UNITS = ((Decimal(10_000), "亿"), (Decimal(1), "万"))
ENGLISH_UNITS = ((Decimal(100_000), " bn"), (Decimal(100), " M"), (Decimal("0.1"), " k"))
"""How an axis writes an amount: from how many 万元 on which word. The units of the two languages do not meet."""


@dataclass(frozen=True)
class Point:
    """One project of the scatter. Units: yuan."""

    series: str
    case: CaseFact
    amount_yuan: Decimal


@dataclass(frozen=True)
class Scatter:
    """The scatter of amounts: points in the order of the table, bounds with their words, what is not drawn."""

    points: tuple[Point, ...]
    bounds: tuple[Bound, ...]
    bounds_text: str
    label: str
    left_out: int
    data: dict[str, object]

    @property
    def in_table(self) -> tuple[Point, ...]:
        """The points of the table behind the chart: the largest amounts."""
        return self.points[:POINTS_IN_TABLE]

    @property
    def not_drawn(self) -> int:
        """How many points, the smallest amounts, the chart leaves to the lists so that it stays readable."""
        return max(len(self.points) - POINTS_DRAWN, 0)

    @property
    def more(self) -> int:
        """How many points the table leaves to the lists."""
        return max(len(self.points) - POINTS_IN_TABLE, 0)


def series_names() -> dict[Kind, str]:
    """The four kinds of points with their names, in the order of the legend."""
    return {
        Kind.SELF_DECIDED: capfirst(route_label("ENTERPRISE_DECIDES")),
        Kind.FILED: capfirst(route_label("FILING")),
        Kind.SECOND_REVIEWED: _("二次论证"),
        Kind.UNDER_WAY: _("在办"),
    }


def scatter(cases: Iterable[CaseFact], bounds: Sequence[Bound], groups: Sequence[GroupChoice]) -> Scatter:
    """The cases by group and routing amount; those whose route does not count in statistics are left out and counted.

    Rule: DOMAIN §16.
    """
    names = series_names()
    chosen = [case for case in cases if case.kind in names and case.routing_yuan]
    drawn = [case for case in chosen if case.is_measured]
    points = tuple(
        sorted(
            (Point(names[case.kind], case, case.routing_yuan) for case in drawn if case.routing_yuan),
            key=lambda point: (-point.amount_yuan, point.case.number),
        )
    )
    present = {point.case.group_id for point in points}
    rows = [group for group in groups if group.pk in present]
    place = {group.pk: number for number, group in enumerate(rows)}
    counts = {name: sum(point.series == name for point in points) for name in names.values()}
    told = _("、").join(f"{name} {count}" for name, count in counts.items() if count)
    data: dict[str, object] = {
        "groups": [group.name for group in rows],
        "unit": _("万元"),
        "units": [[float(size), word] for size, word in _units()],
        "bounds": [{"wan": float(bound.yuan / WAN), "label": _short(bound.yuan)} for bound in bounds],
        "series": [
            {
                "kind": kind.value,
                "name": name,
                "points": [
                    [float(point.amount_yuan / WAN), place[point.case.group_id], point.case.project,
                     format_wan(point.amount_yuan), point.case.url]
                    for point in points[:POINTS_DRAWN]
                    if point.case.kind is kind and point.case.group_id in place
                ],
            }
            for kind, name in names.items()
        ],
    }  # fmt: skip
    label = ngettext("散点图：%(count)d 个项目按分档金额分布", "散点图：%(count)d 个项目按分档金额分布", len(points))
    return Scatter(
        points=points,
        bounds=tuple(bounds),
        bounds_text=_("；").join(_said(bound) for bound in bounds),
        label=" · ".join(filter(None, (label % {"count": len(points)}, told))),
        left_out=len(chosen) - len(drawn),
        data=data,
    )


def _said(bound: Bound) -> str:
    """1000万元（含）起备案."""
    said = {"amount": _short(bound.yuan), "route": route_label(bound.route.value)}
    if bound.is_inclusive:
        return _("%(amount)s元（含）起%(route)s") % said
    return _("%(amount)s元以上%(route)s") % said


def _units() -> tuple[tuple[Decimal, str], ...]:
    return ENGLISH_UNITS if is_english() else CHINESE_UNITS


def _short(yuan: Decimal) -> str:
    """1000万, 1亿, or 10 M: a bound as an axis writes it."""
    units = _units()
    size, word = next((unit for unit in units if yuan / WAN >= unit[0]), units[-1])
    return f"{(yuan / WAN / size).normalize():f}{word}"


def months_data(months: Iterable[MonthCount]) -> dict[str, object]:
    """The stacked bars of the months."""
    rows = list(months)
    return {
        "months": [_month(row.month) for row in rows],
        "series": [
            {"kind": Kind.FILED.value, "name": capfirst(route_label("FILING")), "counts": [row.filed for row in rows]},
            {"kind": Kind.SECOND_REVIEWED.value, "name": _("二次论证"), "counts": [row.second for row in rows]},
        ],
    }


def _month(number: int) -> str:
    """8月, or Aug: a month as an axis writes it."""
    return month_name(number)[:3]
