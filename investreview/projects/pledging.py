"""What an enterprise pledges (承诺确认) before its draft is handed over, and whether it has."""

from dataclasses import dataclass

from django.utils.translation import get_language

from investreview.core.errors import Invalid
from investreview.projects.models import Case, Pledge
from investreview.projects.record import listed


@dataclass(frozen=True)
class PledgeItem:
    """One pledge, the paragraph of the rules it repeats, and its words in both languages."""

    key: str
    citation: str
    zh: str
    en: str

    @property
    def text(self) -> str:
        """The pledge in the language of the page."""
        return self.en if (get_language() or "").startswith("en") else self.zh


ITEMS = (
    PledgeItem(
        "TRUE",
        "§1.1",
        "所填内容和所附材料真实、准确、完整，与集团董事会决议、可行性研究报告一致；投资决策的主体责任和投资风险由本企业承担。",
        "What is stated and attached is true, exact and complete and agrees with the board's resolution and the "
        "feasibility study; the decision and its risk are the enterprise's own.",
    ),
    PledgeItem(
        "WHOLE",
        "§2.1",
        "全部出资主体、全部分期已经合并填报，没有拆分项目。",
        "All investing entities and all phases are stated together; the project was not split.",
    ),
    PledgeItem(
        "COMMITMENT",
        "§2.2",
        "现金、实物、认缴资本、股东借款和承担的债务均已计入承诺出资。",
        "Cash, contributions in kind, subscribed capital, shareholder loans and assumed debt are all counted.",
    ),
    PledgeItem(
        "PROHIBITED",
        "§3.1",
        "已逐项对照投资项目负面清单禁止类事项；涉及的已在上栏如实列明，未列明的均不涉及。",
        "The project was compared item by item with what the negative list prohibits; what applies is stated above, "
        "nothing else does.",
    ),
    PledgeItem(
        "SPECIAL",
        "§3.3",
        "已逐项对照负面清单特别监管类事项、境外投资和净资产比例；涉及的已如实列明。",
        "It was compared with the items under special supervision, overseas investment and the share of net assets; "
        "what applies is stated.",
    ),
    PledgeItem(
        "BEFORE",
        "§4.1",
        "在签订合同和首笔付款之前报送；已经签约或者付款的，已如实填写日期。",
        "It is submitted before any contract is signed or payment made; where either was, its date is stated.",
    ),
    PledgeItem(
        "NO_SECRET",
        "§4.11",
        "所填内容和所附材料不含国家秘密。",
        "Neither the statements nor the attachments contain state secrets.",
    ),
)
KEYS = frozenset(item.key for item in ITEMS)


def pledge_of(case: Case) -> Pledge | None:
    """The pledges upon the declaration as it is now; nothing when it changed since."""
    version = case.declaration.version
    return next((one for one in listed(case, "pledges") if one.declaration_version == version), None)


def require_pledged(case: Case) -> None:
    """Nothing happens when every pledge was confirmed upon the present declaration.

    Raises: Invalid (projects_pledges_missing).
    """
    if pledge_of(case) is None:
        raise Invalid("projects_pledges_missing")
