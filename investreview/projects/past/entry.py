"""One past decision as plain values, read from a form or from a row of the ledger; and what must hold of it."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from investreview.core.errors import Invalid
from investreview.registry.models import Enterprise


@dataclass(frozen=True, kw_only=True)
class PastEntry:
    """What was decided on paper. Units: yuan; legal dates in Asia/Shanghai."""

    number: str
    name: str
    kind: str
    nature: str
    route: str
    outcome: str
    amount_yuan: Decimal
    decided_on: date
    signer: str
    document_number: str = ""
    counterparty: str = ""
    site: str = ""
    study_number: str = ""
    completed_on: date | None = None
    commissioned_on: date | None = None
    actual_yuan: Decimal | None = None
    note: str = ""

    def as_text(self, enterprise: Enterprise) -> str:
        """Every value in a fixed order, for the hash of the batch."""
        values = {name: _plain(value) for name, value in asdict(self).items()}
        return json.dumps({**values, "enterprise": enterprise.path}, ensure_ascii=False, sort_keys=True)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value.isoformat() if isinstance(value, date) else value


def entry_faults(entry: PastEntry, *, today: date) -> Iterator[Invalid]:
    """What does not agree with itself or with the calendar, each at its field.

    Codes: past_in_future, past_refused_but_built, past_actual_without_completion.
    """
    for field, day in (
        ("decided_on", entry.decided_on),
        ("completed_on", entry.completed_on),
        ("commissioned_on", entry.commissioned_on),
    ):
        if day is not None and day > today:
            yield Invalid("past_in_future", field=field, given=day)
    built = entry.completed_on is not None or entry.commissioned_on is not None
    if entry.outcome == "REFUSED" and (built or entry.actual_yuan is not None):
        field = "completed_on" if entry.completed_on else "commissioned_on" if entry.commissioned_on else "actual_yuan"
        yield Invalid("past_refused_but_built", field=field)
    elif entry.actual_yuan is not None and not built:
        yield Invalid("past_actual_without_completion", field="actual_yuan")


def check_entry(entry: PastEntry, *, today: date) -> None:
    """Nothing happens when the entry agrees with itself and with the calendar.

    Raises: Invalid, the first of its faults.
    """
    for fault in entry_faults(entry, today=today):
        raise fault
