"""What the worker does with a batch: whatever its state asks for, once, and again when it was broken off."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from investreview.core.errors import DomainError
from investreview.projects.models import Backfill
from investreview.projects.past.services.lease import Superseded, take_turn
from investreview.projects.past.services.purging import purge
from investreview.projects.past.services.reading import read_ledger
from investreview.projects.past.services.storing import store_ledger

State = Backfill.State
WORK: dict[str, Callable[..., None]] = {
    State.READING: read_ledger,
    State.STORING: store_ledger,
    State.PURGING: purge,
}


def work_on(backfill_id: int, *, clock: Callable[[], datetime]) -> str:
    """The batch is as far as it can come without a person; its state is answered.

    Nothing happens when another worker has the turn or nothing is due. Raises: whatever broke the work off; then
    ``note_failure`` is to be called, and the work is due again when the turn is over.
    """
    while (turn := take_turn(backfill_id, at=clock())) is not None:
        backfill, lease = turn
        with suppress(Superseded):
            WORK[backfill.state](backfill, lease, clock=clock)
    return Backfill.objects.values_list("state", flat=True).get(pk=backfill_id)


def note_failure(backfill_id: int, error: BaseException) -> None:
    """The row says what broke the work off; its next turn begins when the present one is over."""
    code = (error.code if isinstance(error, DomainError) else type(error).__name__)[:80]
    Backfill.objects.filter(pk=backfill_id, state__in=sorted(Backfill.WORKING)).update(error=code)
