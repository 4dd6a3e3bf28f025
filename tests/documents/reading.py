"""What a reader finds in a PDF: text, characters with their places, fonts, drawings."""

from io import BytesIO
from typing import Any

import pdfplumber
import pypdfium2
from pypdf import PdfReader
from pypdf.generic import StreamObject


def page_texts(data: bytes) -> list[str]:
    """The text of each page as it lies on it, line by line."""
    with pdfplumber.open(BytesIO(data)) as pdf:
        return [page.extract_text() for page in pdf.pages]


def flat_text(data: bytes) -> str:
    """All characters in the order in which they were written, without blanks."""
    with pypdfium2.PdfDocument(data) as pdf:
        return "".join("".join(page.get_textpage().get_text_range() for page in pdf).split())


def characters(data: bytes, page: int = 0) -> list[dict[str, Any]]:
    with pdfplumber.open(BytesIO(data)) as pdf:
        return list(pdf.pages[page].chars)


def drawn(data: bytes, page: int = 0) -> dict[str, list[dict[str, Any]]]:
    with pdfplumber.open(BytesIO(data)) as pdf:
        return {"rects": list(pdf.pages[page].rects), "lines": list(pdf.pages[page].lines)}


def page_count(data: bytes) -> int:
    return len(PdfReader(BytesIO(data)).pages)


def fonts_not_embedded(data: bytes) -> set[str]:
    missing = set()
    for page in PdfReader(BytesIO(data)).pages:
        for font in page["/Resources"]["/Font"].values():
            descriptor = font.get_object().get("/FontDescriptor")
            if descriptor is None or "/FontFile2" not in descriptor.get_object():
                missing.add(font.get_object()["/BaseFont"])
    return missing


def unpacked(data: bytes) -> bytes:
    """The file with each of its streams unpacked: what somebody finds who looks at every byte."""
    reader = PdfReader(BytesIO(data))
    loaded = (reader.get_object(number) for number in reader.xref[0])
    return b"\n".join([data, *(one.get_data() for one in loaded if isinstance(one, StreamObject))])
