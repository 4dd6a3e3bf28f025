"""What is said before the freeze: chances, shortages, sizes of samples."""

import random
from typing import Any

import pytest

from investreview.draws import verify_draw as ird
from investreview.draws.outlook import SEEDS, SampleSize, Shortage, chances, sample_sizes, shortage
from tests.draws.files import evidence_of, projects
from tests.draws.test_panel import INSTANCES, by_trying, instance


def people(*specs: tuple[str, str]) -> list[dict[str, Any]]:
    """Rows from (classes, unit)."""
    return [{"no": no, "spec": list(spec), "unit": unit} for no, (spec, unit) in enumerate(specs, 1)]


def seats_of(**sizes: int) -> list[dict[str, Any]]:
    return [{"spec": name, "n": size} for name, size in sizes.items()]


@pytest.mark.parametrize("cap", [None, 1, 2])
def test_a_shortage_is_told_exactly_when_no_panel_exists(cap: int | None) -> None:
    rng = random.Random(f"shortage {cap}")
    short = 0
    for _ in range(INSTANCES):
        pool, available = instance(rng, cap)
        seats = [{"spec": name, "n": size} for name, size in pool.sizes.items()]
        excluded = set(pool.rows) - set(available[1:])
        found = shortage(pool.rows.values(), seats, excluded, cap)
        assert (found is None) == (by_trying(pool, available[1:], set()) is not None)
        if found is not None:
            short += 1
            assert found.have < found.need
    assert short > INSTANCES // 10


def test_a_shortage_names_the_fewest_classes() -> None:
    rows = people(("A", "u"), ("A", "v"), ("B", "w"))
    assert shortage(rows, seats_of(A=2, B=2, C=0), (), None) == Shortage(("B",), 2, 1, is_of_the_cap=False)
    assert shortage(rows, seats_of(A=1, B=1), {3}, None) == Shortage(("B",), 1, 0, is_of_the_cap=False)


def test_a_shortage_of_the_cap_counts_each_unit_up_to_it() -> None:
    rows = people(("A", "u"), ("A", "u"), ("B", "u"), ("B", "v"))
    assert shortage(rows, seats_of(A=2), (), 2) is None
    assert shortage(rows, seats_of(A=2), (), 1) == Shortage(("A",), 2, 1, is_of_the_cap=True)
    assert shortage(rows, seats_of(B=2), (), 1) is None
    assert shortage(rows, seats_of(A=1, B=2), (), 1) == Shortage(("A", "B"), 3, 2, is_of_the_cap=True)


def test_somebody_the_rules_leave_no_choice_about_is_seen() -> None:
    rows = people(("A", "u"), ("B", "v"), ("B", "w"), ("B", "x"))
    found = chances(rows, seats_of(A=1, B=1), {4}, None, seed_count=400)
    assert (found.certain, found.most, found.hits[4]) == ((1,), 400, 0)
    assert found.hits[2] + found.hits[3] == 400
    assert found.least == min(found.hits[2], found.hits[3])
    assert abs(found.hits[2] - 200) < 4.5 * 10


@pytest.mark.parametrize("cap", [None, 1])
def test_without_classes_everybody_has_the_same_chance(cap: int | None) -> None:
    rows = people(*[("", f"u{no}") for no in range(42)])
    found = chances(rows, [{"spec": "*", "n": 5}], (), cap)
    expected, spread = SEEDS * 5 / 42, (SEEDS * 5 / 42 * 37 / 42) ** 0.5
    assert (found.seed_count, sum(found.hits.values())) == (SEEDS, 5 * SEEDS)
    assert all(abs(hits - expected) < 4.5 * spread for hits in found.hits.values())


def test_a_large_pool_is_simulated_with_fewer_seeds() -> None:
    rows = people(*[("", f"u{no}") for no in range(2000)])
    assert chances(rows, [{"spec": "*", "n": 5}], (), None).seed_count == 100


def test_the_chances_say_no_more_about_a_draw_than_its_request_does() -> None:
    evidence = evidence_of("exclusions")
    rows, request = evidence["snapshot"]["rows"], evidence["request"]
    excluded = [row["no"] for row in request["excluded"]]
    first = chances(rows, request["seats"], excluded, None)
    assert first == chances(rows, request["seats"], excluded, None)
    assert [first.hits[no] for no in excluded] == [0, 0, 0]
    assert sum(first.hits.values()) == 7 * SEEDS


def test_sizes_of_samples_are_those_that_are_drawn() -> None:
    rng = random.Random(3)
    rows = projects([(rng.choice("甲乙丙"), rng.choice("大小"), rng.random() < 0.2) for _ in range(50)])["rows"]
    for size in sample_sizes(rows, num=3, den=10):
        request = {"rule": {"num": 3, "den": 10, "method": size.method}}
        drawn = ird.sample_result(ird.Hash("sha256"), bytes(32), {"rows": rows}, request)["sample"]
        told = SampleSize(size.method, len(drawn["must"]), len(drawn["random"]), len(drawn["groups"]))
        assert (size, size.total_count) == (told, drawn["total"])
