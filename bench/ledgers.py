"""A ledger of 10,000 past decisions, read on trial and written, while a clerk saves drafts beside it."""

import threading
import time
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections

from bench.eight_steps import GROUP, wanted
from bench.table import Row, counted
from bench.world import NOW, World
from investreview.core.tables import Kind, OutColumn, Sheet, write_workbook
from investreview.demo import hands
from investreview.projects.models import Backfill
from investreview.projects.past.ledger import LEDGER
from investreview.projects.past.services.batches import order_storing, upload_ledger
from investreview.projects.past.services.working import work_on

ROWS = 10_000
PAUSE = 0.2
"""Between two drafts of the clerk. Units: seconds."""


def measure(world: World) -> Iterator[Row]:
    """Three rows: what the ledger takes, what it needs, and how long the clerk waits at worst."""
    officer, file = world.cast["officer"], _ledger()
    sent = upload_ledger(user=officer, file=file, name="备案台账.xlsx", creation_key="bench", at=NOW)
    before = _forget_peak()
    clerk = _Clerk(world)
    clerk.start()
    began = time.perf_counter()
    _worked(sent, Backfill.State.CLEAN)
    read = time.perf_counter() - began
    order_storing(user=officer, backfill_id=sent.pk, version=sent.version, at=NOW)
    began = time.perf_counter()
    _worked(sent, Backfill.State.WAITING)
    written = time.perf_counter() - began
    peak = _memory("VmHWM") - before
    waits = clerk.stopped()
    told = f"试导入 reading {read:.1f} s, 写入 writing {written:.1f} s"
    figure = f"{ROWS:,} 行台账"
    yield counted(
        key="ledger",
        figure=f"{figure}，试导入和写入 / read and written",
        goal=120,
        value=read + written,
        unit="s",
        baseline="–",
        note=told,
    )
    yield counted(
        key="ledger-memory",
        figure=f"{figure}，内存峰值增加 / peak memory",
        goal=100,
        value=peak,
        unit="MB",
        baseline="–",
    )
    yield counted(
        key="ledger-clerk",
        figure="其间保存一份草稿，最慢 / a draft saved meanwhile, slowest",
        goal=2000,
        value=max(waits) * 1000,
        unit="ms",
        baseline=f"{len(waits)} 份 drafts",
        note=f"中位数 median {sorted(waits)[len(waits) // 2] * 1000:.0f} ms; a draft is two acts, in one process",
    )


def _ledger() -> SimpleUploadedFile:
    days = {"decided_on", "completed_on"}
    columns = tuple(OutColumn(each.title, Kind.DAY if each.key in days else Kind.TEXT) for each in LEDGER.columns)
    stream = BytesIO()
    write_workbook(stream, [Sheet(LEDGER.sheet, columns, (_row(number) for number in range(1, ROWS + 1)))])
    return SimpleUploadedFile("备案台账.xlsx", stream.getvalue())


def _row(number: int) -> list[object]:
    cells: dict[str, object] = {
        "number": f"国资备〔2020〕{number}号",
        "name": f"历史项目{number}（示例）",
        "group": GROUP,
        "kind": "固定资产投资",
        "nature": "主业",
        "route": "备案",
        "outcome": "予以备案",
        "amount_yuan": 100 + number % 4000,
        "decided_on": date(2020, 1 + number % 12, 1 + number % 28),
        "signer": "张××",
        "completed_on": date(2022, 6, 30),
        "note": "测量（示例）",
    }
    return [cells.get(column.key) for column in LEDGER.columns]


def _worked(batch: Backfill, state: str) -> None:
    work_on(batch.pk, clock=lambda: NOW)
    batch.refresh_from_db()
    if batch.state != state:
        raise RuntimeError(f"the ledger is {batch.state}: {batch.faults.first()}")


class _Clerk(threading.Thread):
    """Somebody who saves one draft after another, on a connection of their own."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world
        self._stop_asked = threading.Event()
        self._waits: list[float] = []
        self._fault: BaseException | None = None

    def run(self) -> None:
        drafter, number = self._world.cast.drafters[GROUP], 0
        try:
            while not self._stop_asked.wait(PAUSE):
                number += 1
                began = time.perf_counter()
                hands.draft(wanted(10_000 + number), drafter, f"bench-clerk-{number}", NOW)
                self._waits.append(time.perf_counter() - began)
        except Exception as error:
            self._fault = error
        finally:
            connections.close_all()

    def stopped(self) -> list[float]:
        """How long each draft took. Units: seconds. Raises: what a draft was refused with."""
        self._stop_asked.set()
        self.join()
        if self._fault is not None:
            raise self._fault
        return self._waits


def _forget_peak() -> float:
    """The memory of this process now; its peak is counted anew from here. Units: MB; 0 where Linux does not tell."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return 0
    return _memory("VmRSS")


def _memory(name: str) -> float:
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:")), 0)
