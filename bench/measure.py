"""Pairs of one subject and one baseline, taken in turns in the same run."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

PAIRS = 5
Act = Callable[[], object]


@dataclass(frozen=True)
class Pairs:
    """What the subject and the baseline took, pair by pair. Units: seconds."""

    subject: tuple[float, ...]
    baseline: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.subject) != len(self.baseline) or len(self.subject) < PAIRS:
            raise ValueError(f"{len(self.subject)} and {len(self.baseline)} runs are not {PAIRS} pairs")

    @property
    def subject_median(self) -> float:
        """The middle run of the subject. Units: seconds."""
        return median(self.subject)

    @property
    def baseline_median(self) -> float:
        """The middle run of the baseline. Units: seconds."""
        return median(self.baseline)

    @property
    def ratio(self) -> float:
        """The subject's median as a multiple of the baseline's."""
        return self.subject_median / self.baseline_median


def interleave(
    subject: Act, baseline: Act, *, clock: Callable[[], float] = time.perf_counter, pairs: int = PAIRS
) -> Pairs:
    """Both were run once unmeasured and then in ``pairs`` pairs, every second pair in the other order."""
    subject()
    baseline()
    runs: tuple[tuple[Act, list[float]], ...] = ((subject, []), (baseline, []))
    for number in range(pairs):
        for act, took in runs if number % 2 == 0 else reversed(runs):
            began = clock()
            act()
            took.append(clock() - began)
    return Pairs(tuple(runs[0][1]), tuple(runs[1][1]))
