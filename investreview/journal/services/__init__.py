"""The journal's verbs: record an act, seal what was recorded, verify what was sealed."""

from investreview.journal.services.recording import record, record_access, record_denial

__all__ = ["record", "record_access", "record_denial"]
