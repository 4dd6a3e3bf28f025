"""Legal dates (日期): read as a person typed them, days in Asia/Shanghai between 1990 and 2100; counted; written."""

import re
from datetime import date, datetime

from investreview.core.clock import SHANGHAI
from investreview.core.errors import Invalid

FIRST_YEAR = 1990
FIRST_YEAR_OF_A_LIFE = 1900
LAST_YEAR = 2100
LAST_HOUR, LAST_MINUTE = 23, 59
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_NARROW = {ord(wide): ord(wide) - 0xFEE0 for wide in "０１２３４５６７８９－／．"}
_SHAPES = (
    re.compile(r"(?P<year>[0-9]{4})(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})"),
    re.compile(r"(?P<year>[0-9]{4})年(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日"),
)


def parse_legal_date(text: str, *, first_year: int = FIRST_YEAR) -> date:
    """The typed day, from ``2024-08-07``, ``2024/8/7``, ``2024.8.7`` or ``2024年8月7日``.

    ``first_year`` is earlier for what lies in a person's life.
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
    if not first_year <= year <= LAST_YEAR:
        raise Invalid("date_out_of_range", given=shown, first=first_year, last=LAST_YEAR)
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Invalid("date_does_not_exist", given=shown) from error


def months_later(day: date, months: int) -> date:
    """The same day of the month, ``months`` on (or back, when negative); a month too short for it gives its last."""
    year, month = divmod(day.month - 1 + months, 12)
    first_after = date(day.year + year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = date.fromordinal(first_after.toordinal() - 1)
    return last.replace(day=min(day.day, last.day))


def in_chinese(day: date) -> str:
    """2024年7月19日."""
    return f"{day.year}年{day.month}月{day.day}日"


def in_english(day: date) -> str:
    """19 July 2024."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


_MOMENT = re.compile(r"(?P<day>.+?)[T ]+(?P<hour>[0-9]{1,2})[:：](?P<minute>[0-9]{2})(?::[0-9]{2})?")


def parse_moment(text: str) -> datetime:
    """The typed instant in Asia/Shanghai, a day as ``parse_legal_date`` reads it and a time: ``2024-08-07 14:30``.

    Raises: Invalid (date_empty, moment_not_read, and what ``parse_legal_date`` raises).
    """
    typed = text.translate(_NARROW).strip()
    if not typed:
        raise Invalid("date_empty")
    found = _MOMENT.fullmatch(typed)
    if found is None:
        raise Invalid("moment_not_read", given=text.strip()[:40])
    day, hour, minute = parse_legal_date(found["day"]), int(found["hour"]), int(found["minute"])
    if hour > LAST_HOUR or minute > LAST_MINUTE:
        raise Invalid("moment_not_read", given=text.strip()[:40])
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI)
