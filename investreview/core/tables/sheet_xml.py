"""One worksheet as a stream of rows; what is empty costs nothing, what is hidden or merged is remembered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat  # entities are refused below, and by core.files before anything is parsed

from investreview.core.errors import Invalid
from investreview.core.tables.cells import Cell, CellKind, date_cell, number_cell, text_cell
from investreview.core.tables.escapes import unescaped
from investreview.core.tables.places import cell_at

PIECE = 256 * 1024
SHEET_BYTES = 768 * 1024**2
"""Unpacked: a million rows that somebody formatted and never filled take about half of it."""


@dataclass
class RawRow:
    """A row that holds something; cells by their column number."""

    number: int
    is_hidden: bool
    cells: dict[int, Cell] = field(default_factory=dict)


@dataclass(frozen=True)
class Merged:
    """A merged range with its first and last row and column."""

    reference: str
    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True)
class Texts:
    """What the cells refer to: shared texts, which styles show dates, from where the days are counted."""

    shared: Sequence[str]
    date_styles: frozenset[int]
    is_1904: bool


class SheetScanner:
    """Reads the parts of a worksheet as they come; ``merged`` is complete only after the last row."""

    def __init__(self, texts: Texts) -> None:
        self.merged: list[Merged] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self.bytes_read = 0
        self._texts = texts
        self._done: list[RawRow] = []
        self._row: RawRow | None = None
        self._number = self._column = 0
        self._all_hidden = False
        self._kind = self._style = ""
        self._value: list[str] = []
        self._takes_text = self._is_formula = False

    def rows(self, stream: IO[bytes]) -> Iterator[RawRow]:
        """The rows that hold something, in the order of the file.

        Raises: Invalid (file_damaged, file_xml_entities, table_too_large).
        """
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = _refuse_document_type
        while piece := stream.read(PIECE):
            self.bytes_read += len(piece)
            if self.bytes_read > SHEET_BYTES:
                raise Invalid("table_too_large", limit=SHEET_BYTES // 1024**2)
            self._feed(parser, piece, is_last=False)
            yield from self._taken()
        self._feed(parser, b"", is_last=True)
        yield from self._taken()

    def _feed(self, parser: expat.XMLParserType, piece: bytes, *, is_last: bool) -> None:
        try:
            parser.Parse(piece, is_last)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise Invalid("file_damaged") from error

    def _taken(self) -> list[RawRow]:
        done, self._done = self._done, []
        return done

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name if ":" not in name else name.rpartition(":")[2]
        if tag == "c":
            self._begin_cell(attributes)
        elif tag in ("v", "t"):
            self._takes_text = self._row is not None
        elif tag == "f":
            self._is_formula = True
        elif tag == "row":
            self._number = int(attributes.get("r", self._number + 1))
            self._column = 0
            self._row = RawRow(self._number, self._all_hidden or _is_on(attributes.get("hidden")))
        elif tag == "rPh":
            self._kind = "phonetic" if self._kind == "inlineStr" else self._kind
        elif tag == "mergeCell":
            self.merged.append(_merged(attributes.get("ref", "")))
        elif tag == "col" and _is_on(attributes.get("hidden")):
            self.hidden_columns.append((int(attributes["min"]), int(attributes["max"])))
        elif tag == "sheetFormatPr":
            self._all_hidden = _is_on(attributes.get("zeroHeight"))

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        self._column = cell_at(reference)[1] if reference else self._column + 1
        self._kind = attributes.get("t", "n")
        self._style = attributes.get("s", "0")
        self._value = []
        self._is_formula = False

    def _text(self, text: str) -> None:
        if self._takes_text and self._kind != "phonetic":
            self._value.append(text)

    def _end(self, name: str) -> None:
        tag = name if ":" not in name else name.rpartition(":")[2]
        if tag in ("v", "t"):
            self._takes_text = False
        elif tag == "rPh":
            self._kind = "inlineStr" if self._kind == "phonetic" else self._kind
        elif tag == "c" and self._row is not None:
            cell = self._cell()
            if cell.kind is not CellKind.EMPTY:
                self._row.cells[self._column] = cell
        elif tag == "row":
            if self._row is not None and self._row.cells:
                self._done.append(self._row)
            self._row = None

    def _cell(self) -> Cell:
        value = "".join(self._value)
        if self._is_formula:
            return Cell(CellKind.FORMULA, value)
        if not value:
            return Cell(CellKind.EMPTY)
        if self._kind == "n":
            if int(self._style) in self._texts.date_styles:
                return date_cell(value, is_1904=self._texts.is_1904)
            return number_cell(value)
        if self._kind == "s":
            return text_cell(self._texts.shared[int(value)])
        if self._kind == "b":
            return Cell(CellKind.BOOLEAN, "TRUE" if value == "1" else "FALSE")
        if self._kind == "e":
            return Cell(CellKind.ERROR, value)
        if self._kind == "d":
            return text_cell(value.partition("T")[0])
        return text_cell(unescaped(value))


def _is_on(flag: str | None) -> bool:
    return flag in ("1", "true")


def _refuse_document_type(*_: object) -> None:
    raise Invalid("file_xml_entities")


def _merged(reference: str) -> Merged:
    first, _, last = reference.partition(":")
    first_row, first_column = cell_at(first)
    last_row, last_column = cell_at(last or first)
    return Merged(reference, first_row, first_column, last_row, last_column)
