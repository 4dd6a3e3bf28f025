"""Who may be drawn on a day: the qualification of DOMAIN §6, judged from dates."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from experts.rules.codes import ExclusionCode
from investreview.core.dates import months_later


class QualificationLimits(Protocol):
    """The numbers of the rule set that qualification rests on. Units: full years."""

    @property
    def field_years(self) -> int: ...
    @property
    def oldest_years(self) -> int: ...


@dataclass(frozen=True)
class Person:
    """What age and experience are judged by."""

    born_on: date
    in_field_since: date


def years_between(first: date, on: date) -> int:
    """The full years from ``first`` to ``on``: an age rises on the birthday, one of 29 February on 1 March."""
    return on.year - first.year - ((on.month, on.day) < (first.month, first.day))


def unfitness(person: Person, limits: QualificationLimits, on: date) -> tuple[ExclusionCode, ...]:
    """Why age or experience keep this person out on ``on``; empty for somebody who qualifies.

    Rule: DOMAIN §6, ≤ 70 on the day of the draw (70 until the day before the 71st birthday), ≥ 8 years in the field.
    """
    found = []
    if years_between(person.born_on, on) > limits.oldest_years:
        found.append(ExclusionCode.AGE)
    if years_between(person.in_field_since, on) < limits.field_years:
        found.append(ExclusionCode.FIELD_YEARS)
    return tuple(found)


@dataclass(frozen=True)
class Period:
    """Days from ``first`` to ``last``, both included; without a last day it goes on."""

    first: date
    last: date | None

    def holds_on(self, day: date) -> bool:
        """Whether ``day`` is one of them."""
        return self.first <= day and (self.last is None or day <= self.last)

    def shared_with(self, other: "Period") -> "Period | None":
        """The days both have, if any."""
        lasts = [last for last in (self.last, other.last) if last is not None]
        first, last = max(self.first, other.first), min(lasts, default=None)
        return None if last is not None and last < first else Period(first, last)

    def covers(self, other: "Period") -> bool:
        """Whether every day of ``other`` is one of them."""
        ends_later = self.last is None or (other.last is not None and other.last <= self.last)
        return self.first <= other.first and ends_later


def look_back(on: date, years: int) -> Period:
    """The days that still count on ``on``: the last ``years`` years, the same day of the year included."""
    return Period(months_later(on, -12 * years), on)
