"""What both texts of a panel's opinion have in common."""

from collections.abc import Sequence
from decimal import Decimal

from reportlab.lib.units import mm

from investreview.documents.contents import Inquiry, PanelCondition, PassRule
from investreview.documents.layout import blocks
from investreview.documents.layout.table import Align
from investreview.documents.rules import ordinal_chinese

CONDITION_COLUMNS = (12 * mm, 84 * mm, 26 * mm, 34 * mm)
INQUIRY_COLUMNS = (12 * mm, 62 * mm, 82 * mm)


def conditions(sections: blocks.Sections, listed: Sequence[PanelCondition]) -> None:
    """The conditions, each with its term and its proof; nothing where there are none."""
    if listed:
        heads, aligns = ("序号", "条件", "完成时限", "证据"), (Align.CENTRE, Align.LEFT, Align.CENTRE, Align.LEFT)
        lines = [(str(i), one.text, one.due or "—", one.evidence or "—") for i, one in enumerate(listed, start=1)]
        sections.table("附加条件（逐条跟踪，销号须附证据）", heads, CONDITION_COLUMNS, aligns, lines)


def inquiries(sections: blocks.Sections, listed: Sequence[Inquiry]) -> None:
    """Questions and answers; nothing where none were asked."""
    if listed:
        heads, aligns = ("序号", "专家组质询", "企业答复"), (Align.CENTRE, Align.LEFT, Align.LEFT)
        lines = [(str(i), one.question, one.answer or "—") for i, one in enumerate(listed, start=1)]
        sections.table(f"质询和答复（共{len(listed)}项）", heads, INQUIRY_COLUMNS, aligns, lines)


def standing(organ_short: str) -> str:
    """What the opinion is and is not."""
    return f"本意见供{organ_short}决策参考，不代替企业决策，不作为项目可行性、收益和风险的保证。"


def points(value: Decimal) -> str:
    """Points as they were typed: 76.5, 80."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def mean(value: Decimal) -> str:
    """A mean with two decimals, so that one below a bound never prints as the bound."""
    return f"{value:.2f}"


def share_told(rule: PassRule, *, reached: bool) -> str:
    """Whether as many agree as the rule set asks for."""
    share = f"{ordinal_chinese(rule.share_denominator)}分之{ordinal_chinese(rule.share_numerator)}"
    return f"{'不少于' if reached else '少于'}{share}"


def mean_told(value: Decimal, rule: PassRule, *, reached: bool) -> str:
    """The mean beside what the rule set asks for."""
    return f"平均分{mean(value)}分，{'不低于' if reached else '低于'}{rule.mean_points}分"
