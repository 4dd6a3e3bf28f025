"""The overview as its page, its workbook and its reports show it: every figure from the list it opens."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from investreview.core.errors import Invalid
from investreview.desk.overview.attention import Attention, attention
from investreview.desk.overview.cards import MeanCard, SampleCard, mean_card, sample_card
from investreview.desk.overview.charts import Scatter, months_data, scatter
from investreview.desk.overview.counting import (
    GroupLine,
    MonthCount,
    Stage,
    StepDuration,
    bounds_of,
    by_group,
    by_month,
    one_decimal,
    stage_of,
    step_durations,
    total_yuan,
)
from investreview.desk.overview.lists import (
    LISTINGS,
    STEP,
    Figure,
    figure,
    filed,
    list_url,
    overdue,
    second_reviewed,
    self_decided,
    signed_on_paper,
    under_way,
)
from investreview.desk.overview.period import Wish
from investreview.desk.overview.reading import Reading
from investreview.desk.selectors.heat import NODES, process_heat
from investreview.desk.selectors.heat import Figure as HeatFigure
from investreview.projects.states import PanelConclusion
from investreview.rulebook.selectors import rule_set_in_force
from workflows.labels import node_label
from workflows.picture.drawing import Picture


@dataclass(frozen=True)
class MonthLine:
    """One month of the table behind the bars, each number with its list."""

    month: int
    filed: int
    second: int
    filed_url: str
    second_url: str


@dataclass(frozen=True)
class StepLine:
    """One step with its durations, its count with its list; ``percent`` is its mean beside the longest mean."""

    name: str
    url: str
    duration: StepDuration
    mean: str
    median: str
    percent: int


@dataclass(frozen=True)
class StageLines:
    """One stretch of the way with its steps."""

    name: str
    lines: tuple[StepLine, ...]


@dataclass(frozen=True)
class Conclusion:
    """What panels concluded, in a word, and how often."""

    word: str
    figure: Figure


@dataclass(frozen=True)
class GroupRow:
    """One group of the table by enterprise, each number with its list."""

    line: GroupLine
    filed_url: str
    second_url: str
    under_way_url: str
    overdue_url: str


@dataclass(frozen=True)
class OverviewPage:
    """Everything the overview says. Units: ``*_yuan`` yuan."""

    wish: Wish
    filed: Figure
    filed_yuan: Decimal
    second: Figure
    second_yuan: Decimal
    conclusions: tuple[Conclusion, ...]
    refused: Figure
    self_decided: Figure
    under_way: Figure
    backfilled: int
    sample: SampleCard | None
    mean: MeanCard
    overdue: Figure
    soon: Figure
    late: Figure
    invested_first: Figure
    paper: Figure
    paper_waiting: int
    scatter: Scatter
    months: tuple[MonthLine, ...]
    months_label: str
    months_data: dict[str, object]
    steps: tuple[StepLine, ...]
    stages: tuple[StageLines, ...]
    heat: Picture
    groups: tuple[GroupRow, ...]
    attention: Attention
    attention_url: str

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is known of the period."""
        figures = (self.filed, self.second, self.refused, self.self_decided, self.under_way, self.late)
        return not any(one.count for one in (*figures, self.invested_first, self.paper)) and self.sample is None


