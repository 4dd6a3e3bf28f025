"""The catalogue of DOMAIN §4, and what of it is missing."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investreview.rulebook.facts import CaseFacts, Nature, PlanStatus, ProjectKind
from investreview.rulebook.materials import Level, Presence, Requirement, missing, requirements
from investreview.rulebook.routing import Route, route
from tests.rulebook.factories import make_facts, mapping_2024, rules_2024
from tests.rulebook.strategies import facts

# DOMAIN §4, column by column: code, filing, panel, acquisition, what non-main adds.
CATALOGUE = """
M01 R R R -
M02 R R R -
M03 R R R -
M04 R R R -
M05 R R R -
M06 F R R -
M07 R R R -
M08 F R R -
M09 F R R -
M10 O R R -
M11 C C R C
M12 C C R -
M13 C C R -
M14 C C R -
M15 C C R -
M16 F R R -
M17 - - - R
M18 F R R -
M19 C C - -
M20 O O C -
"""
WORTH = {"C": 0, "O": 1, "F": 2, "C!": 3, "R": 4}


def of(held: CaseFacts, as_route: Route | None = None) -> dict[str, Requirement]:
    rules = rules_2024()
    listed = requirements(held, as_route or route(held, rules).route, rules)
    return {one.code: one for one in listed}


def test_catalogue_is_that_of_the_domain() -> None:
    levels = {slot["code"]: slot["levels"] for slot in mapping_2024()["materials"]["slots"]}
    columns = ("filing", "panel", "acquisition", "non_main")
    shown = [" ".join([code, *(held.get(column, "-") for column in columns)]) for code, held in levels.items()]
    assert shown == CATALOGUE.split("\n")[1:-1]


def test_filing_of_fixed_assets_asks_for_the_required_ones_and_the_permits() -> None:
    listed = of(make_facts())
    assert {code for code, one in listed.items() if one.applies and one.level is not Level.CHAPTER} == {
        "M01", "M02", "M03", "M04", "M05", "M07", "M19",
    }  # fmt: skip
    assert {code for code, one in listed.items() if one.level is Level.CHAPTER} == {"M06", "M08", "M09", "M16", "M18"}
    assert {code for code, one in listed.items() if one.level is Level.OPTIONAL} == {"M10", "M20"}
    assert "M17" not in listed


@pytest.mark.parametrize(
    ("changes", "applying"),
    [
        ({"kind": ProjectKind.FIXED_ASSET}, {"M19"}),
        ({"kind": ProjectKind.EQUITY}, {"M11", "M12", "M13", "M15"}),
        ({"kind": ProjectKind.INTANGIBLE}, set()),
        ({"kind": ProjectKind.FUND}, set()),
        ({"kind": ProjectKind.INTANGIBLE, "involves_asset_transfer": True}, {"M13"}),
        ({"kind": ProjectKind.INTANGIBLE, "has_partner": True}, {"M14"}),
        ({"kind": ProjectKind.INTANGIBLE, "involves_staff": True}, set()),
        ({"kind": ProjectKind.EQUITY, "has_partner": True}, {"M11", "M12", "M13", "M14", "M15"}),
    ],
)
def test_conditional_materials_of_a_filing(changes: dict[str, Any], applying: set[str]) -> None:
    listed = of(make_facts(**changes))
    conditional = {code for code, one in listed.items() if one.level is Level.CONDITIONAL and one.applies}
    assert conditional == applying


def test_condition_and_what_the_project_is_are_both_told() -> None:
    one = of(make_facts())["M13"]
    assert one.reason == (
        "提交情形：股权投资或者涉及资产收购或者非货币出资；本项目：固定资产投资，不涉及资产收购和非货币出资"
    )
    assert one.reason_en == (
        "needed for: equity or assets are bought or contributed; "
        "this project: fixed assets, no assets are bought or contributed"
    )


def test_panel_asks_for_files_instead_of_chapters() -> None:
    listed = of(make_facts(total_investment_yuan=Decimal("30000000.00")))
    assert {listed[code].level for code in ("M06", "M08", "M09", "M10", "M16", "M18")} == {Level.REQUIRED}


def test_acquisition_asks_for_everything_but_necessity_and_permits() -> None:
    held = make_facts(
        total_investment_yuan=Decimal("8000000.00"),
        own_commitment_yuan=Decimal("8000000.00"),
        kind=ProjectKind.EQUITY,
        is_private_acquisition_with_control=True,
    )
    listed = of(held)
    assert {code for code, one in listed.items() if one.level is Level.REQUIRED} == {
        f"M{number:02d}" for number in (*range(1, 17), 18)
    }
    assert (listed["M20"].level, listed["M20"].applies) == (Level.CONDITIONAL, False)
    assert of(make_facts(is_private_acquisition_with_control=True, involves_staff=True))["M20"].applies


def test_non_main_adds_its_statement_to_the_filing() -> None:
    filed = of(make_facts())
    non_main = of(make_facts(nature=Nature.NON_MAIN))
    assert non_main["M17"].level is Level.REQUIRED
    assert {code: one.level for code, one in non_main.items() if code != "M17"} == {
        code: one.level for code, one in filed.items()
    }


def test_special_non_main_asks_for_panel_materials_and_the_statement() -> None:
    held = make_facts(
        total_investment_yuan=Decimal("50000000.00"), nature=Nature.NON_MAIN, special_items=("房地产（示例）",)
    )
    listed = of(held)
    assert (listed["M17"].level, listed["M06"].level) == (Level.REQUIRED, Level.REQUIRED)


def test_small_off_plan_project_asks_for_report_and_resolution_only() -> None:
    held = make_facts(
        total_investment_yuan=Decimal("9999999.99"), own_commitment_yuan=Decimal(0), plan=PlanStatus.OFF_PLAN
    )
    assert [code for code, one in of(held).items() if one.applies] == ["M01", "M04"]


def test_enterprise_decides_asks_for_nothing() -> None:
    held = make_facts(total_investment_yuan=Decimal("2000000.00"), own_commitment_yuan=Decimal(0))
    assert [code for code, one in of(held).items() if one.applies] == []


def test_escalation_to_the_panel_asks_for_its_materials() -> None:
    assert of(make_facts(), Route.EXPERT_PANEL)["M06"].level is Level.REQUIRED


@given(held=facts(), stricter=st.sampled_from(Route))
def test_a_further_route_never_asks_for_less(held: CaseFacts, stricter: Route) -> None:
    before, after = of(held), of(held, stricter)

    def worth(one: Requirement) -> int:
        return WORTH[f"{one.level}!" if one.level is Level.CONDITIONAL and one.applies else one.level]

    assert [code for code, one in before.items() if worth(after[code]) < worth(one)] == []


def complete(held: CaseFacts) -> dict[str, Presence]:
    return {code: Presence(file=True) for code, one in of(held).items() if one.applies}


def gaps(**changes: Presence) -> list[tuple[str, str]]:
    held = make_facts()
    listed = tuple(of(held).values())
    return [(gap.code, gap.why) for gap in missing(listed, complete(held) | changes)]


def test_nothing_is_missing_when_every_applying_slot_has_a_file() -> None:
    assert gaps() == []


def test_everything_missing_is_told_at_once_in_the_order_of_the_catalogue() -> None:
    told = missing(tuple(of(make_facts()).values()), {})
    assert [gap.code for gap in told] == sorted(complete(make_facts()))
    assert {(gap.why, gap.why_en) for gap in told} == {("未提交", "not provided")}


@pytest.mark.parametrize("pages", ["71-79", "71—79", "71–79", "5-5", " 71-79 "])
def test_a_chapter_with_its_pages_fills_a_slot_that_may_be_one(pages: str) -> None:
    assert gaps(M06=Presence(chapter_pages=pages)) == []


@pytest.mark.parametrize("pages", ["79-71", "0-5", "71", "七十", "71-79页", "-"])
def test_a_chapter_needs_a_first_and_a_last_page(pages: str) -> None:
    assert gaps(M06=Presence(chapter_pages=pages)) == [("M06", "作为可研报告的章节，须填写起止页码")]


@pytest.mark.parametrize("code", ["M01", "M19"])
def test_a_chapter_fills_no_slot_that_needs_a_file_of_its_own(code: str) -> None:
    assert gaps(**{code: Presence(file=True, chapter_pages="1-3")}) == [
        (code, "须单独提交文件，不能作为可研报告的章节")
    ]


def test_a_promise_fills_a_slot_that_may_follow_and_no_other() -> None:
    promise = Presence(promised_on=date(2024, 8, 20))
    assert gaps(M19=promise, M03=promise) == [("M03", "不得容缺，须随本次报送提交")]


def test_optional_and_not_applying_slots_are_never_missing() -> None:
    assert gaps(M10=Presence(), M11=Presence()) == []
