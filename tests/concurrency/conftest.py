"""A founded commission on a database of the test's own, in which commits are real."""

import pytest

from investreview.documents import waking
from tests.world import World, found_world


@pytest.fixture(autouse=True)
def no_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    """What wakes a worker is left out: these tests are about the rows."""
    monkeypatch.setattr(waking, "_publish", lambda task, row_id: None)


@pytest.fixture
def world(file_database: str) -> World:
    return found_world()
