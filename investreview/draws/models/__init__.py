"""The tables of the draws room."""

from investreview.draws.models.draw import Draw, DrawChain, LogEntry
from investreview.draws.models.panel import Member, Reveal, SealedOpening, Wave

__all__ = ["Draw", "DrawChain", "LogEntry", "Member", "Reveal", "SealedOpening", "Wave"]
