"""PDF: opens, is not encrypted, has pages, runs nothing and carries no other file."""

import struct
import time
import zlib
from collections.abc import Iterator
from typing import IO

from pypdf import PdfReader
from pypdf.errors import LimitReachedError, PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject, StreamObject

from investreview.core.errors import Invalid

OBJECT_LIMIT = 500_000
HELD_BYTES = 64 * 1024 * 1024
SECONDS = 120.0

# What pypdf lets through of a file that was made to break it.
PARSER_FAULTS = (
    PyPdfError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RecursionError,
    NotImplementedError,
    EOFError,
    struct.error,
    zlib.error,
)

_ACTING = frozenset(
    {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/Rendition", "/RichMediaExecute"}
)
_ACTING_KEYS = frozenset({"/JS", "/JavaScript", "/XFA"})
_ACTING_ANNOTATIONS = frozenset({"/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"})
_CARRYING_KEYS = frozenset({"/EF", "/EmbeddedFiles"})
_DEPTH = 100


def inspect(file: IO[bytes]) -> int:
    """The number of pages of a PDF that only shows itself.

    An opening action that merely goes to a page is allowed: many writers set one.
    Raises: Invalid (file_damaged, file_encrypted, file_pdf_active, file_pdf_attachments, file_pdf_no_pages,
    file_pdf_too_complex).
    """
    file.seek(0)
    try:
        reader = PdfReader(file)
        if reader.is_encrypted:
            raise Invalid("file_encrypted")
        _check_opening(reader)
        for each in _objects(reader):
            _check(each, _DEPTH)
        pages = len(reader.pages)
    except LimitReachedError as error:
        raise Invalid("file_pdf_too_complex") from error
    except PARSER_FAULTS as error:
        raise Invalid("file_damaged") from error
    if not pages:
        raise Invalid("file_pdf_no_pages")
    return pages


def _check_opening(reader: PdfReader) -> None:
    root = reader.root_object
    opening = root.get("/OpenAction")
    action = opening.get_object() if opening is not None else None
    if isinstance(action, DictionaryObject) and action.get("/S") != "/GoTo":
        raise Invalid("file_pdf_active", what=f"/OpenAction {action.get('/S')}")


def _objects(reader: PdfReader) -> Iterator[PdfObject]:
    """Every object of the file, one by one; streams do not pile up in memory."""
    numbers = {(generation, number) for generation, offsets in reader.xref.items() for number in offsets}
    numbers |= {(0, number) for number in reader.xref_objStm}
    if len(numbers) > OBJECT_LIMIT:
        raise Invalid("file_pdf_too_complex")
    give_up_at = time.monotonic() + SECONDS
    held = 0
    for generation, number in sorted(numbers):
        if time.monotonic() > give_up_at:
            raise Invalid("file_pdf_too_complex")
        found = reader.get_object(IndirectObject(number, generation, reader))
        if isinstance(found, StreamObject):
            held += len(found._data)
        if found is not None:
            yield found
        if held > HELD_BYTES:
            reader.resolved_objects.clear()
            held = 0


def _check(value: object, depth: int) -> None:
    if depth == 0:
        raise Invalid("file_pdf_too_complex")
    if isinstance(value, DictionaryObject):
        _check_dictionary(value)
        for each in dict.values(value):
            _check(each, depth - 1)
    elif isinstance(value, ArrayObject):
        for each in list.__iter__(value):
            _check(each, depth - 1)


def _check_dictionary(value: DictionaryObject) -> None:
    keys = value.keys()
    if keys & _CARRYING_KEYS or value.get("/Subtype") == "/FileAttachment":
        raise Invalid("file_pdf_attachments")
    if acting := keys & _ACTING_KEYS:
        raise Invalid("file_pdf_active", what=min(acting))
    for key, refused in (("/S", _ACTING), ("/Subtype", _ACTING_ANNOTATIONS)):
        named = value.get(key)
        if named is not None and str(named.get_object()) in refused:
            raise Invalid("file_pdf_active", what=str(named.get_object()))
