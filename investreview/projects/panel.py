"""What the page of a draft tells while it is being written: the route, why, what is missing, what does not add up."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import get_language

from investreview.core.errors import Invalid
from investreview.core.messages import sentence
from investreview.projects.completeness import (
    facts_missing,
    materials_missing,
    require_declared,
    require_open_procedure,
)
from investreview.projects.labels import duty_label, route_label
from investreview.projects.models import Case
from investreview.projects.route_bar import RouteBar, route_bar
from investreview.projects.routing import case_facts, decide, is_routable, report_by_date, rule_set_for
from investreview.projects.rules import Lateness, lateness
from investreview.rulebook.models import RuleSet
from investreview.rulebook.routing import Decision, Reason


def said(chinese: str, english: str) -> str:
    """One of two texts, by the language of the page."""
    return english if (get_language() or "").startswith("en") else chinese


@dataclass(frozen=True)
class ReasonLine:
    """One row of the rule set and what it said."""

    text: str
    citation: str
    is_unknown: bool


@dataclass(frozen=True)
class ZoneLabel:
    """What one zone of the bar is called."""

    route: str
    span: str
    is_hit: bool


@dataclass(frozen=True)
class RoutePanel:
    """Where the declared facts lead: route, clock in working days, duties, the reasons, the nearest change."""

    route: str
    clock_days: int | None
    bar: RouteBar
    labels: tuple[ZoneLabel, ...]
    duties: tuple[str, ...]
    matched: tuple[ReasonLine, ...]
    others: tuple[ReasonLine, ...]
    nearest: str
    closed: str


@dataclass(frozen=True)
class Funds:
    """Declared sources against the total investment. Units: yuan."""

    sources_yuan: Decimal
    total_yuan: Decimal

    @property
    def difference_yuan(self) -> Decimal:
        """How much one exceeds the other."""
        return abs(self.sources_yuan - self.total_yuan)


@dataclass(frozen=True)
class Panel:
    """Everything the page says besides the fields; ``route`` is None until kind, nature, plan and amount are there."""

    rule_set: RuleSet
    route: RoutePanel | None
    empty_facts: tuple[str, ...]
    fault: str
    missing_materials: tuple[str, ...]
    funds: Funds
    own_commitment_yuan: Decimal
    report_by: date | None
    lateness: Lateness
    prohibited: tuple[str, ...]
    special: tuple[str, ...]


def panel_of(case: Case, on: date) -> Panel:
    """The panel of a case as it is saved, on a day."""
    declaration = case.declaration
    rule_set = rule_set_for(case, on)
    report_by = report_by_date(case, rule_set)
    is_ready = is_routable(case)
    phases = list(declaration.phases.all())
    commitments = list(declaration.commitments.all())
    return Panel(
        rule_set=rule_set,
        route=_route_panel(case, rule_set, on) if is_ready else None,
        empty_facts=facts_missing(case),
        fault=_fault(case, on),
        missing_materials=tuple(f"{gap.code} {said(gap.name, gap.name_en)}" for gap in materials_missing(case, on)),
        funds=Funds(declaration.funds_total_yuan, sum((phase.total_yuan for phase in phases), Decimal(0))),
        own_commitment_yuan=sum((line.total_yuan for line in commitments), Decimal(0)),
        report_by=report_by,
        lateness=lateness(
            released_on=on,
            report_by=report_by,
            contract_on=declaration.contract_on,
            payment_on=declaration.payment_on,
        ),
        prohibited=_lines(declaration.prohibited_matter),
        special=_lines(declaration.special_matter),
    )


def _route_panel(case: Case, rule_set: RuleSet, on: date) -> RoutePanel:
    decision: Decision = decide(case, on)
    bar = route_bar(case_facts(case), rule_set.data)
    nearest = decision.nearest
    return RoutePanel(
        route=route_label(decision.route.value),
        clock_days=rule_set.data.clock_days(decision.route),
        bar=bar,
        labels=tuple(ZoneLabel(route_label(zone.route.value), zone.span, zone.is_hit) for zone in bar.zones),
        duties=tuple(duty_label(duty.value) for duty in decision.duties),
        matched=tuple(_line(reason) for reason in decision.reasons if reason.matched),
        others=tuple(_line(reason) for reason in decision.reasons if not reason.matched),
        nearest=said(nearest.text, nearest.text_en) if nearest is not None else "",
        closed=_closed(case, on),
    )


def _line(reason: Reason) -> ReasonLine:
    return ReasonLine(said(reason.text, reason.text_en), reason.citation, reason.unknown)


def _fault(case: Case, on: date) -> str:
    """What the declared facts contradict each other in; empty facts are told apart."""
    try:
        require_declared(case, on)
    except Invalid as error:
        return "" if error.code == "projects_facts_missing" else sentence(error)
    return ""


def _closed(case: Case, on: date) -> str:
    try:
        require_open_procedure(case, on)
    except Invalid as error:
        return sentence(error)
    return ""


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
