"""The folder of one demonstration: what belongs to it, and whether it was finished."""

import shutil
from pathlib import Path

FOLDERS = ("media", "documents", "uploads", "mail", "broker", "static")
FILES = (
    "demo.sqlite3",
    "demo.sqlite3-wal",
    "demo.sqlite3-shm",
    "summary.json",
    "heads.log",
    "beat-schedule",
    "worker.lock",
    "secret",
    "verification-secret",
    "investreview-source.zip",
)
LAST_WRITTEN = "summary.json"


def is_complete(folder: Path) -> bool:
    """Whether a demonstration was built here to its end."""
    return (folder / LAST_WRITTEN).is_file() and (folder / "demo.sqlite3").is_file()


def clear(folder: Path) -> None:
    """Nothing of an earlier demonstration is left in ``folder``; what is not ours stays."""
    for name in FILES:
        (folder / name).unlink(missing_ok=True)
    for name in FOLDERS:
        shutil.rmtree(folder / name, ignore_errors=True)


def prepare(folder: Path) -> None:
    """The folders that settings, uploads and mails expect are there."""
    for name in FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
