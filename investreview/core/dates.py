"""Reading a legal date (日期) that a person typed: a day in Asia/Shanghai between 1990 and 2100."""

import re
from datetime import date

from investreview.core.errors import Invalid

FIRST_YEAR = 1990
LAST_YEAR = 2100

_NARROW = {ord(wide): ord(wide) - 0xFEE0 for wide in "０１２３４５６７８９－／．"}
_SHAPES = (
    re.compile(r"(?P<year>[0-9]{4})(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})"),
    re.compile(r"(?P<year>[0-9]{4})年(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日"),
)


def parse_legal_date(text: str) -> date:
    """The typed day, from ``2024-08-07``, ``2024/8/7``, ``2024.8.7`` or ``2024年8月7日``.

    Raises: Invalid (date_empty, date_not_read, date_does_not_exist, date_out_of_range).
    """
    typed = text.translate(_NARROW).strip()
    shown = text.strip()[:40]
    if not typed:
        raise Invalid("date_empty")
    shape = next((match for match in (pattern.fullmatch(typed) for pattern in _SHAPES) if match), None)
    if shape is None:
        raise Invalid("date_not_read", given=shown)
    year, month, day = int(shape["year"]), int(shape["month"]), int(shape["day"])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Invalid("date_out_of_range", given=shown, first=FIRST_YEAR, last=LAST_YEAR)
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Invalid("date_does_not_exist", given=shown) from error
