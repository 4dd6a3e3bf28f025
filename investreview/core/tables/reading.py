"""Reading a table that somebody sent: typed rows, and every fault with its sheet, row and column."""

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

from investreview.core.errors import Invalid
from investreview.core.files import FileKind, inspect_upload
from investreview.core.files.kinds import OLE_MAGIC, ZIP_MAGIC, read_head
from investreview.core.tables.cells import EMPTY, Cell, CellKind
from investreview.core.tables.columns import Column
from investreview.core.tables.csv_text import read_text, rows_of
from investreview.core.tables.places import Fault, Place, column_letters
from investreview.core.tables.shape import HEADER_WITHIN, Header, TableShape, is_header, read_header
from investreview.core.tables.sheet_xml import RawRow, SheetScanner, Texts
from investreview.core.tables.workbook_xml import SheetPart, read_book

FILE_BYTES = 20 * 1024**2
CSV_SHEET = "CSV"


@dataclass(frozen=True)
class TableRow:
    """One row: ``typed`` as it stands in the cells, ``values`` as read; a value that is missing or wrong is None."""

    place: Place
    typed: Mapping[str, str]
    values: Mapping[str, Any]
    faults: tuple[Fault, ...]
    header: Header

    def at(self, key: str) -> Place:
        """The place of one value; the row where the table has no such column."""
        number = self.header.number_of(key)
        return _cell_place(self.place, number, self.header.places[number]) if number else self.place


def _cell_place(row: Place, number: int, column: Column) -> Place:
    return Place(row.sheet, row.row, column_letters(number), column.title)


class TableReading:
    """An open table. ``rows`` is gone through once; what is merged is known afterwards, from ``closing_faults``."""

    def __init__(
        self,
        shape: TableShape,
        sheet: str,
        source: Iterator[RawRow],
        *,
        size: int,
        position: Callable[[], int],
        scanner: SheetScanner,
    ) -> None:
        self.shape = shape
        self.sheet = sheet
        self.size = size
        self._source = source
        self._position = position
        self._scanner = scanner
        self.header = self._find_header()

    @property
    def ignored(self) -> tuple[str, ...]:
        """The titles of columns that are not read."""
        return self.header.ignored

    @property
    def percent(self) -> int:
        """How much of the sheet has been read."""
        return min(100, self._position() * 100 // self.size) if self.size else 100

    def _find_header(self) -> Header:
        for count, row in enumerate(self._source, 1):
            if is_header(row, self.shape):
                return read_header(row, self.shape)
            if count == HEADER_WITHIN:
                break
        titles = "、".join(column.title for column in self.shape.columns if column.required)
        raise Invalid("table_no_header", sheet=self.sheet, titles=titles)

    def rows(self) -> Iterator[TableRow]:
        """The rows below the header in which one of the columns holds something.

        Raises: Invalid (table_too_many_rows, table_too_large, file_damaged).
        """
        count = 0
        for raw in self._source:
            if raw.cells.keys().isdisjoint(self.header.places):
                continue
            count += 1
            if count > self.shape.max_rows:
                raise Invalid("table_too_many_rows", limit=self.shape.max_rows)
            yield self._row(raw)

    def _row(self, raw: RawRow) -> TableRow:
        place = Place(self.sheet, raw.number)
        faults: list[Fault] = []
        if raw.is_hidden:
            faults.append(Fault(place, "table_row_hidden"))
        typed: dict[str, str] = {}
        values: dict[str, Any] = {column.key: None for column in self.shape.columns}
        for number, column in self.header.places.items():
            cell = raw.cells.get(number, EMPTY)
            typed[column.key] = cell.text
            try:
                values[column.key] = _value(cell, column)
            except Invalid as error:
                faults.append(Fault.of(_cell_place(place, number, column), error))
        return TableRow(place, typed, values, tuple(faults), self.header)

    def closing_faults(self) -> tuple[Fault, ...]:
        """What only the whole sheet tells: merged cells from the header down, hidden columns that are read."""
        top = self.header.row
        last = max(self.header.places)
        merged = [
            Fault(
                Place(self.sheet, each.first_row, column_letters(each.first_column)),
                "table_merged",
                {"range": each.reference},
            )
            for each in self._scanner.merged
            if each.last_row >= top and each.first_column <= last
        ]
        hidden = [
            Fault(Place(self.sheet, top, column_letters(number), column.title), "table_column_hidden")
            for number, column in sorted(self.header.places.items())
            if any(first <= number <= until for first, until in self._scanner.hidden_columns)
        ]
        return (*merged, *hidden)


def _value(cell: Cell, column: Column) -> Any:
    if cell.kind is CellKind.FORMULA:
        raise Invalid("table_formula", shown=cell.text[:40] or "—")
    if cell.kind is CellKind.ERROR:
        raise Invalid("table_error_value", given=cell.text[:40])
    if cell.kind is CellKind.EMPTY:
        if column.required:
            raise Invalid("table_cell_empty")
        return None
    return column.read(cell)


@contextmanager
def open_table(file: IO[bytes], *, name: str, shape: TableShape) -> Iterator[TableReading]:
    """The table in an xlsx or csv file, its header found; the file itself was inspected first.

    Raises: Invalid: the file's fault (file_*), table_kind, table_encoding, table_sheet_*, table_no_header,
    table_title_twice, table_titles_missing, table_too_large.
    """
    head = read_head(file)
    if head.startswith(OLE_MAGIC):
        raise Invalid("table_kind")
    if not head.startswith(ZIP_MAGIC):
        yield _open_csv(file, name=name, shape=shape)
        return
    if inspect_upload(file, name=name, limit=FILE_BYTES).kind is not FileKind.XLSX:
        raise Invalid("table_kind")
    with zipfile.ZipFile(file) as archive:
        book = read_book(archive)
        part = _chosen(book.sheets, shape.sheet)
        if part.part not in archive.namelist():
            raise Invalid("file_damaged")
        scanner = SheetScanner(Texts(book.shared, book.date_styles, book.is_1904))
        size = archive.getinfo(part.part).file_size
        with archive.open(part.part) as stream:
            rows = scanner.rows(stream)
            yield TableReading(shape, part.name, rows, size=size, position=lambda: scanner.bytes_read, scanner=scanner)


def _open_csv(file: IO[bytes], *, name: str, shape: TableShape) -> TableReading:
    if not name.lower().endswith((".csv", ".txt")):
        raise Invalid("table_kind")
    size = file.seek(0, 2)
    if not size:
        raise Invalid("file_empty")
    if size > FILE_BYTES:
        raise Invalid("file_too_large", limit=str(FILE_BYTES // 1024**2))
    lines = io.StringIO(read_text(file), newline="")
    length = len(lines.getvalue())
    scanner = SheetScanner(Texts((), frozenset(), False))
    return TableReading(shape, CSV_SHEET, rows_of(lines), size=length, position=lines.tell, scanner=scanner)


def _chosen(sheets: tuple[SheetPart, ...], wanted: str) -> SheetPart:
    """The sheet of that name; without one, the only sheet that a person sees."""
    visible = [sheet for sheet in sheets if sheet.is_visible]
    named = [sheet for sheet in sheets if sheet.name.strip() == wanted]
    if named:
        if not named[0].is_visible:
            raise Invalid("table_sheet_hidden", sheet=wanted)
        return named[0]
    if len(visible) != 1:
        raise Invalid("table_sheet_unknown", sheet=wanted, found="、".join(sheet.name for sheet in visible) or "—")
    return visible[0]
