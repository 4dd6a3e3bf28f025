"""Samples: the share is rounded up in whole numbers, everybody counts the same, and what must be in comes on top."""

import random
from collections import Counter
from fractions import Fraction
from math import ceil
from typing import Any

import pytest

from investreview.draws import verify_draw as ird
from tests.draws.files import finished, projects

METHODS = ("all_systematic", "ent_systematic", "cell_ceil")
RULES = ((3, 10), (1, 3), (1, 1), (1, 100), (99, 100))


def sampled(snapshot: dict[str, Any], method: str, seed: int = 0, *, num: int = 3, den: int = 10) -> dict[str, Any]:
    rule = {"num": num, "den": den, "method": method}
    sample: dict[str, Any] = ird.sample_result(ird.Hash("sha256"), seed.to_bytes(32, "big"), snapshot, {"rule": rule})
    return sample["sample"]


def frame(rng: random.Random, size: int) -> dict[str, Any]:
    return projects([(rng.choice("甲乙丙E"), rng.choice("大中小"), rng.random() < 0.1) for _ in range(size)])


@pytest.mark.parametrize(("num", "den"), RULES)
def test_the_share_is_the_ceiling_for_every_number(num: int, den: int) -> None:
    rule = {"num": num, "den": den}
    assert [ird.share(n, rule) for n in range(2000)] == [ceil(Fraction(n * num, den)) for n in range(2000)]


@pytest.mark.parametrize("method", METHODS)
def test_each_group_gives_exactly_its_share_and_the_whole_is_never_below_the_floor(method: str) -> None:
    rng = random.Random(method)
    for size in range(90):
        snapshot = frame(rng, size)
        num, den = rng.choice(RULES)
        sample = sampled(snapshot, method, size, num=num, den=den)
        rows = snapshot["rows"]
        kept = [row["no"] for row in rows if not row["must"]]
        for group in sample["groups"]:
            assert len(group["picked"]) == group["n"] == ceil(Fraction(group["N"] * num, den))
        assert sum(group["N"] for group in sample["groups"]) == len(kept)
        assert set(sample["random"]) <= set(kept)
        assert sample["must"] == [row["no"] for row in rows if row["must"]]
        assert (
            sample["total"] == len(sample["must"]) + len(sample["random"]) == len({*sample["must"], *sample["random"]})
        )
        assert sample["floor"] == ceil(Fraction(size * num, den)) <= sample["total"]


def test_an_enterprise_with_only_must_rows_has_no_group() -> None:
    sample = sampled(projects([("甲", "大", True), ("乙", "大", False)]), "ent_systematic")
    assert [group["group"] for group in sample["groups"]] == [["乙"]]


@pytest.mark.parametrize("rows", [[], [("甲", "大", True)]])
@pytest.mark.parametrize("method", METHODS)
def test_a_frame_without_anything_to_draw_has_no_group(method: str, rows: list[Any]) -> None:
    sample = sampled(projects(rows), method)
    assert (sample["groups"], sample["random"], sample["total"]) == ([], [], len(rows))


def test_groups_are_listed_by_their_utf8_strings_element_by_element() -> None:
    # Code points above the BMP sort after U+FFxx in UTF-8 and before it in UTF-16.
    names = ["\U00020bb7", "\uff21", "E10", "E9", "甲"]
    sample = sampled(projects([(name, "大", False) for name in names]), "cell_ceil")
    assert [group["group"][0] for group in sample["groups"]] == ["E10", "E9", "甲", "\uff21", "\U00020bb7"]


def test_fourteen_evaluations_give_five_under_all_systematic() -> None:
    # DOMAIN §15
    assert sampled(projects([("甲", "大", False)] * 14), "all_systematic")["total"] == 5


@pytest.mark.parametrize("method", METHODS)
def test_every_project_of_a_group_has_the_same_chance(method: str) -> None:
    seeds, snapshot = 3000, projects([("甲", "大", False)] * 7 + [("甲", "小", False)] * 4)
    hits: Counter[int] = Counter()
    for seed in range(seeds):
        hits.update(sampled(snapshot, method, seed)["random"])
    for group in sampled(snapshot, method)["groups"]:
        band = group["group"][1] if method == "cell_ceil" else None
        members = [row["no"] for row in snapshot["rows"] if band in (None, row["band"])]
        expected = seeds * group["n"] / group["N"]
        spread = (expected * (1 - group["n"] / group["N"])) ** 0.5
        assert all(abs(hits[no] - expected) < 4.5 * spread for no in members)


@pytest.mark.parametrize("method", METHODS)
def test_a_whole_file_of_each_method_is_reproduced(method: str) -> None:
    evidence = finished(frame(random.Random(7), 61), {"rule": {"num": 3, "den": 10, "method": method}})
    assert ird.verify(evidence) == []
    assert [entry["type"] for entry in evidence["log"]] == ["freeze", "announce", "entropy", "reveal", "result"]


def test_a_sample_has_no_waves_and_nothing_to_open() -> None:
    evidence = finished(frame(random.Random(7), 20), {"rule": {"num": 3, "den": 10, "method": "cell_ceil"}})
    evidence["waves"] = [{"left": [{"no": 1, "code": "LEAVE"}]}]
    assert ird.verify(evidence) == ["waves: 抽样没有递补 / a sample has no waves"]
    evidence["waves"], evidence["openings"] = [], []
    assert ird.verify(evidence) == ["openings: 多余的字段 / is no field of this scheme"]


def test_more_than_all_is_refused() -> None:
    evidence = finished(frame(random.Random(7), 20), {"rule": {"num": 11, "den": 10, "method": "cell_ceil"}})
    assert ird.verify(evidence) == ["request.rule: 比例大于1 / more than all"]
