"""Sheets as tests fill them in: whole, by total points, by verdict."""

from experts.rules.entries import Mark, RedLineAnswer, SheetEntry
from investreview.rulebook.panels import PanelRules
from investreview.rulebook.ruleset import read_rule_file
from tests.world import RULES


def panel_rules() -> PanelRules:
    """The panel rules of 2024."""
    return read_rule_file(RULES.read_bytes()).panel


def whole(rules: PanelRules, *, total: int = 80, verdict: str = "AGREE", **fields: object) -> SheetEntry:
    """A sheet that may be signed, with ``total`` points filled up criterion by criterion."""
    marks, left = {}, total
    for criterion in rules.criteria:
        points = min(criterion.points, left)
        marks[criterion.key] = Mark(points, "按标准评定的理由（示例）")
        left -= points
    usual: dict[str, object] = {
        "marks": marks,
        "red_lines": {line.key: RedLineAnswer(False) for line in rules.red_lines},
        "verdict": verdict,
        "conditions": ("补充资金来源证明（示例）",) if verdict == "AGREE_WITH_CHANGES" else (),
        "comment": "综合意见（示例）",
    }
    return SheetEntry(**usual | fields)  # type: ignore[arg-type]
