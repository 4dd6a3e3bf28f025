"""One cell as it was stored: its kind, its text, its exact number; nothing is rounded on the way."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation, localcontext
from enum import Enum, auto

from investreview.core.errors import Invalid

EXCEL_DIGITS = 15
"""Excel stores doubles and shows 15 digits; what comes after them is noise of the binary fraction that nobody typed."""

_DAY_ZERO_1900 = date(1899, 12, 31)
_DAY_ZERO_1904 = date(1904, 1, 1)
_NO_SUCH_SERIAL = 60  # 29 February 1900, which Lotus 1-2-3 and Excel count and no calendar has
_LAST_DAY = date.max.toordinal()


class CellKind(Enum):
    """How a cell was stored."""

    EMPTY = auto()
    TEXT = auto()
    NUMBER = auto()
    DATE = auto()
    BOOLEAN = auto()
    ERROR = auto()
    FORMULA = auto()


@dataclass(frozen=True)
class Cell:
    """``text`` is what a person would read; ``number`` stands for NUMBER, ``day`` for a DATE that exists."""

    kind: CellKind
    text: str = ""
    number: Decimal | None = None
    day: date | None = None


EMPTY = Cell(CellKind.EMPTY)


def text_cell(text: str) -> Cell:
    """A text; one of nothing but blanks is empty. The apostrophe that our writer puts before a formula goes again."""
    if not text.strip():
        return EMPTY
    if len(text) > 1 and text[0] == "'" and text[1:].lstrip(" \u00a0\u3000")[:1] in tuple("=+-@＝＋－＠"):
        text = text[1:]
    return Cell(CellKind.TEXT, text)


def number_cell(stored: str) -> Cell:
    """A number with the 15 digits that Excel shows.

    Raises: Invalid (file_damaged) for what is no number.
    """
    number = _exact(stored)
    return Cell(CellKind.NUMBER, f"{number:f}", number)


def date_cell(stored: str, *, is_1904: bool) -> Cell:
    """A day by its serial number; one that no calendar has keeps its text and has no ``day``.

    A time of day after the comma belongs to the day. Raises: Invalid (file_damaged) for what is no number.
    """
    number = _exact(stored)
    serial = int(number // 1)
    if not is_1904 and serial == _NO_SUCH_SERIAL:
        return Cell(CellKind.DATE, "1900-02-29", number)
    zero = _DAY_ZERO_1904 if is_1904 else _DAY_ZERO_1900
    if not is_1904 and serial > _NO_SUCH_SERIAL:
        serial -= 1
    first = 0 if is_1904 else 1
    if number < 0 or serial < first or zero.toordinal() + serial > _LAST_DAY:
        return Cell(CellKind.DATE, f"{number:f}", number)
    day = zero + timedelta(days=serial)
    return Cell(CellKind.DATE, day.isoformat(), number, day)


def _exact(stored: str) -> Decimal:
    try:
        number = Decimal(stored)
        if not number.is_finite() or number.adjusted() > 308:
            raise Invalid("file_damaged")
        with localcontext(prec=EXCEL_DIGITS):
            shown = +number
    except InvalidOperation:
        raise Invalid("file_damaged") from None
    shown = shown.normalize() if shown else Decimal(0)
    return shown.quantize(Decimal(1)) if shown == shown.to_integral_value() and shown.adjusted() < 27 else shown
