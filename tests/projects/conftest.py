"""This room's pages alone, on the day of the tests' story, in a founded commission."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from investreview.core import clock
from investreview.projects.models import Case
from tests.projects.pages import NAME, signed_in, typed
from tests.world import START, World, found_world

NAVIGATION = "investreview.desk.context.navigation"


@pytest.fixture
def own_site(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ROOT_URLCONF = "tests.projects.site"
    [engine] = settings.TEMPLATES
    processors = [each for each in engine["OPTIONS"]["context_processors"] if each != NAVIGATION]
    settings.TEMPLATES = [engine | {"OPTIONS": engine["OPTIONS"] | {"context_processors": processors}}]
    monkeypatch.setattr(clock, "now", lambda: START)


@pytest.fixture(scope="module")
def founded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The commission founded once for a module; each test's own transaction lies inside this one."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield found_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(founded: World, db: None) -> World:
    return copy.deepcopy(founded)


@pytest.fixture
def drafter(world: World) -> Client:
    return signed_in(world.group_drafter)


@pytest.fixture
def case(world: World, drafter: Client, own_site: None) -> Case:
    """An empty draft of the group, begun on the page."""
    form = typed(drafter.get("/projects/new/").content.decode())
    answer = drafter.post("/projects/new/", form | {"enterprise": world.group.pk, "name": NAME})
    return Case.objects.get(number=answer.url.split("/")[2])
