"""A founded commission, a second one beside it, and browsers of its people, on the twelfth day of the story."""

from collections.abc import Iterator

import pytest

from investreview.core import clock
from tests.world import World, found_world, later


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """Every step of ``drive`` lies in the past of the pages."""
    founded = found_world(names="本委")
    clock.reset()
    clock.start_demonstration(later(12))
    yield founded
    clock.reset()


@pytest.fixture
def elsewhere(world: World) -> World:
    return found_world("HAZ", names="别处")
