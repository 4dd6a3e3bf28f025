"""The house of a ceremony, rolled back after each test or in a database of the test's own."""

from pathlib import Path

import pytest

from tests.draws.house import House, found_house


@pytest.fixture(autouse=True)
def heads_log(settings, tmp_path: Path) -> Path:
    settings.HEADS_LOG = tmp_path / "heads.log"
    return settings.HEADS_LOG


@pytest.fixture
def house(db: None) -> House:
    return found_house()


@pytest.fixture
def own_house(file_database: str) -> House:
    return found_house()
