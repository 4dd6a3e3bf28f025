"""Databases of their own for tests that commit or use threads: a copy each, never a flush."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

from django.db import connection, connections


def keep_empty_copy(folder: Path) -> Path | None:
    """On SQLite the file that holds the freshly made test database; elsewhere nothing: PostgreSQL copies itself."""
    if connection.vendor != "sqlite":
        return None
    connection.ensure_connection()
    file = folder / "template.sqlite3"
    with closing(sqlite3.connect(file)) as copy:
        connection.connection.backup(copy)
    return file


@contextmanager
def own_sqlite(template: Path, folder: Path) -> Iterator[str]:
    """Inside, every thread's default connection is a file of its own; afterwards the shared database again."""
    file = folder / "database.sqlite3"
    shutil.copyfile(template, file)
    shared, shared_name = connection.connection, connection.settings_dict["NAME"]
    connection.connection = None
    connection.settings_dict["NAME"] = str(file)
    try:
        yield str(file)
    finally:
        connection.close()
        connection.connection = shared
        connection.settings_dict["NAME"] = shared_name


@contextmanager
def own_postgres() -> Iterator[str]:
    """Inside, every thread's default connection is a copy of the test database; afterwards the copy is gone."""
    shared_name = connection.settings_dict["NAME"]
    name = f"{shared_name}_{uuid4().hex[:8]}"
    connections.close_all()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{shared_name}"')
    connection.settings_dict["NAME"] = name
    try:
        yield name
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = shared_name
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
