"""This room's pages alone, on the day of the tests' story, in a founded commission."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from investreview.core import clock
from investreview.projects.models import Case
from tests.projects.pages import NAME, signed_in, typed
from tests.projects.pieces import PIECE, announced, sent
from tests.world import START, World, found_world

NAVIGATION = "investreview.desk.context.navigation"


@pytest.fixture
def own_site(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ROOT_URLCONF = "tests.projects.site"
    [engine] = settings.TEMPLATES
    processors = [each for each in engine["OPTIONS"]["context_processors"] if each != NAVIGATION]
    settings.TEMPLATES = [engine | {"OPTIONS": engine["OPTIONS"] | {"context_processors": processors}}]
    monkeypatch.setattr(clock, "now", lambda: START)


@pytest.fixture
def world(db: None) -> World:
    return found_world()


@pytest.fixture
def drafter(world: World) -> Client:
    return signed_in(world.group_drafter)


@pytest.fixture
def officer(world: World) -> Client:
    return signed_in(world.officer)


@pytest.fixture
def archivist(world: World) -> Client:
    return signed_in(world.archivist)


@pytest.fixture
def case(world: World, drafter: Client, own_site: None) -> Case:
    """An empty draft of the group, begun on the page."""
    form = typed(drafter.get("/projects/new/").content.decode())
    answer = drafter.post("/projects/new/", form | {"enterprise": world.group.pk, "name": NAME})
    return Case.objects.get(number=answer.url.split("/")[2])


@pytest.fixture
def elsewhere(world: World) -> World:
    """A second commission beside the first."""
    return found_world("HAZ", names="别处")


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    """A store of files of this test alone."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def bytes_here(settings: Any, tmp_path: Path) -> Path:
    """Where files in pieces arrive in this test."""
    settings.UNFINISHED_ROOT = tmp_path / "unfinished"
    return tmp_path / "unfinished"


@pytest.fixture
def where(drafter: Client, case: Case, bytes_here: Path) -> dict[str, Any]:
    """A file was announced and its first piece was taken; the answer to its announcement."""
    answer = announced(drafter, case).json()
    assert sent(drafter, answer, 0).json() == {"received": PIECE}
    return answer
