"""The row is the queue of record, the broker a wake-up: nothing is lost while the worker or the broker is away."""

import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from investreview.documents.kinds import RenditionState
from investreview.documents.models import Rendition
from investreview.documents.tasks import render_pending
from tests.workflows.doors import address, set_time, submit
from tests.world import World, drive, later

pytestmark = pytest.mark.both_databases
WorkerUntil = Callable[[Callable[[], bool]], None]


def _waiting() -> int:
    return Rendition.objects.exclude(state=RenditionState.DONE).count()


def _all_made() -> bool:
    return not _waiting()


def _files_are_whole(media: Path) -> None:
    for rendition in Rendition.objects.all():
        assert sha256((media / rendition.file.name).read_bytes()).hexdigest() == rendition.sha256


def test_what_was_published_while_no_worker_ran_is_done_when_one_starts(
    world: World, file_broker: Path, worker_until: WorkerUntil, tmp_path: Path
) -> None:
    drive(world, "confirmed")
    assert _waiting() > 0
    assert len(list(file_broker.glob("*.msg"))) >= _waiting()
    worker_until(_all_made)
    _files_are_whole(tmp_path / "media")


def test_messages_that_were_lost_are_sent_again_by_the_sweep(
    world: World, file_broker: Path, worker_until: WorkerUntil, tmp_path: Path
) -> None:
    drive(world, "confirmed")
    for message in file_broker.glob("*.msg"):
        message.unlink()
    assert render_pending() == _waiting() > 0
    worker_until(_all_made)
    _files_are_whole(tmp_path / "media")


def test_an_act_is_saved_while_the_broker_is_away(world: World, file_broker: Path) -> None:
    case = drive(world, "released")
    set_time(later(8))
    url = address(case, "check_completeness")
    shutil.rmtree(file_broker)
    answer = submit(world.officer, url, "confirm_completeness")
    assert (answer.status_code, answer["Location"]) == (302, f"/cases/{case.number}/")
    case.refresh_from_db()
    assert case.state == "REVIEWING"
    assert _waiting() > 0
