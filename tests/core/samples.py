"""Files as people send them, good and bad, made in memory."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

CONTENT_TYPES = "[Content_Types].xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def pdf(pages: int = 1) -> PdfWriter:
    """A writer with blank pages."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    return writer


def written(writer: PdfWriter) -> bytes:
    """The bytes of a PDF."""
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def pdf_with_action(action: str, **entries: str) -> bytes:
    """A PDF whose opening action is of this kind."""
    writer = pdf()
    values = {NameObject(f"/{key}"): TextStringObject(value) for key, value in entries.items()}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(
        {NameObject("/S"): NameObject(f"/{action}"), **values}
    )
    return written(writer)


def packed(parts: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def docx_parts() -> dict[str, bytes | str]:
    """The parts a Word file must have."""
    return {
        CONTENT_TYPES: '<?xml version="1.0"?><Types><Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": relations(),
        "word/document.xml": "<document>可行性研究报告</document>",
    }


def xlsx_parts() -> dict[str, bytes | str]:
    """The parts an Excel file must have."""
    return {CONTENT_TYPES: "<Types/>", "_rels/.rels": relations(), "xl/workbook.xml": "<workbook/>"}


def ofd_parts() -> dict[str, bytes | str]:
    """The parts an OFD file must have."""
    return {"OFD.xml": "<OFD/>", "Doc_0/Document.xml": "<Document/>"}


def relations(kind: str = "", target: str = "") -> str:
    """A relations part, with one relation outside when ``kind`` is given."""
    one = f'<Relationship Id="r1" Type="{RELATION}/{kind}" Target="{target}" TargetMode="External"/>' if kind else ""
    return f"<Relationships>{one}</Relationships>"


def picture(format: str, size: tuple[int, int] = (60, 40)) -> bytes:
    """A grey picture."""
    stream = io.BytesIO()
    Image.new("L", size, 128).save(stream, format)
    return stream.getvalue()


def png_header(width: int, height: int) -> bytes:
    """A PNG that promises this size and holds nothing of it."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _png_chunk(b"IHDR", header) + _png_chunk(b"IDAT", zlib.compress(b""))


def _png_chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def ole(*names: str) -> bytes:
    """A compound document whose directory (of one or more sectors) holds these names."""
    entries = b"".join(_ole_entry(name) for name in ("Root Entry", *names))
    sectors = -(-len(entries) // 512)
    entries = entries.ljust(sectors * 512, b"\0")
    chain = [*range(2, sectors + 1), 0xFFFFFFFE]
    table = struct.pack("<128I", 0xFFFFFFFD, *chain, *[0xFFFFFFFF] * (127 - len(chain)))
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<II", header, 44, 1, 1)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    return bytes(header) + table + entries


def _ole_entry(name: str) -> bytes:
    encoded = (name + "\0").encode("utf-16-le")
    return encoded.ljust(64, b"\0") + struct.pack("<H", len(encoded)) + b"\x02" + b"\0" * 61
