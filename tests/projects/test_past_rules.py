import random
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investreview.projects.past.rules import chained, draw_sample, number_key, number_of_file, sample_size

KNOWN: Mapping[str, int] = {
    number_key(number): key for key, number in enumerate(("国资备〔2022〕7号", "BA2022-0001", "备/2"), 1)
}


@pytest.mark.parametrize(
    "number",
    ["国资备〔2022〕7号", "国资备[2022]7号", "国资备（2022）7号", "国资备【２０２２】７号", " 国资备 〔2022〕 7 号 "],
)
def test_number_key_is_the_same_for_every_spelling(number: str) -> None:
    assert number_key(number) == "国资备(2022)7号"


@pytest.mark.parametrize("number", ["国资备〔2022〕77号", "国资备〔2023〕7号", "国资函〔2022〕7号"])
def test_number_key_of_another_number_differs(number: str) -> None:
    assert number_key(number) != number_key("国资备〔2022〕7号")


@pytest.mark.parametrize(
    "name, key",
    [
        ("国资备〔2022〕7号.pdf", 1),
        ("国资备(2022)7号.PDF", 1),
        ("国资备〔2022〕7号_2.jpg", 1),
        ("国资备〔2022〕7号(3).pdf", 1),
        ("C:\\scan\\国资备〔2022〕7号.pdf", 1),
        ("ba2022-0001.pdf", 2),
        ("BA2022-0001_12.pdf", 2),
        ("备_2.pdf", 3),
        ("BA2022-0001-2.pdf", None),
        ("BA2022-0001_123.pdf", None),
        ("BA2022.pdf", None),
        (".pdf", None),
    ],
)
def test_a_scan_finds_its_number_by_its_name(name: str, key: int | None) -> None:
    assert number_of_file(name, KNOWN) == key


@pytest.mark.parametrize("count, size", [(0, 0), (1, 1), (10, 10), (11, 10), (100, 10), (101, 11), (10_000, 100)])
def test_sample_is_all_of_few_and_the_root_of_many(count: int, size: int) -> None:
    assert sample_size(count) == size


@given(st.integers(0, 400), st.integers())
def test_sample_is_drawn_from_the_batch_once_and_in_its_order(count: int, seed: int) -> None:
    ids = list(range(1000, 1000 + count))

    drawn = draw_sample(ids, random.Random(seed))

    assert len(drawn) == len(set(drawn)) == sample_size(count)
    assert drawn == sorted(drawn)
    assert set(drawn) <= set(ids)


def test_every_row_can_be_drawn() -> None:
    ids = list(range(40))

    assert {each for seed in range(60) for each in draw_sample(ids, random.Random(seed))} == set(ids)


def test_the_hash_of_a_batch_changes_with_a_row_and_with_their_order() -> None:
    first, second = chained(chained("", "甲"), "乙"), chained(chained("", "乙"), "甲")

    assert len({first, second, chained("", "甲乙"), chained(chained("", "甲"), "丙")}) == 4
