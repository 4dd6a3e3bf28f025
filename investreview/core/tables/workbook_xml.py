"""The parts of an xlsx around its sheets: which sheets there are, shared texts, styles, where days are counted from."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import join, normpath
from typing import IO
from xml.etree import ElementTree  # core.files has refused every document type before

from investreview.core.errors import Invalid
from investreview.core.tables.escapes import unescaped

PART_BYTES = 128 * 1024**2
SHARED_CHARACTERS = 48 * 1024**2
SHARED_TEXTS = 2_000_000
_DATES_BUILT_IN = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_NO_DATE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_DATE_LETTERS = re.compile("[ymdhs]", re.IGNORECASE)


@dataclass(frozen=True)
class SheetPart:
    """One sheet: its name, the part it lies in, whether a person sees it."""

    name: str
    part: str
    is_visible: bool


@dataclass(frozen=True)
class Book:
    """What is known of a workbook before a sheet is read."""

    sheets: tuple[SheetPart, ...]
    is_1904: bool
    shared: tuple[str, ...]
    date_styles: frozenset[int]


def read_book(archive: zipfile.ZipFile) -> Book:
    """The workbook's table of contents.

    Raises: Invalid (file_damaged, table_too_large).
    """
    targets = _targets(archive)
    root = _tree(archive, "xl/workbook.xml")
    sheets = []
    is_1904 = False
    for element in root.iter():
        tag = _local(element)
        if tag == "workbookPr":
            is_1904 = element.get("date1904") in ("1", "true")
        elif tag == "sheet":
            key = next((value for name, value in element.items() if name.endswith("}id")), "")
            kind, part = targets.get(key, ("", ""))
            if kind.endswith("/worksheet"):
                visible = element.get("state", "visible") == "visible"
                sheets.append(SheetPart(unescaped(element.get("name", "")), part, visible))
    by_kind = {kind.rpartition("/")[2]: part for kind, part in targets.values()}
    return Book(
        sheets=tuple(sheets),
        is_1904=is_1904,
        shared=_shared(archive, by_kind.get("sharedStrings", "")),
        date_styles=_date_styles(archive, by_kind.get("styles", "")),
    )


def _targets(archive: zipfile.ZipFile) -> dict[str, tuple[str, str]]:
    """Kind and part of each relation of the workbook, by its key."""
    root = _tree(archive, "xl/_rels/workbook.xml.rels")
    return {
        relation.get("Id", ""): (
            relation.get("Type", ""),
            normpath(join("/xl", relation.get("Target", ""))).lstrip("/"),
        )
        for relation in root
    }


def _tree(archive: zipfile.ZipFile, part: str) -> ElementTree.Element:
    with _opened(archive, part) as stream:
        data = stream.read(PART_BYTES + 1)
    if len(data) > PART_BYTES:
        raise Invalid("table_too_large", limit=PART_BYTES // 1024**2)
    try:
        return ElementTree.fromstring(data)  # noqa: S314  # no document type: core.files looked
    except ElementTree.ParseError as error:
        raise Invalid("file_damaged") from error


def _opened(archive: zipfile.ZipFile, part: str) -> IO[bytes]:
    try:
        return archive.open(part)
    except (KeyError, zipfile.BadZipFile) as error:
        raise Invalid("file_damaged") from error


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _shared(archive: zipfile.ZipFile, part: str) -> tuple[str, ...]:
    """The shared texts in order, without the reading aids (注音) beside them."""
    if part not in archive.namelist():
        return ()
    texts: list[str] = []
    total = 0
    try:
        with _opened(archive, part) as stream:
            for element in _shared_items(stream):
                text = unescaped("".join(piece.text or "" for piece in element.iter() if _local(piece) == "t"))
                total += len(text)
                if total > SHARED_CHARACTERS or len(texts) == SHARED_TEXTS:
                    raise Invalid("table_too_large", limit=SHARED_CHARACTERS // 1024**2)
                texts.append(text)
    except ElementTree.ParseError as error:
        raise Invalid("file_damaged") from error
    return tuple(texts)


def _shared_items(stream: IO[bytes]) -> Iterator[ElementTree.Element]:
    """Each shared text as it comes; nothing of it stays in memory."""
    parts = ElementTree.iterparse(stream, events=("start", "end"))  # noqa: S314  # no document type: core.files looked
    _event, root = next(parts)
    for event, element in parts:
        if event == "end" and _local(element) == "rPh":
            element.clear()
        elif event == "end" and _local(element) == "si":
            yield element
            root.clear()


def _date_styles(archive: zipfile.ZipFile, part: str) -> frozenset[int]:
    """The numbers of the cell styles whose format shows a date."""
    if part not in archive.namelist():
        return frozenset()
    root = _tree(archive, part)
    own = {
        element.get("numFmtId", ""): element.get("formatCode", "")
        for element in root.iter()
        if _local(element) == "numFmt"
    }
    formats = next((element for element in root if _local(element) == "cellXfs"), ())
    return frozenset(index for index, style in enumerate(formats) if _shows_date(style.get("numFmtId", "0"), own))


def _shows_date(key: str, own: dict[str, str]) -> bool:
    if key in own:
        plain = _NO_DATE.sub("", own[key].replace("General", "").replace("G/通用格式", ""))
        return _DATE_LETTERS.search(plain) is not None
    return key.isdigit() and int(key) in _DATES_BUILT_IN
