"""States of database and files from which many tests begin: built once in a run, then taken up from a copy.

``kept`` is put around what builds a state. It takes up a copy only where the database is exactly as the kept builder
found it: a test's own transaction, in which nothing was written since it began or since the last ``kept``. Anywhere
else (PostgreSQL, a database of a test's own, a transaction around) it just builds. What took long to build is built
by one worker for all of them (``pool``).
"""

import os
import pickle
import shutil
import sqlite3
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.db.backends.signals import connection_created
from django.test import override_settings

from tests import pool

_MOST = 60
_LONG_SECONDS = 0.15
T = TypeVar("T")
P = ParamSpec("P")
_PLAIN = str | int | float | date | None  # members of an enumeration and moments are among them


@dataclass
class _State:
    """``handle`` holds the state ``name``, with ``files``, as long as it has counted no more ``changes``."""

    handle: Any
    name: tuple[Any, ...]
    changes: int
    files: Path | None = None


@dataclass(frozen=True)
class _Copy:
    """A kept state. ``name`` is what it is called as the beginning of another."""

    database: sqlite3.Connection
    value: bytes
    files: Path
    name: tuple[Any, ...]


@dataclass
class _Run:
    shared: Any = None
    state: _State | None = None


_run = _Run()
_kept: OrderedDict[tuple[Any, ...], _Copy] = OrderedDict()
_asked: set[tuple[Any, ...]] = set()


def begin() -> None:
    """A test begins: where no transaction is open, the shared database is in the state it was made in."""
    handle = connection.connection
    usable = connection.vendor == "sqlite" and handle is not None and not connection.in_atomic_block
    usable = usable and "mode=memory" in str(connection.settings_dict["NAME"])
    _run.shared, _run.state = (handle, _State(handle, (), handle.total_changes)) if usable else (None, None)


def leave() -> None:
    """A test ends, before its transaction is rolled back: the connection has the shared database again."""
    if _run.shared is not None and connection.connection is not _run.shared and _taken_up():
        connection.connection.close()
        connection.connection = _run.shared
    _run.shared = _run.state = None


def kept(build: Callable[[], T], *key: Any) -> T:
    """What ``build`` gives, and the database as it leaves it. ``key`` names all that ``build`` depends on.

    The value is pickled: each test has objects of its own. Kept is what takes long or is asked for a second time.
    """
    begun = _pristine()
    if begun is None:
        return build()
    name = (*begun, tuple(map(repr, key)))
    place = pool.place_of(name)
    if _is_kept(name, place):
        return _take_up(name)
    with pool.alone_at(place):
        if _is_kept(name, place):
            return _take_up(name)
        return _build(build, name, place)


def _is_kept(name: tuple[Any, ...], place: Path) -> bool:
    if name not in _kept and place.is_dir():
        state, value = ((place / each).read_bytes() for each in ("database", "value"))
        _remember(name, state, value, place / "files", name)
    return name in _kept


def _build(build: Callable[[], T], name: tuple[Any, ...], place: Path) -> T:
    """In a store of files of its own, so that these are known, beside those of the state before."""
    folder, began = pool.new_folder(), time.monotonic()
    files = folder / "files"
    files.mkdir()
    before = _run.state.files if _run.state else None
    if before is not None:
        shutil.copytree(before, files, copy_function=os.link, dirs_exist_ok=True)
    with override_settings(MEDIA_ROOT=files):
        value = build()
    _lay(files, settings.MEDIA_ROOT)
    handle = connection.connection
    is_long = time.monotonic() - began >= _LONG_SECONDS
    # Salts and keys differ from build to build: what follows one that only this worker has is this worker's too.
    built = name if is_long else (*name, uuid4().hex)
    if is_long or name in _asked:
        state, pickled = handle.serialize(), pickle.dumps(value)
        if is_long:
            (folder / "database").write_bytes(state)
            (folder / "value").write_bytes(pickled)
            files = folder.rename(place) / "files"
        _remember(name, state, pickled, files, built)
    _asked.add(name)
    _run.state = _State(handle, built, handle.total_changes, files)
    return value


def _lay(files: Path, store: Path) -> None:
    """The store holds the files too, as files of its own: what a test does to them is done to nobody else's."""
    shutil.copytree(files, store, copy_function=_copied, dirs_exist_ok=True)


def _copied(source: str, target: str) -> None:
    Path(target).unlink(missing_ok=True)
    shutil.copyfile(source, target)


def _remember(name: tuple[Any, ...], state: bytes, value: bytes, files: Path, built: tuple[Any, ...]) -> None:
    # What ``deserialize`` made cannot be serialized inside a transaction: it would tell what was committed.
    copy = sqlite3.connect(":memory:", check_same_thread=False)
    copy.deserialize(state)
    _kept[name] = _Copy(copy, value, files, built)
    while len(_kept) > _MOST:
        _kept.popitem(last=False)


def kept_step(step: Callable[P, T]) -> Callable[P, T]:
    """A step of a story, told to an object that carries ``case`` and its own time and is brought up to date by it.

    Arguments that do not say in their ``repr`` all that they are, such as functions, make it a step that is walked.
    """

    @wraps(step)
    def walked(*args: P.args, **kwargs: P.kwargs) -> T:
        story: Any = args[0]
        if not all(isinstance(each, _PLAIN) for each in (*args[1:], *kwargs.values())):
            return step(*args, **kwargs)
        value, after = kept(
            lambda: (step(*args, **kwargs), vars(story)),
            *(step.__module__, step.__name__, args[1:], sorted(kwargs.items()), story.case.pk, _said(story)),
        )
        vars(story).update(after)
        return value

    return walked


def _said(story: Any) -> list[tuple[str, Any]]:
    return sorted((name, value) for name, value in vars(story).items() if isinstance(value, _PLAIN))


def _pristine() -> tuple[Any, ...] | None:
    state = _run.state
    blocks = connection.atomic_blocks
    if state is None or not blocks or not all(block._from_testcase for block in blocks):
        return None
    handle = connection.connection
    return state.name if handle is state.handle and handle.total_changes == state.changes else None


def _take_up(name: tuple[Any, ...]) -> Any:
    kept_state = _kept[name]
    _kept.move_to_end(name)
    _lay(kept_state.files, settings.MEDIA_ROOT)
    handle = connection.get_new_connection(connection.get_connection_params() | {"database": ":memory:"})
    kept_state.database.backup(handle)
    if _taken_up():
        connection.connection.close()
    connection.connection = handle
    connection_created.send(sender=type(connection), connection=connection)
    handle.execute("BEGIN")
    for savepoint in filter(None, connection.savepoint_ids):
        handle.execute(f"SAVEPOINT {connection.ops.quote_name(savepoint)}")
    _run.state = _State(handle, kept_state.name, handle.total_changes, kept_state.files)
    return pickle.loads(kept_state.value)  # our own, of this process


def _taken_up() -> bool:
    """Whether the connection's handle is one that was opened here, and not that of a database of a test's own."""
    return _run.state is not None and connection.connection is _run.state.handle is not _run.shared
