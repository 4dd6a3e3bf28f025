"""ZIP, and what is built on it: DOCX, XLSX, OFD."""

import zipfile
import zlib
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import IO

from investreview.core.characters import visible
from investreview.core.errors import Invalid
from investreview.core.files import office, pdf
from investreview.core.files.directory import check_directory, check_end
from investreview.core.files.kinds import PDF_MAGIC, PROGRAM_MAGICS, ZIP_MAGIC, FileKind
from investreview.core.messages import sentence

CHUNK = 1024 * 1024
_IN_MEMORY = 8 * 1024**2
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)
_OTHER_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")
_PROGRAMS = frozenset(
    {".exe", ".com", ".bat", ".cmd", ".scr", ".pif", ".msi", ".dll", ".js", ".jse", ".vbs", ".vbe", ".wsf", ".ps1"}
    | {".hta", ".lnk", ".jar", ".sh", ".reg", ".chm", ".apk"}
)


def is_archive(file: IO[bytes]) -> bool:
    """Whether an unpacking program would find entries in this file."""
    try:
        with zipfile.ZipFile(file) as opened:
            return bool(opened.infolist())
    except _FAULTS:
        return False


def inspect(file: IO[bytes]) -> FileKind:
    """What the container is; every entry was unpacked once, in pieces, and its checksum agreed.

    Raises: Invalid (file_archive_*, file_damaged, file_encrypted, file_macros, file_polyglot, file_remote_part,
    file_xml_entities, file_kind_unknown_office).
    """
    try:
        check_end(file)
        with zipfile.ZipFile(file) as opened:
            entries = opened.infolist()
            check_directory(entries)
            kind = office.kind_of(frozenset(opened.namelist()))
            for entry in entries:
                if entry.is_dir():
                    continue
                with opened.open(entry) as stream:
                    if kind is FileKind.ZIP:
                        _inspect_member(stream, entry)
                    else:
                        office.inspect_part(stream, entry.filename)
    except _FAULTS as error:
        raise Invalid("file_damaged") from error
    return kind


def _inspect_member(stream: IO[bytes], entry: zipfile.ZipInfo) -> None:
    head = stream.read(CHUNK)
    name = visible(entry.filename)[:100]
    if _is_program(head, entry.filename):
        raise Invalid("file_archive_program", entry=name)
    if head.startswith(_OTHER_ARCHIVES):
        raise Invalid("file_archive_nested", entry=name)
    if not head.startswith((ZIP_MAGIC, PDF_MAGIC)):
        while stream.read(CHUNK):
            pass
        return
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as unpacked:
        piece = head
        while piece:
            unpacked.write(piece)
            piece = stream.read(CHUNK)
        try:
            if head.startswith(PDF_MAGIC):
                pdf.inspect(unpacked)
            elif inspect(unpacked) is FileKind.ZIP:
                raise Invalid("file_archive_nested", entry=name)
        except Invalid as error:
            if error.code == "file_archive_nested":
                raise
            raise Invalid("file_archive_entry", entry=name, why=sentence(error)) from error


def _is_program(head: bytes, name: str) -> bool:
    if PurePosixPath(name.rstrip(". ")).suffix.lower() in _PROGRAMS:
        return True
    return head.startswith(PROGRAM_MAGICS) and (not head.startswith(b"MZ") or b"\0" in head[:256])
