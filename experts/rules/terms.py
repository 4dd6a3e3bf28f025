"""Terms in a pool: who is a member on a day, who came and who left (DOMAIN §6, term 3 years)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from experts.rules.codes import NotListed
from experts.rules.eligibility import Period

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Term:
    """One term in a pool: proposed only while ``term`` is empty; not of the pool from ``removed_on`` on."""

    term: Period | None
    removed_on: date | None

    def not_in_force(self, on: date) -> NotListed | None:
        """Nothing while the term is in force on ``on``; else why it is not. Rule: DOMAIN §6, term 3 years."""
        if self.term is None:
            return NotListed.PROPOSED
        if self.removed_on is not None and self.removed_on <= on:
            return NotListed.REMOVED
        if on < self.term.first:
            return NotListed.NOT_BEGUN
        return None if self.term.holds_on(on) else NotListed.TERM_OVER


def not_listed(terms: Sequence[Term], on: date) -> NotListed | None:
    """Nothing for a member of the pool on ``on``; else why the latest admitted term of ``terms`` is not in force.

    ``terms`` are in the order of their beginning; somebody who was only ever proposed, or refused, is PROPOSED.
    """
    reasons = [term.not_in_force(on) for term in terms]
    if None in reasons:
        return None
    admitted = [reason for reason in reasons if reason is not NotListed.PROPOSED]
    return admitted[-1] if admitted else NotListed.PROPOSED


def arrivals(terms: Sequence[Term], within: Period) -> list[date]:
    """The first days, within the period, of terms that ran and do not go on where another ended."""
    admitted = [
        one.term
        for one in terms
        if one.term is not None and (one.removed_on is None or one.removed_on > one.term.first)
    ]
    return [days.first for days in admitted if within.holds_on(days.first) and not _follows(days, terms)]


def departures(terms: Sequence[Term], within: Period) -> list[date]:
    """The first days, within the period, on which the expert was no longer of the pool."""
    left = [day for one in terms if (day := _left_on(one, terms)) is not None]
    return [day for day in left if within.holds_on(day)]


def _follows(days: Period, terms: Sequence[Term]) -> bool:
    before = days.first - _DAY
    return any(one.term is not None and one.removed_on is None and one.term.last == before for one in terms)


def _left_on(one: Term, terms: Sequence[Term]) -> date | None:
    """The day of removal from a term that had begun, or the day after its last unless the next one begins then."""
    if one.term is None or one.term.last is None:
        return None
    if one.removed_on is not None:
        return one.removed_on if one.removed_on > one.term.first else None
    following = one.term.last + _DAY
    goes_on = any(other.term is not None and other.term.first == following for other in terms)
    return None if goes_on else following
