"""The nearest change of the amount that would alter route or duties, exact to the fen. Pure.

Between two neighbouring bounds nothing changes, so only the fen on either side of each bound need to be tried.
"""

from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from investreview.rulebook.facts import FEN, CaseFacts
from investreview.rulebook.matching import Outcome, judge, outcome
from investreview.rulebook.names import AMOUNTS, DUTIES, ROUTES, Words, joined
from investreview.rulebook.provisions import RuleSetData
from investreview.rulebook.sentences import wan
from investreview.rulebook.vocabulary import Duty, Route


@dataclass(frozen=True, kw_only=True)
class NearestChange:
    """The smallest change of one declared amount that alters route or duties; one fen less alters nothing.

    ``field`` names the fact, ``delta_yuan`` is added to it (negative: taken away); ``inclusive``: the new amount is
    the bound itself. Units: yuan.
    """

    field: str
    delta_yuan: Decimal
    becomes_route: Route
    becomes_duties: tuple[Duty, ...]
    inclusive: bool
    text: str
    text_en: str


def nearest_change(facts: CaseFacts, rules: RuleSetData) -> NearestChange | None:
    """The change of the component that routes which is smallest in size; of two equal ones the increase.

    None when no amount would alter the answer. A decrease that the other component would cover is no change.
    """
    amount, now = facts.routing_amount_yuan, outcome(judge(facts, rules))
    bounds = _bounds(facts, rules)
    first_beyond = {bound.quantize(FEN, ROUND_CEILING) for bound in bounds}
    first_beyond |= {bound.quantize(FEN, ROUND_FLOOR) + FEN for bound in bounds}
    upwards = sorted(point for point in first_beyond if point > amount)
    downwards = sorted((point - FEN for point in first_beyond if point <= amount), reverse=True)
    lowest = _lowest(facts)
    found = [
        next(((point, then) for point in points if (then := _outcome_at(point, facts, rules)) != now), None)
        for points in (upwards, [point for point in downwards if point >= lowest])
    ]
    changes = [change for change in found if change is not None]
    if not changes:
        return None
    target, then = min(changes, key=lambda change: abs(change[0] - amount))
    words = _sentence(facts, target, now, then)
    return NearestChange(
        field=facts.routing_field,
        delta_yuan=target - amount,
        becomes_route=then.route,
        becomes_duties=then.duties,
        inclusive=target in bounds,
        text=words.zh,
        text_en=words.en,
    )


def _bounds(facts: CaseFacts, rules: RuleSetData) -> set[Decimal]:
    return {bound for one in rules.thresholds if (bound := one.in_yuan(facts)) is not None}


def _lowest(facts: CaseFacts) -> Decimal:
    if not facts.controls_project:
        return Decimal(0)
    return min(facts.own_commitment_yuan, facts.total_investment_yuan)


def _outcome_at(amount: Decimal, facts: CaseFacts, rules: RuleSetData) -> Outcome:
    changed = replace(facts, **{facts.routing_field: amount})  # type: ignore[arg-type]
    return outcome(judge(changed, rules))


def _sentence(facts: CaseFacts, target: Decimal, now: Outcome, then: Outcome) -> Words:
    delta = target - facts.routing_amount_yuan
    moved = wan(abs(delta))
    head = moved.within("再增加 {}即", "{} more: ") if delta > 0 else moved.within("减少 {}即", "{} less: ")
    verb = "进入" if delta > 0 else "转为"
    reached = joined([AMOUNTS[facts.routing_field], wan(target)], "变为 ", " becomes ")
    return joined([head, _effect(verb, now, then), reached.within("（{}）", " ({})")], "", "")


def _effect(verb: str, now: Outcome, then: Outcome) -> Words:
    if then.route is not now.route:
        return ROUTES[then.route].within(f"{verb}{{}}", "{}")
    added = [DUTIES[duty] for duty in then.duties if duty not in now.duties]
    dropped = [DUTIES[duty] for duty in now.duties if duty not in then.duties]
    effects = []
    if added:
        effects.append(joined(added, "、", ", ").within("增加义务“{}”", "adds the duty “{}”"))
    if dropped:
        effects.append(joined(dropped, "、", ", ").within("不再有义务“{}”", "ends the duty “{}”"))
    return joined(effects, "，", ", ")
