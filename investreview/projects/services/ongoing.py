"""The rows of a ledger of cases under way 在途台账: written as take-overs, each for another person to compare."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from investreview.core.errors import Invalid
from investreview.projects.models import Backfill, PastPaper, Takeover
from investreview.projects.past.kinds import Removed
from investreview.projects.past.rules import chained
from investreview.projects.services.takeovers import TakeoverHead, columns_of, note_takeover, register_key
from investreview.registry.models import Commission, Enterprise


@dataclass(frozen=True)
class NewTakeover:
    """One row on its way to the database; ``payload`` is what the 接续单 would have been typed as."""

    ordinal: int
    source_row: int
    head: TakeoverHead
    enterprise: Enterprise
    payload: Mapping[str, Any]

    @property
    def number(self) -> str:
        """The register number on paper."""
        return self.head.paper_number


def taken_paper_numbers(commission: Commission, *, besides: int = 0) -> frozenset[tuple[str, int]]:
    """Every register number with its year that a take-over has, but for those found different; one query."""
    others = Takeover.objects.filter(commission=commission, rejected_reason="").exclude(backfill_id=besides)
    return frozenset(others.values_list("number_key", "register_year"))


def write_takeovers(backfill: Backfill, rows: Sequence[NewTakeover], at: datetime) -> None:
    """The take-overs exist, seen by nobody until the whole ledger is written. In the caller's transaction.

    Raises: Invalid (takeover_number_taken), IntegrityError. Journal: takeover.enter, once for each.
    """
    commission = Commission.objects.select_for_update(no_key=True).get(pk=backfill.commission_id)
    taken = taken_paper_numbers(commission, besides=backfill.pk)
    for row in rows:
        key, year = register_key(row.number, row.head.received_on)
        if (key, year) in taken:
            raise Invalid("takeover_number_taken", given=row.number, year=year)
        takeover = Takeover.objects.create(
            **columns_of(row.head, row.enterprise),
            payload=dict(row.payload),
            creation_key=f"ongoing:{backfill.pk}:{row.ordinal}",
            entered_by=backfill.entered_by,
            entered_at=at,
            backfill=backfill,
            source_row=row.source_row,
        )
        facts = {"payload": takeover.payload, "backfill": backfill.pk, "row": row.source_row}
        note_takeover(takeover, "enter", user=backfill.entered_by, at=at, facts=facts)
        told = json.dumps(takeover.payload, ensure_ascii=False, sort_keys=True)
        backfill.content_sha256 = chained(backfill.content_sha256, told)


def remove_takeovers(backfill: Backfill, limit: int) -> Removed:
    """Up to ``limit`` take-overs of the batch, none of them compared, are gone with their scans; in the caller's
    transaction."""
    rows = list(backfill.takeovers.filter(checked_at__isnull=True).order_by("pk").values_list("pk", flat=True)[:limit])
    papers = PastPaper.objects.filter(takeover__in=rows)
    files = tuple(papers.values_list("storage_name", flat=True))
    papers.delete()
    Takeover.objects.filter(pk__in=rows).delete()
    return Removed(len(rows), files)
