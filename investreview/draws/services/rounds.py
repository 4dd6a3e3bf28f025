"""One draw for a subject, a round and a purpose; another round only after one that failed, with a leader's reason."""

from datetime import datetime

from investreview.accounts.selectors import scope_of
from investreview.core.errors import Invalid
from investreview.core.roles import SIGNING_ROLES
from investreview.core.subject import Subject
from investreview.core.text import clean_block
from investreview.draws import verify_draw as ird
from investreview.draws.kinds import ENDED, DrawOutcome, DrawState
from investreview.draws.models import Draw
from investreview.draws.terms import RoundReason
from investreview.registry.models import Commission

REASON_LENGTH = 500


def require_next_round(
    commission: Commission,
    subject: Subject,
    *,
    purpose: str,
    round_number: int,
    reason: RoundReason | None,
    at: datetime,
) -> str:
    """Nothing happens when this round is the next; the leader's reason, cleaned, or nothing for the first.

    Called with the commission's chain locked.
    Raises: Invalid (draws_already_drawn, draws_round_not_next, draws_round_not_failed, draws_round_reason_needed,
    draws_first_round_has_no_reason, draws_round_leader, draws_document_hash, text_*).
    Rule: DRAW, there is no redraw.
    """
    drawn = Draw.objects.filter(
        commission=commission, subject_kind=subject.kind, subject_key=subject.key, purpose=purpose
    ).exclude(state=DrawState.WITHDRAWN)
    last = drawn.order_by("-round").first()
    following = last.round + 1 if last else 1
    if last is not None and round_number <= last.round:
        raise Invalid("draws_already_drawn", round=round_number)
    if round_number != following:
        raise Invalid("draws_round_not_next", given=round_number, following=following)
    if last is None:
        if reason is not None:
            raise Invalid("draws_first_round_has_no_reason")
        return ""
    if last.state not in ENDED or last.outcome == DrawOutcome.COMPLETED:
        raise Invalid("draws_round_not_failed", round=last.round)
    if reason is None:
        raise Invalid("draws_round_reason_needed", field="round_reason")
    if not scope_of(reason.leader, at).holds_any(SIGNING_ROLES, commission.path):
        raise Invalid("draws_round_leader", field="round_leader", who=reason.leader.full_name)
    require_document(reason.document_sha256)
    return clean_block(reason.text, max_length=REASON_LENGTH)


def require_document(sha256: str) -> None:
    """Nothing happens for the SHA-256 of a document. Raises: Invalid (draws_document_hash)."""
    if not ird.is_hex(sha256):
        raise Invalid("draws_document_hash", given=sha256[:80])
