"""The table of contents of a ZIP: what it promises is bounded, unambiguous and stays inside its folder."""

import stat
import struct
import zipfile
from collections.abc import Sequence
from itertools import pairwise
from typing import IO

from investreview.core.characters import is_control, is_invisible, is_unstorable, visible
from investreview.core.errors import Invalid

ENTRY_LIMIT = 10_000
DIRECTORY_BYTES = 16 * 1024**2
UNPACKED_LIMIT = 2 * 1024**3
RATIO_LIMIT = 100
RATIO_FROM = 50 * 1024**2  # a smaller archive may be as dense as it likes
_LOCAL_HEADER = 30
_END = b"PK\x05\x06"
_END_SIZE = 22
_LONGEST_COMMENT = 65_535
_ENCRYPTED = 0x1
_UTF8 = 0x800


def check_end(file: IO[bytes]) -> None:
    """The archive ends where the file ends, and its table of contents is small enough to be read.

    Raises: Invalid (file_damaged, file_polyglot, file_archive_too_many).
    """
    size = file.seek(0, 2)
    tail_size = min(size, _END_SIZE + _LONGEST_COMMENT)
    file.seek(size - tail_size)
    tail = file.read(tail_size)
    start = tail.rfind(_END)
    if start < 0 or len(tail) - start < _END_SIZE:
        raise Invalid("file_damaged")
    directory_size, _offset, comment_size = struct.unpack_from("<IIH", tail, start + 12)
    if start + _END_SIZE + comment_size != len(tail):
        raise Invalid("file_polyglot")
    if directory_size > DIRECTORY_BYTES:
        raise Invalid("file_archive_too_many", limit=ENTRY_LIMIT)


def check_directory(entries: Sequence[zipfile.ZipInfo]) -> None:
    """The entries are few, plain, apart from each other, and together not much larger than the file.

    Raises: Invalid (file_archive_*, file_encrypted, file_polyglot).
    """
    if not entries:
        raise Invalid("file_archive_empty")
    if len(entries) > ENTRY_LIMIT:
        raise Invalid("file_archive_too_many", limit=ENTRY_LIMIT)
    seen: set[str] = set()
    for entry in entries:
        _check_entry(entry)
        name = entry.filename.casefold()
        if name in seen:
            raise Invalid("file_archive_duplicate", entry=visible(entry.filename)[:100])
        seen.add(name)
    _check_sizes(entries)
    _check_places(entries)


def _check_entry(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & _ENCRYPTED:
        raise Invalid("file_encrypted")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Invalid("file_archive_method")
    name = _readable_name(entry)
    parts = name.replace("\\", "/").split("/")
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    if (
        is_link
        or ".." in parts
        or not parts[0]
        or parts[0].endswith(":")
        or any(is_control(each) or is_invisible(each) or is_unstorable(each) for each in name)
    ):
        raise Invalid("file_archive_unsafe_name", entry=visible(name)[:100])


def _readable_name(entry: zipfile.ZipInfo) -> str:
    """The name; Chinese Windows writes it in GBK, where a backslash may be half of a character."""
    name = entry.orig_filename
    if entry.flag_bits & _UTF8:
        return name
    try:
        return name.encode("cp437").decode("gb18030")
    except UnicodeError:
        return name


def _check_sizes(entries: Sequence[zipfile.ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > UNPACKED_LIMIT or (unpacked > RATIO_FROM and unpacked > RATIO_LIMIT * packed):
        raise Invalid("file_archive_bomb", unpacked=unpacked // 1024**2)


def _check_places(entries: Sequence[zipfile.ZipInfo]) -> None:
    """Nothing before the first entry, and no entry inside another (one small body counted a thousand times)."""
    in_order = sorted(entries, key=lambda entry: entry.header_offset)
    if in_order[0].header_offset:
        raise Invalid("file_polyglot")
    for entry, following in pairwise(in_order):
        if following.header_offset - entry.header_offset < _LOCAL_HEADER + entry.compress_size:
            raise Invalid("file_archive_bomb", unpacked=sum(each.file_size for each in entries) // 1024**2)
