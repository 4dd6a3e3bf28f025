"""Whether seats can be filled, told exactly: against trying every panel, with and without a cap."""

from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experts.rules.shortage import ANYBODY, Candidate, SeatNeed, Shortage, shortages

NEEDS = (SeatNeed("财务", 1), SeatNeed("法律", 1), SeatNeed("行业", 1), SeatNeed(ANYBODY, 2))


def someone(*classes: str, employer: str) -> Candidate:
    return Candidate(frozenset(classes), employer)


POOL = [
    someone("财务", employer="a"),
    someone("法律", employer="b"),
    someone("行业", employer="c"),
    someone(employer="d"),
    someone("财务", employer="e"),
]


def test_five_people_fill_five_seats() -> None:
    assert shortages(NEEDS, POOL, per_employer=1) == ()


def test_the_whole_panel_is_short_when_one_is_missing() -> None:
    [short] = shortages(NEEDS, POOL[:4], per_employer=1)
    assert short == Shortage(("财务", "法律", "行业", ANYBODY), 5, 4)


def test_a_class_without_anybody_is_told_alone() -> None:
    people = [one for one in POOL if "法律" not in one.classes] + [someone(employer=name) for name in "xyz"]
    assert shortages(NEEDS, people, per_employer=1) == (Shortage(("法律",), 1, 0),)


def test_two_classes_that_only_one_person_fits_are_told_together() -> None:
    people = [someone("财务", "法律", employer="a"), someone("行业", employer="c")]
    people += [someone(employer=name) for name in "xyz"]
    assert shortages(NEEDS, people, per_employer=1) == (Shortage(("财务", "法律"), 2, 1),)


@pytest.mark.parametrize(("cap", "expected"), [(1, (Shortage(("财务", "法律"), 2, 1),)), (2, ())])
def test_people_of_one_employer_count_up_to_the_cap(cap: int, expected: tuple[Shortage, ...]) -> None:
    people = [someone("财务", employer="a"), someone("法律", employer="a"), someone("行业", employer="c")]
    people += [someone(employer=name) for name in "xyz"]
    assert shortages(NEEDS, people, per_employer=cap) == expected


def test_a_class_that_needs_nobody_is_never_short() -> None:
    assert shortages((SeatNeed("法律", 0), SeatNeed(ANYBODY, 1)), [someone(employer="a")], per_employer=1) == ()


def seats_someone(needs: tuple[SeatNeed, ...], people: tuple[Candidate, ...]) -> bool:
    chairs = [need.key for need in needs for _ in range(need.count)]
    return any(
        all(person.fits([chair]) for person, chair in zip(order, chairs, strict=True)) for order in permutations(people)
    )


def exists(needs: tuple[SeatNeed, ...], people: list[Candidate], cap: int) -> bool:
    """Whether some whole panel exists, by trying all."""
    size = sum(need.count for need in needs)
    for panel in combinations(people, size):
        employers = [person.employer for person in panel]
        if all(employers.count(each) <= cap for each in employers) and seats_someone(needs, panel):
            return True
    return False


candidates = st.builds(
    Candidate, st.frozensets(st.sampled_from(["财务", "法律"])), st.sampled_from(["a", "b", "c", "d"])
)
needs = st.tuples(
    st.builds(SeatNeed, st.just("财务"), st.integers(0, 2)),
    st.builds(SeatNeed, st.just("法律"), st.integers(0, 1)),
    st.builds(SeatNeed, st.just(ANYBODY), st.integers(0, 2)),
)


@given(needs, st.lists(candidates, max_size=6), st.integers(1, 2))
def test_no_shortage_exactly_when_a_panel_exists(
    wanted: tuple[SeatNeed, ...], people: list[Candidate], cap: int
) -> None:
    assert (shortages(wanted, people, per_employer=cap) == ()) is exists(wanted, people, cap)
