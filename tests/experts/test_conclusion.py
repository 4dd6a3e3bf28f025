"""When a panel passes: both sides of two thirds and of seventy points; no database."""

from datetime import date

import pytest

from experts.rules.conclusion import FinalSheet, conclude
from experts.rules.drafting import Material, draft, hundredths
from experts.states import Verdict
from investreview.projects.states import PanelConclusion
from tests.experts.sheets import panel_rules

RULES = panel_rules()
AGREE, CHANGES, DISAGREE = Verdict.AGREE, Verdict.AGREE_WITH_CHANGES, Verdict.DISAGREE


def panel(*totals: int, against: int = 0, conditions: tuple[str, ...] = ()) -> list[FinalSheet]:
    """Sheets of these totals, the last ``against`` of them disagreeing, the first with ``conditions``."""
    agreeing = len(totals) - against
    return [
        FinalSheet(
            total,
            DISAGREE if number >= agreeing else CHANGES if conditions and not number else AGREE,
            conditions if not number else (),
        )
        for number, total in enumerate(totals)
    ]


@pytest.mark.parametrize(
    ("size", "against", "outcome"),
    [
        (3, 1, PanelConclusion.PASS),  # exactly 2/3
        (3, 2, PanelConclusion.FAIL),
        (9, 3, PanelConclusion.PASS),  # exactly 2/3
        (9, 4, PanelConclusion.FAIL),
        (5, 1, PanelConclusion.PASS),
        (5, 2, PanelConclusion.FAIL),  # 3/5 < 2/3
        (7, 2, PanelConclusion.PASS),
        (7, 3, PanelConclusion.FAIL),  # 4/7 < 2/3
    ],
)
def test_two_thirds_must_agree(size: int, against: int, outcome: PanelConclusion) -> None:
    found = conclude(panel(*[80] * size, against=against), RULES)
    assert (found.outcome, found.agree_count) == (outcome, size - against)


@pytest.mark.parametrize(
    ("totals", "outcome", "mean"),
    [
        ((70, 70, 70, 70, 70), PanelConclusion.PASS, 7000),
        ((40, 100, 70, 71, 69), PanelConclusion.PASS, 7000),
        ((70, 70, 70, 70, 69), PanelConclusion.FAIL, 6980),
        ((70, 70, 70, 70, 70, 70, 69), PanelConclusion.FAIL, 6985),  # 69.857…
        ((70, 70, 70, 70, 70, 70, 71), PanelConclusion.PASS, 7014),  # 70.142…
    ],
)
def test_the_mean_must_reach_seventy(totals: tuple[int, ...], outcome: PanelConclusion, mean: int) -> None:
    found = conclude(panel(*totals), RULES)
    assert (found.outcome, found.mean_hundredths) == (outcome, mean)


def test_a_mean_just_under_the_bound_never_reads_as_the_bound() -> None:
    totals = [70] * 12 + [69]  # 69.923…, and of more members still 69.99…
    assert conclude(panel(*totals), RULES).mean_hundredths == 6992
    many = conclude(panel(*[70] * 999, 69), RULES)
    assert (many.mean_hundredths, many.outcome) == (6999, PanelConclusion.FAIL)


def test_agreeing_with_changes_counts_as_agreeing() -> None:
    sheets = [FinalSheet(80, CHANGES, ("甲",)), FinalSheet(80, AGREE), FinalSheet(80, DISAGREE)]
    found = conclude(sheets, RULES)
    assert (found.outcome, found.agree_count) == (PanelConclusion.CONDITIONAL, 2)


def test_conditions_are_merged_in_an_order_that_tells_no_author() -> None:
    sheets = [FinalSheet(80, CHANGES, ("丙", "甲")), FinalSheet(80, CHANGES, ("乙", "甲")), FinalSheet(80, AGREE)]
    expected = tuple(sorted({"甲", "乙", "丙"}))
    assert conclude(sheets, RULES).conditions == expected
    assert conclude(sheets[::-1], RULES).conditions == expected


def test_after_a_failure_there_are_no_conditions() -> None:
    found = conclude(panel(60, 60, 60, conditions=("甲",)), RULES)
    assert (found.outcome, found.conditions) == (PanelConclusion.FAIL, ())


def test_no_sheets_conclude_nothing() -> None:
    with pytest.raises(ValueError, match="without sheets"):
        conclude([], RULES)


@pytest.mark.parametrize(("value", "text"), [(8460, "84.60"), (7000, "70.00"), (6985, "69.85"), (5, "0.05")])
def test_hundredths_are_written_as_points(value: int, text: str) -> None:
    assert hundredths(value) == text


def material(*, conditions: tuple[str, ...] = (), red_lines: dict[str, int] | None = None) -> Material:
    found = conclude(panel(*[85] * 5, against=1, conditions=conditions), RULES)
    return Material(
        project="泊位改造（示例）",
        held_on=date(2024, 7, 18),
        size=5,
        points={criterion.key: 5 * criterion.points - 7 for criterion in RULES.criteria},
        red_lines=red_lines or {},
        conclusion=found,
    )


def test_the_draft_says_what_the_whole_panel_says() -> None:
    assert draft(material(), RULES).split("\n") == [
        "一、2024年7月18日，市国资委组织5名专家对“泊位改造（示例）”进行了二次论证。"
        "专家组审阅了报送材料，经独立评分、质询和集体讨论，形成以下意见。",
        "二、各项平均得分：战略与主业13.60分（满分15分）；需求与市场13.60分（满分15分）；"
        "技术与运营方案13.60分（满分15分）；财务收益与资金18.60分（满分20分）；"
        "程序与合规13.60分（满分15分）；风险防控与退出18.60分（满分20分）。",
        "三、5名专家中4名同意（含修改后同意），平均分85.00分，论证结论为：通过。",
    ]


def test_the_draft_lists_red_lines_and_conditions() -> None:
    text = draft(
        material(conditions=("补充资金证明", "完善退出方案"), red_lines={"NO_EXIT": 1, "PROHIBITED": 0}), RULES
    )
    lines = text.split("\n")
    assert lines[2] == "三、专家提示下列红线问题须予核实：是否缺少可行的退出安排。"
    assert lines[3].endswith("论证结论为：有条件通过。")
    assert lines[4] == "五、须落实的条件：（1）完善退出方案；（2）补充资金证明。"
