"""The nearest change: exact to the fen, and never wrong."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import given

from investreview.rulebook.facts import FEN, CaseFacts
from investreview.rulebook.matching import Outcome, judge, outcome
from investreview.rulebook.nearest import nearest_change
from investreview.rulebook.provisions import RuleSetData
from investreview.rulebook.routing import Duty, Route
from tests.rulebook.factories import make_facts, rules_2024, rules_with
from tests.rulebook.strategies import bound_flags, facts, from_fen


def outcome_after(held: CaseFacts, field: str, delta: Decimal, rules: RuleSetData) -> Outcome:
    return outcome(judge(replace(held, **{field: getattr(held, field) + delta}), rules))


@given(held=facts(), flags=bound_flags())
def test_applying_it_alters_the_outcome_and_one_fen_less_does_not(held: CaseFacts, flags: Any) -> None:
    rules = rules_with(flags)
    change = nearest_change(held, rules)
    if change is None:
        return
    one_fen_less = change.delta_yuan - FEN.copy_sign(change.delta_yuan)
    now = outcome(judge(held, rules))
    assert outcome_after(held, change.field, change.delta_yuan, rules) == Outcome(
        change.becomes_route, change.becomes_duties
    )
    assert outcome_after(held, change.field, change.delta_yuan, rules) != now
    assert outcome_after(held, change.field, one_fen_less, rules) == now


@given(held=facts(), flags=bound_flags())
def test_nothing_nearer_alters_the_outcome(held: CaseFacts, flags: Any) -> None:
    rules = rules_with(flags)
    change, now = nearest_change(held, rules), outcome(judge(held, rules))
    reach = abs(change.delta_yuan) if change else Decimal(10) ** 12
    steps = [from_fen(sign * 10**power) for power in range(15) for sign in (1, -1)]
    nearer = [step for step in steps if abs(step) < reach and getattr(held, held.routing_field) + step >= 0]
    assert [step for step in nearer if outcome_after(held, held.routing_field, step, rules) != now] == []


def test_text_names_the_distance_and_the_route() -> None:
    change = nearest_change(make_facts(total_investment_yuan=Decimal("28600000.00")), rules_2024())
    assert change is not None
    assert change.text == "再增加 140.00 万元即进入二次论证（项目总投资变为 3,000.00 万元）"
    assert change.text_en == (
        "1,400,000.00 yuan more: second review by experts (total investment becomes 30,000,000.00 yuan)"
    )


def test_text_of_a_decrease_is_exact_to_the_fen() -> None:
    change = nearest_change(
        make_facts(total_investment_yuan=Decimal("11160000.00"), own_commitment_yuan=Decimal(0)), rules_2024()
    )
    assert change is not None
    assert change.text == "减少 116.000001 万元即转为自主决策（项目总投资变为 999.999999 万元）"


def test_a_change_of_duties_alone_is_named() -> None:
    change = nearest_change(make_facts(total_investment_yuan=Decimal("29000000.00"), is_overseas=True), rules_2024())
    assert change is not None
    assert (change.becomes_route, change.becomes_duties) == (
        Route.SPECIAL_REVIEW,
        (Duty.TWO_LEVEL_REVIEW, Duty.EXPERT_PANEL, Duty.RECORD),
    )
    assert change.text == (
        "再增加 100.00 万元即增加义务“专家二次论证”，不再有义务“报市国资委备案”（项目总投资变为 3,000.00 万元）"
    )


def test_of_two_equal_distances_the_increase_is_named() -> None:
    rules = rules_with({"panel": {"yuan": "30000000.00"}, "filing": {"yuan": "10000000.01"}})
    change = nearest_change(
        make_facts(total_investment_yuan=Decimal("20000000.00"), own_commitment_yuan=Decimal(0)), rules
    )
    assert change is not None
    assert change.delta_yuan == Decimal("10000000.00")
