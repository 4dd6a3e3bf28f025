"""The sealer: gives recorded entries their place and hash, apart from the acts themselves."""

import logging
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction

from investreview.core.clock import machine_now
from investreview.journal.canonical import FIRST_PREV, chain_hash
from investreview.journal.heads import Head, append_head
from investreview.journal.models import ChainHead, Seal, Unsealed

logger = logging.getLogger(__name__)

BATCH = 500


def seal(chain: str | None = None, *, limit: int = BATCH) -> int:
    """What was recorded in ``chain`` (or in every chain) is sealed, without gap, in the order the sealer met it.

    Several sealers may run at once: each batch of ``limit`` entries is one transaction that holds the chain's head row.
    After the commit the new head stands in ``settings.HEADS_LOG``.
    Returns the number of entries sealed.
    """
    waiting = Unsealed.objects.order_by("chain").values_list("chain", flat=True).distinct()
    chains = [chain] if chain is not None else list(waiting)
    sealed = 0
    for each in chains:
        while batch := _seal_batch(each, limit):
            sealed += batch
            if batch < limit:
                break
    return sealed


def _seal_batch(chain: str, limit: int) -> int:
    with transaction.atomic():
        # Created outside the lock and locked afterwards: two sealers of a new chain meet at the primary key.
        ChainHead.objects.get_or_create(chain=chain, defaults={"hash": FIRST_PREV})
        head = ChainHead.objects.select_for_update().get(chain=chain)
        waiting = list(Unsealed.objects.filter(chain=chain).select_related("entry").order_by("entry_id")[:limit])
        if not waiting:
            return 0
        seals = []
        for row in waiting:
            prev = head.hash
            head.seq += 1
            head.hash = chain_hash(chain=chain, seq=head.seq, prev=prev, content=bytes(row.entry.content))
            seals.append(Seal(entry=row.entry, chain=chain, seq=head.seq, prev=prev, hash=head.hash))
        Seal.objects.bulk_create(seals)
        Unsealed.objects.filter(pk__in=[row.pk for row in waiting]).delete()
        head.save()
        transaction.on_commit(partial(_publish, Head(chain, head.seq, head.hash)))
        return len(seals)


def _publish(head: Head) -> None:
    """A head that cannot be written is logged, never lost on the act: the next sealing writes a later one."""
    try:
        append_head(Path(settings.HEADS_LOG), head, at=machine_now())
    except OSError:
        logger.exception("head of chain %s at %d could not be written to heads.log", head.chain, head.seq)
