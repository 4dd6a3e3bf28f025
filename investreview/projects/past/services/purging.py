"""A batch that was given up is removed in pieces; none of its rows ever counted."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from investreview.core.actor import SYSTEM
from investreview.projects.models import Backfill
from investreview.projects.past.kinds import ledger_kind
from investreview.projects.past.services.common import note
from investreview.projects.past.services.lease import Lease
from investreview.projects.storage import remove_from_store

PIECE_ROWS = 200
State = Backfill.State


def purge(backfill: Backfill, lease: Lease, *, clock: Callable[[], datetime]) -> None:
    """No row of the batch is left: it is DISCARDED, or FAULTY when its writing found a fault.

    Raises: Superseded. Journal: backfill.purged.
    """
    removed = backfill.rows_done
    while count := _remove_piece(backfill.pk, lease, clock=clock):
        removed += count
    with transaction.atomic():
        held = lease.held(backfill.pk, State.PURGING)
        held.state = State.FAULTY if held.fault_count else State.DISCARDED
        held.next_try_at = None
        held.rows_done = 0
        held.percent = 100
        held.content_sha256 = ""
        held.sample, held.sampled_for = [], None
        held.version += 1
        held.save()
        note(held, "purged", actor=SYSTEM, at=clock(), facts={"rows": removed})


def _remove_piece(backfill_id: int, lease: Lease, *, clock: Callable[[], datetime]) -> int:
    with transaction.atomic():
        held = lease.held(backfill_id, State.PURGING)
        removed = ledger_kind(held.source).remove(held, PIECE_ROWS)
        if not removed.rows:
            return 0
        held.rows_done += removed.rows
        held.percent = min(100, held.rows_done * 100 // max(1, held.row_count))
        lease.prolong(held, at=clock())
        held.save()

        def remove_files() -> None:
            for name in removed.files:
                remove_from_store(name)

        transaction.on_commit(remove_files, robust=True)
        return removed.rows
