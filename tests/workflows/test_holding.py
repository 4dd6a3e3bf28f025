"""Whose a step is: claimed from the pool by one, given back to it, never left with nobody who may do it."""

import pytest

from investreview.core.errors import Forbidden, Invalid, NotVisible, Stale
from investreview.core.roles import Role
from investreview.demo import hands
from investreview.journal.models import Entry
from tests.desk.people import let_stand_in
from tests.world import World, drive, later
from workflows.holding import claim, give_back
from workflows.models import WorkItem
from workflows.selectors import inbox, own_steps, scope_of, steps_to_claim

pytestmark = pytest.mark.django_db
AT = later(4)


def task(world: World) -> int:
    """A step that waits in the officers' pool."""
    return hands.task_of(drive(world, "released"), "check_completeness")


def lists_of(world: World, who: str) -> tuple[int, int]:
    """How many steps a person has of their own, and to claim."""
    user = world.people[who]
    found = inbox(user=user, scope=scope_of(user, AT), at=AT)
    return own_steps(found).count(), steps_to_claim(found).count()


def test_a_claimed_step_leaves_the_pool_and_the_second_reads_who_has_it(world: World) -> None:
    waiting = task(world)
    assert (lists_of(world, "officer"), lists_of(world, "officer2")) == ((0, 1), (0, 1))
    claim(task_id=waiting, user=world.officer, at=AT)
    assert claim(task_id=waiting, user=world.officer, at=AT).assignee == world.officer
    with pytest.raises(Stale) as refused:
        claim(task_id=waiting, user=world.officer2, at=AT)
    assert (refused.value.code, refused.value.facts) == (
        "workflows_claimed_by_other",
        {"who": world.officer.full_name},
    )
    assert (lists_of(world, "officer"), lists_of(world, "officer2")) == ((1, 0), (0, 0))
    assert Entry.objects.filter(verb="case.claim").count() == 1


def test_only_who_may_do_the_step_claims_it(world: World) -> None:
    waiting = task(world)
    with pytest.raises(Forbidden, match="projects_role_missing"):
        claim(task_id=waiting, user=world.head, at=AT)
    for stranger in (world.group_drafter, world.other_drafter, world.draw_operator):
        with pytest.raises((NotVisible, Forbidden)):
            claim(task_id=waiting, user=stranger, at=AT)
    with pytest.raises(NotVisible):
        claim(task_id=waiting, user=world.other_drafter, at=AT)


def test_a_substitute_claims_for_the_principal(world: World) -> None:
    let_stand_in(world, world.law, world.officer, Role.CASE_OFFICER)
    item = claim(task_id=task(world), user=world.law, at=AT)
    assert item.assignee == world.officer
    assert Entry.objects.get(verb="case.claim").on_behalf_of == world.officer.full_name


def test_a_leaders_step_is_nobodys_to_claim(world: World) -> None:
    case = drive(world, "checked")
    with pytest.raises(Invalid, match="workflows_not_of_a_pool"):
        claim(task_id=hands.task_of(case, "sign"), user=world.deputy, at=later(6))


def test_a_step_is_given_back_with_a_reason_by_its_holder_or_the_head(world: World) -> None:
    waiting = task(world)
    with pytest.raises(Invalid, match="workflows_nobody_holds"):
        give_back(task_id=waiting, user=world.officer, reason="出差", at=AT)
    due_on = claim(task_id=waiting, user=world.officer, at=AT).due_on
    with pytest.raises(Invalid, match="projects_reason_needed"):
        give_back(task_id=waiting, user=world.officer, reason=" ", at=AT)
    with pytest.raises(Forbidden, match="projects_role_missing"):
        give_back(task_id=waiting, user=world.officer2, reason="出差", at=AT)
    item = give_back(task_id=waiting, user=world.head, reason="出差", at=AT)
    assert (item.assignee, item.opened_at, item.due_on) == (None, None, due_on)
    assert claim(task_id=waiting, user=world.officer2, at=AT).assignee == world.officer2
    facts = Entry.objects.get(verb="case.give_back").facts
    assert (facts["from"], facts["reason"]) == (world.officer.full_name, "出差")


def test_a_step_that_is_done_is_neither_claimed_nor_given_back(world: World) -> None:
    case = drive(world, "confirmed")
    done = WorkItem.objects.get(case=case, node="check_completeness").task_id
    with pytest.raises(Stale, match="workflows_done_by_other"):
        claim(task_id=done, user=world.officer, at=AT)
    with pytest.raises(Stale, match="workflows_done_by_other"):
        give_back(task_id=done, user=world.officer, reason="出差", at=AT)
