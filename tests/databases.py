"""Databases of their own for tests that commit or use threads: a copy each, never a flush."""

import pickle
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import connection, connections
from django.test import override_settings

from tests import pool


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


def found_once(found: Callable[[], Any], template: Path) -> tuple[Any, Path]:
    """What ``found`` gives and the SQLite file it filled: one worker of the run founds, the others take both.

    Its files lie in the store of files. What it gives is pickled.
    """
    place = pool.place_of((found.__module__, found.__qualname__))
    with pool.alone_at(place):
        if not place.is_dir():
            folder = pool.new_folder()
            (folder / "files").mkdir()
            with own_sqlite(template, folder), override_settings(MEDIA_ROOT=folder / "files"):
                (folder / "value").write_bytes(pickle.dumps(found()))
            folder.rename(place)
    shutil.copytree(place / "files", settings.MEDIA_ROOT, copy_function=shutil.copyfile, dirs_exist_ok=True)
    return pickle.loads((place / "value").read_bytes()), place / "database.sqlite3"  # our own, of this run


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


def database_url() -> str:
    """The database of this test as another process is told of it."""
    kept = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{kept['NAME']}"
    port = f":{kept['PORT']}" if kept["PORT"] else ""
    return f"postgresql://{kept['USER']}:{kept['PASSWORD']}@{kept['HOST']}{port}/{kept['NAME']}"
