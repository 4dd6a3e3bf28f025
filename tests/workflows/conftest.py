"""A founded commission for the tests of the engine."""

import pytest

from tests.world import World, found_world


@pytest.fixture
def world(db: None) -> World:
    return found_world()
