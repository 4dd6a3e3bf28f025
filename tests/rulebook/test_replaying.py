"""A new rule set tried on facts of the past."""

from decimal import Decimal

from investreview.rulebook.replaying import Shift, answer, shift_between
from investreview.rulebook.ruleset import RuleSetData, parse
from investreview.rulebook.vocabulary import Duty, Route
from tests.rulebook.factories import Change, make_facts, mapping_2024, put, rules_2024, rules_with


def with_changes(*changes: Change) -> RuleSetData:
    mapping = mapping_2024()
    for change in changes:
        change(mapping)
    return parse(mapping)


def shift(after: RuleSetData, amount: str = "18600000.00", **facts: object) -> Shift | None:
    told = make_facts(own_commitment_yuan=Decimal(amount), total_investment_yuan=Decimal(amount), **facts)
    return shift_between(answer(told, rules_2024()), answer(told, after))


def test_the_same_rules_change_nothing() -> None:
    assert shift(rules_2024()) is None


def test_a_moved_bound_tells_route_rows_duties_clock_and_materials() -> None:
    found = shift(rules_with({"panel": {"yuan": "15000000.00"}}))
    assert found is not None
    assert found.is_of_route
    assert (found.route, found.new_route) == (Route.FILING, Route.EXPERT_PANEL)
    assert (found.gone_duties, found.new_duties) == ((Duty.FILING,), (Duty.EXPERT_PANEL,))
    assert (found.clock_days, found.new_clock_days) == (10, 20)
    assert (len(found.gone_rows), len(found.new_rows)) == (1, 1)
    assert (found.gone_materials, found.new_materials) == ((), ("M10",))


def test_both_sides_of_a_moved_bound() -> None:
    moved = rules_with({"panel": {"yuan": "15000000.00"}})
    assert shift(moved, "14999999.99") is None
    assert shift(moved, "15000000.00") is not None
    assert shift(moved, "30000000.00") is None


def test_a_clock_or_a_material_alone_is_a_difference_but_not_of_the_route() -> None:
    rows = {row["key"]: number for number, row in enumerate(mapping_2024()["rows"])}
    quicker = shift(with_changes(put("rows", rows["FILING"], "clock_days", value=8)))
    freer = shift(with_changes(put("materials", "slots", 0, "levels", "filing", value="O")))
    assert quicker is not None and freer is not None
    assert (quicker.is_of_route, quicker.clock_days, quicker.new_clock_days) == (False, 10, 8)
    assert (freer.is_of_route, freer.gone_materials, freer.new_materials) == (False, ("M01",), ())
