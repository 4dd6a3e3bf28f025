"""One founded commission from which the tests of many pages begin."""

from investreview.core import clock
from tests.states import kept
from tests.world import World, found_world, later


def founded() -> World:
    """The commission, on the twelfth day of the story: every step of ``drive`` lies in the past of the pages."""
    world = kept(_found, "on the twelfth day")
    clock.reset()
    return world


def _found() -> World:
    world = found_world(names="本委")
    clock.reset()
    clock.start_demonstration(later(12))
    return world
