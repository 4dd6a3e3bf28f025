"""Projects, cases and what belongs to them; one module per noun."""

from investreview.projects.models.agenda import Agenda, AgendaItem, MeetingPack
from investreview.projects.models.case import Case, CaseNumberCounter
from investreview.projects.models.clock import ClockStop
from investreview.projects.models.contact import IncomingPaper, PhoneNote
from investreview.projects.models.declaration import Commitment, Declaration, Party, Phase
from investreview.projects.models.drafting import Pledge, UnsavedText
from investreview.projects.models.holders import FormerHolder
from investreview.projects.models.instruction import Instruction, InstructionReport
from investreview.projects.models.material import MaterialVersion, StoredFile
from investreview.projects.models.milestone import Milestone
from investreview.projects.models.mistakes import CorrectionSlip, Remedy
from investreview.projects.models.opinion import Consultation, Opinion, PaperDecision
from investreview.projects.models.past import Backfill, BackfillFault, PastDecision, PastPaper
from investreview.projects.models.project import Project
from investreview.projects.models.question import Answer, AnswerFile, Question
from investreview.projects.models.submission import RoutingRecord, Submission
from investreview.projects.models.takeover import Takeover
from investreview.projects.models.upload import ArrivingScan, InPieces, UnfinishedUpload

__all__ = [
    "Agenda",
    "AgendaItem",
    "Answer",
    "AnswerFile",
    "ArrivingScan",
    "Backfill",
    "BackfillFault",
    "Case",
    "CaseNumberCounter",
    "ClockStop",
    "Commitment",
    "Consultation",
    "CorrectionSlip",
    "Declaration",
    "FormerHolder",
    "InPieces",
    "IncomingPaper",
    "Instruction",
    "InstructionReport",
    "MaterialVersion",
    "MeetingPack",
    "Milestone",
    "Opinion",
    "PaperDecision",
    "Party",
    "PastDecision",
    "PastPaper",
    "Phase",
    "PhoneNote",
    "Pledge",
    "Project",
    "Question",
    "Remedy",
    "RoutingRecord",
    "StoredFile",
    "Submission",
    "Takeover",
    "UnfinishedUpload",
    "UnsavedText",
]
