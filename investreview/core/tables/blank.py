"""The blank table that people fill: the header of a shape, lists to choose from, a sheet that explains each column."""

from typing import IO

from django.utils.translation import gettext as _

from investreview.core.tables.columns import Column
from investreview.core.tables.shape import TableShape
from investreview.core.tables.writing import OutColumn, Sheet, write_workbook


def out_columns(shape: TableShape) -> tuple[OutColumn, ...]:
    """The shape's columns as they are written, all of them text: so Excel keeps what is typed."""
    return tuple(
        OutColumn(column.title, width=column.width, is_required=column.required, choices=column.choices)
        for column in shape.columns
    )


def write_blank(file: IO[bytes], shape: TableShape) -> None:
    """The blank table is in ``file``; read again, its header is the shape's."""
    explained = (
        OutColumn(_("列"), width=24),
        OutColumn(_("必填"), width=8),
        OutColumn(_("填写说明"), width=60),
        OutColumn(_("示例"), width=28),
    )
    write_workbook(
        file,
        [
            Sheet(shape.sheet, out_columns(shape), (), room_for=shape.max_rows),
            Sheet(_("填写说明"), explained, [_explained(column) for column in shape.columns]),
        ],
    )


def _explained(column: Column) -> tuple[object, ...]:
    return column.title, column.required, str(column.help), column.example
