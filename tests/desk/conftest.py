"""A founded commission; a second one beside it."""

import pytest

from tests.desk.sharing import founded
from tests.world import World, found_world


@pytest.fixture
def world(db: None) -> World:
    return founded()


@pytest.fixture
def elsewhere(world: World) -> World:
    return found_world("HAZ", names="别处")
