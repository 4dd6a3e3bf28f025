"""Each row has a goal, and says rightly whether it is met."""

import ast
import json
import re
from pathlib import Path

import pytest

from bench.measure import Pairs
from bench.table import as_text, counted, timed

BENCH = Path(__file__).resolve().parents[2] / "bench"
PAIRS = Pairs((0.003,) * 5, (0.002,) * 5)


def rows_written() -> list[tuple[str, ast.Call]]:
    """Every row that a module of the measurement makes."""
    return [
        (file.name, node)
        for file in sorted(BENCH.glob("*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"timed", "counted"}
    ]


def test_every_row_has_a_goal() -> None:
    without = [file for file, call in rows_written() if "goal" not in {keyword.arg for keyword in call.keywords}]
    assert (without, len(rows_written())) == ([], 16)


@pytest.mark.parametrize(("goal", "is_met"), [(1.5, True), (1.49, False)])
def test_a_timed_row_holds_its_ratio_against_the_goal(goal: float, is_met: bool) -> None:
    row = timed(key="k", figure="指标", goal=goal, pairs=PAIRS, baseline="对照")
    assert (row.value, row.measured, row.is_met) == (3.0, 1.5, is_met)


@pytest.mark.parametrize(("value", "is_met"), [(12, True), (13, False)])
def test_a_counted_row_holds_its_value_against_the_goal(value: float, is_met: bool) -> None:
    row = counted(key="k", figure="指标", goal=12, value=value, unit="SQL", baseline="10 行")
    assert (row.measured, row.is_met) == (value, is_met)


def test_the_table_shows_both_medians_ratio_and_goal() -> None:
    text = as_text([timed(key="k", figure="指标", goal=1.2, pairs=PAIRS, baseline="对照", note="说明")])
    cells = re.split(r"\s{2,}", text.splitlines()[2])
    assert cells == ["k", "指标", "3.0 ms", "对照 2.0 ms", "1.5", "≤ 1.2", "未达 missed"]
    assert text.splitlines()[-1] == "  k: 说明"


def test_the_file_holds_every_run_of_a_row() -> None:
    row = timed(key="k", figure="指标", goal=1.5, pairs=PAIRS, baseline="对照")
    kept = json.loads(json.dumps(row.as_json()))
    assert (kept["pairs"]["subject"], kept["ratio"], kept["goal"], kept["is_met"]) == ([0.003] * 5, 1.5, 1.5, True)
