"""What every test may ask for: databases of its own, and the marks that name a server.

``postgres``: only on PostgreSQL. ``both_databases``: on SQLite, and once more on PostgreSQL in every full run.
"""

import math
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.core.handlers.base import BaseHandler
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation
from pytest_django.fixtures import _get_databases_for_setup
from pytest_django.plugin import blocking_manager_key

from investreview.core import clock
from tests import databases, depth, pool, servers, states

hypothesis.settings.register_profile("default", max_examples=25, deadline=None)
hypothesis.settings.register_profile("all", max_examples=500, deadline=None)
hypothesis.settings.load_profile(depth.PROFILE)

LONG = {"flows", "demo", "faults"}
DATABASE_FIXTURES = {"db", "transactional_db", "file_database", "live_server", "django_db_setup", "demonstration"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--without-database", action="store_true", help="only tests that need no database or server")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    dropped = [item for item in items if not _belongs(item, without_database=config.getoption("without_database"))]
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = [item for item in items if item not in set(dropped)]
    items.sort(key=_is_short)
    for item in items:
        for name in ("redis", "rabbitmq", "browser"):
            why = servers.missing(name) if item.get_closest_marker(name) else ""
            if why and name in servers.required():
                raise pytest.UsageError(f"REQUIRE names {name}, but {why}")
            if why:
                item.add_marker(pytest.mark.skip(reason=why))


def _is_short(item: pytest.Item) -> bool:
    """Whatever takes long comes first, so that no worker is left alone with it at the end."""
    return not (item.get_closest_marker("browser") or item.path.parent.name in LONG)


def _belongs(item: pytest.Item, *, without_database: bool) -> bool:
    marks = {mark.name for mark in item.iter_markers()}
    if "postgres" in marks and not servers.postgres_url():
        return False
    needs = DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())) or marks & {
        "django_db",
        "redis",
        "rabbitmq",
        "browser",
    }
    return not (without_database and needs)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if not hasattr(session.config, "workerinput") and not pool.STAYS:
        with session.config.stash[blocking_manager_key].unblock():
            databases.forget_founded()
        pool.clear()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    translation.deactivate()  # the language of another test's last page
    states.begin()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    states.leave()


@pytest.fixture(scope="session")
def empty_database(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[databases.Template]:
    """The test database as it was made, kept for copies.

    pytest-django 4.14 makes none when no test of the run asks for ``db``; then it is made here.
    """
    asked, _ = _get_databases_for_setup(request.session.items)
    with django_db_blocker.unblock():
        made = [] if asked else setup_databases(verbosity=0, interactive=False, aliases={"default"})
        yield databases.keep_empty_copy(tmp_path_factory.mktemp("databases"))
        teardown_databases(made, verbosity=0)


@pytest.fixture
def file_database(empty_database: databases.Template, django_db_blocker, tmp_path: Path) -> Iterator[str]:
    """A database of this test alone, seen by all its threads, in which commits are real. Instead of ``db``."""
    with django_db_blocker.unblock(), databases.own(empty_database, tmp_path) as name:
        yield name


@pytest.fixture(autouse=True)
def real_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """No demonstration clock of another test is remembered, and asking the time costs no query."""
    monkeypatch.setattr(clock, "_last", clock._Reading(None, math.inf))


@pytest.fixture(autouse=True)
def keep_the_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that a test closes itself does not take the connection with the test's transaction along."""
    close = BaseDatabaseWrapper.close_if_unusable_or_obsolete

    def close_outside(self: BaseDatabaseWrapper) -> None:
        if not self.in_atomic_block:
            close(self)

    monkeypatch.setattr(BaseDatabaseWrapper, "close_if_unusable_or_obsolete", close_outside)


@pytest.fixture(autouse=True)
def locks_are_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """A request that locks a row outside a transaction of its own fails in every test, as on PostgreSQL in life."""
    answer, compile_query = BaseHandler.get_response, SQLCompiler.as_sql
    answering = threading.local()

    def get_response(self: BaseHandler, request: HttpRequest) -> HttpResponseBase:
        answering.now = True
        try:
            return answer(self, request)
        finally:
            answering.now = False

    def as_sql(self: SQLCompiler, *args: Any, **kwargs: Any) -> Any:
        if self.query.select_for_update and getattr(answering, "now", False):
            own = [block for block in self.connection.atomic_blocks if not block._from_testcase]
            assert own, f"{self.query.get_meta().label} is locked outside a transaction"
        return compile_query(self, *args, **kwargs)

    monkeypatch.setattr(BaseHandler, "get_response", get_response)
    monkeypatch.setattr(SQLCompiler, "as_sql", as_sql)


@pytest.fixture
def on_postgres() -> bool:
    """Whether this run is on PostgreSQL."""
    return connection.vendor == "postgresql"
