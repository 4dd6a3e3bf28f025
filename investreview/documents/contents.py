"""What a document says: one frozen dataclass per kind, filled by the room that owns the facts.

Rendering reads nothing else. The canonical JSON of a content is what is stored, hashed and signed.
Units: ``*_yuan`` Decimal yuan, ``*_on`` dates in Asia/Shanghai; every other field is text as it is printed.
An empty text or ``None`` prints as a dash (forms) or as a blank to be filled at signing (letters).
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
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
    title: ClassVar[str] = "投资项目备案呈批表"

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

    def issued_as(self, number: str, dated_on: date) -> Self:
        """The same content under its version code and date."""
        return replace(self, number=number, dated_on=dated_on)


class LockedField(StrEnum):
    """The fields of a letter that nobody types over."""

    PROJECT_NAME = "project_name"
    REPORT_TITLE = "report_title"
    INCOMING_NUMBER = "incoming_number"
    FILING_NUMBER = "filing_number"
    TOTAL_AMOUNT = "total_amount"
    FUNDING = "funding"


LOCKED_LABELS: dict[LockedField, str] = {
    LockedField.PROJECT_NAME: "项目名称",
    LockedField.REPORT_TITLE: "来文标题",
    LockedField.INCOMING_NUMBER: "来文字号",
    LockedField.FILING_NUMBER: "备案登记号",
    LockedField.TOTAL_AMOUNT: "投资总额",
    LockedField.FUNDING: "资金来源",
}


@dataclass(frozen=True)
class Plain:
    """A stretch of wording that people may change."""

    text: str


@dataclass(frozen=True)
class Locked:
    """A fact inside the wording; empty until signing where it is given by the signature (备案登记号)."""

    field: LockedField
    value: str


Segment = Plain | Locked


@dataclass(frozen=True)
class Paragraph:
    """One paragraph; its level (0 body, 1 一、, 2 （一）, 3 1.) is read from its first characters."""

    level: int
    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        """The paragraph as it is printed."""
        return "".join(s.text if isinstance(s, Plain) else s.value for s in self.segments)


@dataclass(frozen=True)
class Letter:
    """A reply in letter format (信函格式): 备案复函 or 不予备案复函.

    Number, date, organ and recipient are locked as a whole; the rest is segments.
    """

    kind: DocumentKind
    organ: str  # red mark: full name of the body
    organ_short: str  # sign-off
    recipient: str  # 主送
    headline: tuple[Segment, ...]  # the title; a line break in it is the writer's own
    paragraphs: tuple[Paragraph, ...]
    contact: str  # （联系人：…；联系电话：…）
    mark: Mark = Mark.INTERNAL
    number: str = ""  # 发文字号
    dated_on: date | None = None

    @property
    def title(self) -> str:
        """The title on one line."""
        text = "".join(s.text if isinstance(s, Plain) else s.value for s in self.headline)
        return text.replace("\n", "")

    def issued_as(self, number: str, dated_on: date) -> Self:
        """The same letter under its number and date."""
        return replace(self, number=number, dated_on=dated_on)

    def filled(self, field: LockedField, value: str) -> Self:
        """The same letter with every span of ``field`` set to ``value``."""

        def fill(segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
            return tuple(Locked(field, value) if isinstance(s, Locked) and s.field == field else s for s in segments)

        return replace(
            self,
            headline=fill(self.headline),
            paragraphs=tuple(replace(p, segments=fill(p.segments)) for p in self.paragraphs),
        )

    def locked_spans(self) -> frozenset[Locked]:
        """Every locked field with its value, in title and paragraphs."""
        spans = (*self.headline, *(s for p in self.paragraphs for s in p.segments))
        return frozenset(s for s in spans if isinstance(s, Locked))

    def locked_values(self) -> dict[LockedField, str]:
        """Field → value of every locked span, in the order of ``LockedField``."""
        values = {span.field: span.value for span in self.locked_spans()}
        return {field: values[field] for field in LockedField if field in values}


Content = AcceptanceReceipt | SupplementNotice | RegistrationForm | ApprovalSheet | Letter
FormContent = AcceptanceReceipt | SupplementNotice | RegistrationForm | ApprovalSheet
