"""The site is founded once, in a database of its own; every module gets a copy, every request is taken back."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction

from investreview.core import clock
from tests import databases
from tests.authorization.answers import as_of_a_test
from tests.authorization.site import Site, found_site


@pytest.fixture(scope="session")
def founded(empty_database: Path | None, django_db_blocker) -> Iterator[tuple[Site, Path | str]]:
    """The site, and what its database is copied from: a file, or the name of a database."""
    with django_db_blocker.unblock(), ExitStack() as ending:
        if empty_database is None:
            with databases.own_postgres() as name:
                site = found_site()
                kept = ending.enter_context(_kept_postgres(name))
        else:
            site, kept = databases.found_once(found_site, empty_database)
        yield site, kept


@contextmanager
def _kept_postgres(name: str) -> Iterator[str]:
    """A copy of the database ``name`` that stays until the end."""
    kept = f"{name}_{uuid4().hex[:8]}"
    _on_postgres(f'CREATE DATABASE "{kept}" TEMPLATE "{name}"')
    try:
        yield kept
    finally:
        _on_postgres(f'DROP DATABASE "{kept}" WITH (FORCE)')


def _on_postgres(statement: str) -> None:
    connections.close_all()
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture(scope="module")
def opened(
    founded: tuple[Site, Path | str], django_db_blocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The site in a copy of its database, which no test of the module changes."""
    found, kept = founded
    with django_db_blocker.unblock(), _copy(kept, tmp_path_factory.mktemp("site")):
        yield found


@pytest.fixture
def site(opened: Site, real_time: None) -> Iterator[Site]:
    """The site on the fourth day; whatever a test does beside its requests is taken back too."""
    clock.reset()
    with as_of_a_test(transaction.atomic()):
        yield opened
        transaction.set_rollback(True)
    clock.reset()


@contextmanager
def _copy(kept: Path | str, folder: Path) -> Iterator[str]:
    if isinstance(kept, Path):
        with databases.own_sqlite(kept, folder) as name:
            yield name
        return
    shared = connection.settings_dict["NAME"]
    connections.close_all()
    connection.settings_dict["NAME"] = kept
    try:
        with databases.own_postgres() as name:
            yield name
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = shared
