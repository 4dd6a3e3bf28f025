"""Databases of their own for tests that commit or use threads: a copy each, never a flush.

What a copy is made of is called by a file on SQLite, and on PostgreSQL by the name of a database.
"""

import pickle
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import connection, connections
from django.test import override_settings

from tests import pool

Template = Path | str


def keep_empty_copy(folder: Path) -> Template:
    """The freshly made test database as something to copy: PostgreSQL copies the database itself."""
    if connection.vendor == "postgresql":
        return str(connection.settings_dict["NAME"])
    connection.ensure_connection()
    file = folder / "template.sqlite3"
    with closing(sqlite3.connect(file)) as copy:
        connection.connection.backup(copy)
    return file


def own(template: Template, folder: Path) -> AbstractContextManager[str]:
    """Inside, each default connection is to a copy of ``template``; afterwards to the shared database again."""
    return _own_sqlite(template, folder) if isinstance(template, Path) else _own_postgres(template)


@contextmanager
def _own_sqlite(template: Path, folder: Path) -> Iterator[str]:
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
def _own_postgres(template: str) -> Iterator[str]:
    shared_name = connection.settings_dict["NAME"]
    name = _copied(template)
    connection.settings_dict["NAME"] = name
    try:
        yield name
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = shared_name
        _drop(name)


def _copied(template: str) -> str:
    """The name of a new copy. This process has left ``template`` then: PostgreSQL copies none that is in use."""
    name = f"test_{uuid4().hex}"
    connections.close_all()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return name


def _drop(name: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def found_once(found: Callable[[], Any], template: Template) -> tuple[Any, Template]:
    """What ``found`` gives and the database it filled: one worker of the run founds, the others take both.

    Its files lie in the store of files. What it gives is pickled.
    """
    place = pool.place_of((found.__module__, found.__qualname__, connection.vendor))
    with pool.alone_at(place):
        if not place.is_dir():
            folder = pool.new_folder()
            (folder / "files").mkdir()
            with own(template, folder) as name, override_settings(MEDIA_ROOT=folder / "files"):
                (folder / "value").write_bytes(pickle.dumps(found()))
                if connection.vendor == "postgresql":
                    (folder / "name").write_text(_copied(name))
            folder.rename(place)
    shutil.copytree(place / "files", settings.MEDIA_ROOT, copy_function=shutil.copyfile, dirs_exist_ok=True)
    value = pickle.loads((place / "value").read_bytes())  # our own, of this run
    kept = place / "name"
    return value, kept.read_text() if kept.exists() else place / "database.sqlite3"


def forget_founded() -> None:
    """What was founded on PostgreSQL in this run is gone; what lies in files goes with the pool."""
    for kept in pool.ROOT.glob("*/name"):
        _drop(kept.read_text())


def database_url() -> str:
    """The database of this test as another process is told of it."""
    kept = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{kept['NAME']}"
    port = f":{kept['PORT']}" if kept["PORT"] else ""
    return f"postgresql://{kept['USER']}:{kept['PASSWORD']}@{kept['HOST']}{port}/{kept['NAME']}"
