"""The part ``evaluation`` of the rule set: its numbers, both sides of each bound, and what the loader refuses."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from investreview.core.errors import Invalid
from investreview.core.messages import sentence
from investreview.rulebook.evaluations import EVALUATION_LIMITS
from investreview.rulebook.ruleset import parse
from investreview.rulebook.vocabulary import EvaluationStep, PickRule, SampleMethod
from tests.rulebook.factories import mapping_2024, rules_2024

Change = Callable[[dict[str, Any]], None]


def test_the_numbers_of_post_evaluation_and_where_they_rest() -> None:
    rules = rules_2024().evaluation
    assert {name: (getattr(rules, name), rules.citation_of(name)) for name in EVALUATION_LIMITS} == {
        "rate_bps": (3000, "§6.1"),
        "late_months": (18, "§8.1"),
        "exceptional_months": (6, "§8.1"),
        "over_budget_bps": (2000, "§8.1"),
        "unsampled_years": (3, "§8.2"),
        "check_days": (6, "§8.5"),
        "liaison_days": (4, "§8.4"),
    }


@pytest.mark.parametrize(
    ("projects", "method"),
    [
        (0, SampleMethod.ALL_SYSTEMATIC),
        (1, SampleMethod.ALL_SYSTEMATIC),
        (39, SampleMethod.ALL_SYSTEMATIC),
        (40, SampleMethod.ENT_SYSTEMATIC),
        (500, SampleMethod.ENT_SYSTEMATIC),
    ],
)
def test_the_usual_method_changes_at_forty_projects(projects: int, method: SampleMethod) -> None:
    assert rules_2024().evaluation.usual_method(projects).key is method


def test_a_method_is_found_by_its_name_and_another_name_is_none() -> None:
    rules = rules_2024().evaluation
    assert [rules.method(key).key for key in SampleMethod] == list(SampleMethod)
    with pytest.raises(KeyError):
        rules.method("by_hand")


@pytest.mark.parametrize(
    ("yuan", "band"),
    [
        ("0.00", "1千万以下"),
        ("9999999.99", "1千万以下"),
        ("10000000.00", "1千万-3千万"),
        ("29999999.99", "1千万-3千万"),
        ("30000000.00", "3千万-1亿"),
        ("99999999.99", "3千万-1亿"),
        ("100000000.00", "1亿以上"),
    ],
)
def test_a_band_holds_its_lower_bound(yuan: str, band: str) -> None:
    assert rules_2024().evaluation.band_of(Decimal(yuan)).key == band


def test_every_step_has_its_day() -> None:
    rules = rules_2024().evaluation
    assert {step: rules.due_on(step, 2025) for step in EvaluationStep} == {
        EvaluationStep.PLAN: date(2025, 3, 31),
        EvaluationStep.PLAN_FILED: date(2025, 4, 30),
        EvaluationStep.SELF_EVALUATION: date(2025, 9, 30),
        EvaluationStep.CHECK_REPORT: date(2025, 11, 30),
    }


def test_every_rule_of_mandatory_picks_is_in_the_set() -> None:
    assert [rule.key for rule in rules_2024().evaluation.mandatory] == list(PickRule)


def _put(*path: str | int, value: Any) -> Change:
    def change(part: dict[str, Any]) -> None:
        place: Any = part
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        (_put("limits", "rate_bps", "value", value=2999), "rulebook_sample_rate_low", "limits.rate_bps.value"),
        (_put("limits", "late_months", "value", value=12), "rulebook_late_before_due", "limits.late_months.value"),
        (_put("limits", "rate_bps", "value", value=10_001), "rulebook_sample_rate_low", "limits.rate_bps.value"),
        (_put("limits", "check_days", "value", value=0), "rulebook_not_whole", "limits.check_days.value"),
        (_put("limits", "rate_bps", "citation", value="§9.9"), "rulebook_citation_unknown", "limits.rate_bps.citation"),
        (_put("bands", 0, "from_yuan", value="0.01"), "rulebook_steps_uneven", "bands"),
        (_put("bands", 2, "from_yuan", value="10000000.00"), "rulebook_steps_uneven", "bands"),
        (_put("bands", 1, "key", value="1千万以下"), "rulebook_written_twice", "bands"),
        (_put("methods", 0, "from_projects", value=2), "rulebook_steps_uneven", "methods"),
        (_put("methods", 1, "from_projects", value=1), "rulebook_steps_uneven", "methods"),
        (_put("methods", 1, "key", value="all_systematic"), "rulebook_written_twice", "methods"),
        (_put("methods", 1, "key", value="by_hand"), "rulebook_not_one_of", "methods[1].key"),
        (_put("mandatory", 1, "key", value="ACQUISITION"), "rulebook_written_twice", "mandatory"),
        (_put("mandatory", 1, "key", value="BECAUSE"), "rulebook_not_one_of", "mandatory[1].key"),
        (_put("deadlines", 1, "day", value=31), "rulebook_not_day_of_year", "deadlines[1]"),
        (_put("deadlines", 1, "key", value="PLAN"), "rulebook_steps_incomplete", "deadlines"),
    ],
)
def test_a_set_with_one_fault_is_refused_as_a_whole(change: Change, code: str, where: str) -> None:
    mapping = mapping_2024()
    change(mapping["evaluation"])
    with pytest.raises(Invalid) as caught:
        parse(mapping)
    assert (caught.value.code, caught.value.facts["where"]) == (code, f"evaluation.{where}")
    assert sentence(caught.value, "en") != sentence(caught.value, "zh-hans")


@pytest.mark.parametrize("rate", [3000, 10_000])
def test_the_least_and_the_whole_share_are_taken(rate: int) -> None:
    mapping = mapping_2024()
    mapping["evaluation"]["limits"]["rate_bps"]["value"] = rate
    assert parse(mapping).evaluation.rate_bps == rate
