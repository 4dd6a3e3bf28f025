"""The arithmetic of pairs: medians, ratio, and the order in which subject and baseline take turns."""

from itertools import accumulate

import pytest

from bench.measure import PAIRS, Pairs, interleave

SUBJECT = (4.0, 1.0, 9.0, 3.0, 2.0)
BASELINE = (2.0, 8.0, 2.0, 2.0, 1.0)


def test_the_ratio_is_that_of_the_two_medians() -> None:
    pairs = Pairs(SUBJECT, BASELINE)
    assert (pairs.subject_median, pairs.baseline_median, pairs.ratio) == (3.0, 2.0, 1.5)


@pytest.mark.parametrize(("subject", "baseline"), [(SUBJECT, BASELINE[:4]), (SUBJECT[:4], BASELINE[:4])])
def test_fewer_than_five_whole_pairs_are_refused(subject: tuple[float, ...], baseline: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="are not 5 pairs"):
        Pairs(subject, baseline)


def test_subject_and_baseline_take_turns_after_one_unmeasured_run() -> None:
    order: list[str] = []
    interleave(lambda: order.append("s"), lambda: order.append("b"))
    assert "".join(order) == "sb" + "sb" + "bs" + "sb" + "bs" + "sb"


def test_each_run_is_booked_to_the_one_that_ran() -> None:
    ticks = accumulate([0, 1, 0, 10, 0, 20, 0, 2, 0, 3, 0, 30, 0, 40, 0, 4, 0, 5, 0, 50])
    pairs = interleave(lambda: None, lambda: None, clock=lambda: float(next(ticks)))
    assert pairs == Pairs((1, 2, 3, 4, 5), (10, 20, 30, 40, 50))
    assert len(pairs.subject) == PAIRS
