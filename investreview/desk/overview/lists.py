"""The numbers of the overview and the lists they open: one choice of rows for both, so that they cannot differ."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from investreview.core.errors import NotVisible
from investreview.core.templatetags.ir import SOON_DAYS
from investreview.desk.overview import tables
from investreview.desk.overview.counting import concluded, measured
from investreview.desk.overview.facts import CaseFact, Delay, FrameFact, Kind, PaperFact
from investreview.desk.overview.reading import Reading
from investreview.desk.overview.tables import Table
from investreview.projects.states import PanelConclusion
from workflows.labels import NODE_LABELS, node_label

STEP = "step-"


def filed(reading: Reading) -> tuple[CaseFact, ...]:
    """已备案: decided favourably without a panel, also what was entered of the past."""
    return reading.decided(Kind.FILED)


def second_reviewed(reading: Reading) -> tuple[CaseFact, ...]:
    """已论证: decided after a second review, favourably or not."""
    return reading.decided(Kind.SECOND_REVIEWED)


def refused(reading: Reading) -> tuple[CaseFact, ...]:
    """不予备案 without a panel; counted neither as filed nor as second-reviewed."""
    return reading.decided(Kind.REFUSED)


def self_decided(reading: Reading) -> tuple[CaseFact, ...]:
    """自主决策, recorded here."""
    return reading.decided(Kind.SELF_DECIDED)


def under_way(reading: Reading) -> tuple[CaseFact, ...]:
    """在办 with the commission or back for a supplement; none for a period that is over."""
    return reading.under_way


def late(reading: Reading) -> tuple[CaseFact, ...]:
    """迟报: released in the period, after the day until which it was to be reported."""
    return tuple(case for case in _released(reading) if case.is_late)


def invested_first(reading: Reading) -> tuple[CaseFact, ...]:
    """先投后备: released in the period, when contract or first payment was not still to come."""
    return tuple(case for case in _released(reading) if case.is_invested_first)


def _released(reading: Reading) -> tuple[CaseFact, ...]:
    return tuple(case for case in reading.cases if reading.wish.period.holds(case.released_on))


def overdue(reading: Reading) -> tuple[Delay, ...]:
    """超期在办: cases of which a step or the whole clock is past its last day."""
    return tuple(one for one in reading.delays if one.left < 0)


def due_soon(reading: Reading) -> tuple[Delay, ...]:
    """即将到期: due today or within the next two working days."""
    return tuple(one for one in reading.delays if 0 <= one.left <= SOON_DAYS)


def signed_on_paper(reading: Reading) -> tuple[PaperFact, ...]:
    """纸面签批: decisions whose paper is dated in the period."""
    return tuple(one for one in reading.papers if reading.wish.period.holds(one.dated_on))


def sampled(reading: Reading) -> tuple[FrameFact, ...]:
    """后评价抽查: the picked projects of the year's published frame."""
    return tuple(one for one in reading.frame if one.is_picked)


def _by_conclusion(conclusion: str) -> Callable[[Reading], Sequence[CaseFact]]:
    return lambda reading: concluded(second_reviewed(reading), conclusion)


@dataclass(frozen=True)
class Listing:
    """One number: its name, how it is counted, the rows it counts, and how they are shown."""

    title: str | Promise
    note: str | Promise
    rows: Callable[[Reading], Sequence[Any]]
    table: Callable[[Sequence[Any]], Table] = tables.case_table


