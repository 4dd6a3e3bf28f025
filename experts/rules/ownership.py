"""Who owns whom, and since when: how an organisation is tied to a party of a case, at any depth (DOMAIN §6, Avoidance).

A tie goes straight up or straight down: an owner of the party, or one of its owners' … subsidiaries below it. Two
companies of one owner are no tie: every group of a city has one.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from experts.rules.eligibility import Period


class Relation(StrEnum):
    """What one step of a path says of the organisation it leads to."""

    HOLDS = "HOLDS"
    HELD_BY = "HELD_BY"
    ABOVE = "ABOVE"
    BELOW = "BELOW"


@dataclass(frozen=True)
class Ownership:
    """``owner`` stands above ``owned``: by a share in basis points, or (None) as the registry's enterprise above it."""

    owner: int
    owned: int
    share_bps: int | None
    period: Period


@dataclass(frozen=True)
class Step:
    """One step of a path: the relation of the organisation before to ``organisation``, and the days it holds."""

    relation: Relation
    organisation: int
    share_bps: int | None
    period: Period


@dataclass(frozen=True)
class Link:
    """How ``organisation`` is tied to the party: ``steps`` in order, none when it is one of the party's own.

    ``period`` are the days on which every step held, within the days that count.
    """

    organisation: int
    steps: tuple[Step, ...]
    reaches: int
    period: Period


class OwnershipGraph:
    """Every ownership that held on some day that counts, to be asked from any party."""

    def __init__(self, ownerships: Iterable[Ownership]) -> None:
        self._owners: dict[int, list[Ownership]] = defaultdict(list)
        self._owned: dict[int, list[Ownership]] = defaultdict(list)
        for one in ownerships:
            self._owners[one.owned].append(one)
            self._owned[one.owner].append(one)

    def links_to(self, party: Iterable[int], window: Period) -> Mapping[int, tuple[Link, ...]]:
        """Every organisation that is tied to one of ``party`` on some day of ``window``, with its paths.

        An organisation has several links when they hold on different days, or lead up and down.
        """
        own = [Link(each, (), each, window) for each in sorted(party)]
        found: dict[int, list[Link]] = defaultdict(list)
        for neighbours, is_up in ((self._owners, True), (self._owned, False)):
            for link in _walk(own, neighbours, is_up=is_up):
                if link not in found[link.organisation]:
                    found[link.organisation].append(link)
        return {organisation: tuple(links) for organisation, links in found.items()}


def _walk(own: list[Link], neighbours: Mapping[int, list[Ownership]], *, is_up: bool) -> list[Link]:
    """All links in one direction, the shortest first; a longer one only where it holds on further days."""
    reached: dict[int, list[Link]] = defaultdict(list)
    waiting, found = deque(own), []
    while waiting:
        link = waiting.popleft()
        if any(known.period.covers(link.period) for known in reached[link.organisation]):
            continue
        reached[link.organisation].append(link)
        found.append(link)
        for one in neighbours.get(link.organisation, ()):
            days = link.period.shared_with(one.period)
            if days is None:
                continue
            step = Step(_relation(one, is_up=is_up), link.organisation, one.share_bps, one.period)
            before = one.owner if is_up else one.owned
            waiting.append(Link(before, (step, *link.steps), link.reaches, days))
    return found


def _relation(one: Ownership, *, is_up: bool) -> Relation:
    if one.share_bps is None:
        return Relation.ABOVE if is_up else Relation.BELOW
    return Relation.HOLDS if is_up else Relation.HELD_BY
