"""What must hold of routing whatever the facts are."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from investreview.rulebook.code_version import SOURCES, fingerprint
from investreview.rulebook.conditions import Always, AnyOf, FactIs
from investreview.rulebook.facts import CaseFacts
from investreview.rulebook.provisions import Row, RuleSetData
from investreview.rulebook.routing import CODE_VERSION, Duty, Route, route, what_if
from tests.rulebook.factories import FILE, make_facts, rules_2024, rules_with
from tests.rulebook.strategies import amounts, bound_flags, facts


def with_amount(held: CaseFacts, amount: Decimal) -> CaseFacts:
    return replace(held, **{held.routing_field: amount})


def with_row(rules: RuleSetData, row: Row) -> RuleSetData:
    rows = sorted((*rules.rows, row), key=lambda one: one.strictness)
    return replace(rules, rows=tuple(rows))


@st.composite
def further_rows(draw: st.DrawFn) -> Row:
    return Row(
        key="FURTHER",
        title="另一条",
        title_en="another",
        strictness=draw(st.integers(1, 12)),
        when=draw(st.sampled_from([Always(), AnyOf((FactIs("is_overseas", True), FactIs("is_overseas", False)))])),
        route=draw(st.none() | st.sampled_from(Route)),
        duties=tuple(draw(st.lists(st.sampled_from(Duty), max_size=3))),
        columns=(),
        clock_days=None,
        citation="§1.1",
    )


@given(held=facts(), further=further_rows(), flags=bound_flags())
def test_a_further_matching_row_never_removes_a_duty(held: CaseFacts, further: Row, flags: Any) -> None:
    rules = rules_with(flags)
    before, after = route(held, rules), route(held, with_row(rules, further))
    assert set(before.duties) | set(further.duties) == set(after.duties)


@given(held=facts(), more=amounts, flags=bound_flags())
def test_more_money_never_takes_a_milder_route(held: CaseFacts, more: Decimal, flags: Any) -> None:
    rules = rules_with(flags)
    greater = with_amount(held, held.routing_amount_yuan + more)
    before, after = route(held, rules).route, route(greater, rules).route
    assert rules.strictness(after) <= rules.strictness(before)


@given(held=facts(), flags=bound_flags())
def test_the_same_facts_give_the_same_decision(held: CaseFacts, flags: Any) -> None:
    rules = rules_with(flags)
    assert route(held, rules) == route(replace(held), rules)


@given(held=facts(), flags=bound_flags())
def test_the_route_is_that_of_the_strictest_matching_row(held: CaseFacts, flags: Any) -> None:
    rules = rules_with(flags)
    decision = route(held, rules)
    matched = {reason.rule for reason in decision.reasons if reason.matched}
    routes = [row.route for row in rules.rows if row.key in matched and row.route is not None]
    assert decision.route == min(routes, key=rules.strictness)


@given(held=facts(), flags=bound_flags())
def test_every_row_is_a_reason_once_and_unknown_never_matches(held: CaseFacts, flags: Any) -> None:
    rules = rules_with(flags)
    decision = route(held, rules)
    assert [reason.rule for reason in decision.reasons] == [row.key for row in rules.rows]
    assert not any(reason.matched and reason.unknown for reason in decision.reasons)
    assert all(reason.text and reason.text_en for reason in decision.reasons)


def test_a_stricter_escalated_route_never_lacks_a_duty_of_the_amount() -> None:
    decision = route(make_facts(is_overseas=True), rules_2024())
    assert decision.duties == (Duty.TWO_LEVEL_REVIEW, Duty.FILING, Duty.RECORD)


def test_decision_names_rule_set_and_code() -> None:
    decision = route(make_facts(), rules_2024())
    assert (decision.rule_set, decision.code_version) == ("2024-1", CODE_VERSION)


def test_reason_says_what_was_given_what_the_rule_asks_and_what_follows() -> None:
    reasons = {reason.rule: reason for reason in route(make_facts(net_assets_yuan=None), rules_2024()).reasons}
    assert reasons["FILING"].text == (
        "备案：分档金额 1,860.00 万元；规则为1,000.00 万元以上（含）且3,000.00 万元以下（不含）；符合。"
    )
    assert reasons["FILING"].text_en == (
        "Filing: routing amount 18,600,000.00 yuan; "
        "rule: at least 10,000,000.00 yuan and less than 30,000,000.00 yuan; matches."
    )
    assert reasons["NON_MAIN"].text == "非主业投资：主业；规则为非主业；不符合。"
    assert reasons["NET_ASSETS_SHARE"].text == (
        "超过合并净资产的一半：分档金额 1,860.00 万元，合并净资产未登记；"
        "规则为合并净资产的 50% 以上（不含）；数据不全，无法判断。"
    )
    assert reasons["ENTERPRISE_DECIDES"].text == "自主决策；规则为其他各条均未确定办理路径；不符合。"
    assert reasons["EVERY_PROJECT"].text == "登记和按季报送；规则为所有项目；符合。"


def test_reason_keeps_the_values_it_looked_at() -> None:
    held = make_facts(net_assets_yuan=None, special_items=("房地产（示例）", "金融（示例）"))
    values = {reason.rule: reason.value for reason in route(held, rules_2024()).reasons}
    assert values == {
        "PROHIBITED": "no",
        "PRIVATE_ACQUISITION": "no",
        "SPECIAL_ITEM": "房地产（示例）；金融（示例）",
        "OVERSEAS": "no",
        "NET_ASSETS_SHARE": "18600000.00 / ?",
        "SECOND_REVIEW": "18600000.00",
        "NON_MAIN": "MAIN",
        "FILING": "18600000.00",
        "PLAN_FIRST": "IN_PLAN / 18600000.00",
        "PLAN_SUPPLEMENT": "IN_PLAN / 18600000.00",
        "ENTERPRISE_DECIDES": "",
        "EVERY_PROJECT": "",
    }


def test_what_if_answers_for_each_rule_set_in_order() -> None:
    later = rules_with({"panel": {"yuan": "50000000.00"}})
    decisions = what_if(make_facts(total_investment_yuan=Decimal("30000000.00")), [rules_2024(), later])
    assert [decision.route for decision in decisions] == [Route.EXPERT_PANEL, Route.FILING]


def test_fingerprint_covers_every_pure_module_that_decides(tmp_path: Any) -> None:
    folder = FILE.parents[1]
    for name in SOURCES:
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    assert fingerprint(tmp_path) == CODE_VERSION
    (tmp_path / "conditions.py").write_bytes((folder / "conditions.py").read_bytes() + b"#")
    assert fingerprint(tmp_path) != CODE_VERSION


@pytest.mark.parametrize(
    "wrong",
    [
        {"total_investment_yuan": Decimal("0.001")},
        {"total_investment_yuan": Decimal("-0.01")},
        {"own_commitment_yuan": Decimal("-1")},
        {"own_commitment_yuan": Decimal("NaN")},
        {"own_commitment_yuan": Decimal("Infinity")},
        {"own_commitment_yuan": 10.0},
        {"net_assets_yuan": Decimal("1.005")},
    ],
)
def test_facts_refuse_an_amount_that_is_no_whole_number_of_fen(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        make_facts(**wrong)


def test_facts_take_net_assets_below_nothing() -> None:
    assert make_facts(net_assets_yuan=Decimal("-0.01")).net_assets_yuan == Decimal("-0.01")


@given(held=facts())
def test_routing_amount_is_the_larger_component_that_counts(held: CaseFacts) -> None:
    assume(held.controls_project)
    assert held.routing_amount_yuan == max(held.own_commitment_yuan, held.total_investment_yuan)


@given(held=facts())
def test_routing_amount_without_control_is_the_own_commitment(held: CaseFacts) -> None:
    assert replace(held, controls_project=False).routing_amount_yuan == held.own_commitment_yuan
