"""Ledgers as the office has them, entries as a clerk types them, and a clock that only the test moves."""

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from investreview.accounts.models import User
from investreview.core.tables import Kind, OutColumn, Sheet, TableShape, write_workbook
from investreview.demo.files import sample_pdf
from investreview.projects.models import Backfill, PastDecision
from investreview.projects.past import kinds
from investreview.projects.past.entry import PastEntry
from investreview.projects.past.ledger import LEDGER
from investreview.projects.past.services.batches import order_storing, upload_ledger
from investreview.projects.past.services.checking import accept_backfill, begin_check
from investreview.projects.past.services.entering import enter_past
from investreview.projects.past.services.judging import PAST_LEDGER
from investreview.projects.past.services.working import work_on
from tests.states import kept
from tests.world import START, World

TITLES = tuple(column.title for column in LEDGER.columns)
NOON = START.replace(hour=12)


def row(ordinal: int, /, **cells: Any) -> list[Any]:
    """One row of the ledger; ``cells`` replace single columns by their key."""
    usual: dict[str, Any] = {
        "number": f"国资备〔2022〕{ordinal}号",
        "name": f"历史项目{ordinal}（示例）",
        "group": "甲集团",
        "enterprise": "甲一公司",
        "kind": "固定资产投资",
        "nature": "主业",
        "route": "备案",
        "outcome": "予以备案",
        "amount_yuan": 1860.5,
        "decided_on": date(2022, 3, 18),
        "signer": "张××",
        "completed_on": date(2023, 6, 30),
        "actual_yuan": "1835.6",
    }
    return [(usual | cells).get(column.key) for column in LEDGER.columns]


def ledger(
    rows: Sequence[Sequence[Any]], *, name: str = "备案台账.xlsx", change: Callable[[Any], None] | None = None
) -> SimpleUploadedFile:
    """A ledger with these rows; ``change`` may do to its sheet what a person does in Excel."""
    return ledger_of(LEDGER, rows, name=name, change=change)


def ledger_of(
    shape: TableShape, rows: Sequence[Sequence[Any]], *, name: str, change: Callable[[Any], None] | None
) -> SimpleUploadedFile:
    """The same of any shape."""
    columns = tuple(
        OutColumn(each.title, Kind.DAY if each.key.endswith("_on") else Kind.TEXT) for each in shape.columns
    )
    stream = io.BytesIO()
    write_workbook(stream, [Sheet(shape.sheet, columns, rows)])
    if change is None:
        return SimpleUploadedFile(name, stream.getvalue())
    book = openpyxl.load_workbook(stream)
    change(book[shape.sheet])
    changed = io.BytesIO()
    book.save(changed)
    return SimpleUploadedFile(name, changed.getvalue())


def csv_ledger(rows: Sequence[Sequence[Any]], encoding: str) -> SimpleUploadedFile:
    """The same as CSV."""
    lines = [TITLES, *rows]
    text = "\r\n".join(",".join("" if cell is None else str(cell) for cell in line) for line in lines)
    return SimpleUploadedFile("备案台账.csv", text.encode(encoding))


def writing_by(patch: pytest.MonkeyPatch, write: Callable[..., None]) -> None:
    """The rows of a ledger are written by ``write``."""
    patch.setitem(kinds._KINDS, Backfill.Source.LEDGER, replace(PAST_LEDGER, write=write))


def still(at: datetime = NOON) -> Callable[[], datetime]:
    """A clock that stands."""
    return lambda: at


def sent(user: User, file: SimpleUploadedFile, *, key: str = "ledger:1", at: datetime = START) -> Backfill:
    """The ledger was sent and read on trial."""
    backfill = upload_ledger(user=user, file=file, name=file.name or "", creation_key=key, at=at)
    work_on(backfill.pk, clock=still())
    backfill.refresh_from_db()
    return backfill


def stored(user: User, file: SimpleUploadedFile, *, key: str = "ledger:1") -> Backfill:
    """The ledger was sent, read and written."""
    backfill = sent(user, file, key=key)
    order_storing(user=user, backfill_id=backfill.pk, version=backfill.version, at=START)
    work_on(backfill.pk, clock=still())
    backfill.refresh_from_db()
    return backfill


class First:
    """Chance that takes the first."""

    def sample(self, ids: Sequence[int], count: int) -> list[int]:
        return list(ids)[:count]


def accepted(backfill: Backfill, by: User) -> Backfill:
    """Another person has found the sample equal."""
    drawn = begin_check(user=by, backfill_id=backfill.pk, chance=First(), at=NOON)  # type: ignore[arg-type]
    return accept_backfill(
        user=by, backfill_id=backfill.pk, version=drawn.version, compared=drawn.sample, at=NOON + timedelta(minutes=1)
    )


ENTRY = PastEntry(
    number="国资备〔2021〕3号",
    name="泊位改造项目（示例）",
    kind="FIXED_ASSET",
    nature="MAIN",
    route="FILING",
    outcome="FILED",
    amount_yuan=Decimal("18600000.00"),
    decided_on=date(2021, 5, 6),
    signer="李××",
    completed_on=date(2022, 12, 1),
    actual_yuan=Decimal("18356000.00"),
)


def scan(name: str = "复函.pdf", text: str = "复函（示例）") -> tuple[io.BytesIO, str]:
    """A scan as the services take it."""
    return io.BytesIO(sample_pdf(text)), name


def entered(world: World, by: User, *, body: str = "sub", key: str = "past:1", **fields: Any) -> Backfill:
    """One project was typed in by ``by``."""
    entry = replace(ENTRY, **fields)

    def enter() -> Backfill:
        return enter_past(
            user=by,
            enterprise_id=world.bodies[body].pk,
            entry=entry,
            scans=[scan()],
            creation_key=key,
            at=START,
        )

    return kept(enter, "past entered", by.pk, body, key, entry)


def past(world: World, *, body: str = "sub", key: str = "past:1", **fields: Any) -> PastDecision:
    """An accepted past decision of a body: entered by one officer, checked by the archivist."""
    backfill = accepted(entered(world, world.officer, body=body, key=key, **fields), world.archivist)
    return backfill.decisions.get()


def uploaded(text: str = "复函（示例）", name: str = "复函.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, scan(name, text)[0].getvalue())


def answered(client: Client, url: str) -> int:
    """The status of a page, whatever it sends."""
    answer = client.get(url)
    answer.close()
    return answer.status_code
