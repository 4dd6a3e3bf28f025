"""Files that nobody goes on sending are removed, their bytes too; those under way stay."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from investreview.core import clock
from investreview.projects import tasks, unfinished
from investreview.projects.models import Case, MaterialVersion, UnfinishedUpload
from investreview.projects.services.arriving import sweep_uploads
from tests.projects.pieces import announced, sent, sent_to_the_end
from tests.world import START, World, drive

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_site", "media", "bytes_here")]
Capture = Callable[..., Any]


@pytest.fixture
def case(world: World) -> Case:
    return drive(world, "draft")


def swept(capture: Capture, **after: int) -> int:
    with capture(execute=True):
        return sweep_uploads(at=START + timedelta(**after), machine_now=clock.machine_now())


def test_uploads_older_than_the_setting_are_gone_with_their_bytes(
    drafter: Client, case: Case, bytes_here: Path, django_capture_on_commit_callbacks: Capture
) -> None:
    sent(drafter, announced(drafter, case).json(), 0)
    assert swept(django_capture_on_commit_callbacks, days=7) == 0
    assert len(list(bytes_here.glob("*"))) == 1
    assert swept(django_capture_on_commit_callbacks, days=7, seconds=1) == 1
    assert (UnfinishedUpload.objects.count(), list(bytes_here.glob("*"))) == (0, [])
    assert swept(django_capture_on_commit_callbacks, days=30) == 0


def test_a_piece_makes_the_upload_young_again(
    drafter: Client, case: Case, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Capture
) -> None:
    where = announced(drafter, case).json()
    monkeypatch.setattr(clock, "now", lambda: START + timedelta(days=6))
    sent(drafter, where, 0)
    assert swept(django_capture_on_commit_callbacks, days=12) == 0
    assert swept(django_capture_on_commit_callbacks, days=14) == 1


def test_what_became_a_material_leaves_only_its_material(
    drafter: Client, case: Case, django_capture_on_commit_callbacks: Capture
) -> None:
    sent_to_the_end(drafter, announced(drafter, case).json())
    assert swept(django_capture_on_commit_callbacks, days=8) == 1
    assert (UnfinishedUpload.objects.count(), MaterialVersion.objects.count()) == (0, 1)


def test_bytes_without_a_row_go_after_a_day(
    drafter: Client, case: Case, bytes_here: Path, django_capture_on_commit_callbacks: Capture
) -> None:
    sent(drafter, announced(drafter, case).json(), 0)
    old, young = (unfinished.place_of(uuid4()) for _ in range(2))
    other = bytes_here / "notes.part"
    for place in (old, young, other):
        place.write_bytes(b"x")
    before = (clock.machine_now() - timedelta(hours=25)).timestamp()
    known = unfinished.place_of(UnfinishedUpload.objects.get().key)
    for place in (old, other, known):
        os.utime(place, (before, before))
    assert swept(django_capture_on_commit_callbacks, days=1) == 1
    assert sorted(bytes_here.glob("*")) == sorted([young, other, known])


def test_the_clock_runs_the_sweep(drafter: Client, case: Case, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from investreview.celery import SCHEDULE

    announced(drafter, case)
    settings.UNFINISHED_UPLOAD_DAYS = 2
    monkeypatch.setattr(clock, "now", lambda: START + timedelta(days=3))
    assert (tasks.sweep_old_uploads.name in SCHEDULE, tasks.sweep_old_uploads()) == (True, 1)
