"""A founded commission, shared by the tests of a module; a second one beside it."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from investreview.core import clock
from tests.desk.sharing import founded_for_module
from tests.world import World, found_world


@pytest.fixture(scope="module")
def founded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with founded_for_module(django_db_blocker) as world:
        yield world


@pytest.fixture
def world(founded: World, db: None) -> World:
    clock.reset()
    return founded


@pytest.fixture
def elsewhere(world: World) -> World:
    return found_world("HAZ", names="别处")
