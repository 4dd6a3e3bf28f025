"""The folder of one demonstration: what belongs to it, and whether it was finished."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FOLDERS = ("media", "documents", "draws", "ledgers", "uploads", "unfinished", "mail", "broker", "static")
FILES = (
    "demo.sqlite3",
    "demo.sqlite3-wal",
    "demo.sqlite3-shm",
    "summary.json",
    "heads.log",
    "worker.lock",
    "secret",
    "verification-secret",
    "draw-secret",
    "investreview-source.zip",
)
BEAT = "beat-schedule*"
"""One file or several, as the machine's dbm keeps them."""
WRITTEN = ".can-write"
LAST_WRITTEN = "summary.json"


def is_complete(folder: Path) -> bool:
    """Whether a demonstration was built here to its end."""
    return (folder / LAST_WRITTEN).is_file()


def has_own_database(folder: Path) -> bool:
    """Whether the database of the demonstration lies in the folder, and on no server."""
    return (folder / "demo.sqlite3").is_file()


def is_running(folder: Path) -> bool:
    """Whether the worker of another start still reads this folder."""
    lock = folder / "worker.lock"
    if not lock.is_file():
        return False
    with lock.open() as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


class CannotWrite(Exception):
    """The folder cannot be written; the text says what the system answered."""


def clear(folder: Path) -> None:
    """Nothing of an earlier demonstration is left in ``folder``; what is not ours stays. Raises: CannotWrite."""
    if not folder.is_dir():
        return
    with _written():
        for file in [*(folder / name for name in FILES), *folder.glob(BEAT)]:
            file.unlink(missing_ok=True)
    for name in FOLDERS:
        shutil.rmtree(folder / name, ignore_errors=True)


def prepare(folder: Path) -> None:
    """The folders that settings, uploads and mails expect are there. Raises: CannotWrite."""
    with _written():
        for name in FOLDERS:
            (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / WRITTEN).touch()
        (folder / WRITTEN).unlink()


@contextmanager
def _written() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CannotWrite(error.strerror) from error
