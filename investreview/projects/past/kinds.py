"""What the machinery of batches asks of one kind of ledger: its columns, how a row is judged, written and removed."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from django.utils.functional import Promise

from investreview.core.errors import Invalid
from investreview.core.tables import Fault, TableRow, TableShape
from investreview.core.tables.places import column_number
from investreview.projects.models import Backfill
from investreview.projects.past.rules import number_key


class NewRow(Protocol):
    """A row that was found without fault, on its way to the database."""

    @property
    def ordinal(self) -> int:
        """The how manieth of the ledger it is, from 1."""

    @property
    def source_row(self) -> int | None:
        """In which row of the sheet it stood."""

    @property
    def number(self) -> str:
        """The paper's number, which tells it from every other."""


@dataclass(frozen=True)
class JudgedRow:
    """A row of the ledger: ready to be written, or what is wrong with it, from left to right."""

    new: NewRow | None
    faults: tuple[Fault, ...]

    @classmethod
    def faulty(cls, faults: Sequence[Fault]) -> "JudgedRow":
        """The row with what is wrong with it."""
        return cls(None, tuple(sorted(faults, key=lambda fault: column_number(fault.place.column))))


class Judge(Protocol):
    """Reads rows one after the other and writes nothing that stays."""

    def judged(self, row: TableRow) -> JudgedRow:
        """The row with everything that is wrong with it."""


@dataclass
class Numbers:
    """The numbers of a ledger, each of which may stand there once and nowhere else; ``taken`` are keys.

    With ``year_column`` a number is one of the year of that day: the keys are pairs of both.
    """

    column: str
    taken: Collection[str | tuple[str, int]]
    twice_code: str
    taken_code: str
    year_column: str = ""
    seen: dict[str | tuple[str, int], int] = field(default_factory=dict)

    def faults(self, row: TableRow) -> list[Fault]:
        """That the row's number stands further up, or is in use (``twice_code``, ``taken_code``)."""
        number: str | None = row.values[self.column]
        day: date | None = row.values[self.year_column] if self.year_column else None
        if number is None or (self.year_column and day is None):
            return []
        place = row.at(self.column)
        facts: dict[str, object] = {"given": number}
        key: str | tuple[str, int] = number_key(number)
        if day is not None:
            key, facts = (number_key(number), day.year), {**facts, "year": day.year}
        earlier = self.seen.setdefault(key, row.place.row)
        if earlier != row.place.row:
            return [Fault(place, self.twice_code, {"given": number, "row": earlier})]
        return [Fault(place, self.taken_code, facts)] if key in self.taken else []


@dataclass(frozen=True)
class Removed:
    """How many rows are gone, and which stored files nobody speaks of any more."""

    rows: int
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class LedgerKind:
    """One kind of ledger. ``write`` and ``remove`` run in the caller's transaction, with the batch locked.

    ``write`` raises IntegrityError or Invalid when a number was used meanwhile, ``remove`` takes at most so many rows.
    """

    shape: TableShape
    blank: str | Promise
    judge: Callable[[Backfill, datetime], Judge]
    write: Callable[[Backfill, Sequence[Any], datetime], None]
    remove: Callable[[Backfill, int], Removed]


_KINDS: dict[str, LedgerKind] = {}


def register_ledger(source: str, kind: LedgerKind) -> None:
    """Batches of this source are read, written and removed as ``kind`` says; called when the application starts."""
    _KINDS[source] = kind


def ledger_kind(source: str) -> LedgerKind:
    """How batches of this source are read, written and removed.

    Raises: Invalid (past_has_no_ledger) for what is typed in one by one.
    """
    if source not in _KINDS:
        raise Invalid("past_has_no_ledger")
    return _KINDS[source]
