"""Pools, experts, panels, sheets, opinions; one module per noun."""

from experts.models.exclusion import Exclusion
from experts.models.expert import ConflictParty, Employer, Expert, Membership, Suspension
from experts.models.invitation import Call, ConflictDeclaration, Departure
from experts.models.opinion import Condition, OpinionSignature, PanelOpinion
from experts.models.panel import Panel, Seat
from experts.models.recusal import DismissedHit, RecusalRequest
from experts.models.sheet import Inquiry, ScoreSheet

__all__ = [
    "Call",
    "Condition",
    "ConflictDeclaration",
    "ConflictParty",
    "Departure",
    "DismissedHit",
    "Employer",
    "Exclusion",
    "Expert",
    "Inquiry",
    "Membership",
    "OpinionSignature",
    "Panel",
    "PanelOpinion",
    "RecusalRequest",
    "ScoreSheet",
    "Seat",
    "Suspension",
]
