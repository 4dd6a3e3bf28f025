"""The wording of a panel opinion 论证意见 as it is first drafted: what the whole panel says, never who said what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from experts.rules.conclusion import HUNDREDTHS, Conclusion
from investreview.core.dates import in_chinese
from investreview.projects.states import PanelConclusion
from investreview.rulebook.panels import PanelRules

_CHINESE_NUMBERS = "一二三四五六七八九十"


@dataclass(frozen=True, kw_only=True)
class Material:
    """What the draft is made of. Units: points, summed over the panel; ``red_lines`` counts the yeses by key."""

    project: str
    held_on: date
    size: int
    points: Mapping[str, int]
    red_lines: Mapping[str, int]
    conclusion: Conclusion


def draft(material: Material, rules: PanelRules) -> str:
    """The text, in the language of official papers, for the chair to go over."""
    conclusion = material.conclusion
    sections = [
        _opening(material),
        _scores(material, rules),
        *_red_lines(material, rules),
        f"{material.size}名专家中{conclusion.agree_count}名同意（含修改后同意），"
        f"平均分{hundredths(conclusion.mean_hundredths)}分，论证结论为：{PanelConclusion(conclusion.outcome).label}。",
        *_conditions(conclusion.conditions),
    ]
    return "\n".join(f"{_CHINESE_NUMBERS[at]}、{section}" for at, section in enumerate(sections))


def hundredths(value: int) -> str:
    """Hundredths of a point as people write them: 8460 → 84.60."""
    return f"{value // HUNDREDTHS}.{value % HUNDREDTHS:02d}"


def _opening(material: Material) -> str:
    return (
        f"{in_chinese(material.held_on)}，市国资委组织{material.size}名专家对“{material.project}”进行了二次论证。"
        "专家组审阅了报送材料，经独立评分、质询和集体讨论，形成以下意见。"
    )


def _scores(material: Material, rules: PanelRules) -> str:
    parts = [
        f"{criterion.name}{hundredths(material.points[criterion.key] * HUNDREDTHS // material.size)}分"
        f"（满分{criterion.points}分）"
        for criterion in rules.criteria
    ]
    return "各项平均得分：" + "；".join(parts) + "。"


def _red_lines(material: Material, rules: PanelRules) -> Sequence[str]:
    met = [line.name for line in rules.red_lines if material.red_lines.get(line.key)]
    return [f"专家提示下列红线问题须予核实：{'；'.join(met)}。"] if met else []


def _conditions(conditions: tuple[str, ...]) -> Sequence[str]:
    if not conditions:
        return []
    listed = "；".join(f"（{number}）{condition}" for number, condition in enumerate(conditions, 1))
    return [f"须落实的条件：{listed}。"]
