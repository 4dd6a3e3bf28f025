"""Why a case goes this way: the stored decision with every row, or, on a draft, what the rules would say today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from investreview.desk.links import paragraph_url
from investreview.desk.selectors.viewing import Reading
from investreview.desk.words import Badge, route_badge, stored_text, value_text
from investreview.projects.labels import duty_label, procedure_label
from investreview.projects.models import RoutingRecord
from investreview.projects.routing import as_plain, case_facts, is_routable, not_open, rule_set_for
from investreview.projects.states import WRITABLE_BY_ENTERPRISE, CaseState
from investreview.rulebook.facts import CaseFacts, Nature, PlanStatus, ProjectKind
from investreview.rulebook.models import RuleSet
from investreview.rulebook.routing import route


@dataclass(frozen=True)
class Row:
    """One row of the rule set: whether it matched, what it looked at, and the paragraph it rests on."""

    text: str
    value: str
    matched: bool
    unknown: bool
    citation: str
    url: str


@dataclass(frozen=True)
class DutyRow:
    """One duty and the rows of the rule set it comes from."""

    name: str
    citations: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Routing:
    """The decision on the route; ``decided_at`` is None for a draft, of which it is only a preview."""

    badge: Badge | None
    rule_set: str
    code_version: str
    occasion: str
    decided_at: datetime | None
    amount_yuan: Decimal
    routing_field: str
    rows: tuple[Row, ...]
    duties: tuple[DutyRow, ...]
    nearest: str
    not_open: str

    @property
    def speaking(self) -> tuple[Row, ...]:
        """The rows that matched or that could not be judged."""
        return tuple(row for row in self.rows if row.matched or row.unknown)

    @property
    def silent(self) -> tuple[Row, ...]:
        """The rows that did not match."""
        return tuple(row for row in self.rows if not row.matched and not row.unknown)


def stored_routing(records: Sequence[RoutingRecord]) -> Routing | None:
    """The binding decision, else the last one; nothing before the first release."""
    confirmed = [one for one in records if one.occasion == RoutingRecord.Occasion.CONFIRMED]
    record = confirmed[-1] if confirmed else records[-1] if records else None
    if record is None:
        return None
    judged = _judged(record.facts)
    return Routing(
        badge=route_badge(record.route),
        rule_set=record.rule_set.code,
        code_version=record.code_version,
        occasion=record.get_occasion_display(),
        decided_at=record.routed_at,
        amount_yuan=Decimal(record.amount_yuan_text),
        routing_field=judged.routing_field,
        rows=tuple(_row(reason, record.rule_set) for reason in record.reasons),
        duties=_duties(record.duties, record.reasons, record.rule_set),
        nearest=stored_text(record.nearest) if record.nearest else "",
        not_open="",
    )


def previewed_routing(reading: Reading) -> Routing | None:
    """What the rules in force today say of a draft that already says enough; nothing otherwise."""
    case = reading.case
    if case.state not in WRITABLE_BY_ENTERPRISE | {CaseState.AWAITING_RELEASE} or not is_routable(case):
        return None
    judged, rule_set = case_facts(case), rule_set_for(case, reading.viewer.today)
    decision = route(judged, rule_set.data)
    reasons = [as_plain(reason) for reason in decision.reasons]
    closed = not_open(decision)
    return Routing(
        badge=route_badge(decision.route.value),
        rule_set=rule_set.code,
        code_version=decision.code_version,
        occasion="",
        decided_at=None,
        amount_yuan=judged.routing_amount_yuan,
        routing_field=judged.routing_field,
        rows=tuple(_row(reason, rule_set) for reason in reasons),
        duties=_duties([duty.value for duty in decision.duties], reasons, rule_set),
        nearest=stored_text(as_plain(decision.nearest)) if decision.nearest is not None else "",
        not_open=procedure_label(closed) if closed else "",
    )


def _judged(stored: Mapping[str, Any]) -> CaseFacts:
    """The amounts of a stored decision as the rule book reads them, to ask it which of them routes."""
    return CaseFacts(
        own_commitment_yuan=Decimal(stored["own_commitment_yuan"]),
        total_investment_yuan=Decimal(stored["total_investment_yuan"]),
        controls_project=stored["controls_project"],
        nature=Nature(stored["nature"]),
        kind=ProjectKind(stored["kind"]),
        plan=PlanStatus(stored["plan"]),
    )


def _row(reason: Mapping[str, Any], rule_set: RuleSet) -> Row:
    return Row(
        text=stored_text(reason),
        value=value_text(str(reason["value"])),
        matched=bool(reason["matched"]),
        unknown=bool(reason["unknown"]),
        citation=str(reason["citation"]),
        url=paragraph_url(rule_set, str(reason["citation"])),
    )


def _duties(duties: Sequence[str], reasons: Sequence[Mapping[str, Any]], rule_set: RuleSet) -> tuple[DutyRow, ...]:
    """Each duty with the paragraphs of the matching rows that ask for it."""
    matched = {reason["rule"] for reason in reasons if reason["matched"]}
    rows = [row for row in rule_set.data.rows if row.key in matched]
    return tuple(
        DutyRow(
            name=duty_label(duty),
            citations=tuple(
                (citation, paragraph_url(rule_set, citation))
                for citation in dict.fromkeys(row.citation for row in rows if duty in row.duties)
            ),
        )
        for duty in duties
    )
