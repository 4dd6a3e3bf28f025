"""The worker is killed while it writes a ledger of 6,000 rows: nothing half-imported counts, and it goes on."""

from datetime import timedelta
from pathlib import Path

import pytest

from investreview.core import clock
from investreview.demo import processes
from investreview.projects.models import Backfill, PastDecision, Project
from investreview.projects.past.selectors import counted_projects
from investreview.projects.past.services.batches import order_storing, upload_ledger
from investreview.projects.past.services.checking import accept_backfill, begin_check
from tests.faults.watching import watch
from tests.projects.past_ledgers import First, ledger, row
from tests.world import World

pytestmark = pytest.mark.both_databases
ROWS = 6_000
KILLS = 2


def _state() -> tuple[str, int]:
    return Backfill.objects.values_list("state", "rows_done").get()


def _work_until(done) -> None:  # type: ignore[no-untyped-def]
    """A worker runs until ``done`` says so, and is then killed without a word."""
    worker = processes.start(processes.worker_command())
    try:
        watch(worker, done)
    finally:
        worker.kill()
        worker.wait()


def _turn_is_over() -> None:
    """Two minutes have gone by: whoever worked is not heard of any more, and the sweep finds the row."""
    Backfill.objects.exclude(next_try_at=None).update(next_try_at=clock.now() - timedelta(seconds=1))
    from investreview.projects.tasks import work_pending_backfills

    work_pending_backfills()


def test_a_ledger_whose_worker_is_killed_again_and_again_is_imported_once(
    world: World,
    worker_until,
    file_broker: Path,
    settings,  # type: ignore[no-untyped-def]
) -> None:
    upload = ledger([row(number) for number in range(1, ROWS + 1)])
    backfill = upload_ledger(
        user=world.officer, file=upload, name="备案台账.xlsx", creation_key="ledger:1", at=clock.now()
    )
    _work_until(lambda: _state()[0] == "CLEAN")
    backfill.refresh_from_db()
    order_storing(user=world.officer, backfill_id=backfill.pk, version=backfill.version, at=clock.now())

    for kill in range(1, KILLS + 1):
        _work_until(lambda kill=kill: _state()[1] >= kill * ROWS // (KILLS + 1))
        state, rows = _state()
        assert (state, PastDecision.objects.count(), Project.objects.count()) == ("STORING", rows, rows)
        assert 0 < rows < ROWS
        assert counted_projects().count() == 0
        _turn_is_over()

    worker_until(lambda: _state()[0] == "WAITING")
    ordinals = list(PastDecision.objects.order_by("ordinal").values_list("ordinal", flat=True))
    assert ordinals == list(range(1, ROWS + 1))
    assert (Project.objects.count(), counted_projects().count()) == (ROWS, 0)
    drawn = begin_check(user=world.archivist, backfill_id=backfill.pk, chance=First(), at=clock.now())  # type: ignore[arg-type]
    accept_backfill(
        user=world.archivist, backfill_id=backfill.pk, version=drawn.version, compared=drawn.sample, at=clock.now()
    )
    assert counted_projects().count() == ROWS
