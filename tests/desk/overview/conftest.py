"""The founded commission of the desk, a second one beside it, and a folder for files."""

from pathlib import Path
from typing import Any

import pytest

from tests.desk.sharing import founded
from tests.world import World, found_world


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all of them, so that what was built once can be taken up again with its files."""
    return tmp_path_factory.mktemp("overview")


@pytest.fixture(autouse=True)
def media(settings: Any, folder: Path) -> None:
    settings.MEDIA_ROOT = folder / "media"


@pytest.fixture
def world(db: None) -> World:
    return founded()


@pytest.fixture
def elsewhere(world: World) -> World:
    return found_world("HAZ", names="别处")
