"""The worker's jobs: ids in, service call, log out. The row decides what is to be done; a message only wakes."""

import logging

from celery import shared_task

from investreview.core import clock
from investreview.projects.agendas import due_packs
from investreview.projects.past.selectors import due_backfills
from investreview.projects.past.services.working import note_failure, work_on
from investreview.projects.services.arriving import sweep_uploads
from investreview.projects.services.packs import fail_pack, make_pack

log = logging.getLogger(__name__)


@shared_task(name="investreview.projects.tasks.work_backfill")  # type: ignore[untyped-decorator]
def work_backfill(backfill_id: int) -> None:
    """The batch was read, written or removed, as its row asks."""
    try:
        state = work_on(backfill_id, clock=clock.now)
    except Exception as error:
        note_failure(backfill_id, error)
        log.exception("backfill %s was broken off", backfill_id)
        raise
    log.info("backfill %s is %s", backfill_id, state)


@shared_task(name="investreview.projects.tasks.work_pending_backfills")  # type: ignore[untyped-decorator]
def work_pending_backfills() -> int:
    """Every batch that is due is made known to the worker again; returns how many."""
    due = due_backfills(clock.now())
    for backfill_id in due:
        work_backfill.delay(backfill_id)
    return len(due)


@shared_task(name="investreview.projects.tasks.make_meeting_pack")  # type: ignore[untyped-decorator]
def make_meeting_pack(pack_id: int) -> None:
    """The pack of the row is made, or its failure is kept for a person to see."""
    try:
        pack = make_pack(pack_id, at=clock.now())
    except Exception as error:
        failed = fail_pack(pack_id, error=error, at=clock.now())
        log.exception("meeting pack %s failed, attempt %s", pack_id, failed.attempts)
        raise
    log.info("meeting pack %s is %s", pack_id, pack.state)


@shared_task(name="investreview.projects.tasks.make_pending_packs")  # type: ignore[untyped-decorator]
def make_pending_packs() -> int:
    """Every pack that is due is made known to the worker again; returns how many."""
    due = due_packs(clock.now())
    for pack_id in due:
        make_meeting_pack.delay(pack_id)
    return len(due)


@shared_task(name="investreview.projects.tasks.sweep_old_uploads")  # type: ignore[untyped-decorator]
def sweep_old_uploads() -> int:
    """Files that nobody went on sending are gone; returns how many."""
    count = sweep_uploads(at=clock.now(), machine_now=clock.machine_now())
    if count:
        log.info("%d unfinished uploads were swept", count)
    return count
