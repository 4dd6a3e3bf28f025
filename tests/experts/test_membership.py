"""Proposing, admitting, refusing and removing: two people, terms of three years, one after another."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from experts.models import Expert, Membership
from experts.services.membership import admit_member, propose_member, refuse_member, remove_member
from investreview.accounts.models import User
from investreview.accounts.services import RoleOffer, grant_role
from investreview.core.errors import DomainError, Forbidden, NotVisible, Stale
from investreview.core.roles import Role
from investreview.demo.hands import acting
from investreview.journal.selectors import entries_of
from investreview.projects.permissions import acting_as
from investreview.rulebook.vocabulary import PoolKind
from tests.desk.people import let_stand_in
from tests.experts.cases import ON, on_day
from tests.experts.pool import admit, found_pool, fresh, registered
from tests.world import World

INVESTMENT, SUPERVISION = PoolKind.INVESTMENT, PoolKind.SUPERVISION


def propose(
    world: World, expert: Expert, pool: PoolKind = INVESTMENT, *, who: str = "pool_keeper", on: date = ON
) -> Membership:
    return propose_member(
        acting=acting(world.people[who], on_day(on)),
        expert_id=expert.pk,
        version=fresh(expert).version,
        pool=pool,
        at=on_day(on),
    )


def admitted(world: World, membership: Membership, *, who: User | None = None, on: date = ON) -> Membership:
    return admit_member(
        acting=acting(who or world.head, on_day(on)),
        expert_id=membership.expert_id,
        version=fresh(membership.expert).version,
        membership_id=membership.pk,
        at=on_day(on),
    )


def removed(world: World, expert: Expert, pool: PoolKind = INVESTMENT, *, who: str = "head", on: date = ON) -> Expert:
    return remove_member(
        acting=acting(world.people[who], on_day(on)),
        expert_id=expert.pk,
        version=fresh(expert).version,
        pool=pool,
        reason="本人申请（示例）",
        at=on_day(on),
    )


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as caught:
        act()
    return caught.value.code


def test_a_term_is_admitted_for_three_years_by_another(world: World) -> None:
    expert = registered(world, 0)
    term = admitted(world, propose(world, expert))
    assert (term.admitted_on, term.term_until, term.admitted_by) == (ON, date(2027, 7, 4), world.head)
    assert [entry.verb for entry in entries_of(expert.subject)] == ["expert.register", "expert.propose", "expert.admit"]


def test_who_has_proposed_does_not_admit(world: World) -> None:
    expert = registered(world, 0)
    offer = RoleOffer(Role.POOL_KEEPER, world.commission, ON)
    grant_role(user=world.head, offer=offer, by=world.security_admin, at=on_day(ON))
    own = propose(world, expert, who="head")
    assert code_of(lambda: admitted(world, own)) == "experts_admit_own_proposal"


def test_a_substitute_admits_for_the_head_but_not_what_they_proposed(world: World) -> None:
    first, second = registered(world, 0), registered(world, 1)
    let_stand_in(world, world.officer, world.head, Role.OFFICE_HEAD)
    let_stand_in(world, world.pool_keeper, world.head, Role.OFFICE_HEAD)

    def stand_in(who: User, membership: Membership) -> Membership:
        me = acting_as(user=who, role=Role.OFFICE_HEAD, path=world.commission.path, at=on_day(ON))
        return admit_member(
            acting=me,
            expert_id=membership.expert_id,
            version=fresh(membership.expert).version,
            membership_id=membership.pk,
            at=on_day(ON),
        )

    assert stand_in(world.officer, propose(world, first)).admitted_by == world.officer
    entry = entries_of(first.subject).get(verb="expert.admit")
    assert (entry.actor_name, entry.on_behalf_of) == (world.officer.full_name, world.head.full_name)
    own = propose(world, second)
    assert code_of(lambda: stand_in(world.pool_keeper, own)) == "experts_admit_own_proposal"


def test_the_database_refuses_one_person_for_both(world: World) -> None:
    membership = propose(world, registered(world, 0))
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(pk=membership.pk).update(
            admitted_by=membership.proposed_by, admitted_on=ON, term_until=date(2027, 7, 4)
        )


def test_only_one_proposal_waits_in_a_pool(world: World) -> None:
    expert = registered(world, 0)
    propose(world, expert)
    assert code_of(lambda: propose(world, expert)) == "experts_proposed_already"
    assert propose(world, expert, SUPERVISION).pk


@pytest.mark.parametrize(
    ("born_on", "since", "is_taken"),
    [
        (date(1953, 7, 6), date(1980, 1, 1), True),
        (date(1953, 7, 5), date(1980, 1, 1), False),
        (date(1970, 1, 1), date(2016, 7, 5), True),
        (date(1970, 1, 1), date(2016, 7, 6), False),
    ],
)
def test_age_and_years_are_asked_of_the_pool_that_panels_are_drawn_from(
    world: World, born_on: date, since: date, is_taken: bool
) -> None:
    expert = registered(world, 0, born_on=born_on, in_field_since=since)
    if is_taken:
        assert admitted(world, propose(world, expert)).pk
    else:
        assert code_of(lambda: propose(world, expert)) == "experts_not_qualified"
    assert admitted(world, propose(world, expert, SUPERVISION)).pk


def test_qualification_is_asked_again_at_the_admission(world: World) -> None:
    expert = registered(world, 0, born_on=date(1953, 7, 6), in_field_since=date(1980, 1, 1))
    membership = propose(world, expert, on=ON)
    assert code_of(lambda: admitted(world, membership, on=ON + timedelta(days=1))) == "experts_not_qualified"


def test_the_next_term_begins_the_day_after_the_present_one(world: World) -> None:
    expert = registered(world, 0)
    first = admitted(world, propose(world, expert))
    second = admitted(world, propose(world, expert, on=date(2027, 6, 1)), on=date(2027, 6, 15))
    assert (first.term_until, second.admitted_on, second.term_until) == (
        date(2027, 7, 4),
        date(2027, 7, 5),
        date(2030, 7, 4),
    )
    assert code_of(lambda: propose(world, expert, on=date(2027, 6, 16))) == "experts_next_term_known"


def test_after_a_gap_a_term_begins_on_the_day_of_admission(world: World) -> None:
    expert = registered(world, 0)
    admitted(world, propose(world, expert))
    again = admitted(world, propose(world, expert, on=date(2028, 1, 10)), on=date(2028, 1, 11))
    assert again.admitted_on == date(2028, 1, 11)


def test_a_refused_proposal_stays_in_the_history_and_may_be_made_again(world: World) -> None:
    expert = registered(world, 0)
    membership = propose(world, expert)
    refuse = refuse_member(
        acting=acting(world.head, on_day(ON)),
        expert_id=expert.pk,
        version=fresh(expert).version,
        membership_id=membership.pk,
        reason="材料不全（示例）",
        at=on_day(ON),
    )
    assert (refuse.removed_by, refuse.removal_reason, refuse.admitted_on) == (world.head, "材料不全（示例）", None)
    assert code_of(lambda: admitted(world, membership)) == "experts_proposal_settled"
    assert propose(world, expert).pk != membership.pk


def test_removal_ends_the_present_and_the_next_term_of_one_pool(world: World) -> None:
    [expert] = found_pool(world, 1, with_accounts=False)
    admit(world, expert, SUPERVISION)
    admitted(world, propose(world, expert))  # the term after the present one
    removed(world, expert)
    ended = expert.memberships.filter(pool="INVESTMENT").values_list("removed_on", "removed_by", "removal_reason")
    assert list(ended) == [(ON, world.head.pk, "本人申请（示例）")] * 2
    assert expert.memberships.get(pool="SUPERVISION").removed_on is None
    assert code_of(lambda: removed(world, expert)) == "experts_no_member"
    assert propose(world, expert).pk


def test_a_term_that_is_over_is_not_removed_again(world: World) -> None:
    [expert] = found_pool(world, 1, with_accounts=False)
    assert code_of(lambda: removed(world, expert, on=date(2027, 1, 2))) == "experts_no_member"
    removed(world, expert, on=date(2027, 1, 1))


@pytest.mark.parametrize("who", ["pool_keeper", "officer", "director", "draw_operator", "group_releaser"])
def test_only_the_head_admits_and_removes(world: World, who: str) -> None:
    [member] = found_pool(world, 1, with_accounts=False)
    membership = propose(world, registered(world, 1))
    expected = Forbidden if who == "pool_keeper" else NotVisible
    with pytest.raises(expected):
        admitted(world, membership, who=world.people[who])
    with pytest.raises(expected):
        removed(world, member, who=who)


@pytest.mark.parametrize("who", ["head", "officer", "director"])
def test_only_the_keeper_proposes(world: World, who: str) -> None:
    expert = registered(world, 0)
    with pytest.raises(Forbidden if who == "head" else NotVisible):
        propose(world, expert, who=who)


def test_a_stale_form_admits_nobody(world: World) -> None:
    membership = propose(world, registered(world, 0))
    with pytest.raises(Stale):
        admit_member(
            acting=acting(world.head, on_day(ON)),
            expert_id=membership.expert_id,
            version=1,
            membership_id=membership.pk,
            at=on_day(ON),
        )
