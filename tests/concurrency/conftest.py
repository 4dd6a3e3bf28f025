"""A founded commission on a database of the test's own, in which commits are real."""

from pathlib import Path

import pytest

from investreview.documents import waking
from tests.world import World, found_world


@pytest.fixture(autouse=True)
def no_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    """What wakes a worker is left out: these tests are about the rows."""
    monkeypatch.setattr(waking, "_publish", lambda task, row_id: None)


@pytest.fixture(autouse=True)
def heads_log(settings, tmp_path: Path) -> Path:
    settings.HEADS_LOG = tmp_path / "heads.log"
    return settings.HEADS_LOG


@pytest.fixture
def world(file_database: str) -> World:
    return found_world()
