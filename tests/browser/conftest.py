"""One browser for all tests here, and the site served to it."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import databases, servers
from tests.browser.house import found_house
from tests.browser.serving import served

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
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = playwright.chromium.launch(executable_path=servers.chromium(), args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def house(empty_database: Any, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a commission at work, on a database of this module alone."""
    folder = tmp_path_factory.mktemp("house")
    own = databases.own_postgres() if empty_database is None else databases.own_sqlite(empty_database, folder)
    with django_db_blocker.unblock(), own:
        found_house()
        with served() as address:
            yield address
