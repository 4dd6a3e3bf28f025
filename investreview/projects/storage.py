"""Where uploaded files lie: under names of ours, each with its SHA-256 noted; nothing is overwritten."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from uuid import uuid4

from django.conf import settings

from investreview.core.errors import Invalid
from investreview.core.files import FileFacts, inspect_upload
from investreview.core.text import safe_filename

PIECE = 1024 * 1024


@dataclass(frozen=True)
class KeptFile:
    """A file in the store: what it is, what it was called, under which name of ours it lies."""

    facts: FileFacts
    name: str
    storage_name: str


def keep_file(file: IO[bytes], *, name: str, folder: str, limit: int) -> KeptFile:
    """The inspected file lies in the store. Units: ``limit`` in bytes.

    A file whose row was never committed is never served. Raises: Invalid with the code of the fault (core.files).
    """
    facts = inspect_upload(file, name=name, limit=limit)
    storage_name = put_in_store(file, folder=folder, extension=facts.kind.lower())
    return KeptFile(facts=facts, name=safe_filename(name), storage_name=storage_name)


def put_in_store(file: IO[bytes], *, folder: str, extension: str) -> str:
    """The name under which the bytes of ``file`` lie from now on."""
    storage_name = f"{folder}/{uuid4().hex}.{extension}"
    target = Path(settings.MEDIA_ROOT) / storage_name
    target.parent.mkdir(parents=True, exist_ok=True)
    file.seek(0)
    with target.open("wb") as out:
        shutil.copyfileobj(file, out, PIECE)
    return storage_name


def stored_place(storage_name: str, *, name: str, sha256: str) -> Path:
    """Where the file lies.

    Raises: Invalid (projects_file_gone) when the store has lost it.
    """
    place = Path(settings.MEDIA_ROOT) / storage_name
    if not place.is_file():
        raise Invalid("projects_file_gone", name=name, sha256=sha256[:16])
    return place


def remove_from_store(storage_name: str) -> None:
    """The file is gone; one that already was stays so."""
    (Path(settings.MEDIA_ROOT) / storage_name).unlink(missing_ok=True)
