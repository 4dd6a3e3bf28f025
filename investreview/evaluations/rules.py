"""后评价: when a project is due, why it must be picked, what share is covered. Pure.

Rule: DOMAIN §10; the numbers come from the rule set as ``Terms``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from investreview.core.dates import months_later

WHOLE_BPS = 10_000
BUILT_KINDS = frozenset({"FIXED_ASSET", "INTANGIBLE"})
UNSAMPLED = "UNSAMPLED"


class DueReason(StrEnum):
    """Why a project is to be evaluated."""

    FIXED_ASSET = "FIXED_ASSET"
    EQUITY = "EQUITY"
    ACQUISITION = "ACQUISITION"
    TERMINATED = "TERMINATED"
    OVER_BUDGET = "OVER_BUDGET"
    LOSS = "LOSS"


@dataclass(frozen=True, kw_only=True)
class Terms:
    """The numbers the rules below need. Units: calendar months, basis points."""

    built_months: int
    late_months: int
    exceptional_months: int
    over_budget_bps: int


@dataclass(frozen=True, kw_only=True)
class Course:
    """What was decided on a project and what became of it; of what happened more than once the first time.

    Units: yuan, legal dates.
    """

    kind: str
    is_acquisition: bool
    is_special: bool
    decided_yuan: Decimal
    actual_yuan: Decimal | None = None
    cost_on: date | None = None
    accepted_on: date | None = None
    operating_on: date | None = None
    closed_on: date | None = None
    terminated_on: date | None = None
    loss_on: date | None = None
    alert_on: date | None = None
    letter_on: date | None = None


@dataclass(frozen=True)
class DueDate:
    """A reason for evaluation: what it rests on, from which day it is due, from which day it is late."""

    reason: DueReason
    basis_on: date
    due_on: date
    late_on: date | None


def due_dates(course: Course, terms: Terms) -> tuple[DueDate, ...]:
    """Every reason the course gives, also those whose day is yet to come, one a reason.

    Fixed and intangible assets: ``built_months`` after acceptance or start of operation, whichever was first, late at
    ``late_months``. Equity, funds and acquisitions: one full fiscal year after closing, so from 1 January of the second
    year after it (a closing on 1 January begins its full year itself). Ended, over budget or loss-making: at once, late
    from the day after ``exceptional_months`` (within them it is in time). Rule: DOMAIN §10.
    """
    found: list[DueDate] = []
    begun = [day for day in (course.accepted_on, course.operating_on) if day is not None]
    if course.kind in BUILT_KINDS and not course.is_acquisition and begun:
        start = min(begun)
        due, late = months_later(start, terms.built_months), months_later(start, terms.late_months)
        found.append(DueDate(DueReason.FIXED_ASSET, start, due, late))
    elif course.closed_on is not None and (course.is_acquisition or course.kind not in BUILT_KINDS):
        reason = DueReason.ACQUISITION if course.is_acquisition else DueReason.EQUITY
        found.append(DueDate(reason, course.closed_on, after_full_fiscal_year(course.closed_on), None))
    exceptional = (
        (DueReason.TERMINATED, course.terminated_on),
        (DueReason.OVER_BUDGET, course.cost_on if is_over_budget(course, terms) else None),
        (DueReason.LOSS, course.loss_on),
    )
    for reason, day in exceptional:
        if day is not None:
            last_day = months_later(day, terms.exceptional_months)
            found.append(DueDate(reason, day, day, last_day + timedelta(days=1)))
    return tuple(found)


def after_full_fiscal_year(closed_on: date) -> date:
    """The first day after the first full fiscal year (calendar year) that begins on the day of closing or later."""
    is_first_day = (closed_on.month, closed_on.day) == (1, 1)
    return date(closed_on.year + (1 if is_first_day else 2), 1, 1)


def is_over_budget(course: Course, terms: Terms) -> bool:
    """Whether the actual amount exceeds the decided one by the bound (included) or more."""
    if course.actual_yuan is None:
        return False
    return course.actual_yuan * WHOLE_BPS >= course.decided_yuan * (WHOLE_BPS + terms.over_budget_bps)


def occasions(course: Course, terms: Terms) -> dict[str, date | None]:
    """The mandatory rules that the project's own record fulfils, each with the day of its evidence where it has one."""
    found: dict[str, date | None] = {}
    if course.is_acquisition:
        found["ACQUISITION"] = course.closed_on
    if course.is_special:
        found["SPECIAL"] = None
    if course.alert_on is not None:
        found["ALERT"] = course.alert_on
    if is_over_budget(course, terms):
        found["OVER_BUDGET"] = course.cost_on
    if course.letter_on is not None:
        found["LETTER"] = course.letter_on
    return found


def passed_over(groups: Iterable[str], sampled: Mapping[int, Mapping[str, bool]], *, year: int, years: int) -> set[str]:
    """The groups that stood in the frame of each of the ``years`` years before ``year`` and were picked in none.

    ``sampled``: by year, for each group of that year's frame, whether a project of it was picked.
    """
    before = [sampled.get(year - back, {}) for back in range(1, years + 1)]
    return {group for group in groups if all(one.get(group, True) is False for one in before)}


@dataclass(frozen=True)
class Coverage:
    """How much of a frame was picked, by number and by amount. Units: yuan."""

    frame_count: int
    picked_count: int
    frame_yuan: Decimal
    picked_yuan: Decimal

    @property
    def by_number(self) -> Fraction:
        """The share of projects; 0 of an empty frame."""
        return Fraction(self.picked_count, self.frame_count) if self.frame_count else Fraction(0)

    @property
    def by_amount(self) -> Fraction:
        """The share of the invested amount; 0 of a frame without amounts."""
        return Fraction(self.picked_yuan) / Fraction(self.frame_yuan) if self.frame_yuan else Fraction(0)


@dataclass(frozen=True)
class Counted:
    """One project of a frame as coverage sees it. Units: yuan."""

    group: str
    amount_yuan: Decimal
    is_picked: bool


def coverage(rows: Sequence[Counted]) -> Coverage:
    """The coverage of all rows together."""
    picked = [row for row in rows if row.is_picked]
    return Coverage(
        frame_count=len(rows),
        picked_count=len(picked),
        frame_yuan=sum((row.amount_yuan for row in rows), Decimal(0)),
        picked_yuan=sum((row.amount_yuan for row in picked), Decimal(0)),
    )


def coverage_by_group(rows: Sequence[Counted]) -> dict[str, Coverage]:
    """The coverage of each enterprise, in the order in which the rows first name it."""
    grouped: dict[str, list[Counted]] = {}
    for row in rows:
        grouped.setdefault(row.group, []).append(row)
    return {group: coverage(members) for group, members in grouped.items()}


def percent_text(share: Fraction) -> str:
    """30.4%: a share as notices print it, one decimal, half up."""
    tenths = (share * 1000 + Fraction(1, 2)).__floor__()
    return f"{tenths // 10}.{tenths % 10}%"


def whole_wan(amount_yuan: Decimal) -> int:
    """The amount in 万元 without decimals, half up, as a frame's snapshot holds it."""
    return (Fraction(amount_yuan) / WHOLE_BPS + Fraction(1, 2)).__floor__()
