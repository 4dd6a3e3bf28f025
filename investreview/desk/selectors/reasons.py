"""Why a case goes this way: the stored decision with every row, or, on a draft, what the rules would say today."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from investreview.desk.selectors.viewing import Reading
from investreview.desk.words import Badge, route_badge, stored_text, value_text
from investreview.projects.labels import duty_label, procedure_label
from investreview.projects.models import RoutingRecord
from investreview.projects.routing import as_plain, case_facts, is_routable, not_open, rule_set_for, stored_facts
from investreview.projects.states import WRITABLE_BY_ENTERPRISE, CaseState
from investreview.rulebook.chain import signing_chain
from investreview.rulebook.facts import CaseFacts
from investreview.rulebook.links import paragraph_url
from investreview.rulebook.matching import judge
from investreview.rulebook.models import RuleSet
from investreview.rulebook.routing import Duty, Route, route


@dataclass(frozen=True)
class Row:
    """One row of the rule set: whether it matched, what it looked at, and the paragraph it rests on.

    ``is_near``: it does not match, and the nearest change of the amount is what would make it match.
    """

    text: str
    value: str
    matched: bool
    unknown: bool
    citation: str
    url: str
    is_near: bool = False


@dataclass(frozen=True)
class DutyRow:
    """One duty and the rows of the rule set it comes from."""

    duty: Duty
    name: str
    citations: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Routing:
    """The decision on the route; ``decided_at`` is None for a draft, of which it is only a preview."""

    badge: Badge | None
    route: Route
    rules: RuleSet
    judged: CaseFacts
    code_version: str
    occasion: str
    decided_at: datetime | None
    amount_yuan: Decimal
    routing_field: str
    rows: tuple[Row, ...]
    duties: tuple[DutyRow, ...]
    nearest: str
    not_open: str
    needs_panel: bool

    @property
    def rule_set(self) -> str:
        """The code of the rule set that was asked."""
        return self.rules.code

    @property
    def chain(self) -> tuple[Mapping[str, Any], ...]:
        """The signing chain that the rules lay for this route and amount."""
        return tuple(as_plain(step) for step in signing_chain(self.route, self.amount_yuan, self.rules.data))

    @property
    def speaking(self) -> tuple[Row, ...]:
        """The rows that matched or that could not be judged."""
        return tuple(row for row in self.rows if row.matched or row.unknown)

    @property
    def silent(self) -> tuple[Row, ...]:
        """The rows that did not match and are not near."""
        return tuple(row for row in self.rows if not row.matched and not row.unknown and not row.is_near)

    @property
    def near(self) -> tuple[Row, ...]:
        """The rows that the nearest change would make match."""
        return tuple(row for row in self.rows if row.is_near)


def stored_routing(records: Sequence[RoutingRecord]) -> Routing | None:
    """The binding decision, else the last one; nothing before the first release."""
    confirmed = [one for one in records if one.occasion == RoutingRecord.Occasion.CONFIRMED]
    record = confirmed[-1] if confirmed else records[-1] if records else None
    if record is None:
        return None
    judged = stored_facts(record.facts)
    return Routing(
        badge=route_badge(record.route),
        route=Route(record.route),
        rules=record.rule_set,
        judged=judged,
        code_version=record.code_version,
        occasion=record.get_occasion_display(),
        decided_at=record.routed_at,
        amount_yuan=Decimal(record.amount_yuan_text),
        routing_field=judged.routing_field,
        rows=_rows(record.reasons, record.nearest, judged, record.rule_set),
        duties=_duties(record.duties, record.reasons, record.rule_set),
        nearest=stored_text(record.nearest) if record.nearest else "",
        not_open="",
        needs_panel=Duty.EXPERT_PANEL.value in record.duties,
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
    nearest = as_plain(decision.nearest) if decision.nearest is not None else None
    return Routing(
        badge=route_badge(decision.route.value),
        route=decision.route,
        rules=rule_set,
        judged=judged,
        code_version=decision.code_version,
        occasion="",
        decided_at=None,
        amount_yuan=judged.routing_amount_yuan,
        routing_field=judged.routing_field,
        rows=_rows(reasons, nearest, judged, rule_set),
        duties=_duties([duty.value for duty in decision.duties], reasons, rule_set),
        nearest=stored_text(nearest) if nearest is not None else "",
        not_open=procedure_label(closed) if closed else "",
        needs_panel=Duty.EXPERT_PANEL in decision.duties,
    )


def _rows(
    reasons: Sequence[Mapping[str, Any]], nearest: Mapping[str, Any] | None, judged: CaseFacts, rule_set: RuleSet
) -> tuple[Row, ...]:
    reached = _reached(nearest, judged, rule_set) if nearest is not None else frozenset()
    return tuple(_row(reason, rule_set, is_reached=reason["rule"] in reached) for reason in reasons)


def _reached(nearest: Mapping[str, Any], judged: CaseFacts, rule_set: RuleSet) -> frozenset[str]:
    """The rows that match once the amount has changed as the nearest change says."""
    amount = getattr(judged, nearest["field"]) + Decimal(nearest["delta_yuan"])
    changed = dataclasses.replace(judged, **{nearest["field"]: amount})
    return frozenset(one.row.key for one in judge(changed, rule_set.data) if one.verdict)


def _row(reason: Mapping[str, Any], rule_set: RuleSet, *, is_reached: bool) -> Row:
    is_silent = not reason["matched"] and not reason["unknown"]
    return Row(
        text=stored_text(reason),
        value=value_text(str(reason["value"])),
        matched=bool(reason["matched"]),
        unknown=bool(reason["unknown"]),
        citation=str(reason["citation"]),
        url=paragraph_url(rule_set, str(reason["citation"])),
        is_near=is_silent and is_reached,
    )


def _duties(duties: Sequence[str], reasons: Sequence[Mapping[str, Any]], rule_set: RuleSet) -> tuple[DutyRow, ...]:
    """Each duty with the paragraphs of the matching rows that ask for it."""
    matched = {reason["rule"] for reason in reasons if reason["matched"]}
    rows = [row for row in rule_set.data.rows if row.key in matched]
    return tuple(
        DutyRow(
            duty=Duty(duty),
            name=duty_label(duty),
            citations=tuple(
                (citation, paragraph_url(rule_set, citation))
                for citation in dict.fromkeys(row.citation for row in rows if duty in row.duties)
            ),
        )
        for duty in duties
    )
