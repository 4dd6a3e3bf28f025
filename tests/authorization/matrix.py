"""``matrix.csv`` read: one row for a route, a method and the thing it is tried on; one column for each person.

Values: a status; ``done`` (redirected after the act); ``in`` (redirected to sign-in).
"""

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from django.urls import URLPattern, URLResolver, get_resolver

FILE = Path(__file__).parent / "matrix.csv"
COLUMNS = ("route", "method", "on", "why")
USUAL_PARTS, PARTS, FEW = 12, 4, 2
REFUSED = frozenset({"403", "404"})
GRANTED = frozenset({"200", "done"})


@dataclass(frozen=True)
class Row:
    """What DOMAIN says of one request, person by person."""

    route: str
    method: str
    on: str
    why: str
    expected: dict[str, str]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.route, self.method, self.on)))

    def asked(self, *, everybody: bool) -> list[str]:
        """Who asks in this run: everybody, or of each answer some: a quarter, of the most frequent a twelfth; few, all.

        Which ones differs from row to row: a run asks for everybody in every larger room, and for all in --all.
        """
        if everybody:
            return list(self.expected)
        turn = crc32(str(self).encode())
        usual, *others = (answer for answer, _ in Counter(self.expected.values()).most_common())
        asked = self._some(usual, USUAL_PARTS, turn)
        for answer in others:
            asked += self._some(answer, PARTS, turn)
        return asked

    def _some(self, answer: str, parts: int, turn: int) -> list[str]:
        """Every one of few who are given ``answer``; of many, a share of one in ``parts``."""
        people = [who for who, given in self.expected.items() if given == answer]
        return people if len(people) <= FEW else people[turn % min(parts, len(people)) :: parts]

    @property
    def rightful(self) -> str:
        """Somebody whom it is granted to, the nearest first; whose page the others' bodies are copied from."""
        return next((who for who, answer in self.expected.items() if answer in GRANTED), "officer")


def rows() -> list[Row]:
    """Every row of the matrix."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return [Row(*(line.pop(name) for name in COLUMNS), expected=line) for line in csv.DictReader(file)]


def routes() -> set[str]:
    """The name of every address of the site; one without a name would stand as its pattern."""
    return set(_named(get_resolver().url_patterns, ""))


def _named(patterns: list[URLPattern | URLResolver], namespace: str) -> list[str]:
    found: list[str] = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            found += _named(pattern.url_patterns, namespace + inner)
        else:
            found.append(namespace + (pattern.name or str(pattern.pattern)))
    return found
