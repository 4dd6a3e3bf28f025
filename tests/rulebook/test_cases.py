"""The written cases of tests/rules, each a set of facts with what the rules must answer."""

from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal
from typing import Any

import pytest
import yaml

from investreview.rulebook.routing import Decision, route
from tests.rulebook.factories import CASES, facts_from, rules_with

ENTRIES = {"name", "facts", "thresholds", "route", "duties", "matched", "unknown", "nearest"}


def cases() -> Iterator[Any]:
    for file in sorted(CASES.glob("*.yaml")):
        for case in yaml.safe_load(file.read_text("utf-8")):
            yield pytest.param(case, id=f"{file.stem}: {case['name']}")


def answers(decision: Decision) -> dict[str, Any]:
    nearest = asdict(decision.nearest) if decision.nearest else None
    return {
        "route": decision.route,
        "duties": list(decision.duties),
        "matched": [reason.rule for reason in decision.reasons if reason.matched],
        "unknown": [reason.rule for reason in decision.reasons if reason.unknown],
        "nearest": nearest and {key: nearest[key] for key in ("field", "delta_yuan", "becomes_route", "inclusive")},
    }


@pytest.mark.parametrize("case", list(cases()))
def test_route_answers_as_the_written_case_says(case: dict[str, Any]) -> None:
    assert case.keys() <= ENTRIES
    expected = {key: value for key, value in case.items() if key not in {"name", "facts", "thresholds"}}
    if expected.get("nearest"):
        expected["nearest"]["delta_yuan"] = Decimal(expected["nearest"]["delta_yuan"])
    decision = route(facts_from(case["facts"]), rules_with(case.get("thresholds", {})))
    assert {key: value for key, value in answers(decision).items() if key in expected} == expected
