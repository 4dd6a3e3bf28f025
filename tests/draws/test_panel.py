"""The panel is the first full one in ticket order: compared with trying every combination."""

import random
from itertools import combinations
from typing import Any

import pytest

from investreview.draws import verify_draw as ird

INSTANCES = 1500


def seatable(people: tuple[int, ...], pool: ird.Pool) -> bool:
    """Whether all can be seated, by trying every way."""
    if not people:
        return True
    first, rest = people[0], people[1:]
    for name in pool.fits(first):
        if pool.sizes[name]:
            pool.sizes[name] -= 1
            done = seatable(rest, pool)
            pool.sizes[name] += 1
            if done:
                return True
    return False


def by_trying(pool: ird.Pool, available: list[int], locked: set[int]) -> list[int] | None:
    """The first combination, in the order of ``available``, that is a full panel with everybody in ``locked``."""
    for chosen in combinations(available, pool.total):
        units = [pool.unit(no) for no in chosen]
        within_cap = pool.cap is None or all(units.count(unit) <= pool.cap for unit in units)
        if locked <= set(chosen) and within_cap and seatable(chosen, pool):
            return list(chosen)
    return None


def instance(rng: random.Random, cap: int | None) -> tuple[ird.Pool, list[int]]:
    """A small pool before a few seats, and an order."""
    classes = "ABCD"[: rng.randrange(1, 5)]
    units = "uvwxyz"[: rng.randrange(2, 7)]
    rows = [
        {"no": no, "spec": rng.sample(classes, rng.randrange(0, len(classes) + 1)), "unit": rng.choice(units)}
        for no in range(1, rng.randrange(1, 10))
    ]
    names = [*classes, "*"]
    rng.shuffle(names)
    seats = [{"spec": name, "n": rng.choice((0, 1, 1, 2))} for name in names[: rng.randrange(1, len(names) + 1)]]
    order = [row["no"] for row in rows]
    rng.shuffle(order)
    return ird.Pool(rows, seats, cap), order


def drawn(pool: ird.Pool, available: list[int], locked: set[int]) -> list[int] | None:
    try:
        return ird.first_panel(pool, available, locked)
    except ird.Infeasible:
        return None


@pytest.mark.parametrize("cap", [None, 1, 2])
def test_panels_and_two_waves_are_those_of_trying_everything(cap: int | None) -> None:
    rng = random.Random(f"panel {cap}")
    feasible = joined = 0
    for _ in range(INSTANCES):
        pool, available = instance(rng, cap)
        locked: set[int] = set()
        for _wave in range(3):
            members = drawn(pool, available, locked)
            assert members == by_trying(pool, available, locked)
            if not members:
                break
            feasible += 1
            joined += len(locked)
            left = set(rng.sample(members, rng.randrange(1, len(members) + 1)))
            locked = set(members) - left
            available = [no for no in available if no not in left]
    assert feasible > INSTANCES // 3
    assert joined > 0


@pytest.mark.parametrize("cap", [None, 1, 2])
def test_whoever_leaves_is_replaced_one_by_one_and_nobody_else_moves(cap: int | None) -> None:
    rng = random.Random(f"wave {cap}")
    for _ in range(300):
        pool, available = instance(rng, cap)
        members = drawn(pool, available, set())
        if not members:
            continue
        left = rng.choice(members)
        stayed = [no for no in members if no != left]
        after = drawn(pool, [no for no in available if no != left], set(stayed))
        if after is not None:
            assert (set(stayed) <= set(after), len(set(after) - set(stayed)), left in after) == (True, 1, False)


def test_an_excluded_person_does_not_reorder_the_others() -> None:
    h, seed = ird.Hash("sha256"), bytes(range(32))
    everybody = [no for _, no in h.order(seed, range(1, 43))]
    assert [no for _, no in h.order(seed, range(2, 43))] == [no for no in everybody if no != 1]


def test_a_free_seat_is_taken_before_anybody_is_moved_and_moving_comes_in_request_order() -> None:
    rows: list[Any] = [
        {"no": 1, "spec": ["财务", "法律"], "unit": "a"},
        {"no": 2, "spec": ["财务"], "unit": "b"},
        {"no": 3, "spec": ["财务"], "unit": "c"},
    ]
    pool = ird.Pool(rows, [{"spec": "财务", "n": 1}, {"spec": "法律", "n": 1}, {"spec": "*", "n": 1}], None)
    assert ird.seats_of(pool, [1]) == {1: "财务"}
    assert ird.seats_of(pool, [1, 2]) == {1: "财务", 2: "*"}
    assert ird.seats_of(pool, [1, 2, 3]) == {1: "法律", 2: "*", 3: "财务"}


def test_taking_whoever_fits_next_would_run_into_a_dead_end() -> None:
    rows: list[Any] = [
        {"no": 1, "spec": ["财务"], "unit": "a"},
        {"no": 2, "spec": ["法律"], "unit": "a"},
        {"no": 3, "spec": ["财务"], "unit": "b"},
    ]
    seats = [{"spec": "财务", "n": 1}, {"spec": "法律", "n": 1}]
    assert ird.first_panel(ird.Pool(rows, seats, None), [1, 2, 3]) == [1, 2]
    assert ird.first_panel(ird.Pool(rows, seats, 1), [1, 2, 3]) == [2, 3]


def test_the_shortage_names_the_smallest_set_of_classes() -> None:
    rows: list[Any] = [{"no": no, "spec": ["甲", "乙"], "unit": ""} for no in (1, 2)] + [
        {"no": 3, "spec": ["丙"], "unit": ""}
    ]
    seats = [{"spec": "甲", "n": 2}, {"spec": "乙", "n": 1}, {"spec": "丙", "n": 3}]
    with pytest.raises(ird.Infeasible) as refused:
        ird.first_panel(ird.Pool(rows, seats, None), [1, 2, 3])
    assert refused.value.detail == {"seats": ["丙"], "need": 3, "have": 1}


def test_a_shortage_reaches_every_class_that_shares_its_people() -> None:
    rows: list[Any] = [{"no": no, "spec": ["甲", "乙"], "unit": ""} for no in (1, 2)]
    seats = [{"spec": "乙", "n": 2}, {"spec": "甲", "n": 2}]
    with pytest.raises(ird.Infeasible) as refused:
        ird.first_panel(ird.Pool(rows, seats, None), [1, 2])
    assert refused.value.detail == {"seats": ["乙", "甲"], "need": 4, "have": 2}


def test_under_a_cap_no_count_by_class_explains_a_shortage() -> None:
    rows: list[Any] = [{"no": no, "spec": [], "unit": "a"} for no in (1, 2)]
    with pytest.raises(ird.Infeasible) as refused:
        ird.first_panel(ird.Pool(rows, [{"spec": "*", "n": 2}], 1), [1, 2])
    assert refused.value.detail is None
