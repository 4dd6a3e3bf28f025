"""What a table must look like: its columns, how many rows; and how its header is found among what stands above."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from investreview.core.errors import Invalid
from investreview.core.tables.cells import CellKind
from investreview.core.tables.columns import Column, title_key
from investreview.core.tables.places import column_letters
from investreview.core.tables.sheet_xml import RawRow

HEADER_WITHIN = 30


@dataclass(frozen=True)
class TableShape:
    """A kind of table: ``sheet`` names the sheet that is read where a workbook has several."""

    sheet: str
    columns: tuple[Column, ...]
    max_rows: int = 20_000

    @cached_property
    def by_title(self) -> Mapping[str, Column]:
        """The columns by every title they are known by."""
        return {title_key(title): column for column in self.columns for title in (column.title, *column.aliases)}


@dataclass(frozen=True)
class Header:
    """Where each column stands; ``ignored`` are the titles that nobody reads."""

    row: int
    places: Mapping[int, Column]
    ignored: tuple[str, ...]

    def number_of(self, key: str) -> int:
        """In which column of the sheet the values of ``key`` stand; 0 where it is not there."""
        return next((number for number, column in self.places.items() if column.key == key), 0)


def is_header(row: RawRow, shape: TableShape) -> bool:
    """Whether the row names at least two columns of the shape (one, of a shape that has only one)."""
    named = {title_key(cell.text) for cell in row.cells.values() if cell.kind is CellKind.TEXT} & shape.by_title.keys()
    return len(named) >= min(2, len(shape.columns))


def read_header(row: RawRow, shape: TableShape) -> Header:
    """The header of the table.

    Raises: Invalid (table_title_twice, table_titles_missing), each naming every title it is about.
    """
    places: dict[int, Column] = {}
    ignored: list[str] = []
    seen: dict[str, list[int]] = {}
    for number, cell in sorted(row.cells.items()):
        column = shape.by_title.get(title_key(cell.text))
        if column is None:
            ignored.append(cell.text.strip())
            continue
        places[number] = column
        seen.setdefault(column.title, []).append(number)
    twice = [f"{title}（{_letters(numbers)}）" for title, numbers in seen.items() if len(numbers) > 1]
    if twice:
        raise Invalid("table_title_twice", titles="、".join(twice), row=row.number)
    missing = [column.title for column in shape.columns if column.required and column.title not in seen]
    if missing:
        raise Invalid("table_titles_missing", titles="、".join(missing), row=row.number)
    return Header(row.number, places, tuple(ignored))


def _letters(numbers: Iterable[int]) -> str:
    return "、".join(column_letters(number) for number in numbers)
