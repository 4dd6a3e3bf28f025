"""What a letter is drafted from: facts of the case and numbers of its rule set, given by the room that owns them."""

from dataclasses import dataclass
from decimal import Decimal

from investreview.documents.contents import FundingSource
from investreview.documents.kinds import Mark


@dataclass(frozen=True)
class LetterFacts:
    """What every reply says. ``recipient`` is the group's registered short name on the letter's date."""

    organ: str  # 连云港市人民政府国有资产监督管理委员会
    organ_short: str  # 连云港市国资委
    recipient: str
    project_name: str
    report_title: str  # 关于…备案的报告, without 《》
    incoming_number: str  # 港控投〔2024〕31号
    total_yuan: Decimal
    contact_office: str
    contact_person: str
    contact_phone: str
    mark: Mark = Mark.INTERNAL


@dataclass(frozen=True)
class FilingTerms:
    """What a filing says besides: how the project is carried out, and the numbers of the rule set."""

    implementer: str  # 由你公司所属港口分公司（示例）实施
    funding: tuple[FundingSource, ...]
    phases: str  # 项目不分期
    plan: str  # 已列入你公司2024年度投资计划
    valid_months: int
    change_percent: int
    quarterly_days: int
    evaluation_months: int


@dataclass(frozen=True)
class RefusalReason:
    """One reason, and the paragraph of the rule set it rests on ("" for none)."""

    text: str
    citation: str = ""
