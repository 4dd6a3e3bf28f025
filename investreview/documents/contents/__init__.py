"""What a document says: one frozen dataclass per kind, filled by the room that owns the facts.

Rendering reads nothing else. The canonical JSON of a content is what is stored, hashed and signed.
Units: ``*_yuan`` Decimal yuan, ``*_on`` dates in Asia/Shanghai; every other field is text as it is printed.
An empty text or ``None`` prints as a dash (forms) or as a blank to be filled at signing (letters).
"""

from investreview.documents.contents.draw import (
    DrawExclusion,
    DrawLeaver,
    DrawnRow,
    DrawRecord,
    DrawRecordPublic,
    DrawSealSheet,
    DrawSeat,
    DrawWave,
    EarlierRound,
    NamedRow,
    NameReader,
    SealedValue,
)
from investreview.documents.contents.forms import (
    AcceptanceReceipt,
    ApprovalSheet,
    FundingSource,
    MissingMaterial,
    Opinion,
    Party,
    Phase,
    ReceivedMaterial,
    RegistrationForm,
    SupplementNotice,
)
from investreview.documents.contents.letter import (
    LOCKED_LABELS,
    Letter,
    Locked,
    LockedField,
    Paragraph,
    Plain,
    Segment,
)
from investreview.documents.contents.office import CorrectionSlip, HandedOver, HandoverSheet
from investreview.documents.contents.panel import (
    CriterionScore,
    Dissent,
    Inquiry,
    MeanScore,
    PanelCondition,
    PanelMember,
    PanelOpinion,
    PanelOpinionExcerpt,
    PassRule,
)
from investreview.documents.contents.sample import SampledProject, SampleNotice, SampleRecord, SampleShare

FormContent = (
    AcceptanceReceipt
    | SupplementNotice
    | RegistrationForm
    | ApprovalSheet
    | DrawSealSheet
    | DrawRecord
    | DrawRecordPublic
    | PanelOpinion
    | PanelOpinionExcerpt
    | CorrectionSlip
    | HandoverSheet
)
Content = FormContent | Letter

__all__ = [
    "LOCKED_LABELS",
    "AcceptanceReceipt",
    "ApprovalSheet",
    "Content",
    "CorrectionSlip",
    "CriterionScore",
    "Dissent",
    "DrawExclusion",
    "DrawLeaver",
    "DrawRecord",
    "DrawRecordPublic",
    "DrawSealSheet",
    "DrawSeat",
    "DrawWave",
    "DrawnRow",
    "EarlierRound",
    "FormContent",
    "FundingSource",
    "HandedOver",
    "HandoverSheet",
    "Inquiry",
    "Letter",
    "Locked",
    "LockedField",
    "MeanScore",
    "MissingMaterial",
    "NameReader",
    "NamedRow",
    "Opinion",
    "PanelCondition",
    "PanelMember",
    "PanelOpinion",
    "PanelOpinionExcerpt",
    "Paragraph",
    "Party",
    "PassRule",
    "Phase",
    "Plain",
    "ReceivedMaterial",
    "RegistrationForm",
    "SampleNotice",
    "SampleRecord",
    "SampleShare",
    "SampledProject",
    "SealedValue",
    "Segment",
    "SupplementNotice",
]
