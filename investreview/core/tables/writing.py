"""Writing a table: every cell of every export passes through here; no text becomes a formula, no width is guessed."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, auto
from typing import IO, Any

from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from investreview.core.clock import SHANGHAI
from investreview.core.text import excel_cell

NAME_LENGTH = 31
NAVY = "#12355B"
RED = "#B3261E"
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


class Kind(Enum):
    """What a column shows; amounts are given in yuan and written in 万元 or 元."""

    TEXT = auto()
    WAN = auto()
    YUAN = auto()
    WHOLE = auto()
    DAY = auto()
    MOMENT = auto()
    FAULT = auto()


_NUMBER_FORMATS = {
    Kind.TEXT: "@",
    Kind.WAN: "#,##0.00####",
    Kind.YUAN: "#,##0.00",
    Kind.WHOLE: "0",
    Kind.DAY: "yyyy-mm-dd",
    Kind.MOMENT: "yyyy-mm-dd hh:mm",
    Kind.FAULT: "@",
}


@dataclass(frozen=True)
class OutColumn:
    """One column of an export; ``width`` in characters; ``choices`` are offered to whoever fills the table."""

    title: str
    kind: Kind = Kind.TEXT
    width: int = 16
    is_required: bool = False
    choices: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Sheet:
    """One sheet: lines above (scope, unit, as of, filter), the header, the rows; ``room_for`` rows are formatted."""

    name: str
    columns: tuple[OutColumn, ...]
    rows: Iterable[Sequence[object]]
    caption: tuple[str, ...] = ()
    room_for: int = 0


def write_workbook(file: IO[bytes], sheets: Sequence[Sheet]) -> None:
    """The workbook is in ``file``. Rows are written as they come and do not pile up in memory.

    Text is neutralised by ``core.text.excel_cell``; header frozen and repeated on each printed page, A4 landscape,
    one page wide.
    """
    book = Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_size(2400, 1400)
    for sheet in sheets:
        _write_sheet(book, sheet)
    book.close()


def sheet_name(name: str) -> str:
    """A name that Excel takes for a sheet."""
    return name.translate(_NOT_IN_NAMES).strip()[:NAME_LENGTH] or "1"


def _write_sheet(book: Workbook, sheet: Sheet) -> None:
    page: Worksheet = book.add_worksheet(sheet_name(sheet.name))
    formats = [_format(book, column.kind) for column in sheet.columns]
    for number, column in enumerate(sheet.columns):
        page.set_column(number, number, column.width, formats[number])
    quiet = book.add_format({"font_color": "#475467", "num_format": "@"})
    for number, line in enumerate(sheet.caption):
        page.write_string(number, 0, str(excel_cell(line)), quiet)
    top = len(sheet.caption)
    for number, column in enumerate(sheet.columns):
        page.write_string(top, number, _title(column), _header(book, column))
    for below, row in enumerate(sheet.rows, top + 1):
        for number, value in enumerate(row):
            _write_cell(page, below, number, value, sheet.columns[number].kind, formats[number])
    for number, column in enumerate(sheet.columns):
        if column.choices and sheet.room_for:
            offered: dict[str, Any] = {"validate": "list", "source": list(column.choices)}
            page.data_validation(top + 1, number, top + sheet.room_for, number, offered)
    page.freeze_panes(top + 1, 0)
    page.repeat_rows(top)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)


def _format(book: Workbook, kind: Kind) -> Format:
    style: dict[str, Any] = {"num_format": _NUMBER_FORMATS[kind], "valign": "top"}
    if kind in (Kind.TEXT, Kind.FAULT):
        style["text_wrap"] = True
    if kind is Kind.FAULT:
        style["font_color"] = RED
    return book.add_format(style)


def _header(book: Workbook, column: OutColumn) -> Format:
    background = RED if column.kind is Kind.FAULT else NAVY
    style = {"bold": True, "font_color": "#FFFFFF", "bg_color": background, "text_wrap": True, "valign": "vcenter"}
    return book.add_format({**style, "border": 1, "border_color": "#FFFFFF"})


def _title(column: OutColumn) -> str:
    return f"{excel_cell(column.title)}{'*' if column.is_required else ''}"


def _write_cell(page: Worksheet, row: int, column: int, value: object, kind: Kind, style: Format) -> None:
    shown = _shown(value, kind)
    if shown is None:
        page.write_blank(row, column, None, style)
    elif isinstance(shown, datetime | date):
        page.write_datetime(row, column, shown, style)
    elif isinstance(shown, Decimal | int | float):
        page.write_number(row, column, float(shown), style)
    else:
        page.write_string(row, column, shown, style)


def _shown(value: object, kind: Kind) -> str | Decimal | int | float | date | None:
    """The value in the unit of its column, safe to write."""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if kind is Kind.WAN and isinstance(value, Decimal):
        return value.scaleb(-4)
    if kind is Kind.DAY and isinstance(value, datetime):
        return value.astimezone(SHANGHAI).date()
    safe = excel_cell(value)
    return None if safe == "" else safe


def write_csv(file: IO[bytes], sheet: Sheet) -> None:
    """The sheet without its caption is in ``file`` as CSV: UTF-8 with a byte order mark, as Excel opens it."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow([_title(column) for column in sheet.columns])
    for row in sheet.rows:
        pairs = zip(row, sheet.columns, strict=True)
        writer.writerow([_csv_text(_shown(value, column.kind), column.kind) for value, column in pairs])
    text.detach()


def _csv_text(shown: object, kind: Kind) -> str:
    if shown is None:
        return ""
    if isinstance(shown, datetime):
        return f"{shown:%Y-%m-%d %H:%M}"
    if isinstance(shown, Decimal):
        return f"{shown:f}"
    return shown.isoformat() if isinstance(shown, date) else str(shown)
