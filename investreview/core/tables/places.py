"""Where in an office table something stands, and what is wrong there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from investreview.core.errors import Invalid

LAST_COLUMN = 16_384
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


def column_letters(number: int) -> str:
    """1 → A, 28 → AB."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """A → 1, AB → 28."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def cell_at(reference: str) -> tuple[int, int]:
    """Row and column of ``AB12``.

    Raises: Invalid (file_damaged) for what is no address of a cell.
    """
    found = _REFERENCE.fullmatch(reference)
    if found is None or column_number(found[1]) > LAST_COLUMN:
        raise Invalid("file_damaged")
    return int(found[2]), column_number(found[1])


@dataclass(frozen=True)
class Place:
    """A cell, or a whole row where ``column`` is empty; ``title`` is what the header calls the column."""

    sheet: str
    row: int
    column: str = ""
    title: str = ""

    @property
    def cell(self) -> str:
        """As Excel calls it: ``D5``; of a row, its number."""
        return f"{self.column}{self.row}"

    def __str__(self) -> str:
        if not self.column:
            return _("“%(sheet)s”第 %(row)d 行") % {"sheet": self.sheet, "row": self.row}
        facts = {"sheet": self.sheet, "row": self.row, "column": self.column, "title": self.title}
        if not self.title:
            return _("“%(sheet)s”第 %(row)d 行 %(column)s 列") % facts
        return _("“%(sheet)s”第 %(row)d 行 %(column)s 列（%(title)s）") % facts


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, where; the facts are plain values, so that it can be kept and told in any language."""

    place: Place
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)
    citation: str = ""

    @property
    def error(self) -> Invalid:
        """The same as an error, for its sentence."""
        error = Invalid(self.code, citation=self.citation or None)
        error.facts = dict(self.facts)
        return error

    @classmethod
    def of(cls, place: Place, error: Invalid) -> "Fault":
        """The error at its place."""
        return cls(place, error.code, dict(error.facts), error.citation or "")

    def as_plain(self) -> dict[str, Any]:
        """What JSON can hold; ``from_plain`` reads it back."""
        place = self.place
        return {
            "place": [place.sheet, place.row, place.column, place.title],
            "code": self.code,
            "facts": {name: _plain(value) for name, value in self.facts.items()},
            "citation": self.citation,
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Fault":
        """The fault that ``as_plain`` wrote."""
        facts = {name: _value(value) for name, value in plain["facts"].items()}
        return cls(Place(*plain["place"]), plain["code"], facts, plain["citation"])


def _plain(value: object) -> object:
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, Decimal) or not isinstance(value, str | int | float | bool):
        return str(value)
    return value


def _value(plain: object) -> object:
    return date.fromisoformat(plain["day"]) if isinstance(plain, dict) else plain
