"""The kinds of file that are taken, and how the first bytes tell them."""

from typing import IO

import filetype
from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from investreview.core.errors import Invalid

HEAD = 8192
PDF_MAGIC = b"%PDF-"
ZIP_MAGIC = b"PK\x03\x04"
EMPTY_ZIP_MAGIC = b"PK\x05\x06"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
JPEG_MAGIC = b"\xff\xd8\xff"
PNG_MAGIC = b"\x89PNG\r\n\x1a\n"
PROGRAM_MAGICS = (b"MZ", b"\x7fELF", b"#!", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")


class FileKind(TextChoices):
    """What a file is."""

    PDF = "PDF", "PDF"
    OFD = "OFD", "OFD"
    DOCX = "DOCX", "Word (docx)"
    XLSX = "XLSX", "Excel (xlsx)"
    WPS = "WPS", _("WPS 文字（wps）")
    ET = "ET", _("WPS 表格（et）")
    JPG = "JPG", "JPG"
    PNG = "PNG", "PNG"
    ZIP = "ZIP", "ZIP"


EXTENSIONS = {kind: frozenset({f".{kind.value.lower()}"}) for kind in FileKind} | {
    FileKind.JPG: frozenset({".jpg", ".jpeg"})
}
TAKEN = ("PDF", "OFD", "DOCX", "XLSX", "WPS", "ET", "JPG", "PNG", "ZIP")


def read_head(file: IO[bytes]) -> bytes:
    """The first bytes of the file."""
    file.seek(0)
    return file.read(HEAD)


def container_of(head: bytes) -> FileKind | None:
    """PDF, JPG and PNG for themselves, ZIP for every zip container, None for an OLE container.

    Raises: Invalid (file_kind_unknown, file_kind_unreadable, file_pdf_not_at_start, file_archive_empty).
    """
    if head.startswith(PDF_MAGIC):
        return FileKind.PDF
    if head.startswith(JPEG_MAGIC):
        return FileKind.JPG
    if head.startswith(PNG_MAGIC):
        return FileKind.PNG
    if head.startswith(ZIP_MAGIC):
        return FileKind.ZIP
    if head.startswith(OLE_MAGIC):
        return None
    if head.startswith(EMPTY_ZIP_MAGIC):
        raise Invalid("file_archive_empty")
    if PDF_MAGIC in head[:1024]:
        raise Invalid("file_pdf_not_at_start")
    taken = gettext("、").join(TAKEN)
    guess = filetype.guess_extension(head)
    if guess is None:
        raise Invalid("file_kind_unreadable", taken=taken)
    raise Invalid("file_kind_unknown", looks_like=f".{guess}", taken=taken)
