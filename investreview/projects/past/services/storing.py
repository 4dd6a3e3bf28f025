"""The rows of a ledger are written in pieces, none of which counts; a broken-off writing goes on where it stopped."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice

from django.db import IntegrityError, transaction

from investreview.core.actor import SYSTEM
from investreview.core.errors import Invalid
from investreview.core.tables import Fault, Place, TableRow
from investreview.projects.models import Backfill
from investreview.projects.past.kinds import Judge, NewRow, ledger_kind
from investreview.projects.past.services.common import note
from investreview.projects.past.services.lease import Lease
from investreview.projects.past.services.reading import keep_faults, opened_ledger

PIECE_ROWS = 200
"""Of a piece: about a tenth of a second on the slowest disk we met, so that a clerk's act never waits for it."""
State = Backfill.State


class _Faulty(Exception):
    """The ledger reads otherwise than on trial: a number was used, a body was renamed."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__()
        self.faults = faults


def store_ledger(backfill: Backfill, lease: Lease, *, clock: Callable[[], datetime]) -> None:
    """Every row is written and the batch waits for the second person; if one cannot be, all of it is removed again.

    Rows are read and judged outside of transactions, a piece at a time. Raises: Superseded. Journal: backfill.stored.
    """
    try:
        with opened_ledger(backfill) as table:
            judge = ledger_kind(backfill.source).judge(backfill, clock())
            rows = _rows(judge, table.rows())
            done = 0
            while piece := list(islice(rows, PIECE_ROWS)):
                done += len(piece)
                if done > backfill.rows_done:
                    backfill = _write_piece(backfill, lease, piece, clock=clock)
    except Invalid as error:
        _give_up(backfill, lease, [Fault.of(Place(backfill.sheet, 0), error)], at=clock())
        return
    except _Faulty as found:
        _give_up(backfill, lease, found.faults, at=clock())
        return
    _finish(backfill, lease, at=clock())


def _rows(judge: Judge, rows: Iterator[TableRow]) -> Iterator[NewRow]:
    for row in rows:
        judged = judge.judged(row)
        if judged.new is None:
            raise _Faulty(list(judged.faults))
        yield judged.new


def _write_piece(backfill: Backfill, lease: Lease, piece: list[NewRow], *, clock: Callable[[], datetime]) -> Backfill:
    try:
        with transaction.atomic():
            held = lease.held(backfill.pk, State.STORING)
            missing = [row for row in piece if row.ordinal > held.rows_done]
            ledger_kind(held.source).write(held, missing, clock())
            held.rows_done = piece[-1].ordinal
            held.percent = min(100, held.rows_done * 100 // max(1, held.row_count))
            lease.prolong(held, at=clock())
            held.save()
            return held
    except (IntegrityError, Invalid):
        numbers = "、".join(row.number for row in piece[:3])
        place = Place(backfill.sheet, piece[0].source_row or 0)
        raise _Faulty([Fault(place, "past_number_taken_meanwhile", {"numbers": numbers})]) from None


def _finish(backfill: Backfill, lease: Lease, *, at: datetime) -> None:
    with transaction.atomic():
        held = lease.held(backfill.pk, State.STORING)
        held.state = State.WAITING
        held.next_try_at = None
        held.percent = 100
        held.version += 1
        held.save()
        note(held, "stored", actor=SYSTEM, at=at, facts={"rows": held.rows_done, "content_sha256": held.content_sha256})


def _give_up(backfill: Backfill, lease: Lease, faults: list[Fault], *, at: datetime) -> None:
    """What was written is to be removed; the batch will say what is wrong."""
    with transaction.atomic():
        held = lease.held(backfill.pk, State.STORING)
        keep_faults(held, faults)
        held.state = State.PURGING
        held.fault_count = len(faults)
        held.rows_done = held.percent = 0
        held.next_try_at = at
        held.version += 1
        held.save()
        lease.until = at
        note(held, "give_up", actor=SYSTEM, at=at, facts={"faults": [fault.as_plain() for fault in faults[:5]]})
