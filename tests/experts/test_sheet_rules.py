"""When a sheet may be saved and signed; no database."""

from dataclasses import replace
from typing import Any

import pytest

from experts.rules.entries import Mark, RedLineAnswer, SheetEntry, needs_comment, require_whole, require_writable
from investreview.core.errors import Invalid
from tests.experts.sheets import panel_rules, whole

RULES = panel_rules()


def refusal(entry: SheetEntry) -> tuple[str, str | None]:
    with pytest.raises(Invalid) as caught:
        require_whole(entry, RULES)
    return caught.value.code, caught.value.field


def with_mark(key: str, points: Any, comment: str = "理由（示例）") -> SheetEntry:
    entry = whole(RULES)
    return replace(entry, marks={**entry.marks, key: Mark(points, comment)})


def with_answer(key: str, is_yes: bool | None, explanation: str = "") -> SheetEntry:
    entry = whole(RULES)
    return replace(entry, red_lines={**entry.red_lines, key: RedLineAnswer(is_yes, explanation)})


@pytest.mark.parametrize("verdict", ["AGREE", "AGREE_WITH_CHANGES", "DISAGREE"])
@pytest.mark.parametrize("total", [0, 70, 100])
def test_a_whole_sheet_may_be_signed(verdict: str, total: int) -> None:
    entry = whole(RULES, total=total, verdict=verdict)
    require_whole(entry, RULES)
    assert entry.total == total


@pytest.mark.parametrize("points", [0, 15])
def test_points_from_nothing_to_the_most_are_taken(points: int) -> None:
    require_whole(with_mark("STRATEGY", points), RULES)


@pytest.mark.parametrize("points", [-1, 16, 7.5, "7", True])
def test_other_points_are_refused_at_their_field(points: Any) -> None:
    assert refusal(with_mark("STRATEGY", points)) == ("experts_points_wrong", "points_STRATEGY")


def test_points_left_out_are_missing() -> None:
    assert refusal(with_mark("RISK", None)) == ("experts_points_missing", "points_RISK")
    entry = whole(RULES)
    fewer = {key: mark for key, mark in entry.marks.items() if key != "RISK"}
    assert refusal(replace(entry, marks=fewer)) == ("experts_points_missing", "points_RISK")


@pytest.mark.parametrize(
    ("key", "points", "needed"),
    [("STRATEGY", 8, True), ("STRATEGY", 9, False), ("RISK", 11, True), ("RISK", 12, False)],
)
def test_a_comment_is_needed_under_sixty_percent(key: str, points: int, needed: bool) -> None:
    criterion = next(one for one in RULES.criteria if one.key == key)
    assert needs_comment(points, criterion, RULES.comment_below_percent) is needed
    if needed:
        assert refusal(with_mark(key, points, " \n")) == ("experts_comment_needed", f"comment_{key}")
    else:
        require_whole(with_mark(key, points, ""), RULES)


def test_a_missing_comment_is_told_with_its_paragraph() -> None:
    with pytest.raises(Invalid) as caught:
        require_whole(with_mark("STRATEGY", 8, ""), RULES)
    assert caught.value.citation == "§7.7"
    assert caught.value.facts == {"criterion": "战略与主业", "points": 8, "most": 15, "percent": 60}


def test_a_red_line_is_answered_and_a_yes_explained() -> None:
    assert refusal(with_answer("NO_EXIT", None)) == ("experts_red_line_missing", "red_line_NO_EXIT")
    assert refusal(with_answer("NO_EXIT", True, " ")) == ("experts_red_line_unexplained", "explanation_NO_EXIT")
    require_whole(with_answer("NO_EXIT", True, "退出安排未定（示例）"), RULES)


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"verdict": ""}, "experts_verdict_missing", "verdict"),
        ({"verdict": "MAYBE"}, "experts_verdict_unknown", "verdict"),
        ({"verdict": "AGREE_WITH_CHANGES", "conditions": (" ",)}, "experts_conditions_needed", "conditions"),
        ({"verdict": "AGREE", "conditions": ("补充",)}, "experts_conditions_unneeded", "conditions"),
        ({"verdict": "DISAGREE", "conditions": ("补充",)}, "experts_conditions_unneeded", "conditions"),
        ({"verdict": "DISAGREE", "comment": "\n"}, "experts_disagreement_unexplained", "comment"),
    ],
)
def test_verdict_and_what_it_asks_for_belong_together(fields: dict[str, Any], code: str, field: str) -> None:
    assert refusal(replace(whole(RULES), **fields)) == (code, field)


def test_what_is_not_on_the_sheet_is_refused() -> None:
    entry = SheetEntry(marks={"LUCK": Mark(3)}, red_lines={"OTHER": RedLineAnswer(False)})
    with pytest.raises(Invalid) as caught:
        require_writable(entry, RULES)
    assert (caught.value.code, caught.value.facts) == ("experts_sheet_unknown_key", {"key": "LUCK、OTHER"})


def test_a_half_written_sheet_may_be_saved_but_not_signed() -> None:
    entry = SheetEntry(marks={"RISK": Mark(None, "尚在考虑"), "MARKET": Mark(3)})
    require_writable(entry, RULES)
    assert entry.total == 3
    assert refusal(entry) == ("experts_points_missing", "points_STRATEGY")
