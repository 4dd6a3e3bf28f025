"""What the office's own forms say: wrong data put right 更正单, work that changed hands 工作交接单."""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Self

from investreview.documents.kinds import DocumentKind, Mark


@dataclass(frozen=True)
class CorrectionSlip:
    """更正单: one field of a decided case, what stood there, what is right, the evidence, and the two who say so."""

    kind: ClassVar[DocumentKind] = DocumentKind.CORRECTION_SLIP
    title: ClassVar[str] = "办件信息更正单"

    case_number: str
    enterprise: str
    project_name: str
    document_number: str  # 复函文号
    field: str  # 更正项目
    before: str
    after: str
    reason: str
    evidence: str  # 依据文件名
    evidence_sha256: str
    proposed_by: str  # "王×× 2024-08-07"
    confirmed_by: str
    notes: tuple[str, ...]
    mark: Mark = Mark.INTERNAL
    number: str = ""  # GZ-LYG-2024-0009-1
    dated_on: date | None = None

    def issued_as(self, number: str, dated_on: date) -> Self:
        """The same content under its number and date."""
        return replace(self, number=number, dated_on=dated_on)


@dataclass(frozen=True)
class HandedOver:
    """One line of a hand-over: which case, what of it, until when, and to whom it goes."""

    case_number: str
    project_name: str
    what: str
    due: str
    receiver: str


@dataclass(frozen=True)
class HandoverSheet:
    """工作交接单: everything of one person that went to others in one act."""

    kind: ClassVar[DocumentKind] = DocumentKind.HANDOVER_SHEET
    title: ClassVar[str] = "工作交接单"

    unit: str
    giver: str
    post: str
    receivers: str
    handed_over_by: str
    handed_over_at: str  # "2024-08-07 09:42"
    reason: str
    work: tuple[HandedOver, ...]
    promises: tuple[HandedOver, ...]
    total: str
    instructions: tuple[HandedOver, ...] = ()
    mark: Mark = Mark.INTERNAL
    number: str = ""  # JJ-2024-0003
    dated_on: date | None = None

    def issued_as(self, number: str, dated_on: date) -> Self:
        """The same content under its number and date."""
        return replace(self, number=number, dated_on=dated_on)
