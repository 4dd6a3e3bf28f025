"""Office tables: one reader for every import (xlsx, csv), one writer for every export.

Read with the standard library, because nothing else sees what an import must refuse (measured, 2-core machine):
python-calamine 0.9.1 knows no formula and no hidden row, reads serial 60 as 28 February 1900, and dies of a 4 kB file
whose second cell is XFD1048576; openpyxl 3.1.5 shows no merged cell and no hidden row when it streams, takes 17 MB
for each 2,000 rows when it does not, and needs five times as long. Written with XlsxWriter: half of openpyxl's time
for 100,000 rows at the same constant memory, and a text is written as a text, never as a formula.
"""

from investreview.core.tables.blank import write_blank
from investreview.core.tables.columns import Column, block, choice, day, line, money, whole
from investreview.core.tables.places import Fault, Place
from investreview.core.tables.reading import TableReading, TableRow, open_table
from investreview.core.tables.shape import TableShape
from investreview.core.tables.writing import Kind, OutColumn, Sheet, write_csv, write_workbook

__all__ = [
    "Column",
    "Fault",
    "Kind",
    "OutColumn",
    "Place",
    "Sheet",
    "TableReading",
    "TableRow",
    "TableShape",
    "block",
    "choice",
    "day",
    "line",
    "money",
    "open_table",
    "whole",
    "write_blank",
    "write_csv",
    "write_workbook",
]
