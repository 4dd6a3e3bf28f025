"""Where a draft leads as it stands, saved or just typed: the route with its bar, and what ought to be checked."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import get_language

from investreview.core.errors import Invalid
from investreview.core.messages import sentence
from investreview.projects.checks import Check, checks_of
from investreview.projects.completeness import require_open
from investreview.projects.labels import duty_label, route_label
from investreview.projects.models import Case
from investreview.projects.route_bar import RouteBar, route_bar
from investreview.projects.routing import Judged, judged
from investreview.rulebook.facts import CaseFacts
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

    own_yuan: Decimal
    borrowing_yuan: Decimal
    fiscal_yuan: Decimal
    other_yuan: Decimal
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
    checks: tuple[Check, ...]
    funds: Funds
    own_commitment_yuan: Decimal


def panel_of(case: Case, on: date) -> Panel:
    """The panel of a case, as saved or as just typed, on a day."""
    return panel_from(judged(case, on), on)


def panel_from(found: Judged, on: date) -> Panel:
    """The same for a case whose facts were judged already."""
    declaration = found.case.declaration
    total = sum((phase.total_yuan for phase in declaration.phases.all()), Decimal(0))
    return Panel(
        rule_set=found.rule_set,
        route=_route_panel(found.facts, found.decision, found.rule_set) if found.facts and found.decision else None,
        checks=checks_of(found, on),
        funds=Funds(
            own_yuan=declaration.own_funds_yuan,
            borrowing_yuan=declaration.borrowing_yuan,
            fiscal_yuan=declaration.fiscal_yuan,
            other_yuan=declaration.other_funds_yuan,
            sources_yuan=declaration.funds_total_yuan,
            total_yuan=total,
        ),
        own_commitment_yuan=sum((line.total_yuan for line in declaration.commitments.all()), Decimal(0)),
    )


def _route_panel(facts: CaseFacts, decision: Decision, rule_set: RuleSet) -> RoutePanel:
    bar = route_bar(facts, rule_set.data)
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
        closed=_closed(decision),
    )


def _line(reason: Reason) -> ReasonLine:
    return ReasonLine(said(reason.text, reason.text_en), reason.citation, reason.unknown)


def _closed(decision: Decision) -> str:
    try:
        require_open(decision)
    except Invalid as error:
        return sentence(error)
    return ""