def overview_page(reading: Reading) -> OverviewPage:
    """The page of one wish."""
    reading.read_whole()
    filings, reviews, wish = filed(reading), second_reviewed(reading), reading.wish
    delayed = [one.case for one in overdue(reading)]
    open_cases = under_way(reading)
    steps = _steps(reading)
    months = by_month(filings, reviews, wish.period, wish.as_of)
    return OverviewPage(
        wish=wish,
        filed=figure(reading, "filed"),
        filed_yuan=total_yuan(filings),
        second=figure(reading, "second"),
        second_yuan=total_yuan(reviews),
        conclusions=_conclusions(reading),
        refused=figure(reading, "refused"),
        self_decided=figure(reading, "self-decided"),
        under_way=figure(reading, "under-way"),
        backfilled=sum(bool(case.past_id) for case in (*filings, *reviews)),
        sample=sample_card(reading),
        mean=mean_card(reading),
        overdue=figure(reading, "overdue"),
        soon=figure(reading, "soon"),
        late=figure(reading, "late"),
        invested_first=figure(reading, "invested-first"),
        paper=figure(reading, "paper"),
        paper_waiting=sum(not one.is_compared for one in signed_on_paper(reading)),
        scatter=_scatter(reading),
        months=tuple(_month(reading, row) for row in months),
        months_label=_months_label(reading, len(filings), len(reviews)),
        months_data=months_data(months),
        steps=steps,
        stages=_stages(steps),
        heat=_heat(steps),
        groups=tuple(_group(reading, line) for line in by_group(wish.groups, filings, reviews, open_cases, delayed)),
        attention=attention(reading),
        attention_url=list_url(reading, "overdue"),
    )


def _scatter(reading: Reading) -> Scatter:
    wish = reading.wish
    try:
        bounds = bounds_of(rule_set_in_force(wish.commission, wish.as_of).data)
    except Invalid:  # the period lies before the first rule set: there are projects, and no bounds
        bounds = ()
    cases = (*filed(reading), *second_reviewed(reading), *self_decided(reading), *under_way(reading))
    return scatter(cases, bounds, wish.groups)


def _month(reading: Reading, row: MonthCount) -> MonthLine:
    part = f"m{row.month}"
    urls = (list_url(reading, key, part=part) for key in ("filed", "second"))
    return MonthLine(row.month, row.filed, row.second, *urls)


def _months_label(reading: Reading, filings: int, reviews: int) -> str:
    said = {"period": reading.wish.period.label, "filed": filings, "second": reviews}
    return _("柱状图：%(period)s各月办结，备案 %(filed)d 个，二次论证 %(second)d 个") % said


def _steps(reading: Reading) -> tuple[StepLine, ...]:
    durations = step_durations(reading.step_days)
    longest = max((one.mean_days for one in durations), default=Fraction(0))
    return tuple(
        StepLine(
            name=str(node_label(one.node)),
            url=list_url(reading, f"{STEP}{one.node}"),
            duration=one,
            mean=one_decimal(one.mean_days),
            median=one_decimal(one.median_days),
            percent=int(one.mean_days * 100 / longest) if longest else 0,
        )
        for one in durations
    )


def _stages(steps: tuple[StepLine, ...]) -> tuple[StageLines, ...]:
    names = {Stage.REPORTING: _("报送与审查"), Stage.PANEL: _("专家论证"), Stage.DECIDING: _("审核、签发与送达")}
    parts = {stage: tuple(one for one in steps if stage_of(one.duration.node) is stage) for stage in names}
    return tuple(StageLines(names[stage], lines) for stage, lines in parts.items() if lines)


def _heat(steps: tuple[StepLine, ...]) -> Picture:
    """The same durations over the picture of the process."""
    done = (one.duration for one in steps)
    return process_heat({one.node: HeatFigure(float(one.mean_days), one.count) for one in done if one.node in NODES})


def _conclusions(reading: Reading) -> tuple[Conclusion, ...]:
    """Pass, conditional pass and failure; of decisions of the past the conclusion stands on paper only."""
    words = {
        "passed": str(PanelConclusion.PASS.label),
        "conditional": str(PanelConclusion.CONDITIONAL.label),
        "failed": str(PanelConclusion.FAIL.label),
        "on-paper-only": _("结论见原件"),
    }
    found = (Conclusion(word, figure(reading, key)) for key, word in words.items())
    return tuple(one for one in found if one.figure.count)


def _group(reading: Reading, line: GroupLine) -> GroupRow:
    urls = (list_url(reading, key, group=line.group.pk) for key in ("filed", "second", "under-way", "overdue"))
    return GroupRow(line, *urls)


def counted_how() -> tuple[tuple[str, str], ...]:
    """How each figure is counted: its name and the rule, for the note below the page and in the exports."""
    return tuple((str(one.title), str(one.note)) for one in LISTINGS.values())
