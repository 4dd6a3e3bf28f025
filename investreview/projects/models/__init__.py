"""Projects, cases and what belongs to them; one module per noun."""

from investreview.projects.models.case import Case, CaseNumberCounter
from investreview.projects.models.clock import ClockStop
from investreview.projects.models.contact import IncomingPaper, PhoneNote
from investreview.projects.models.declaration import Commitment, Declaration, Party, Phase
from investreview.projects.models.material import MaterialVersion, StoredFile
from investreview.projects.models.opinion import Consultation, Opinion, PaperDecision
from investreview.projects.models.project import Project
from investreview.projects.models.submission import RoutingRecord, Submission

__all__ = [
    "Case",
    "CaseNumberCounter",
    "ClockStop",
    "Commitment",
    "Consultation",
    "Declaration",
    "IncomingPaper",
    "MaterialVersion",
    "Opinion",
    "PaperDecision",
    "Party",
    "Phase",
    "PhoneNote",
    "Project",
    "RoutingRecord",
    "StoredFile",
    "Submission",
]
