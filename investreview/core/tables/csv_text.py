"""A csv file as rows of texts, in the encodings that offices use; it has no dates and no numbers, only typed text."""

import csv
import io
from collections.abc import Iterator
from typing import IO

from investreview.core.errors import Invalid
from investreview.core.tables.cells import Cell, CellKind, text_cell
from investreview.core.tables.sheet_xml import RawRow

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DELIMITERS = (",", "\t", ";")


def read_text(file: IO[bytes]) -> str:
    """The file's text: by its byte order mark, else UTF-8, else GB18030, which holds GBK and GB 2312.

    Raises: Invalid (table_encoding, table_not_text).
    """
    file.seek(0)
    data = file.read()
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Invalid("table_not_text")
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise Invalid("table_not_text")
        return text
    raise Invalid("table_encoding")


def rows_of(lines: io.StringIO) -> Iterator[RawRow]:
    """The rows that hold something. A cell may hold several lines; its row has the number that Excel would give it.

    Raises: Invalid (table_csv_broken) with the row where the quotes go astray.
    """
    reader = csv.reader(lines, delimiter=_delimiter(lines), strict=True)
    number = 0
    while True:
        number += 1
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Invalid("table_csv_broken", row=number) from error
        cells = {
            column: cell for column, value in enumerate(values, 1) if (cell := _cell(value)).kind != CellKind.EMPTY
        }
        if cells:
            yield RawRow(number, False, cells)


def _delimiter(lines: io.StringIO) -> str:
    """The one that the first written line holds most often; a comma where it holds none."""
    first = next((line for line in lines if line.strip()), "")
    lines.seek(0)
    return max(_DELIMITERS, key=first.count)


def _cell(value: str) -> Cell:
    if value.startswith("="):
        return Cell(CellKind.FORMULA, value)
    return text_cell(value)
