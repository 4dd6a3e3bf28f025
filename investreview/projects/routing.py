"""From the declared facts of a case to its route: the rule set in force, the decision, the record kept for ever."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from investreview.core.once import once
from investreview.projects.models import Case, Declaration, Party, RoutingRecord, Submission
from investreview.projects.record import is_read
from investreview.registry.models import FinancialPosition
from investreview.registry.selectors import work_calendar
from investreview.rulebook.conditions import ENUM_FACTS, ITEM_FACTS
from investreview.rulebook.facts import CaseFacts, Nature, PlanStatus, ProjectKind
from investreview.rulebook.models import RuleSet
from investreview.rulebook.routing import Decision, Duty, Route, route
from investreview.rulebook.ruleset import RuleSetData
from investreview.rulebook.selectors import rule_set_in_force

OPEN_ROUTES = frozenset({Route.EXPERT_PANEL, Route.FILING, Route.ENTERPRISE_DECIDES})
OPEN_DUTIES: frozenset[Duty] = frozenset({Duty.EXPERT_PANEL, Duty.FILING, Duty.RECORD})


@dataclass(frozen=True)
class Judged:
    """A case with the rule set that judges it, the facts as the rules read them and, once it can be told, the route."""

    case: Case
    rule_set: RuleSet
    position: FinancialPosition | None
    facts: CaseFacts | None
    decision: Decision | None


def judged(case: Case, on: date) -> Judged:
    """What the rules say of the case as it is declared now, asked once for a whole page."""
    rule_set, position = rule_set_for(case, on), position_of(case)
    if not is_routable(case):
        return Judged(case, rule_set, position, None, None)
    facts = _facts(case, position)
    return Judged(case, rule_set, position, facts, route(facts, rule_set.data))


def position_of(case: Case) -> FinancialPosition | None:
    """The group's newest consolidated figures; nothing where none were entered."""
    if is_read(case.group, "financial_positions"):
        return max(case.group.financial_positions.all(), key=lambda one: one.year, default=None)
    positions = FinancialPosition.objects.filter(enterprise=case.group_id).order_by("-year")
    return once(("position", case.group_id), positions.first)


def case_facts(case: Case) -> CaseFacts:
    """The declared facts as the rule book reads them; amounts are summed over all entities and phases (DOMAIN §2)."""
    return _facts(case, position_of(case))


def _facts(case: Case, position: FinancialPosition | None) -> CaseFacts:
    declaration: Declaration = case.declaration
    return CaseFacts(
        own_commitment_yuan=sum((line.total_yuan for line in declaration.commitments.all()), Decimal(0)),
        total_investment_yuan=sum((phase.total_yuan for phase in declaration.phases.all()), Decimal(0)),
        controls_project=declaration.controls_project,
        nature=Nature(declaration.nature),
        kind=ProjectKind(declaration.kind),
        plan=PlanStatus(declaration.plan_status),
        is_private_acquisition_with_control=declaration.is_private_acquisition_with_control,
        is_overseas=declaration.is_overseas,
        net_assets_yuan=position.net_assets_yuan if position is not None else None,
        prohibited_items=_matters(declaration.prohibited_matter),
        special_items=_matters(declaration.special_matter),
        has_partner=any(party.role == Party.Role.PARTNER for party in declaration.parties.all()),
        involves_staff=declaration.involves_staff,
        involves_asset_transfer=any(line.in_kind_yuan for line in declaration.commitments.all()),
        strategic_emerging=declaration.is_strategic_emerging,
    )


def _matters(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def is_routable(case: Case) -> bool:
    """Whether the draft already says what the rules ask: kind, nature, plan and at least one amount."""
    declaration = case.declaration
    amounts = [line.total_yuan for line in declaration.commitments.all()]
    amounts += [phase.total_yuan for phase in declaration.phases.all()]
    return bool(declaration.kind and declaration.nature and declaration.plan_status and any(amounts))


def confirmed_rules(case: Case) -> RuleSetData:
    """The rules of a case whose completeness is confirmed.

    Raises: ValueError before that; a CHECK keeps a case in review from being without them.
    """
    if case.rule_set is None:
        raise ValueError(f"{case.number} is not routed for good yet")
    return case.rule_set.data


def rule_set_for(case: Case, on: date) -> RuleSet:
    """The rule set that judges the case: the one of its first confirmed completeness, else the one in force ``on``."""
    return case.rule_set if case.rule_set is not None else rule_set_in_force(case.commission, on)


def decide(case: Case, on: date) -> Decision:
    """How the case would be routed with what is declared now. Rule: DOMAIN §3."""
    return route(case_facts(case), rule_set_for(case, on).data)


def not_open(decision: Decision) -> str:
    """The procedure that this decision asks for and that is not open in this system yet; empty when all are."""
    if decision.route not in OPEN_ROUTES:
        return decision.route.value
    return next((duty.value for duty in decision.duties if duty not in OPEN_DUTIES), "")


def record_routing(
    case: Case, *, submission: Submission | None, occasion: str, rule_set: RuleSet, at: datetime
) -> RoutingRecord:
    """The decision stands in the case with rule version, code version, facts, every row and the nearest change."""
    facts = case_facts(case)
    decision = route(facts, rule_set.data)
    record: RoutingRecord = RoutingRecord.objects.create(
        case=case,
        submission=submission,
        rule_set=rule_set,
        occasion=occasion,
        code_version=decision.code_version,
        amount_yuan_text=f"{facts.routing_amount_yuan:.2f}",
        facts=as_plain(facts),
        route=decision.route.value,
        duties=[duty.value for duty in decision.duties],
        reasons=[as_plain(reason) for reason in decision.reasons],
        nearest=as_plain(decision.nearest) if decision.nearest is not None else None,
        routed_at=at,
    )
    return record


def as_plain(value: Any) -> dict[str, Any]:
    """A dataclass of the rule book as JSON: Decimals as text with two decimals, enums as their values."""
    return {key: _plain(item) for key, item in dataclasses.asdict(value).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    return getattr(value, "value", value)


def stored_facts(stored: Mapping[str, Any]) -> CaseFacts:
    """The facts of a stored decision as the rule book reads them; ``as_plain`` wrote them."""
    given = {field.name: stored[field.name] for field in dataclasses.fields(CaseFacts) if field.name in stored}
    for name in ("own_commitment_yuan", "total_investment_yuan", "net_assets_yuan"):
        given[name] = Decimal(given[name]) if given.get(name) is not None else None
    for name in ITEM_FACTS:
        given[name] = tuple(given.get(name) or ())
    given |= {name: kind(given[name]) for name, kind in ENUM_FACTS.items()}
    return CaseFacts(**given)


def report_by_date(case: Case, rule_set: RuleSet) -> date | None:
    """Until when the group had to report: working days after its own decision. Rule: DOMAIN §4."""
    decided_on = case.declaration.decided_on
    if decided_on is None:
        return None
    return work_calendar(case.commission).add(decided_on, rule_set.data.report_by_days)