LISTINGS: Mapping[str, Listing] = {
    "filed": Listing(
        gettext_lazy("已备案项目"),
        gettext_lazy("签发日期在期间内、未经二次论证的予以备案和备案并提示风险；补录的计入，并注明来源。"),
        filed,
    ),
    "second": Listing(
        gettext_lazy("已论证项目"),
        gettext_lazy("签发日期在期间内、经专家二次论证后作出决定的项目，不论结果；补录的计入，并注明来源。"),
        second_reviewed,
    ),
    "passed": Listing(
        gettext_lazy("论证通过"), gettext_lazy("已论证项目中专家组结论为通过的。"), _by_conclusion(PanelConclusion.PASS)
    ),
    "conditional": Listing(
        gettext_lazy("论证有条件通过"),
        gettext_lazy("已论证项目中专家组结论为有条件通过的。"),
        _by_conclusion(PanelConclusion.CONDITIONAL),
    ),
    "failed": Listing(
        gettext_lazy("论证不通过"),
        gettext_lazy("已论证项目中专家组结论为不通过的。"),
        _by_conclusion(PanelConclusion.FAIL),
    ),
    "on-paper-only": Listing(
        gettext_lazy("论证结论见原件"),
        gettext_lazy("补录的二次论证项目，专家组结论只在纸面原件上。"),
        _by_conclusion(""),
    ),
    "refused": Listing(
        gettext_lazy("不予备案"),
        gettext_lazy("签发日期在期间内、未经二次论证的不予备案；不计入已备案，也不计入平均用时。"),
        refused,
    ),
    "self-decided": Listing(
        gettext_lazy("企业自主决策"), gettext_lazy("期间内确认由企业自主决策的项目。"), self_decided
    ),
    "under-way": Listing(
        gettext_lazy("在办项目"),
        gettext_lazy("企业已报送、尚未办结的项目，含待补正和暂缓；按今日状态，期间已结束的不列。"),
        under_way,
        tables.open_table,
    ),
    "measured": Listing(
        gettext_lazy("计算平均用时的项目"),
        gettext_lazy("已备案和已论证项目；补录和在途接续的不计（其时限不在本系统内起算）。"),
        lambda reading: measured((*filed(reading), *second_reviewed(reading))),
    ),
    "measured-filed": Listing(
        gettext_lazy("计算平均用时的备案项目"),
        gettext_lazy("从材料齐备次日起算至签发日，扣除停表的工作日。"),
        lambda reading: measured(filed(reading)),
    ),
    "measured-second": Listing(
        gettext_lazy("计算平均用时的二次论证项目"),
        gettext_lazy("从材料齐备次日起算至签发日，扣除停表的工作日；专家论证时间单列。"),
        lambda reading: measured(second_reviewed(reading)),
    ),
    "overdue": Listing(
        gettext_lazy("超期在办"),
        gettext_lazy("本环节或者全程时限已过的在办项目，每个项目列最早到期的一项；按今日状态。"),
        overdue,
        tables.delay_table,
    ),
    "soon": Listing(
        gettext_lazy("即将到期"),
        gettext_lazy("今日或者今后两个工作日内到期的在办项目；按今日状态。"),
        due_soon,
        tables.delay_table,
    ),
    "late": Listing(gettext_lazy("迟报"), gettext_lazy("期间内报送、报送日期晚于应报送日期的项目，不论结果。"), late),
    "invested-first": Listing(
        gettext_lazy("先投后备"),
        gettext_lazy("期间内报送、签约或者首笔付款日期不晚于报送日期的项目，不论结果。"),
        invested_first,
    ),
    "paper": Listing(
        gettext_lazy("纸面签批"),
        gettext_lazy("纸面日期在期间内的签批；核对不符的不计。"),
        signed_on_paper,
        tables.paper_table,
    ),
    "sampled": Listing(
        gettext_lazy("后评价抽查项目"), gettext_lazy("该年度已公布的抽查名单。"), sampled, tables.frame_table
    ),
    "frame": Listing(
        gettext_lazy("后评价抽样范围"),
        gettext_lazy("该年度抽查所依据的、已封存的抽样范围。"),
        lambda reading: reading.frame,
        tables.frame_table,
    ),
}


def listing(key: str) -> Listing:
    """The list of this key; ``step-check`` lists the done steps of one node.

    Raises: NotVisible (desk_overview_no_list).
    """
    if key in LISTINGS:
        return LISTINGS[key]
    node = key.removeprefix(STEP)
    if key.startswith(STEP) and node in NODE_LABELS:
        return Listing(
            _("环节用时：%(step)s") % {"step": node_label(node)},
            _("期间内办结的本环节，从到达到办结的工作日；补录和在途接续的不计。"),
            lambda reading: reading.steps_done(node),
            tables.step_table,
        )
    raise NotVisible("desk_overview_no_list")


@dataclass(frozen=True)
class Figure:
    """A number with its name and the address of its list."""

    key: str
    title: str
    count: int
    url: str


def list_url(reading: Reading, key: str, **more: Any) -> str:
    """Where the list of a number is, under the same filter or a narrower one."""
    return f"{reverse('desk:overview_list', args=[key])}?{reading.wish.query(**more)}"


def figure(reading: Reading, key: str) -> Figure:
    """The number that a list has rows."""
    chosen = listing(key)
    return Figure(key, str(chosen.title), len(chosen.rows(reading)), list_url(reading, key))
