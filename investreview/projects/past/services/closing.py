"""The end of a batch of cases under way: each row is compared by itself, and with the last one the batch is done."""

from datetime import datetime

from investreview.accounts.models import User
from investreview.projects.models import Backfill, Takeover
from investreview.projects.past.services.common import note, require_state, save_backfill

State = Backfill.State


def close_when_compared(takeover: Takeover, *, user: User, at: datetime) -> None:
    """The batch of the take-over is ACCEPTED when none of its rows waits any more. In the caller's transaction.

    Raises: Invalid (past_not_in_this_state) when the batch was given up meanwhile. Journal: backfill.accept.
    """
    if takeover.backfill_id is None:
        return
    held = Backfill.objects.select_for_update(of=("self",)).select_related("commission")
    backfill = held.get(pk=takeover.backfill_id)
    require_state(backfill, State.WAITING)
    if backfill.takeovers.filter(checked_at__isnull=True).exists():
        return
    backfill.state = State.ACCEPTED
    backfill.checked_by = user
    backfill.checked_at = at
    save_backfill(backfill)
    facts = {
        "rows": backfill.row_count,
        "cases": backfill.takeovers.filter(case__isnull=False).count(),
        "ledger_sha256": backfill.sha256,
        "content_sha256": backfill.content_sha256,
    }
    note(backfill, "accept", actor=user.as_actor(), at=at, facts=facts)
