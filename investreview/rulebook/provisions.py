"""规则集: one dated, immutable set of rules as plain data; ``ruleset.parse`` is the only way in. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from investreview.core.roles import Role
from investreview.rulebook.conditions import Condition, Threshold
from investreview.rulebook.evaluations import EvaluationRules
from investreview.rulebook.panels import PanelRules
from investreview.rulebook.vocabulary import Duty, Level, Route, StepKind


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of the routing table. ``when`` is None for the row that holds where no other row gives a route.

    ``route`` is None where the row only adds duties. The smaller ``strictness``, the stricter.
    Units: working days.
    """

    key: str
    title: str
    title_en: str
    strictness: int
    when: Condition | None
    route: Route | None
    duties: tuple[Duty, ...]
    columns: tuple[str, ...]
    clock_days: int | None
    citation: str


@dataclass(frozen=True, kw_only=True)
class Slot:
    """One slot of the material catalogue; ``levels`` says per column of the catalogue how much it is asked for.

    ``when`` is what level C depends on; ``may_follow`` allows 容缺. Units: bytes.
    """

    code: str
    name: str
    name_en: str
    levels: Mapping[str, Level]
    when: Condition | None
    may_follow: bool
    kinds: tuple[str, ...]
    size_limit: int
    citation: str


@dataclass(frozen=True, kw_only=True)
class PledgeClause:
    """What an enterprise pledges (承诺) before its draft is handed over; ``citation`` is the paragraph it repeats."""

    key: str
    text: str
    text_en: str
    citation: str


@dataclass(frozen=True, kw_only=True)
class ChainStep:
    """One step of a signing chain; ``offices`` are the kinds of offices that countersign. Units: working days."""

    key: str
    kind: StepKind
    role: Role
    offices: tuple[str, ...]
    limit_days: int
    citation: str


@dataclass(frozen=True, kw_only=True)
class Chain:
    """The signing chain of some routes for amounts from ``from_yuan`` (included) on."""

    routes: tuple[Route, ...]
    from_yuan: Decimal
    steps: tuple[ChainStep, ...]


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """One paragraph of rule text and where it comes from."""

    key: str
    heading: str
    text: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The numbers of the rule set that are not amounts. Units: working days unless the name says otherwise."""

    completeness_days: int
    supplement_days: int
    supplement_reminder_day: int
    opinion_days: int
    panel_opinion_days: int
    report_by_days: int
    quarterly_report_calendar_days: int
    escalation_days: int
    paper_entry_days: int
    deferral_max_months: int
    filing_valid_months: int
    evaluation_after_months: int
    extension_max_months: int
    extension_ask_calendar_days: int
    appraisal_valid_months: int
    change_amount_bps: int
    change_own_capital_share_bps: int
    change_irr_bps: int
    change_delay_months: int


@dataclass(frozen=True, kw_only=True)
class RuleSetData(Limits):
    """A whole rule set. ``transition`` is the key of its transition clause; rows come strictest first."""

    code: str
    title: str
    effective_from: date
    transition: str
    thresholds: tuple[Threshold, ...]
    rows: tuple[Row, ...]
    slots: tuple[Slot, ...]
    pledges: tuple[PledgeClause, ...]
    chains: tuple[Chain, ...]
    panel: PanelRules
    evaluation: EvaluationRules
    paragraphs: tuple[Paragraph, ...]
    limit_citations: Mapping[str, str] = field(repr=False)

    def clock_days(self, route: Route) -> int | None:
        """The whole clock of a route in working days; None where the route has none."""
        return next((row.clock_days for row in self.rows if row.route is route), None)

    def strictness(self, route: Route) -> int:
        """The place of a route in the table; the smaller, the stricter. Raises: KeyError when the set lacks it."""
        for row in self.rows:
            if row.route is route:
                return row.strictness
        raise KeyError(route)

    def citation_of(self, limit: str) -> str:
        """The paragraph that a number of ``Limits`` rests on."""
        return self.limit_citations[limit]
