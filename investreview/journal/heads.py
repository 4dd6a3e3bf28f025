"""Heads of chains outside the database: one line per sealing, ``chain seq hash time``, parted by tabs.

Whoever can change the database cannot make a shorter or other chain agree with a head that lies elsewhere.
"""

import os
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from investreview.core.errors import Invalid
from investreview.journal.canonical import instant

_LINE = re.compile(r"(?P<chain>[^\t]+)\t(?P<seq>[1-9][0-9]{0,17})\t(?P<hash>[0-9a-f]{64})(?:\t[^\t]*)?")


@dataclass(frozen=True)
class Head:
    """That the entry in place ``seq`` of ``chain`` had this hash."""

    chain: str
    seq: int
    hash: str


def append_head(path: Path, head: Head, *, at: datetime) -> None:
    """The head is on the disk, below all earlier ones.

    Raises: OSError when the file cannot be written.
    """
    line = f"{head.chain}\t{head.seq}\t{head.hash}\t{instant(at)}\n".encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    try:
        os.write(descriptor, line)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_heads(path: Path) -> tuple[Head, ...]:
    """Every head the file holds.

    Raises: Invalid (journal_heads_missing, journal_heads_not_read) naming the file or the line.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid("journal_heads_missing", path=str(path)) from error
    heads = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        parts = _LINE.fullmatch(line)
        if parts is None:
            raise Invalid("journal_heads_not_read", path=str(path), line=number)
        heads.append(Head(parts["chain"], int(parts["seq"]), parts["hash"]))
    return tuple(heads)
