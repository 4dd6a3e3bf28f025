"""The forms of a case: 接收单, 补正通知书, 投资项目备案表, 呈批表."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import ClassVar, Self

from investreview.documents.kinds import DocumentKind, Mark


@dataclass(frozen=True)
class ReceivedMaterial:
    """One line of the receipt: catalogue code, name, pages ("96" or ""), form ("电子", "M05章节") and remark."""

    code: str
    name: str
    pages: str = ""
    form: str = ""
    remark: str = ""


@dataclass(frozen=True)
class AcceptanceReceipt:
    """接收单: the materials arrived. It does not say that they are complete, nor that the project is filed."""

    kind: ClassVar[DocumentKind] = DocumentKind.ACCEPTANCE_RECEIPT
    title: ClassVar[str] = "投资项目报送材料接收单"

    case_number: str
    enterprise: str
    project_name: str
    amount_yuan: Decimal
    incoming_number: str  # 来文字号
    registry_number: str  # 收文登记号
    submitted_via: str  # 报送方式
    received_at: str  # "2024-07-30 09:42"
    materials: tuple[ReceivedMaterial, ...]
    total: str  # "11项材料，6个文件，121页"
    notes: tuple[str, ...]
    contact: str
    mark: Mark = Mark.INTERNAL
    number: str = ""
    dated_on: date | None = None

    def issued_as(self, number: str, dated_on: date) -> Self:
        """The same content under its number and date."""
        return replace(self, number=number, dated_on=dated_on)


@dataclass(frozen=True)
class MissingMaterial:
    """One thing to supplement: catalogue code, name, and what is wrong or missing."""

    code: str
    name: str
    why: str


@dataclass(frozen=True)
class SupplementNotice:
    """补正通知书: everything that is missing, told once."""

    kind: ClassVar[DocumentKind] = DocumentKind.SUPPLEMENT_NOTICE
    title: ClassVar[str] = "投资项目报送材料补正通知书"

    case_number: str
    organ_short: str
    recipient: str
    project_name: str
    incoming_number: str
    missing: tuple[MissingMaterial, ...]
    due_on: date
    working_days: int
    contact: str
    notes: tuple[str, ...] = ()
    mark: Mark = Mark.INTERNAL
    number: str = ""
    dated_on: date | None = None

    def issued_as(self, number: str, dated_on: date) -> Self:
        """The same content under its number and date."""
        return replace(self, number=number, dated_on=dated_on)


@dataclass(frozen=True)
class FundingSource:
    """One source of the money (自有资金, 银行贷款 …)."""

    name: str
    amount_yuan: Decimal


@dataclass(frozen=True)
class Phase:
    """One declared phase of the project."""

    name: str
    amount_yuan: Decimal
    period: str = ""


@dataclass(frozen=True)
class Party:
    """A legal person with its role in the project (投资主体, 合作方, 可研编制 …)."""

    role: str
    name: str
    credit_code: str = ""


@dataclass(frozen=True)
class RegistrationForm:
    """投资项目备案表 (M02): printed by the enterprise, stamped, scanned and handed in; the code on each page
    tells the version."""

    kind: ClassVar[DocumentKind] = DocumentKind.REGISTRATION_FORM
    title: ClassVar[str] = "投资项目备案表"

    case_number: str
    enterprise: str
    credit_code: str
    project_name: str
    implementer: str  # 实施主体
    implementer_tier: str  # 层级
    project_kind: str  # 固定资产 / 股权 …
    nature: str  # 主业 / 非主业 …
    site: str
    period: str
    summary: str
    total_investment_yuan: Decimal
    own_commitment_yuan: Decimal
    routing_amount_yuan: Decimal
    funding: tuple[FundingSource, ...]
    phases: tuple[Phase, ...] = ()
    parties: tuple[Party, ...] = ()
    plan_row: str = ""
    negative_list: str = ""
    return_rate: str = ""
    payback: str = ""
    debt_ratio_after: str = ""
    shareholding: str = ""
    party_committee: str = ""  # 党委前置研究：时间、文号
    board: str = ""  # 董事会决议：时间、文号
    decided_on: date | None = None
    planned_contract_on: date | None = None
    planned_payment_on: date | None = None
    report_number: str = ""
    contact: str = ""
    mark: Mark = Mark.INTERNAL
    number: str = ""  # the version code, "7K2M-01"
    dated_on: date | None = None

    def issued_as(self, number: str, dated_on: date) -> Self:
        """The same content under its version code and date."""
        return replace(self, number=number, dated_on=dated_on)


@dataclass(frozen=True)
class Opinion:
    """What one step of the chain said: who ("经办 王××"), when, what."""

    who: str
    said_on: date | None
    text: str


@dataclass(frozen=True)
class ApprovalSheet:
    """呈批表: one A4 page on which a leader decides, on screen or by hand."""

    kind: ClassVar[DocumentKind] = DocumentKind.APPROVAL_SHEET
    case_number: str
    organ_short: str
    matter: str  # 事项
    amount: str  # 金额，一段话
    deadline: str  # 时限
    reasons: str  # 为何备案
    opinions: tuple[Opinion, ...]
    risks: tuple[str, ...]
    request: str  # 请示事项
    afterwards: str  # 之后
    mark: Mark = Mark.INTERNAL
    number: str = ""  # the version code, "9F2A-03"
    dated_on: date | None = None
    procedure: str = "备案"  # what is decided on: 备案, 二次论证

    @property
    def title(self) -> str:
        """What stands above the sheet."""
        return f"投资项目{self.procedure}呈批表"

    def issued_as(self, number: str, dated_on: date) -> Self:
        """The same content under its version code and date."""
        return replace(self, number=number, dated_on=dated_on)
