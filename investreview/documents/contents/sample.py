"""后评价抽查通知: a document with red head (文件) whose attachment is the whole record of the sample."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from investreview.documents.contents.letter import Letter


@dataclass(frozen=True)
class SampleShare:
    """One enterprise's line: its projects in the frame and those that were picked."""

    enterprise: str
    frame_count: int
    frame_yuan: Decimal
    picked_count: int
    picked_yuan: Decimal


@dataclass(frozen=True)
class SampledProject:
    """One picked project; ``occasion`` names why it had to be in, empty for the random part."""

    enterprise: str
    name: str
    amount_yuan: Decimal
    occasion: str = ""


@dataclass(frozen=True)
class SampleRecord:
    """附件: 抽取名单及抽样记录. Shares are text as printed ("30.4%"), ``method`` sentences that are numbered."""

    title: str
    counted_on: date
    shares: tuple[SampleShare, ...]
    by_number: str
    by_amount: str
    projects: tuple[SampledProject, ...]
    method: tuple[str, ...]
    issuer: str  # 印发机关


@dataclass(frozen=True)
class SampleNotice(Letter):
    """The notice to one sampled enterprise, in the usual format with head (普通格式, not 信函格式)."""

    attachment: SampleRecord = field(kw_only=True)

    def fixed_parts(self) -> dict[str, object]:
        return super().fixed_parts() | {"附件": self.attachment}
