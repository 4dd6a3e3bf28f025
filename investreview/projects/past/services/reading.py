"""A trial import: the whole ledger is read and judged, outside of any transaction; only what is wrong is written."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from investreview.core.actor import SYSTEM
from investreview.core.errors import Invalid
from investreview.core.tables import Fault, Place, TableReading, open_table
from investreview.projects.models import Backfill, BackfillFault
from investreview.projects.past.kinds import ledger_kind
from investreview.projects.past.services.common import note
from investreview.projects.past.services.lease import Lease
from investreview.projects.storage import stored_place

LOOK_EVERY = 250
FAULTS_KEPT = 2000
State = Backfill.State


@contextmanager
def opened_ledger(backfill: Backfill) -> Iterator[TableReading]:
    """The ledger's table, as it was sent.

    Raises: Invalid (projects_file_gone, past_ledger_changed, file_*, table_*).
    """
    place = stored_place(backfill.storage_name, name=backfill.file_name, sha256=backfill.sha256)
    with place.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != backfill.sha256:
            raise Invalid("past_ledger_changed", name=backfill.file_name)
        with open_table(file, name=backfill.file_name, shape=ledger_kind(backfill.source).shape) as table:
            yield table


def read_ledger(backfill: Backfill, lease: Lease, *, clock: Callable[[], datetime]) -> None:
    """The batch is CLEAN with its number of rows, or FAULTY with every fault by sheet, row and column.

    Of very many faults the first 2,000 are kept and all are counted. Raises: Superseded when another worker or a
    person was faster. Journal: backfill.read.
    """
    faults: list[Fault] = []
    count = fault_count = 0
    judge = ledger_kind(backfill.source).judge(backfill, clock())
    try:
        with opened_ledger(backfill) as table:
            for row in table.rows():
                count += 1
                found = judge.judged(row).faults
                fault_count += len(found)
                faults.extend(found[: max(0, FAULTS_KEPT - len(faults))])
                if count % LOOK_EVERY == 0:
                    lease.tell(rows_done=count, percent=table.percent, at=clock())
            last = _last_faults(table, count)
    except Invalid as error:
        last = [Fault.of(Place(backfill.sheet or backfill.file_name, 0), error)]
    faults.extend(last)
    _finish(backfill.pk, lease, count, faults, fault_count + len(last), at=clock())


def _last_faults(table: TableReading, count: int) -> list[Fault]:
    empty = [] if count else [Fault(Place(table.sheet, table.header.row), "past_ledger_empty")]
    return [*table.closing_faults(), *empty]


def _finish(backfill_id: int, lease: Lease, count: int, faults: list[Fault], fault_count: int, *, at: datetime) -> None:
    with transaction.atomic():
        backfill = lease.held(backfill_id, State.READING)
        keep_faults(backfill, faults)
        backfill.row_count = backfill.rows_done = count
        backfill.fault_count = fault_count
        backfill.percent = 100
        backfill.state = State.FAULTY if fault_count else State.CLEAN
        backfill.next_try_at = None
        backfill.version += 1
        backfill.save()
        note(backfill, "read", actor=SYSTEM, at=at, facts={"rows": count, "faults": fault_count})


def keep_faults(backfill: Backfill, faults: list[Fault]) -> None:
    """These faults, and no earlier ones, stand beside the batch; in the caller's transaction."""
    BackfillFault.objects.filter(backfill=backfill).delete()
    BackfillFault.objects.bulk_create(
        BackfillFault(backfill=backfill, row=fault.place.row, fault=fault.as_plain()) for fault in faults
    )
