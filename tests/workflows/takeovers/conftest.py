"""A founded commission for the tests of the take-over; a second one beside it."""

import pytest

from tests.world import World, found_world


@pytest.fixture
def world(db: None) -> World:
    return found_world()


@pytest.fixture
def elsewhere(world: World) -> World:
    return found_world("HAZ", names="别处")
