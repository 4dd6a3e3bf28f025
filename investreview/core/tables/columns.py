"""The columns of an office table: what the header calls them and how a cell is read, the same as a form field reads."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, localcontext
from typing import Any

from django.utils.functional import Promise

from investreview.core.dates import parse_legal_date
from investreview.core.errors import Invalid
from investreview.core.money import Unit, parse_amount
from investreview.core.money.amount import ENOUGH_DIGITS, exact_yuan
from investreview.core.tables.cells import EXCEL_DIGITS, Cell, CellKind
from investreview.core.text import clean_block, clean_line

SHOWN = 40

Reader = Callable[[Cell], Any]


@dataclass(frozen=True)
class Column:
    """One column; ``title`` stands in the header, ``aliases`` are read as well, ``read`` gives the value of a cell.

    ``help`` and ``example`` stand in the blank table; ``choices`` are offered there as a list.
    """

    key: str
    title: str
    read: Reader
    required: bool = False
    aliases: tuple[str, ...] = ()
    width: int = 16
    help: str | Promise = ""
    example: str = ""
    choices: tuple[str, ...] = field(default=())


def title_key(title: str) -> str:
    """What two spellings of one title have in common: no blanks, no star, brackets and letters of one width."""
    text = unicodedata.normalize("NFKC", title)
    return "".join(text.split()).rstrip("*").casefold()


def line(key: str, title: str, *, max_length: int, **more: Any) -> Column:
    """A column of one-line texts; a number is taken as it is written, a date is not: nobody knows what was typed."""

    def read(cell: Cell) -> str:
        return clean_line(_as_text(cell), max_length=max_length)

    return Column(key, title, read, **more)


def block(key: str, title: str, *, max_length: int, **more: Any) -> Column:
    """A column of texts that may have several lines."""

    def read(cell: Cell) -> str:
        return clean_block(_as_text(cell), max_length=max_length)

    return Column(key, title, read, **more)


def money(key: str, title: str, *, unit: Unit, **more: Any) -> Column:
    """A column of amounts; a bare number is in ``unit``, a text may name its own. Values: Decimal yuan."""

    def read(cell: Cell) -> Decimal:
        if cell.kind is CellKind.NUMBER and cell.number is not None:
            if cell.number < 0:
                raise Invalid("money_negative", given=cell.text[:SHOWN])
            with localcontext(prec=ENOUGH_DIGITS):
                return exact_yuan(cell.number * unit.yuan, given=cell.text[:SHOWN])
        return parse_amount(_typed(cell), default_unit=unit)

    return Column(key, title, read, **more)


def day(key: str, title: str, **more: Any) -> Column:
    """A column of legal dates: a cell that Excel shows as a date, or a date as people write it."""

    def read(cell: Cell) -> date:
        if cell.kind is CellKind.NUMBER:
            raise Invalid("table_number_for_date", given=cell.text[:SHOWN])
        if cell.kind is CellKind.DATE and cell.day is None:
            raise Invalid("date_does_not_exist", given=cell.text[:SHOWN])
        return parse_legal_date(cell.text if cell.kind is CellKind.DATE else _typed(cell))

    return Column(key, title, read, **more)


def whole(key: str, title: str, *, minimum: int, maximum: int, **more: Any) -> Column:
    """A column of whole numbers between two bounds, both included."""

    def read(cell: Cell) -> int:
        text = cell.text if cell.kind is CellKind.NUMBER else unicodedata.normalize("NFKC", _typed(cell)).strip()
        if not (text.isascii() and text.isdigit() and len(text) < 12 and minimum <= int(text) <= maximum):
            raise Invalid("table_not_whole", given=text[:SHOWN], first=minimum, last=maximum)
        return int(text)

    return Column(key, title, read, **more)


def choice(key: str, title: str, *, options: Mapping[str, Any], **more: Any) -> Column:
    """A column of a few words; ``options`` gives the value of each. Blanks and width do not matter."""
    known = {title_key(word): value for word, value in options.items()}

    def read(cell: Cell) -> Any:
        text = _as_text(cell)
        if title_key(text) not in known:
            raise Invalid("table_not_a_choice", given=text.strip()[:SHOWN], options="、".join(options))
        return known[title_key(text)]

    return Column(key, title, read, choices=tuple(options), **more)


def _typed(cell: Cell) -> str:
    """The text of a cell that must be a text.

    Raises: Invalid (table_date_for_other, table_boolean).
    """
    if cell.kind is CellKind.DATE:
        raise Invalid("table_date_for_other", given=cell.text[:SHOWN])
    if cell.kind is CellKind.BOOLEAN:
        raise Invalid("table_boolean", given=cell.text)
    return cell.text


def _as_text(cell: Cell) -> str:
    """The text of a cell, a number as it is written; one whose last digits Excel has lost is refused."""
    if cell.kind is CellKind.NUMBER:
        if len(cell.text.partition(".")[0].lstrip("-")) > EXCEL_DIGITS:
            raise Invalid("table_number_too_long", given=cell.text[:SHOWN])
        return cell.text
    return _typed(cell)
