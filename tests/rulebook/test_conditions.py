"""Conditions answer yes, no, or that they cannot know."""

import pytest

from investreview.rulebook.conditions import AllOf, Always, AmountFrom, AmountUpTo, AnyOf, Condition, FactIs, Threshold
from tests.rulebook.factories import make_facts

SHARE = Threshold(key="share", net_assets_bps=5000, lower_inclusive=True, upper_inclusive=True, citation="§2.4")
YES, NO = FactIs("controls_project", True), FactIs("controls_project", False)
UNKNOWN = AmountFrom(SHARE)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (YES, True),
        (NO, False),
        (UNKNOWN, None),
        (AmountUpTo(SHARE), None),
        (Always(), True),
        (AllOf((YES, YES)), True),
        (AllOf((YES, UNKNOWN)), None),
        (AllOf((UNKNOWN, NO)), False),
        (AnyOf((NO, NO)), False),
        (AnyOf((NO, UNKNOWN)), None),
        (AnyOf((UNKNOWN, YES)), True),
        (AllOf((AnyOf((NO, UNKNOWN)), YES)), None),
    ],
)
def test_verdict_of_a_condition_while_net_assets_are_unknown(condition: Condition, expected: bool | None) -> None:
    assert condition.holds(make_facts(net_assets_yuan=None)) is expected
