"""Whether the seats of a panel can be filled, told exactly before a draw is frozen (DRAW, Infeasible)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

ANYBODY = "*"


@dataclass(frozen=True)
class SeatNeed:
    """``count`` people who fit the class ``key``; ``*`` is fitted by everybody."""

    key: str
    count: int


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be drawn: the classes they fit, and the employer that may send only so many."""

    classes: frozenset[str]
    employer: str

    def fits(self, seats: Iterable[str]) -> bool:
        """Whether they can hold a seat of one of these classes."""
        return any(seat == ANYBODY or seat in self.classes for seat in seats)


@dataclass(frozen=True)
class Shortage:
    """The seats of these classes together need more people than there are."""

    seats: tuple[str, ...]
    need: int
    have: int


def shortages(needs: Sequence[SeatNeed], people: Sequence[Candidate], *, per_employer: int) -> tuple[Shortage, ...]:
    """Every smallest set of classes that cannot be filled; empty exactly when a whole panel exists.

    Rule: with at most ``per_employer`` of one employer the seats can be filled exactly when each set of classes has
    as many people as it needs, counting of each employer no more than it may send (max-flow, min-cut).
    """
    wanted = [need for need in needs if need.count]
    found: list[Shortage] = []
    for length in range(1, len(wanted) + 1):
        for group in combinations(wanted, length):
            seats = tuple(need.key for need in group)
            if any(set(known.seats) <= set(seats) for known in found):
                continue
            need = sum(each.count for each in group)
            have = _supply(seats, people, per_employer)
            if have < need:
                found.append(Shortage(seats, need, have))
    return tuple(found)


def _supply(seats: tuple[str, ...], people: Sequence[Candidate], per_employer: int) -> int:
    fitting = Counter(person.employer for person in people if person.fits(seats))
    return sum(min(count, per_employer) for count in fitting.values())
