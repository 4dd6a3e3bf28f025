"""The past of the demonstration: the office's ledger goes in as everybody's does, by two people, with its scans."""

import io
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from typing import Any

from investreview.core.clock import SHANGHAI
from investreview.core.tables import Kind, OutColumn, Sheet, write_workbook
from investreview.demo.cast import Cast
from investreview.demo.files import sample_pdf
from investreview.demo.script import Event
from investreview.projects.models import Backfill
from investreview.projects.past.ledger import LEDGER
from investreview.projects.past.services.batches import order_storing, upload_ledger
from investreview.projects.past.services.checking import accept_backfill, begin_check
from investreview.projects.past.services.papers import attach_papers
from investreview.projects.past.services.working import work_on

SAME_FOR_ALL = {
    "kind": "固定资产投资",
    "nature": "主业",
    "route": "备案",
    "outcome": "予以备案",
    "signer": "孟××",
    "note": "示例，虚构",
}
COLUMNS = {"amount": "amount_yuan", "actual": "actual_yuan", "decided": "decided_on", "completed": "completed_on"}
"""What a line of the file calls otherwise than the ledger."""
DAYS = frozenset({"decided_on", "completed_on", "commissioned_on"})


class LedgerRefused(Exception):
    """A batch or a scan was not taken; the text says which, and in which state it stands."""


@dataclass
class PastStory:
    """One ledger: sent, read on trial, written, given its scans, and compared where a second person is named."""

    line: dict[str, Any]
    cast: Cast
    order: int

    @property
    def key(self) -> str:
        """By which the batch is found again."""
        return f"demo:{self.line['file']}"

    def is_begun(self) -> bool:
        """Whether the batch is in the database."""
        return Backfill.objects.filter(creation_key=self.key).exists()

    def events(self) -> Iterator[Event]:
        """The acts on this ledger in order; without ``checked_by`` it waits for its second person."""
        for label, day, clock, run in self._acts():
            at = datetime.combine(day, clock, SHANGHAI)
            yield Event(at, self.order, f"{self.line['file']} {label}", partial(run, at))

    def _acts(self) -> Iterator[tuple[str, date, time, Callable[[datetime], object]]]:
        yield "send", self.line["sent"], time(10, 5), self._send
        yield "store", self.line["sent"], time(10, 40), self._store
        yield "scans", self.line["scanned"], time(9, 30), self._attach
        if "checked_by" in self.line:
            yield "compare", self.line["checked"], time(14, 0), self._begin_check
            yield "accept", self.line["checked"], time(16, 20), self._accept

    @property
    def _batch(self) -> Backfill:
        return Backfill.objects.get(creation_key=self.key)

    def _send(self, at: datetime) -> None:
        file = io.BytesIO()
        write_workbook(file, [Sheet(LEDGER.sheet, _columns(), [_row(line) for line in self.line["projects"]])])
        name, user = self.line["file"], self.cast[self.line["by"]]
        batch = upload_ledger(user=user, file=file, name=name, creation_key=self.key, at=at)
        self._work(batch, at, Backfill.State.CLEAN)

    def _store(self, at: datetime) -> None:
        batch = self._batch
        order_storing(user=self.cast[self.line["by"]], backfill_id=batch.pk, version=batch.version, at=at)
        self._work(batch, at, Backfill.State.WAITING)

    def _work(self, batch: Backfill, at: datetime, expected: str) -> None:
        """The worker's part, at the story's moment."""
        state = work_on(batch.pk, clock=lambda: at)
        if state != expected:
            raise LedgerRefused(f"{batch.file_name}: {state}, {list(batch.faults.values_list('fault', flat=True))}")

    def _attach(self, at: datetime) -> None:
        numbers = [line["number"] for line in self.line["projects"]]
        files = [(io.BytesIO(sample_pdf(f"{number} 备案件（扫描）")), f"{number}.pdf") for number in numbers]
        for attached in attach_papers(user=self.cast[self.line["by"]], files=files, at=at):
            if attached.refusal is not None:
                raise LedgerRefused(f"{attached.name}: {attached.refusal.code}")

    def _begin_check(self, at: datetime) -> None:
        checker = self.cast[self.line["checked_by"]]
        begin_check(user=checker, backfill_id=self._batch.pk, chance=secrets.SystemRandom(), at=at)

    def _accept(self, at: datetime) -> None:
        batch, checker = self._batch, self.cast[self.line["checked_by"]]
        accept_backfill(user=checker, backfill_id=batch.pk, version=batch.version, compared=batch.sample, at=at)


def _columns() -> tuple[OutColumn, ...]:
    return tuple(
        OutColumn(column.title, Kind.DAY if column.key in DAYS else Kind.TEXT, column.width)
        for column in LEDGER.columns
    )


def _row(line: dict[str, Any]) -> list[object]:
    """One project as the ledger's columns have it; amounts stay in 万元."""
    cells = SAME_FOR_ALL | {COLUMNS.get(key, key): value for key, value in line.items()}
    return [_cell(cells.get(column.key)) for column in LEDGER.columns]


def _cell(value: object) -> object:
    return Decimal(str(value)) if isinstance(value, int | float) else value
