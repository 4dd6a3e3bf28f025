"""A list as a table that page, Excel, Word and PDF show alike: titles, kinds, and plain values row by row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from investreview.core.tables import Kind
from investreview.core.templatetags.ir import day, wan
from investreview.desk.overview.facts import CaseFact, Delay, DoneStep, FrameFact, PaperFact
from investreview.desk.words import Badge, origin_badge, route_badge, state_badge
from investreview.projects.states import DECIDED, PanelConclusion
from workflows.labels import node_label


@dataclass(frozen=True)
class Column:
    """One column; ``width`` in characters, also the share of a printed page that it takes."""

    title: str
    kind: Kind = Kind.TEXT
    width: int = 16

    @property
    def is_number(self) -> bool:
        """Whether its cells stand at the right."""
        return self.kind is not Kind.TEXT and self.kind is not Kind.DAY


@dataclass(frozen=True)
class Shown:
    """A cell as the page shows it; ``tone`` of a badge, ``url`` of the first cell of a row."""

    title: str
    text: str
    is_number: bool
    is_day: bool
    tone: str
    url: str


@dataclass(frozen=True)
class Line:
    """One row: where it leads, and its cells, each text, badge, number, amount in yuan, day or nothing."""

    url: str
    cells: tuple[object, ...]


@dataclass(frozen=True)
class Table:
    """Titles and rows; the first column names the row and is the link."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]

    @property
    def shown_columns(self) -> list[Column]:
        """The columns for the page: those in which at least one row says something."""
        return [self.columns[number] for number in self._said]

    @property
    def shown(self) -> list[list[Shown]]:
        """The rows for the page."""
        said = self._said
        return [[_shown(self.columns[number], line.cells[number], line.url) for number in said] for line in self.lines]

    @property
    def _said(self) -> list[int]:
        numbers = range(len(self.columns))
        return [number for number in numbers if any(line.cells[number] is not None for line in self.lines)]


def _shown(column: Column, cell: object, url: str) -> Shown:
    tone = cell.tone if isinstance(cell, Badge) else ""
    return Shown(column.title, _text(column.kind, plain(cell)), column.is_number, column.kind is Kind.DAY, tone, url)


def _text(kind: Kind, value: object) -> str:
    if isinstance(value, Decimal):
        return wan(value)
    if kind is Kind.DAY and (value is None or isinstance(value, date)):
        return day(value)
    return "—" if value is None else str(value)


def plain(cell: object) -> object:
    """A cell without its colour."""
    return cell.text if isinstance(cell, Badge) else cell


def _project() -> tuple[Column, ...]:
    return (Column(_("项目"), width=34), Column(_("编号"), width=18), Column(_("企业"), width=20))


def case_table(cases: Iterable[CaseFact]) -> Table:
    """Cases with route, result, amount, day and days used."""
    columns = (
        *_project(),
        Column(_("办理路径"), width=12),
        Column(_("结果"), width=16),
        Column(_("投资额（万元）"), Kind.WAN, 14),
        Column(_("报送日期"), Kind.DAY, 14),
        Column(_("决定日期"), Kind.DAY, 14),
        Column(_("用时（工作日）"), Kind.WHOLE, 10),
        Column(_("来源"), width=10),
    )
    return Table(columns, tuple(Line(case.url, _case_cells(case)) for case in cases))


def open_table(cases: Iterable[CaseFact]) -> Table:
    """Cases under way: nothing is decided of them yet."""
    columns = (
        *_project(),
        Column(_("办理路径"), width=12),
        Column(_("状态"), width=12),
        Column(_("投资额（万元）"), Kind.WAN, 14),
        Column(_("报送日期"), Kind.DAY, 14),
        Column(_("来源"), width=10),
    )
    lines = (Line(case.url, tuple(_case_cells(case)[number] for number in (0, 1, 2, 3, 4, 5, 6, 9))) for case in cases)
    return Table(columns, tuple(lines))


