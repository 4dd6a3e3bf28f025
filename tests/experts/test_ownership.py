"""Who is tied to a party by ownership: at any depth, on the days it held, up and down but never across."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experts.rules.eligibility import Period
from experts.rules.ownership import Link, Ownership, OwnershipGraph, Relation, Step

WINDOW = Period(date(2021, 8, 7), date(2024, 8, 7))
ALWAYS = Period(date(2000, 1, 1), None)
PARTY, CHILD, GRANDCHILD, PARENT, GRANDPARENT, SISTER = 1, 2, 3, 4, 5, 6


def owns(owner: int, owned: int, share_bps: int | None = 8000, period: Period = ALWAYS) -> Ownership:
    return Ownership(owner, owned, share_bps, period)


def links(*ownerships: Ownership, party: tuple[int, ...] = (PARTY,)) -> dict[int, tuple[Link, ...]]:
    return dict(OwnershipGraph(ownerships).links_to(party, WINDOW))


def test_the_party_itself_is_tied_without_a_step() -> None:
    assert links() == {PARTY: (Link(PARTY, (), PARTY, WINDOW),)}


def test_owners_and_owned_are_tied_at_any_depth_and_sisters_are_not() -> None:
    found = links(
        owns(GRANDPARENT, PARENT, 5100),
        owns(PARENT, PARTY, 10000),
        owns(PARENT, SISTER),
        owns(PARTY, CHILD, 1),
        owns(CHILD, GRANDCHILD, None),
    )
    assert set(found) == {PARTY, CHILD, GRANDCHILD, PARENT, GRANDPARENT}
    [above] = found[GRANDPARENT]
    assert above.steps == (
        Step(Relation.HOLDS, PARENT, 5100, ALWAYS),
        Step(Relation.HOLDS, PARTY, 10000, ALWAYS),
    )
    [below] = found[GRANDCHILD]
    assert below.steps == (Step(Relation.BELOW, CHILD, None, ALWAYS), Step(Relation.HELD_BY, PARTY, 1, ALWAYS))


@pytest.mark.parametrize(
    ("period", "is_tied"),
    [
        (Period(date(2000, 1, 1), date(2021, 8, 7)), True),
        (Period(date(2000, 1, 1), date(2021, 8, 6)), False),
        (Period(date(2024, 8, 7), None), True),
        (Period(date(2024, 8, 8), None), False),
    ],
)
def test_a_share_counts_on_the_days_that_count(period: Period, is_tied: bool) -> None:
    assert (PARENT in links(owns(PARENT, PARTY, 8000, period))) is is_tied


def test_a_chain_holds_only_on_the_days_all_its_steps_hold() -> None:
    first, second = Period(date(2022, 1, 1), date(2022, 6, 30)), Period(date(2022, 6, 30), date(2023, 1, 1))
    [link] = links(owns(GRANDPARENT, PARENT, 8000, first), owns(PARENT, PARTY, 8000, second))[GRANDPARENT]
    assert link.period == Period(date(2022, 6, 30), date(2022, 6, 30))
    later = Period(date(2022, 7, 1), date(2023, 1, 1))
    assert GRANDPARENT not in links(owns(GRANDPARENT, PARENT, 8000, first), owns(PARENT, PARTY, 8000, later))


def test_a_longer_way_is_kept_only_for_the_days_the_shorter_did_not_hold() -> None:
    short = Period(date(2022, 1, 1), date(2022, 12, 31))
    found = links(owns(GRANDPARENT, PARTY, 100, short), owns(GRANDPARENT, PARENT, 8000), owns(PARENT, PARTY, 8000))
    assert [len(link.steps) for link in found[GRANDPARENT]] == [1, 2]
    always = links(owns(GRANDPARENT, PARTY, 100), owns(GRANDPARENT, PARENT, 8000), owns(PARENT, PARTY, 8000))
    assert [len(link.steps) for link in always[GRANDPARENT]] == [1]


def test_companies_that_own_each_other_are_walked_once() -> None:
    found = links(owns(PARENT, PARTY), owns(PARTY, PARENT), owns(PARENT, GRANDPARENT), owns(GRANDPARENT, PARENT))
    assert {organisation: len(each) for organisation, each in found.items()} == {PARTY: 1, PARENT: 2, GRANDPARENT: 2}


def test_a_group_is_a_party_with_everything_in_its_tree() -> None:
    found = links(owns(PARTY, CHILD, None), owns(CHILD, GRANDCHILD, 9000), party=(PARTY, CHILD))
    assert [link.steps for link in found[CHILD]] == [()]
    [link] = found[GRANDCHILD]
    assert (link.reaches, [step.organisation for step in link.steps]) == (CHILD, [CHILD])


def brute(ownerships: list[Ownership], day: date) -> set[int]:
    """Everybody above or below the party on one day, by plain closure."""
    held = [one for one in ownerships if one.period.holds_on(day)]
    above, below = {PARTY}, {PARTY}
    for _ in range(len(held)):
        above |= {one.owner for one in held if one.owned in above}
        below |= {one.owned for one in held if one.owner in below}
    return above | below


days = st.dates(min_value=date(2021, 8, 1), max_value=date(2021, 8, 20))
periods = st.tuples(days, st.none() | days).filter(lambda pair: pair[1] is None or pair[0] <= pair[1])
ownership = st.builds(
    lambda pair, days: Ownership(pair[0], pair[1], 5000, Period(*days)),
    st.tuples(st.integers(1, 5), st.integers(1, 5)).filter(lambda pair: pair[0] != pair[1]),
    periods,
)


@given(st.lists(ownership, max_size=10), st.dates(min_value=date(2021, 8, 7), max_value=date(2021, 8, 20)))
def test_ties_of_each_day_are_those_of_a_plain_closure(ownerships: list[Ownership], day: date) -> None:
    found = OwnershipGraph(ownerships).links_to((PARTY,), WINDOW)
    tied = {one for one, each in found.items() if any(link.period.holds_on(day) for link in each)}
    assert tied == brute(ownerships, day)
