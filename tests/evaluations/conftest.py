"""The house of these tests."""

from pathlib import Path

import pytest

from tests.evaluations.house import found_house
from tests.world import World


@pytest.fixture(autouse=True)
def heads_log(settings, tmp_path: Path) -> None:
    settings.HEADS_LOG = tmp_path / "heads.log"


@pytest.fixture
def world(db: None) -> World:
    return found_house()
