"""Whose turn it is: one worker at a time works on a batch, and whoever is not heard of any more loses the turn.

The row says until when the turn lasts; each piece of work prolongs it by comparing that time, so that a worker that
was thought dead and was only slow writes nothing more.
"""

from datetime import datetime, timedelta

from django.db import transaction

from investreview.projects.models import Backfill

LEASE = timedelta(minutes=2)
MAXIMUM_ATTEMPTS = 3
"""Attempts without any progress; a piece that was written begins the count anew."""


class Superseded(Exception):
    """Another worker has the turn, or a person has decided otherwise; nothing was written."""


class Lease:
    """The turn of one worker on one batch."""

    def __init__(self, backfill_id: int, until: datetime) -> None:
        self.backfill_id = backfill_id
        self.until = until

    def tell(self, *, rows_done: int, percent: int, at: datetime) -> None:
        """The row says how far the work is, and the turn lasts on. Raises: Superseded."""
        until = at + LEASE
        mine = Backfill.objects.filter(pk=self.backfill_id, next_try_at=self.until, state__in=sorted(Backfill.WORKING))
        if not mine.update(rows_done=rows_done, percent=percent, next_try_at=until, attempts=0):
            raise Superseded(self.backfill_id)
        self.until = until

    def held(self, backfill_id: int, state: str) -> Backfill:
        """The batch, locked, while this worker still has the turn. Raises: Superseded."""
        held = Backfill.objects.select_for_update(of=("self",)).select_related("commission", "entered_by")
        backfill = held.filter(pk=backfill_id, next_try_at=self.until, state=state).first()
        if backfill is None:
            raise Superseded(backfill_id)
        return backfill

    def prolong(self, backfill: Backfill, *, at: datetime) -> None:
        """The turn lasts on with what the caller saves of the batch; in the caller's transaction."""
        self.until = backfill.next_try_at = at + LEASE
        backfill.attempts = 0


def take_turn(backfill_id: int, *, at: datetime) -> tuple[Backfill, Lease] | None:
    """The batch and the turn on it, if it is due; the attempt is counted before it is made.

    One that broke off too often without progress waits for a person (``next_try_at`` is empty).
    """
    with transaction.atomic():
        due = Backfill.objects.select_for_update(of=("self",)).select_related("commission", "entered_by")
        backfill = due.filter(pk=backfill_id, state__in=sorted(Backfill.WORKING), next_try_at__lte=at).first()
        if backfill is None:
            return None
        if backfill.attempts >= MAXIMUM_ATTEMPTS:
            backfill.next_try_at = None
            backfill.error = backfill.error or "worker_lost"
            backfill.save(update_fields=["next_try_at", "error"])
            return None
        until = at + LEASE
        backfill.attempts += 1
        backfill.next_try_at = until
        backfill.save(update_fields=["attempts", "next_try_at"])
        return backfill, Lease(backfill.pk, until)
