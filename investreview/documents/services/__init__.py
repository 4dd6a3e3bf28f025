"""The verbs of the documents room. Each opens its own transaction, asks its permission and writes one journal entry."""

from investreview.documents.services.dispatch import (
    acknowledge_delivery,
    archive_document,
    correct_document,
    record_delivery,
    record_sealed_original,
)
from investreview.documents.services.drafting import (
    discard_draft,
    draft_document,
    record_countersigned,
    record_wording_check,
    redraft_document,
    save_wording,
)
from investreview.documents.services.numbering import open_series, start_series, take_number, void_number
from investreview.documents.services.paper_signing import is_text_on_paper, record_signed_on_paper
from investreview.documents.services.remedies import replace_document, withdraw_signature
from investreview.documents.services.renditions import fail_rendition, make_rendition, retry_rendition
from investreview.documents.services.signing import (
    enter_number,
    issue_by_rule,
    issue_system_copy,
    sign_document,
    void_document,
)

__all__ = [
    "acknowledge_delivery",
    "archive_document",
    "correct_document",
    "discard_draft",
    "draft_document",
    "enter_number",
    "fail_rendition",
    "is_text_on_paper",
    "issue_by_rule",
    "issue_system_copy",
    "make_rendition",
    "open_series",
    "record_countersigned",
    "record_delivery",
    "record_sealed_original",
    "record_signed_on_paper",
    "record_wording_check",
    "redraft_document",
    "replace_document",
    "retry_rendition",
    "save_wording",
    "sign_document",
    "start_series",
    "take_number",
    "void_document",
    "void_number",
    "withdraw_signature",
]
