"""What the comparison promises is what the draw gives, for every method, size and portfolio; never below 30 %."""

from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investreview.evaluations.comparing import Candidate, chances, compare, rate_of
from tests.evaluations.portfolios import METHODS, PICTURED, plain, portfolios, sampled, seeds

SEED = bytes(range(32))


@pytest.mark.parametrize(("bps", "rate"), [(3000, (3, 10)), (3333, (3333, 10_000)), (10_000, (1, 1)), (5000, (1, 2))])
def test_the_rate_is_written_reduced(bps: int, rate: tuple[int, int]) -> None:
    assert rate_of(bps) == rate


@pytest.mark.parametrize("method", METHODS)
def test_the_share_of_every_number_up_to_two_hundred(method: str) -> None:
    for count in range(1, 201):
        frame = plain(count)
        told = compare(frame, method=method, rate_bps=3000, check_days=6)
        drawn = sampled(frame, method, SEED)
        assert told.random == len(drawn["random"]) == drawn["total"], (method, count)
        assert drawn["total"] >= ceil(Fraction(3 * count, 10)) == drawn["floor"]
        if method == "all_systematic":
            assert told.random == ceil(Fraction(3 * count, 10))
        assert told.work_days == 6 * told.random


@pytest.mark.parametrize("method", METHODS)
@given(frame=portfolios, seed=seeds)
def test_a_drawn_sample_keeps_what_was_told_before(method: str, frame: list[Candidate], seed: bytes) -> None:
    told = compare(frame, method=method, rate_bps=3000, check_days=6)
    drawn = sampled(frame, method, seed)
    picked = [*drawn["must"], *drawn["random"]]
    assert len(set(picked)) == len(picked) == drawn["total"] == told.must + told.random
    assert drawn["must"] == [no for no, one in enumerate(frame, start=1) if one.must]
    assert drawn["total"] * 10 >= 3 * len(frame)
    for name, part in told.by_enterprise:
        count = sum(frame[no - 1].ent == name for no in picked)
        assert part.least <= count <= part.most, (method, name)


@pytest.mark.parametrize("method", METHODS)
@given(frame=portfolios)
def test_the_parts_add_up_to_the_whole(method: str, frame: list[Candidate]) -> None:
    told = compare(frame, method=method, rate_bps=3000, check_days=6)
    parts = [part for _, part in told.by_enterprise]
    assert sum((part.mean for part in parts), Fraction(0)) == told.total.mean == told.must + told.random
    assert sum((part.mean_yuan for part in parts), Fraction(0)) == told.total.mean_yuan
    assert sum(part.frame_count for part in parts) == told.total.frame_count == len(frame)
    assert all(part.least <= part.mean <= part.most for part in parts)


@given(frame=portfolios)
def test_who_must_be_in_is_certain_and_nobody_is_left_without_a_chance(frame: list[Candidate]) -> None:
    for method in METHODS:
        odds = chances(frame, method=method, rate_bps=3000)
        assert all(chance == 1 for chance, one in zip(odds, frame, strict=True) if one.must)
        assert all(Fraction(3, 10) <= chance <= 1 for chance in odds)


@given(frame=portfolios, rate=st.integers(3000, 10_000))
def test_no_rate_gives_less_than_its_share(frame: list[Candidate], rate: int) -> None:
    for method in METHODS:
        told = compare(frame, method=method, rate_bps=rate, check_days=1)
        free = sum(not one.must for one in frame)
        assert told.random >= ceil(Fraction(rate * free, 10_000))


@pytest.mark.parametrize("method", METHODS)
def test_each_project_is_drawn_as_often_as_its_chance_says(method: str) -> None:
    frame = plain(23)
    odds = chances(frame, method=method, rate_bps=3000)
    hits = [0] * len(frame)
    for number in range(2000):
        for no in sampled(frame, method, number.to_bytes(32, "big"))["random"]:
            hits[no - 1] += 1
    assert all(abs(hit / 2000 - chance) < 0.055 for hit, chance in zip(hits, odds, strict=True))


def pictured() -> list[Candidate]:
    return [
        Candidate(ent, "1千万-3千万", Fraction(10**7), must=False)
        for ent, count in PICTURED.items()
        for _ in range(count)
    ]


def test_the_pictured_frame_gives_seven_of_twenty_three() -> None:
    told = compare(pictured(), method="all_systematic", rate_bps=3000, check_days=6)
    assert (told.total.frame_count, told.must, told.random, told.work_days) == (23, 0, 7, 42)
    # 交控 农商 城控 方洋 港控 能源 金控: sorted by the bytes of utf-8.
    assert [(name, part.least, part.most) for name, part in told.by_enterprise] == [
        ("交控集团", 0, 1),
        ("农商集团", 0, 1),
        ("城控集团", 1, 2),
        ("方洋控股集团", 1, 2),
        ("港控集团", 1, 2),
        ("能源集团", 0, 1),
        ("金控集团", 0, 1),
    ]


def test_the_pictured_frame_by_enterprise_takes_more_work() -> None:
    told = compare(pictured(), method="ent_systematic", rate_bps=3000, check_days=6)
    assert [(name, part.least, part.most) for name, part in told.by_enterprise] == [
        ("交控集团", 1, 1),
        ("农商集团", 1, 1),
        ("城控集团", 2, 2),
        ("方洋控股集团", 2, 2),
        ("港控集团", 2, 2),
        ("能源集团", 1, 1),
        ("金控集团", 1, 1),
    ]
    assert (told.random, told.work_days) == (10, 60)


@pytest.mark.parametrize("start", range(23))
def test_the_pictured_shares_come_of_the_starts_seventeen_to_twenty_one(start: int) -> None:
    frame = pictured()
    ordered = sorted(range(23), key=lambda place: frame[place].ent.encode())
    picked = [ordered[j] for j in range(23) if ((j + 1) * 7 + start) // 23 > (j * 7 + start) // 23]
    names = sorted(PICTURED, key=str.encode)
    counts = [sum(frame[place].ent == name for place in picked) for name in names]
    assert (counts == [1, 1, 1, 2, 1, 1, 0]) is (17 <= start <= 21)


def test_an_empty_frame_gives_nothing() -> None:
    told = compare([], method="all_systematic", rate_bps=3000, check_days=6)
    assert (told.must, told.random, told.by_enterprise, told.total.by_number) == (0, 0, (), 0)
