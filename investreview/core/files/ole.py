"""The old binary container (OLE 复合文档) of WPS 文字 and WPS 表格."""

import struct
from collections.abc import Iterator
from typing import IO

from investreview.core.errors import Invalid
from investreview.core.files.kinds import FileKind

_END = 0xFFFFFFFA  # from here on sector numbers are marks, not sectors
_ENTRY = 128
_HEADER_DIFAT = 109
_MACROS = frozenset({"Macros", "_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA"})
_ENCRYPTED = frozenset({"EncryptedPackage", "EncryptionInfo"})


def kind_of(file: IO[bytes]) -> FileKind:
    """WPS for a text, ET for a table; the extension is compared afterwards, so a .doc or .xls is told to save anew.

    Raises: Invalid (file_damaged, file_encrypted, file_macros, file_kind_unknown_office).
    """
    try:
        names = set(_entry_names(file))
    except (struct.error, ValueError) as error:
        raise Invalid("file_damaged") from error
    if names & _ENCRYPTED:
        raise Invalid("file_encrypted")
    if names & _MACROS:
        raise Invalid("file_macros")
    if "WordDocument" in names:
        return FileKind.WPS
    if names & {"Workbook", "Book"}:
        return FileKind.ET
    raise Invalid("file_kind_unknown_office")


def _entry_names(file: IO[bytes]) -> Iterator[str]:
    file.seek(0)
    header = file.read(512)
    (shift,) = struct.unpack_from("<H", header, 30)
    if shift not in (9, 12):
        raise ValueError(f"sector shift {shift}")
    size = 1 << shift
    (fat_count,) = struct.unpack_from("<I", header, 44)
    (sector,) = struct.unpack_from("<I", header, 48)
    fat_sectors = struct.unpack_from(f"<{_HEADER_DIFAT}I", header, 76)[: min(fat_count, _HEADER_DIFAT)]
    seen: set[int] = set()
    while sector < _END:
        if sector in seen:
            raise ValueError("the directory runs in a circle")
        seen.add(sector)
        directory = _sector(file, sector, size)
        for start in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            (length,) = struct.unpack_from("<H", directory, start + 64)
            if 2 < length <= 64:
                yield directory[start : start + length - 2].decode("utf-16-le", errors="replace")
        sector = _next(file, sector, size, fat_sectors)


def _sector(file: IO[bytes], number: int, size: int) -> bytes:
    file.seek((number + 1) * size)
    data = file.read(size)
    if len(data) < _ENTRY:
        raise ValueError("the directory lies outside the file")
    return data


def _next(file: IO[bytes], sector: int, size: int, fat_sectors: tuple[int, ...]) -> int:
    place, within = divmod(sector, size // 4)
    if place >= len(fat_sectors):  # a directory beyond 7 MB of a file with more than 109 table sectors
        raise ValueError("the directory lies too far back")
    following: tuple[int] = struct.unpack_from("<I", _sector(file, fat_sectors[place], size), within * 4)
    return following[0]
