"""What a draw promises before it is frozen: each person's chance, what is missing, how large a sample will be.

Pure. The seeds are simulated and have nothing to do with the seed of a real draw.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from investreview.draws import verify_draw as ird

SEEDS = 1000
_TICKETS_AT_MOST = 200_000
"""A thousand seeds for a pool of 200; fewer for a larger one, so that the set-up page answers within a second."""


@dataclass(frozen=True)
class Chances:
    """How often each number was drawn in ``seed_count`` simulated draws; who is excluded stands with 0."""

    seed_count: int
    hits: Mapping[int, int]
    candidates: frozenset[int]

    @property
    def least(self) -> int:
        """The fewest hits of somebody who can be drawn."""
        return min((self.hits[no] for no in self.candidates), default=0)

    @property
    def most(self) -> int:
        """The most hits of somebody."""
        return max((self.hits[no] for no in self.candidates), default=0)

    @property
    def certain(self) -> tuple[int, ...]:
        """Whoever was drawn every time: somebody the rules leave no choice about."""
        return tuple(sorted(no for no in self.candidates if self.hits[no] == self.seed_count))


def chances(
    rows: Sequence[Mapping[str, Any]],
    seats: Sequence[Mapping[str, Any]],
    excluded: Collection[int],
    cap: int | None,
    *,
    seed_count: int | None = None,
) -> Chances:
    """Each person's chance to be on the first panel, counted over simulated seeds (1,000 up to a pool of 200).

    Raises: verify_draw.Infeasible where no full panel exists.
    """
    count = seed_count or max(1, min(SEEDS, _TICKETS_AT_MOST // max(1, len(rows))))
    h, pool = ird.Hash("sha256"), ird.Pool(list(rows), list(seats), cap)
    candidates = [no for no in pool.rows if no not in excluded]
    hits: Counter[int] = Counter(dict.fromkeys(pool.rows, 0))
    for number in range(count):
        seed = h.digest("simulation", ird.u64(number))
        hits.update(ird.first_panel(pool, [no for _, no in h.order(seed, candidates)]))
    return Chances(seed_count=count, hits=dict(hits), candidates=frozenset(candidates))


@dataclass(frozen=True)
class Shortage:
    """Seats of these classes that cannot be filled: how many they are, and how many people could sit there at most."""

    seats: tuple[str, ...]
    need: int
    have: int
    is_of_the_cap: bool


def shortage(
    rows: Iterable[Mapping[str, Any]],
    seats: Sequence[Mapping[str, Any]],
    excluded: Collection[int],
    cap: int | None,
) -> Shortage | None:
    """Why no full panel exists, by the fewest classes that show it; nothing when one exists.

    Exact (Hall's condition): a set of classes can be filled iff its seats are at most the people who fit one of them,
    each unit counted up to the cap. ``is_of_the_cap`` says that without the cap there would be enough.
    """
    pool = ird.Pool(list(rows), list(seats), cap)
    candidates = [no for no in pool.rows if no not in excluded]
    try:
        ird.first_panel(pool, candidates)
    except ird.Infeasible:
        return _least_unfillable(pool, candidates)
    return None


def _least_unfillable(pool: ird.Pool, candidates: list[int]) -> Shortage:
    kinds = Counter((pool.unit(no), frozenset(pool.fits(no))) for no in candidates)
    names = tuple(pool.sizes)
    for size in range(1, len(names) + 1):
        for chosen in combinations(names, size):
            need = sum(pool.sizes[name] for name in chosen)
            per_unit: Counter[str] = Counter()
            for (unit, fits), count in kinds.items():
                if not fits.isdisjoint(chosen):
                    per_unit[unit] += count
            at_most = [count if pool.cap is None else min(count, pool.cap) for count in per_unit.values()]
            if sum(at_most) < need:
                return Shortage(chosen, need, sum(at_most), is_of_the_cap=sum(per_unit.values()) >= need)
    raise AssertionError("an unfillable panel breaks Hall's condition for some set of classes")


@dataclass(frozen=True)
class SampleSize:
    """How many projects a method will sample, and from how many groups."""

    method: str
    must_count: int
    random_count: int
    group_count: int

    @property
    def total_count(self) -> int:
        """All that is to be examined."""
        return self.must_count + self.random_count


def sample_sizes(rows: Sequence[Mapping[str, Any]], *, num: int, den: int) -> tuple[SampleSize, ...]:
    """For each method, what it will sample; known before the freeze, because only who is drawn is left to chance."""
    rule = {"num": num, "den": den}
    drawable = [row for row in rows if not row["must"]]
    sizes = []
    for method, fields in ird.GROUPED_BY.items():
        groups = Counter(tuple(row[name] for name in fields) for row in drawable)
        drawn = sum(ird.share(count, rule) for count in groups.values())
        sizes.append(SampleSize(method, len(rows) - len(drawable), drawn, len(groups)))
    return tuple(sizes)
