"""What a letter is drafted from: facts of the case and numbers of its rule set, given by the room that owns them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from investreview.documents.contents import FundingSource
from investreview.documents.kinds import Mark, PanelConclusion


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


@dataclass(frozen=True)
class SampleFacts:
    """What a sample notice says: what was drawn, what the enterprise is asked, until when."""

    organ: str
    organ_short: str
    recipient: str
    year: int
    rate: str  # 30%
    result: str  # 列入2024年度抽样范围的项目共23个，采用…，抽取7个，占…
    projects: tuple[str, ...]  # the enterprise's own picked projects
    self_evaluation_on: date
    check_report_on: date
    liaison_on: date
    contact_office: str
    contact_phone: str
    mark: Mark = Mark.INTERNAL


@dataclass(frozen=True)
class SecondReview:
    """What a reply says of the review: its opinion, who sat, when, what was concluded, why it is not followed."""

    opinion_number: str  # LZ2024-0006
    conclusion: PanelConclusion
    panel_size: int
    met_on: date
    deviation: str = ""  # 2024年7月20日集体研究（纪要文号：…），未采纳论证结论，理由：…


@dataclass(frozen=True)
class OriginalLetter:
    """The letter that another one puts right: its number, title and date."""

    number: str  # 连国资函〔2024〕38号
    title: str
    dated_on: date


@dataclass(frozen=True)
class Emendation:
    """One mistake of a letter: where it stands ("第一条", or nothing), what it says, what it is to say."""

    wrong: str
    right: str
    where: str = ""
