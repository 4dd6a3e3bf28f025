"""The journal's verbs: record an act, seal what was recorded, verify what was sealed."""

from investreview.journal.services.recording import access_chain, record, record_access, record_denial
from investreview.journal.services.sealing import seal
from investreview.journal.services.verification import Fault, Report, chains, verify

__all__ = [
    "Fault",
    "Report",
    "access_chain",
    "chains",
    "record",
    "record_access",
    "record_denial",
    "seal",
    "verify",
]