def _case_cells(case: CaseFact) -> tuple[object, ...]:
    return (
        case.project,
        case.number,
        case.applicant,
        route_badge(case.route) or _("待分档"),
        result_of(case),
        case.amount_yuan,
        case.released_on,
        case.decided_on,
        case.days,
        origin_badge(case.origin),
    )


def result_of(case: CaseFact) -> Badge:
    """How it ended or where it stands; of a second review with what the panel concluded."""
    badge = state_badge(case.state)
    if case.needs_panel and case.state in DECIDED and case.conclusion:
        return Badge(f"{PanelConclusion(case.conclusion).label} · {badge.text}", badge.tone)
    return badge


def delay_table(delays: Iterable[Delay]) -> Table:
    """What is due first of open cases: step, whose it is, last day, working days left (negative once overdue)."""
    columns = (
        *_project(),
        Column(_("环节"), width=14),
        Column(_("办理人"), width=14),
        Column(_("期限"), Kind.DAY, 14),
        Column(_("剩余工作日（负为超期）"), Kind.WHOLE, 10),
        Column(_("投资额（万元）"), Kind.WAN, 14),
    )
    return Table(columns, tuple(Line(one.case.url, _delay_cells(one)) for one in delays))


def what_is_due(delay: Delay) -> str:
    """The step, or 全程 for the whole clock."""
    return str(node_label(delay.node)) if delay.node else _("全程")


def _delay_cells(delay: Delay) -> tuple[object, ...]:
    case = delay.case
    step, who = what_is_due(delay), delay.who or "—"
    return (case.project, case.number, case.applicant, step, who, delay.due_on, delay.left, case.amount_yuan)


def paper_table(papers: Iterable[PaperFact]) -> Table:
    """Decisions made on paper: step, who decided, the day on the paper, whether another person compared it."""
    columns = (
        *_project(),
        Column(_("环节"), width=16),
        Column(_("签批人"), width=14),
        Column(_("纸面日期"), Kind.DAY, 14),
        Column(_("核对"), width=12),
        Column(_("回录"), width=14),
    )
    return Table(columns, tuple(Line(one.url, _paper_cells(one)) for one in papers))


def _paper_cells(paper: PaperFact) -> tuple[object, ...]:
    compared = Badge(_("已核对"), "green") if paper.is_compared else Badge(_("待核对"), "amber")
    entered = Badge(_("超过期限"), "red") if paper.is_late else _("按期")
    step = str(node_label(paper.node)) if paper.node else "—"
    return (paper.project, paper.number, paper.group, step, paper.decider, paper.dated_on, compared, entered)


def frame_table(frame: Iterable[FrameFact]) -> Table:
    """Projects of a sample's frame: amount, mandatory, picked."""
    columns = (
        *_project(),
        Column(_("投资额（万元）"), Kind.WAN, 14),
        Column(_("必查"), width=10),
        Column(_("抽查"), width=10),
    )
    return Table(columns, tuple(Line(one.url, _frame_cells(one)) for one in frame))


def _frame_cells(one: FrameFact) -> tuple[object, ...]:
    must = Badge(_("必查"), "amber") if one.is_must else "—"
    picked = Badge(_("抽中"), "green") if one.is_picked else _("未抽中")
    return (one.project, one.code, one.group, one.amount_yuan, must, picked)


def step_table(steps: Sequence[DoneStep]) -> Table:
    """Steps that were done: which, when, how many working days they took."""
    columns = (*_project(), Column(_("环节"), width=16), Column(_("办理日期"), Kind.DAY, 14))
    columns = (*columns, Column(_("用时（工作日）"), Kind.WHOLE, 10))
    return Table(
        columns,
        tuple(
            Line(one.url, (one.project, one.number, one.group, str(node_label(one.node)), one.done_on, one.days))
            for one in steps
        ),
    )
