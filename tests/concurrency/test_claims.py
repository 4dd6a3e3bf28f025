"""Two who claim one step at once: one has it, the other reads a sentence; two reminders are one."""

import pytest

from investreview.demo import hands
from investreview.journal.models import Entry
from tests.accounts.threads import at_once
from tests.world import World, drive, later
from workflows.holding import claim
from workflows.models import Urging, WorkItem
from workflows.urging import urge

pytestmark = pytest.mark.both_databases
AT = later(4)


def test_a_step_claimed_and_urged_by_two_at_once_is_claimed_and_urged_once(world: World) -> None:
    case = drive(world, "released")
    task = hands.task_of(case, "check_completeness")
    people = (world.officer, world.officer2)
    answers = at_once([lambda who=who: claim(task_id=task, user=who, at=AT).assignee_id for who in people])
    assert answers.count("workflows_claimed_by_other") == 1
    assert WorkItem.objects.get(task_id=task).assignee_id in answers
    asking = (world.group_drafter, world.group_releaser)
    said = at_once([lambda who=who: urge(case_id=case.pk, user=who, note="", at=AT).pk for who in asking])
    assert said.count("workflows_urged_already") == 1
    assert Urging.objects.count() == 1
    assert [Entry.objects.filter(verb=verb).count() for verb in ("case.claim", "case.urge")] == [1, 1]
