"""Draws of a commission follow one another without gap, each built on the log head of the one before."""

from typing import Any

import pytest

from investreview.draws import verify_draw as ird
from tests.draws.files import evidence_of, experts, finished, panel_of


def head(evidence: dict[str, Any], kind: str) -> str:
    """The hash of the entry of this type."""
    entry = next(entry for entry in evidence["log"] if entry["type"] == kind)
    return ird.Hash(evidence["request"]["hash"]).of("log", entry)


def times(*minutes: int) -> list[str]:
    return [f"2024-08-07T01:{minute:02d}:00Z" for minute in minutes]


@pytest.fixture
def first() -> dict[str, Any]:
    """A draw announced at 1:01 and drawn at 1:03, in which somebody left at 1:20; closed at 1:30."""
    snapshot = experts(9)
    somebody = finished(snapshot, panel_of(3))["result"]["final"][0]
    waves = [{"left": [{"no": somebody, "code": "LEAVE"}]}]
    return finished(snapshot, panel_of(3), waves=waves, times=times(0, 1, 2, 3, 20, 30, 30))


def second(previous: str, announced: int, seq: int = 2) -> dict[str, Any]:
    clock = times(announced - 1, *range(announced, announced + 5))
    return finished(experts(9), panel_of(3), seq=seq, previous=previous, times=clock)


def test_a_draw_built_on_the_last_head_follows_whatever_the_clock_says(first: dict[str, Any]) -> None:
    assert ird.chain_faults([first, second(first["log_head"], 31)]) == []
    assert ird.chain_faults([first, second(first["log_head"], 2)]) == []


def test_the_order_of_the_files_does_not_matter(first: dict[str, Any]) -> None:
    after = second(first["log_head"], 31)
    third = second(after["log_head"], 40, seq=3)
    assert ird.chain_faults([third, first, after]) == []


@pytest.mark.parametrize(("kind", "announced"), [("drawn", 4), ("drawn", 20), ("wave", 21), ("wave", 30)])
def test_a_panel_still_at_work_is_followed_by_its_head_of_that_moment(
    first: dict[str, Any], kind: str, announced: int
) -> None:
    assert ird.chain_faults([first, second(head(first, kind), announced)]) == []


@pytest.mark.parametrize(("kind", "announced"), [("drawn", 21), ("wave", 31)])
def test_a_head_that_was_no_longer_the_last_is_noticed(first: dict[str, Any], kind: str, announced: int) -> None:
    assert ird.chain_faults([first, second(head(first, kind), announced)]) == [
        "链 chain: 第2次没有承接第1次 / 2 was not built on 1"
    ]


@pytest.mark.parametrize("kind", ["freeze", "announce", "entropy", "reveal"])
def test_a_head_before_the_panel_or_between_the_last_two_entries_is_noticed(first: dict[str, Any], kind: str) -> None:
    assert ird.chain_faults([first, second(head(first, kind), 2)]) != []


def test_another_draw_in_its_place_is_noticed(first: dict[str, Any]) -> None:
    other = finished(experts(9), panel_of(4))
    assert ird.chain_faults([other, second(first["log_head"], 31)]) != []


def test_a_draw_that_is_missing_is_noticed(first: dict[str, Any]) -> None:
    third = second(first["log_head"], 31, seq=3)
    assert ird.chain_faults([first, third]) == ["链 chain: 第1次之后是第3次 / 3 comes after 1"]


def test_a_number_given_twice_is_noticed(first: dict[str, Any]) -> None:
    assert ird.chain_faults([first, finished(experts(9), panel_of(4))]) == [
        "链 chain: 第1次之后是第1次 / 1 comes after 1"
    ]


def test_times_that_are_none_prove_nothing() -> None:
    snapshot, clock = experts(9), ["a", "b", "c", "d", "e", "f"]
    before = finished(snapshot, panel_of(3), times=clock)
    after = finished(snapshot, panel_of(3), seq=2, previous=head(before, "drawn"), times=clock)
    assert ird.verify(after) == []
    assert ird.chain_faults([before, after]) != []


@pytest.mark.parametrize(("seq", "previous"), [(1, "1" * 64), (2, ird.ZEROS)])
def test_zeros_stand_before_the_first_draw_and_no_other(seq: int, previous: str) -> None:
    assert ird.verify(second(previous, 5, seq)) == ["request.previous: 仅首次为零 / zeros if first"]


def test_one_file_of_a_series_is_whole_in_itself() -> None:
    evidence = evidence_of("second-of-a-series")
    assert (evidence["request"]["seq"], ird.verify(evidence)) == (2, [])
