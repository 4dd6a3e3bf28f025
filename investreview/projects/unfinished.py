"""The bytes of files that come in pieces: beside the store of files, under keys of ours, never served.

They pass through in blocks: however large the file, no more than one block of it is in memory.
"""

import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Protocol
from uuid import UUID
from zlib import crc32

from django.conf import settings

from investreview.core.errors import Busy, Invalid

BLOCK = 64 * 1024
ENDING = ".part"
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class Readable(Protocol):
    """What can be read in blocks: a request, a file."""

    def read(self, size: int, /) -> bytes:
        """At most ``size`` bytes, nothing at the end."""


@contextmanager
def full_disk_is_told() -> Iterator[None]:
    """Inside, a disk without room is told as such. Raises: Busy (projects_upload_no_room)."""
    try:
        yield
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise Busy("projects_upload_no_room") from error


@contextmanager
def spooled(stream: Readable) -> Iterator[IO[bytes]]:
    """One piece, whole on disk while inside and gone afterwards.

    Raises: Invalid (projects_upload_piece_too_long), Busy (projects_upload_no_room).
    """
    _root().mkdir(parents=True, exist_ok=True)
    with full_disk_is_told(), tempfile.TemporaryFile(dir=_root()) as piece:
        length = 0
        while block := stream.read(BLOCK):
            length += len(block)
            if length > settings.UPLOAD_PIECE_BYTES:
                raise Invalid("projects_upload_piece_too_long", limit=settings.UPLOAD_PIECE_BYTES)
            piece.write(block)
        piece.seek(0)
        yield piece


def append(key: UUID, piece: IO[bytes], *, at: int, checksum: int) -> int:
    """The piece stands on disk from byte ``at`` on; the checksum (CRC-32) of all bytes up to its end.

    Whatever an earlier try left behind ``at`` is overwritten or cut off. Raises: Busy (projects_upload_no_room).
    """
    descriptor = os.open(place_of(key), os.O_RDWR | os.O_CREAT, 0o640)
    with full_disk_is_told(), os.fdopen(descriptor, "r+b") as file:
        file.truncate(at)
        file.seek(at)
        while block := piece.read(BLOCK):
            file.write(block)
            checksum = crc32(block, checksum)
        file.flush()
        os.fsync(file.fileno())
    return checksum


def has(key: UUID, length: int) -> bool:
    """Whether the disk still holds the first ``length`` bytes."""
    place = place_of(key)
    return length == 0 or (place.is_file() and place.stat().st_size >= length)


def place_of(key: UUID) -> Path:
    """Where the bytes lie."""
    return _root() / f"{key.hex}{ENDING}"


def remove(key: UUID) -> None:
    """The bytes are gone; those that already were stay so."""
    place_of(key).unlink(missing_ok=True)


def remove_strangers(is_known: Callable[[UUID], bool], *, before: datetime) -> int:
    """Bytes that no row speaks of and nobody touched since ``before`` (machine time) are gone; returns how many."""
    count = 0
    for place in _root().glob(f"*{ENDING}"):
        try:
            key, is_old = UUID(place.stem), place.stat().st_mtime < before.timestamp()
        except (ValueError, FileNotFoundError):
            continue
        if is_old and not is_known(key):
            place.unlink(missing_ok=True)
            count += 1
    return count


def has_room_for(size: int) -> bool:
    """Whether the disk has room for so many bytes, twice: as they come, and once more in the store."""
    _root().mkdir(parents=True, exist_ok=True)
    return shutil.disk_usage(_root()).free >= 2 * size


def _root() -> Path:
    return Path(settings.UNFINISHED_ROOT)
