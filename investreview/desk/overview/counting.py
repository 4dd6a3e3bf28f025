"""Choosing and counting: which facts a number is made of, means, months, groups, durations. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from statistics import median

from investreview.desk.overview.facts import CaseFact, Kind
from investreview.desk.overview.period import GroupChoice, Period
from investreview.rulebook.conditions import AllOf, AmountFrom, AnyOf, Condition
from investreview.rulebook.provisions import RuleSetData
from investreview.rulebook.vocabulary import Route
from workflows.clocks import PANEL_NODES
from workflows.labels import NODE_LABELS

NODE_ORDER = {node: place for place, node in enumerate(NODE_LABELS)}


def decided(cases: Iterable[CaseFact], period: Period, *kinds: Kind) -> tuple[CaseFact, ...]:
    """The cases of these kinds whose decision lies in the period, the latest first."""
    chosen = [case for case in cases if case.kind in kinds and period.holds(case.decided_on)]
    return tuple(sorted(chosen, key=lambda case: (case.decided_on, case.number), reverse=True))


def concluded(cases: Iterable[CaseFact], conclusion: str) -> tuple[CaseFact, ...]:
    """Those whose panel concluded so; of a decision of the past the conclusion stands on paper only ("")."""
    return tuple(case for case in cases if case.conclusion == conclusion)


def measured(cases: Iterable[CaseFact]) -> tuple[CaseFact, ...]:
    """Those whose clock counts in statistics (DOMAIN §16)."""
    return tuple(case for case in cases if case.days is not None)


def total_yuan(cases: Iterable[CaseFact]) -> Decimal:
    """The sum of the declared investments. Units: yuan."""
    return sum((case.amount_yuan or Decimal(0) for case in cases), Decimal(0))


def mean(values: Collection[int]) -> Fraction | None:
    """The exact mean; nothing of nothing."""
    return Fraction(sum(values), len(values)) if values else None


def one_decimal(value: Fraction | float | None) -> str:
    """6.1: a mean as people read it, half up; a dash where there is none."""
    if value is None:
        return "—"
    tenths = (Fraction(value) * 10 + Fraction(1, 2)).__floor__()
    return f"{tenths // 10}.{tenths % 10}"


@dataclass(frozen=True)
class MonthCount:
    """What was decided in one month."""

    month: int
    filed: int
    second: int


def by_month(
    filed: Iterable[CaseFact], second: Iterable[CaseFact], period: Period, until: date
) -> tuple[MonthCount, ...]:
    """The decided cases by the month of their decision, one entry for each month of the period that has begun."""
    begun = [month for month in period.months if date(period.year, month, 1) <= until]
    counts: dict[int, list[int]] = {month: [0, 0] for month in begun}
    for column, cases in enumerate((filed, second)):
        for case in cases:
            if case.decided_on is not None:
                counts[case.decided_on.month][column] += 1
    return tuple(MonthCount(month, *pair) for month, pair in counts.items())


@dataclass(frozen=True)
class GroupLine:
    """One group with what it had filed, second-reviewed, under way and overdue. Units: yuan."""

    group: GroupChoice
    filed: int
    filed_yuan: Decimal
    second: int
    second_yuan: Decimal
    under_way: int
    overdue: int


def by_group(
    groups: Iterable[GroupChoice],
    filed: Sequence[CaseFact],
    second: Sequence[CaseFact],
    under_way: Sequence[CaseFact],
    overdue: Sequence[CaseFact],
) -> tuple[GroupLine, ...]:
    """A line for each group that has anything at all, in the order of the registry."""
    owned = [_of_groups(cases) for cases in (filed, second, under_way, overdue)]
    lines = []
    for group in groups:
        own = [cases.get(group.pk, []) for cases in owned]
        if any(own):
            sums = [total_yuan(cases) for cases in own]
            counts = [len(cases) for cases in own]
            lines.append(GroupLine(group, counts[0], sums[0], counts[1], sums[1], counts[2], counts[3]))
    return tuple(lines)


def _of_groups(cases: Iterable[CaseFact]) -> dict[int, list[CaseFact]]:
    found: dict[int, list[CaseFact]] = {}
    for case in cases:
        found.setdefault(case.group_id, []).append(case)
    return found


class Stage(StrEnum):
    """The three stretches of the way that a case goes."""

    REPORTING = "REPORTING"
    PANEL = "PANEL"
    DECIDING = "DECIDING"


REPORTING_NODES = frozenset({"release", "revise", "check_completeness"})
WITHOUT_DURATION = frozenset({"begin", "taken_over"})
"""Nodes that begin a process and are done as they arrive."""


def stage_of(node: str) -> Stage:
    """The stretch to which a step belongs."""
    if node in REPORTING_NODES:
        return Stage.REPORTING
    return Stage.PANEL if node in PANEL_NODES else Stage.DECIDING


@dataclass(frozen=True)
class StepDuration:
    """How long one step took. Units: working days from its arrival to the act."""

    node: str
    count: int
    mean_days: Fraction
    median_days: float
    max_days: int


def step_durations(taken: Mapping[str, Counter[int]]) -> tuple[StepDuration, ...]:
    """One line for each step that was done at least once and can take time, in the order of the process.

    ``taken`` says of each node how often it took so many working days.
    """
    nodes = sorted(taken.keys() - WITHOUT_DURATION, key=lambda node: NODE_ORDER.get(node, len(NODE_ORDER)))
    return tuple(_duration(node, taken[node]) for node in nodes)


def _duration(node: str, days: Counter[int]) -> StepDuration:
    whole = sum(length * times for length, times in days.items())
    return StepDuration(node, days.total(), Fraction(whole, days.total()), median(days.elements()), max(days))


@dataclass(frozen=True)
class Bound:
    """From which amount a route begins; ``is_inclusive``: the bound itself already belongs to it. Units: yuan."""

    route: Route
    yuan: Decimal
    is_inclusive: bool


def bounds_of(rules: RuleSetData) -> tuple[Bound, ...]:
    """The bounds from which a filing and a second review begin, as the rule set writes them."""
    found: dict[Route, Bound] = {}
    for row in rules.rows:
        if row.route in (Route.FILING, Route.EXPERT_PANEL):
            for test in _lower_bounds(row.when):
                yuan = test.threshold.yuan
                if yuan is not None:
                    found.setdefault(row.route, Bound(row.route, yuan, test.threshold.lower_inclusive))
    return tuple(sorted(found.values(), key=lambda bound: bound.yuan))


def _lower_bounds(condition: Condition | None) -> list[AmountFrom]:
    if isinstance(condition, AmountFrom):
        return [condition]
    if isinstance(condition, AllOf | AnyOf):
        return [test for part in condition.parts for test in _lower_bounds(part)]
    return []
