"""What each method of sampling would give before anything is drawn: projects and work, by number and by amount. Pure.

The counts and groups are those of ``verify_draw``; nothing here draws.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from investreview.draws.verify_draw import GROUPED_BY, share


@dataclass(frozen=True)
class Candidate:
    """One project of the frame as the methods see it. Units: yuan."""

    ent: str
    band: str
    amount_yuan: Fraction
    must: bool


@dataclass(frozen=True)
class Expected:
    """What a method gives for some projects: how many at least, at most and on average, and the average amount."""

    frame_count: int
    frame_yuan: Fraction
    least: int
    most: int
    mean: Fraction
    mean_yuan: Fraction

    @property
    def by_number(self) -> Fraction:
        """The expected share of projects."""
        return self.mean / self.frame_count if self.frame_count else Fraction(0)

    @property
    def by_amount(self) -> Fraction:
        """The expected share of the invested amount."""
        return self.mean_yuan / self.frame_yuan if self.frame_yuan else Fraction(0)


@dataclass(frozen=True)
class Comparison:
    """One method: in total (the number is certain) and for each enterprise; work in persons' working days."""

    method: str
    must: int
    random: int
    total: Expected
    by_enterprise: tuple[tuple[str, Expected], ...]
    work_days: int


def rate_of(rate_bps: int) -> tuple[int, int]:
    """The rate as the request of a draw writes it: numerator and denominator, reduced."""
    rate = Fraction(rate_bps, 10_000)
    return rate.numerator, rate.denominator


def chances(frame: Sequence[Candidate], *, method: str, rate_bps: int) -> tuple[Fraction, ...]:
    """For each project the probability of being picked, exactly; 1 for what must be in.

    Within a group of N every project is picked with n/N: a random start moves the steps over every place, and tickets
    decide among projects of one cell.
    """
    sizes: dict[tuple[str, ...], int] = {}
    for row in frame:
        if not row.must:
            sizes[_group(row, method)] = sizes.get(_group(row, method), 0) + 1
    rule = _rule(rate_bps)
    return tuple(
        Fraction(1) if row.must else Fraction(share(size := sizes[_group(row, method)], rule), size) for row in frame
    )


def compare(frame: Sequence[Candidate], *, method: str, rate_bps: int, check_days: int) -> Comparison:
    """What ``method`` gives for this frame; ``check_days`` are persons' working days a project."""
    odds = chances(frame, method=method, rate_bps=rate_bps)
    names = sorted({row.ent for row in frame}, key=str.encode)
    must = sum(row.must for row in frame)
    total = int(sum(odds, Fraction(0)))
    whole = _expected(frame, odds, least=total, most=total)
    parts = []
    for name in names:
        members = [place for place, row in enumerate(frame) if row.ent == name]
        rows, own = [frame[place] for place in members], [odds[place] for place in members]
        parts.append((name, _expected(rows, own, *_bounds(rows, frame, method, rate_bps))))
    return Comparison(method, must, total - must, whole, tuple(parts), total * check_days)


def _rule(rate_bps: int) -> dict[str, int]:
    numerator, denominator = rate_of(rate_bps)
    return {"num": numerator, "den": denominator}


def _group(row: Candidate, method: str) -> tuple[str, ...]:
    values = {"ent": row.ent, "band": row.band}
    return tuple(values[name] for name in GROUPED_BY[method])


def _expected(rows: Sequence[Candidate], odds: Sequence[Fraction], least: int, most: int) -> Expected:
    amounts = [row.amount_yuan for row in rows]
    return Expected(
        frame_count=len(rows),
        frame_yuan=sum(amounts, Fraction(0)),
        least=least,
        most=most,
        mean=sum(odds, Fraction(0)),
        mean_yuan=sum((chance * amount for chance, amount in zip(odds, amounts, strict=True)), Fraction(0)),
    )


def _bounds(rows: Sequence[Candidate], frame: Sequence[Candidate], method: str, rate_bps: int) -> tuple[int, int]:
    """How many of an enterprise's projects are picked at least and at most.

    Where groups are within enterprises the number is certain; in one list an enterprise's projects stand together, so
    that its number is the neighbouring whole number below or above its share.
    """
    if "ent" in GROUPED_BY[method]:
        certain = int(sum(chances(rows, method=method, rate_bps=rate_bps), Fraction(0)))
        return certain, certain
    must = sum(row.must for row in rows)
    free = len(rows) - must
    everybody = sum(not row.must for row in frame)
    if not everybody:
        return must, must
    exact = Fraction(free * share(everybody, _rule(rate_bps)), everybody)
    return must + exact.__floor__(), must + exact.__ceil__()
