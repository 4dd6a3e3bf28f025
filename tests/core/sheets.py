"""Office tables as people send them: made with openpyxl, or part by part where no program would make them so."""

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
import xlsxwriter

from investreview.core.errors import Invalid
from investreview.core.money import Unit
from investreview.core.tables import TableRow, TableShape, choice, day, line, money, open_table, whole
from investreview.core.tables.places import Fault

SHAPE = TableShape(
    "台账",
    (
        line("number", "备案号", max_length=40, required=True),
        line("name", "项目名称", max_length=60, required=True, aliases=("名称",)),
        money("amount", "投资额（万元）", unit=Unit.WAN, required=True),
        day("decided_on", "批复日期"),
        whole("term", "期限（月）", minimum=1, maximum=600),
        choice("kind", "类别", options={"固定资产投资": "FIXED_ASSET", "股权投资": "EQUITY"}),
    ),
    max_rows=50,
)
TITLES = ("备案号", "项目名称", "投资额（万元）", "批复日期", "期限（月）", "类别")
ROW = ("BA-1", "码头改造", 1860, "2023-05-06", 24, "固定资产投资")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def book(rows: Sequence[Sequence[Any]], change: Callable[[Any, Any], None] | None = None, sheet: str = "台账") -> bytes:
    """A workbook with these rows; ``change`` may do to workbook and sheet what a person does in Excel."""
    made = openpyxl.Workbook()
    page = made.active
    page.title = sheet
    for row in rows:
        page.append(list(row))
    if change is not None:
        change(made, page)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def shared_book(rows: Sequence[Sequence[Any]]) -> bytes:
    """A workbook that keeps its texts in one table, as Excel does."""
    stream = io.BytesIO()
    made = xlsxwriter.Workbook(stream)
    page = made.add_worksheet("台账")
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    made.close()
    return stream.getvalue()


def with_parts(content: bytes, **parts: str) -> bytes:
    """The workbook with some of its parts replaced; ``sheet1`` stands for ``xl/worksheets/sheet1.xml``."""
    paths = {"sheet1": "xl/worksheets/sheet1.xml", "styles": "xl/styles.xml", "shared": "xl/sharedStrings.xml"}
    named = {paths[key]: text for key, text in parts.items()}
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, named.pop(name, None) or old.read(name))
        for name, text in named.items():
            new.writestr(name, text)
    return stream.getvalue()


def sheet_xml(rows: str, after: str = "", before: str = "") -> str:
    """A worksheet part with these rows."""
    return f'<?xml version="1.0"?><worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def inline(reference: str, text: str) -> str:
    """A cell that holds its text itself."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def header_xml() -> str:
    """The header row of SHAPE."""
    cells = "".join(inline(f"{letter}1", title) for letter, title in zip("ABCDEF", TITLES, strict=True))
    return f'<row r="1">{cells}</row>'


def read(content: bytes, name: str = "台账.xlsx", shape: TableShape = SHAPE) -> list[TableRow]:
    """Every row of the table."""
    with open_table(io.BytesIO(content), name=name, shape=shape) as reading:
        return list(reading.rows())


def faults(content: bytes, name: str = "台账.xlsx", shape: TableShape = SHAPE) -> list[tuple[str, str]]:
    """Every fault of the table as its cell and its code, in the order in which they are told."""
    with open_table(io.BytesIO(content), name=name, shape=shape) as reading:
        found: list[Fault] = [fault for row in reading.rows() for fault in row.faults]
        return [(fault.place.cell, fault.code) for fault in (*found, *reading.closing_faults())]


def refused(content: bytes, name: str = "台账.xlsx", shape: TableShape = SHAPE) -> Invalid:
    """Why the table as a whole is refused."""
    try:
        read(content, name, shape)
    except Invalid as error:
        return error
    raise AssertionError("the table was taken")
