"""Three databases that nobody else knows: ``default``, and two copies of it that are filled with rows.

SQLite files lie in the run's temporary folder; on PostgreSQL they are made on the server of ``DATABASE_URL`` and
dropped at the end; of what was there before, only the database that DATABASE_URL names is opened, to make them.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from contextvars import ContextVar
from typing import Any

from django.core.management import call_command
from django.db import connections

_current: ContextVar[str] = ContextVar("database", default="default")
COPIES = ("small", "large")


class Router:
    """Every query goes to the database that ``at`` names."""

    def db_for_read(self, model: type, **hints: Any) -> str:
        return _current.get()

    def db_for_write(self, model: type, **hints: Any) -> str:
        return _current.get()

    def allow_relation(self, obj1: object, obj2: object, **hints: Any) -> bool:
        return True


@contextmanager
def at(alias: str) -> Iterator[None]:
    """Inside, every query goes to this database."""
    token = _current.set(alias)
    try:
        yield
    finally:
        _current.reset(token)


@contextmanager
def made() -> Iterator[None]:
    """Inside, the default database has all tables and no rows; afterwards none of the three is left."""
    if connections["default"].vendor == "postgresql":
        _on_server(f'CREATE DATABASE "{_name("default")}"')
    try:
        call_command("migrate", interactive=False, verbosity=0)
        yield
    finally:
        connections.close_all()
        if connections["default"].vendor == "postgresql":
            for alias in ("default", *COPIES):
                _on_server(f'DROP DATABASE IF EXISTS "{_name(alias)}" WITH (FORCE)')


def copy_default() -> None:
    """The two copies hold what the default database holds."""
    connections.close_all()
    for alias in COPIES:
        if connections["default"].vendor == "postgresql":
            _on_server(f'CREATE DATABASE "{_name(alias)}" TEMPLATE "{_name("default")}"')
            continue
        with closing(sqlite3.connect(_name("default"))) as source, closing(sqlite3.connect(_name(alias))) as target:
            source.backup(target)


def gather_statistics() -> None:
    """The planner knows the rows of the copies, where a server would have told it by itself; nobody tells SQLite."""
    for alias in COPIES:
        if connections[alias].vendor == "sqlite":
            continue
        with connections[alias].cursor() as cursor:
            cursor.execute("ANALYZE")


def version() -> str:
    """The database in words."""
    connection = connections["default"]
    if connection.vendor == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0]}"


def _name(alias: str) -> str:
    return str(connections[alias].settings_dict["NAME"])


def _on_server(statement: str) -> None:
    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(statement.encode())
