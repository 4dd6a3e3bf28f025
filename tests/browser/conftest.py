"""One browser for all tests here, and the site served to it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from playwright.sync_api import Browser, expect, sync_playwright

from investreview.core import clock
from tests import databases, servers
from tests.browser.house import found_house, found_house_with_panels
from tests.browser.serving import served
from tests.browser.window import PATIENCE_MS

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium, without a window, asking no host by itself.

    Playwright keeps an event loop in this thread while it runs; Django would refuse the database beside it.
    """
    expect.set_options(timeout=PATIENCE_MS)
    if connection.vendor == "postgresql":
        connections.close_all()  # beside that loop others are opened; an open one keeps the database from being copied
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = playwright.chromium.launch(executable_path=servers.chromium(), args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def house(empty_database: Any, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a commission at work, on a database of this module alone."""
    with _opened(found_house, empty_database, django_db_blocker, tmp_path_factory.mktemp("house")) as address:
        yield address


@pytest.fixture(scope="module")
def house_with_panels(
    empty_database: Any, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The same with panels that run."""
    found, folder = found_house_with_panels, tmp_path_factory.mktemp("house")
    with _opened(found, empty_database, django_db_blocker, folder) as address:
        yield address


@contextmanager
def _opened(found: Callable[[], object], empty_database: Any, blocker: Any, folder: Path) -> Iterator[str]:
    with blocker.unblock(), _founded(found, empty_database, folder), served() as address:
        Client().get("/sign-in/")  # the templates are read before a browser counts the seconds
        yield address


@contextmanager
def _founded(found: Callable[[], object], empty_database: Any, folder: Path) -> Iterator[None]:
    with databases.own(databases.found_once(found, empty_database)[1], folder):
        clock.reset()
        yield
