"""Which entries of the registry are one legal person: an entry without credit code may be one that has a code.

An enterprise may declare a party by its name alone; whoever works there must stand aside all the same.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class NamedBody:
    """One name that an entry bears or bore, and whether the entry has a credit code."""

    organisation: int
    name: str
    has_code: bool


def folded(name: str) -> str:
    """The name as it is compared: widths of brackets and letters, capitals and blanks say nothing."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


class Bodies:
    """Entries by what they stand for. Rule: a code names one legal person; a name without code, all who bore it."""

    def __init__(self, names: Iterable[NamedBody]) -> None:
        coded: dict[str, set[int]] = defaultdict(set)
        uncoded: dict[str, set[int]] = defaultdict(set)
        for one in names:
            (coded if one.has_code else uncoded)[folded(one.name)].add(one.organisation)
        self._meant: dict[int, set[int]] = defaultdict(set)
        for name, organisations in uncoded.items():
            meant = coded.get(name) or {min(organisations)}
            for organisation in organisations:
                self._meant[organisation] |= meant

    def all_meant_by(self, organisation: int) -> frozenset[int]:
        """Every legal person that the entry may be; an entry with a code is itself."""
        return frozenset(self._meant.get(organisation, {organisation}))

    def meant_by(self, organisation: int) -> int:
        """The only legal person that the entry may be, else the entry itself."""
        meant = self._meant.get(organisation, {organisation})
        return next(iter(meant)) if len(meant) == 1 else organisation
