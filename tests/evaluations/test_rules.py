"""When a project is due and why it must be in: both sides of every bound."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investreview.evaluations import rules
from investreview.evaluations.models import Due
from investreview.evaluations.rules import Counted, Course, DueReason, Terms
from investreview.rulebook.vocabulary import PickRule

TERMS = Terms(built_months=12, late_months=18, exceptional_months=6, over_budget_bps=2000)


def course(**changes: Any) -> Course:
    usual = {"kind": "FIXED_ASSET", "is_acquisition": False, "is_special": False, "decided_yuan": Decimal(10_000_000)}
    return Course(**usual | changes)


def dates(**changes: Any) -> list[tuple[str, date, date | None]]:
    return [(one.reason.value, one.due_on, one.late_on) for one in rules.due_dates(course(**changes), TERMS)]


def test_the_words_of_the_rules_are_those_of_the_records() -> None:
    assert [reason.value for reason in DueReason] == list(Due.Reason.values)


def test_a_project_without_milestones_is_never_due() -> None:
    assert dates() == []


@pytest.mark.parametrize("kind", ["FIXED_ASSET", "INTANGIBLE"])
@pytest.mark.parametrize("milestone", ["accepted_on", "operating_on"])
def test_what_was_built_is_due_after_twelve_months_and_late_after_eighteen(kind: str, milestone: str) -> None:
    found = dates(kind=kind, **{milestone: date(2023, 3, 31)})
    assert found == [("FIXED_ASSET", date(2024, 3, 31), date(2024, 9, 30))]


def test_acceptance_and_operation_count_from_whichever_came_first() -> None:
    found = dates(accepted_on=date(2023, 6, 1), operating_on=date(2023, 2, 1))
    assert found == [("FIXED_ASSET", date(2024, 2, 1), date(2024, 8, 1))]


def test_the_leap_day_falls_back_to_the_last_of_february() -> None:
    assert dates(accepted_on=date(2024, 2, 29)) == [("FIXED_ASSET", date(2025, 2, 28), date(2025, 8, 29))]


@pytest.mark.parametrize("kind", ["EQUITY", "FUND"])
@pytest.mark.parametrize(
    ("closed", "due"),
    [
        (date(2022, 1, 1), date(2023, 1, 1)),
        (date(2022, 1, 2), date(2024, 1, 1)),
        (date(2022, 12, 31), date(2024, 1, 1)),
        (date(2023, 1, 1), date(2024, 1, 1)),
    ],
)
def test_equity_is_due_after_one_full_fiscal_year(kind: str, closed: date, due: date) -> None:
    assert dates(kind=kind, closed_on=closed) == [("EQUITY", due, None)]


@pytest.mark.parametrize("kind", ["EQUITY", "FIXED_ASSET"])
def test_an_acquisition_is_due_by_its_closing_whatever_its_kind(kind: str) -> None:
    found = dates(kind=kind, is_acquisition=True, closed_on=date(2022, 5, 9), accepted_on=date(2021, 1, 1))
    assert found == [("ACQUISITION", date(2024, 1, 1), None)]


def test_equity_is_not_due_by_an_acceptance_and_a_building_not_by_a_closing() -> None:
    assert dates(kind="EQUITY", accepted_on=date(2021, 1, 1)) == []
    assert dates(closed_on=date(2021, 1, 1)) == []


@pytest.mark.parametrize(("field", "reason"), [("terminated_on", "TERMINATED"), ("loss_on", "LOSS")])
def test_an_exception_is_due_at_once_and_late_the_day_after_six_months(field: str, reason: str) -> None:
    assert dates(**{field: date(2023, 8, 31)}) == [(reason, date(2023, 8, 31), date(2024, 3, 1))]


@pytest.mark.parametrize(("actual", "is_over"), [("11999999.99", False), ("12000000.00", True), ("12000000.01", True)])
def test_a_fifth_over_the_decided_amount_is_over_budget(actual: str, is_over: bool) -> None:
    spent = {"actual_yuan": Decimal(actual), "cost_on": date(2024, 1, 15)}
    assert rules.is_over_budget(course(**spent), TERMS) is is_over
    expected = [("OVER_BUDGET", date(2024, 1, 15), date(2024, 7, 16))] if is_over else []
    assert dates(**spent) == expected


def test_every_reason_stands_once_and_beside_the_others() -> None:
    found = dates(
        accepted_on=date(2021, 1, 1),
        terminated_on=date(2022, 1, 1),
        loss_on=date(2023, 1, 1),
        actual_yuan=Decimal(20_000_000),
        cost_on=date(2022, 6, 1),
    )
    assert [reason for reason, _, _ in found] == ["FIXED_ASSET", "TERMINATED", "OVER_BUDGET", "LOSS"]


@given(days=st.integers(0, 20_000), milestone=st.sampled_from(["accepted_on", "closed_on", "terminated_on"]))
def test_nothing_is_due_before_it_happened_nor_late_before_it_is_due(days: int, milestone: str) -> None:
    day = date(1995, 1, 1) + timedelta(days=days)
    for kind in ("FIXED_ASSET", "EQUITY"):
        for one in rules.due_dates(course(kind=kind, **{milestone: day}), TERMS):
            assert one.basis_on == day <= one.due_on
            assert one.late_on is None or one.due_on < one.late_on


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {}),
        ({"is_acquisition": True, "closed_on": date(2022, 1, 5)}, {"ACQUISITION": date(2022, 1, 5)}),
        ({"is_special": True}, {"SPECIAL": None}),
        ({"alert_on": date(2023, 1, 1)}, {"ALERT": date(2023, 1, 1)}),
        ({"letter_on": date(2023, 2, 1)}, {"LETTER": date(2023, 2, 1)}),
        ({"actual_yuan": Decimal(12_000_000), "cost_on": date(2023, 3, 1)}, {"OVER_BUDGET": date(2023, 3, 1)}),
        ({"actual_yuan": Decimal("11999999.99"), "cost_on": date(2023, 3, 1)}, {}),
        ({"loss_on": date(2023, 3, 1), "terminated_on": date(2023, 3, 1)}, {}),
    ],
)
def test_each_occasion_of_a_mandatory_pick(changes: dict[str, Any], expected: dict[str, date | None]) -> None:
    assert rules.occasions(course(**changes), TERMS) == expected


def test_the_occasions_are_the_rules_that_a_rule_set_may_name() -> None:
    everything = course(
        is_acquisition=True,
        is_special=True,
        actual_yuan=Decimal(99_000_000),
        cost_on=date(2023, 1, 1),
        alert_on=date(2023, 1, 1),
        letter_on=date(2023, 1, 1),
    )
    assert {*rules.occasions(everything, TERMS), rules.UNSAMPLED} == set(PickRule)


@pytest.mark.parametrize(
    ("sampled", "is_passed_over"),
    [
        ({2023: {"甲": False}, 2022: {"甲": False}, 2021: {"甲": False}}, True),
        ({2023: {"甲": False}, 2022: {"甲": False}, 2021: {"甲": True}}, False),
        ({2023: {"甲": False}, 2022: {"甲": False}, 2021: {"乙": False}}, False),
        ({2023: {"甲": False}, 2022: {"甲": False}}, False),
        ({2023: {"甲": False}, 2022: {"甲": False}, 2020: {"甲": False}}, False),
        ({2023: {"甲": False}, 2022: {"甲": False}, 2021: {"甲": False}, 2020: {"甲": True}}, True),
        ({}, False),
    ],
)
def test_an_enterprise_is_passed_over_after_three_whole_years(
    sampled: dict[int, dict[str, bool]], is_passed_over: bool
) -> None:
    assert rules.passed_over(["甲"], sampled, year=2024, years=3) == ({"甲"} if is_passed_over else set())


def test_coverage_counts_projects_and_money_apart() -> None:
    rows = [
        Counted("甲", Decimal(300), True),
        Counted("乙", Decimal(100), False),
        Counted("甲", Decimal(200), False),
    ]
    whole = rules.coverage(rows)
    assert (whole.by_number, whole.by_amount) == (Fraction(1, 3), Fraction(1, 2))
    parts = rules.coverage_by_group(rows)
    assert [(group, part.picked_count, part.frame_count) for group, part in parts.items()] == [
        ("甲", 1, 2),
        ("乙", 0, 1),
    ]
    assert rules.coverage([]).by_number == rules.coverage([]).by_amount == 0


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Fraction(7, 23), "30.4%"),
        (Fraction(46_780, 125_330), "37.3%"),
        (Fraction(3, 10), "30.0%"),
        (Fraction(3005, 10_000), "30.1%"),
        (Fraction(30049, 100_000), "30.0%"),
        (Fraction(1), "100.0%"),
        (Fraction(0), "0.0%"),
    ],
)
def test_a_share_is_written_with_one_decimal(share: Fraction, text: str) -> None:
    assert rules.percent_text(share) == text


@pytest.mark.parametrize(("yuan", "wan"), [("18604999.99", 1860), ("18605000.00", 1861), ("0.00", 0)])
def test_the_snapshot_holds_whole_wan(yuan: str, wan: int) -> None:
    assert rules.whole_wan(Decimal(yuan)) == wan
