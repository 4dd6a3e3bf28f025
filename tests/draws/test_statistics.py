"""Nobody is favoured: counts over fixed families of seeds stay within 4.5 standard deviations."""

from collections import Counter
from itertools import pairwise, permutations
from typing import Any

import pytest

from investreview.draws import verify_draw as ird

SEEDS = 4000
H = ird.Hash("sha256")


def seed(number: int) -> bytes:
    return H.digest("test", ird.u64(number))


def is_near(count: int, chance: float, trials: int = SEEDS) -> bool:
    """Whether ``count`` of ``trials`` is what an event of this chance gives."""
    return abs(count - trials * chance) <= 4.5 * (trials * chance * (1 - chance)) ** 0.5


def test_every_number_comes_equally_often_at_every_place() -> None:
    places: Counter[tuple[int, int]] = Counter()
    for number in range(SEEDS):
        places.update((no, place) for place, (_, no) in enumerate(H.order(seed(number), range(1, 13))))
    assert len(places) == 144
    assert all(is_near(count, 1 / 12) for count in places.values())


def test_whether_a_number_comes_before_another_is_a_fair_coin_also_for_neighbours() -> None:
    before: Counter[tuple[int, int]] = Counter()
    for number in range(SEEDS):
        place = {no: at for at, (_, no) in enumerate(H.order(seed(number), range(1, 43)))}
        before.update((a, b) for a, b in pairwise(range(1, 43)) if place[a] < place[b])
    assert all(is_near(count, 1 / 2) for count in before.values())


@pytest.mark.parametrize("cap", [None, 1])
def test_each_pair_of_unclassed_people_sits_together_as_often_as_any_other(cap: int | None) -> None:
    rows: list[Any] = [{"no": no, "spec": [], "unit": f"u{no}"} for no in range(1, 9)]
    pool, pairs = ird.Pool(rows, [{"spec": "*", "n": 3}], cap), Counter[tuple[int, int]]()
    for number in range(SEEDS):
        members = sorted(ird.first_panel(pool, [no for _, no in H.order(seed(number), range(1, 9))]))
        pairs.update((a, b) for a in members for b in members if a < b)
    assert len(pairs) == 28
    assert all(is_near(count, 3 / 28) for count in pairs.values())


def test_people_of_one_kind_have_the_chance_that_counting_orders_gives() -> None:
    # One seat of 甲 and one of anybody; 1 and 2 fit 甲, 3 to 5 nothing.
    rows: list[Any] = [{"no": no, "spec": ["甲"] if no < 3 else [], "unit": "u"} for no in range(1, 6)]
    pool, hits = ird.Pool(rows, [{"spec": "甲", "n": 1}, {"spec": "*", "n": 1}], None), Counter[int]()
    for number in range(SEEDS):
        hits.update(ird.first_panel(pool, [no for _, no in H.order(seed(number), range(1, 6))]))
    exact = _by_all_orders(pool)
    assert exact[1] == exact[2]
    assert exact[3] == exact[4] == exact[5]
    assert all(is_near(hits[no], exact[no]) for no in range(1, 6))


def _by_all_orders(pool: ird.Pool) -> dict[int, float]:
    orders = list(permutations(pool.rows))
    hits = Counter(no for order in orders for no in ird.first_panel(pool, list(order)))
    return {no: hits[no] / len(orders) for no in pool.rows}


def test_whoever_joins_in_a_wave_is_anybody_with_the_same_chance() -> None:
    rows: list[Any] = [{"no": no, "spec": [], "unit": "u"} for no in range(1, 9)]
    snapshot, request = {"rows": rows}, {"seats": [{"spec": "*", "n": 3}], "excluded": []}
    joined: Counter[int] = Counter()
    for number in range(SEEDS):
        first = ird.panel_result(H, seed(number), snapshot, request, [])["final"]
        waves = [{"left": [{"no": first[0], "code": "LEAVE"}]}]
        result = ird.panel_result(H, seed(number), snapshot, request, waves)
        rank = sorted(set(range(1, 9)) - set(first)).index(result["steps"][0]["joined"][0])
        joined[rank] += 1
    assert all(is_near(joined[rank], 1 / 5) for rank in range(5))


def test_one_other_digit_gives_an_unrelated_order() -> None:
    entropy = [["system", "0" * 64], ["balls10", "0.8.7.7.2.4.7.3.2.9./"]]
    other = [["system", "0" * 64], ["balls10", "0.8.7.7.2.4.7.3.2.8./"]]
    same = 0
    for number in range(SEEDS):
        request_hash = f"{number:064x}"
        orders = [[no for _, no in H.order(H.seed(request_hash, one), range(1, 11))] for one in (entropy, other)]
        same += sum(a == b for a, b in zip(*orders, strict=True))
    assert is_near(same, 1 / 10, SEEDS * 10)
