"""The one door for uploads: size, hash, kind, and the dangers of each kind."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath
from typing import IO

from investreview.core.errors import Invalid
from investreview.core.filenames import safe_filename
from investreview.core.files import archive, image, ole, pdf
from investreview.core.files.kinds import EXTENSIONS, FileKind, container_of, read_head

CHUNK = 1024 * 1024


@dataclass(frozen=True)
class FileFacts:
    """What is known of a file that was taken; ``pages`` only for PDF."""

    kind: FileKind
    size: int
    sha256: str
    pages: int | None = None


def inspect_upload(file: IO[bytes], *, name: str, limit: int) -> FileFacts:
    """The file is one of ours, whole, and holds nothing that acts; it stands at its beginning again.

    It is read in pieces; of a large file never more than its largest part is in memory. ``limit`` is in bytes.
    Not looked for: viruses (ClamAV does that where configured), macros of Excel 4 inside old ET tables.
    Raises: Invalid (file_*), one code per fault, each sentence with what to do.
    """
    size, digest = _measure(file, limit)
    container = container_of(read_head(file))
    kind = container or ole.kind_of(file)
    pages = None
    if container is FileKind.ZIP:
        kind = archive.inspect(file)
    _check_extension(name, kind)
    if kind is FileKind.PDF:
        pages = pdf.inspect(file)
    elif kind in (FileKind.JPG, FileKind.PNG):
        image.inspect(file)
    if container is not FileKind.ZIP and archive.is_archive(file):
        raise Invalid("file_polyglot")
    file.seek(0)
    return FileFacts(kind=kind, size=size, sha256=digest, pages=pages)


def _measure(file: IO[bytes], limit: int) -> tuple[int, str]:
    digest = sha256()
    size = 0
    file.seek(0)
    while chunk := file.read(CHUNK):
        size += len(chunk)
        if size > limit:
            raise Invalid("file_too_large", limit=_in_megabytes(limit))
        digest.update(chunk)
    if not size:
        raise Invalid("file_empty")
    return size, digest.hexdigest()


def _in_megabytes(size: int) -> str:
    return f"{size / CHUNK:.1f}".removesuffix(".0")


def _check_extension(name: str, kind: FileKind) -> None:
    extension = PurePosixPath(safe_filename(name)).suffix.lower()
    if extension not in EXTENSIONS[kind]:
        raise Invalid("file_extension_mismatch", extension=extension or "—", kind=kind.value)
