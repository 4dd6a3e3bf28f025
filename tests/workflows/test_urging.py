"""催办: by the enterprise, to whoever has the step, once in five working days."""

import pytest

from investreview.core.errors import Forbidden, Invalid
from investreview.journal.models import Entry
from investreview.notices.models import Notice
from tests.world import World, drive, later
from workflows.holding import claim
from workflows.models import WorkItem
from workflows.urging import URGING_DAYS, urge, urging_state

pytestmark = pytest.mark.django_db
AT = later(4)
"""A Friday."""


def test_everybody_of_the_pool_is_told_and_then_only_the_holder(world: World) -> None:
    case = drive(world, "released")
    urging = urge(case_id=case.pk, user=world.group_drafter, note="合同在即", at=AT)
    told = set(Notice.objects.filter(dedupe_key=f"urging:{urging.pk}").values_list("user", flat=True))
    assert told == {world.officer.pk, world.officer2.pk}
    claim(task_id=WorkItem.objects.get(case=case, state="OPEN").task_id, user=world.officer2, at=AT)
    again = urge(case_id=case.pk, user=world.group_releaser, note="", at=later(4 + 7))
    assert Notice.objects.get(dedupe_key=f"urging:{again.pk}").user == world.officer2
    assert Entry.objects.filter(verb="case.urge").count() == 2


def test_the_next_reminder_waits_for_its_day(world: World) -> None:
    case = drive(world, "released")
    urge(case_id=case.pk, user=world.group_drafter, note="", at=AT)
    again_from = urging_state(case).again_from
    assert (URGING_DAYS, again_from) == (5, later(11).date())
    with pytest.raises(Invalid) as refused:
        urge(case_id=case.pk, user=world.group_drafter, note="", at=later(10))
    assert (refused.value.code, refused.value.facts["again_from"]) == ("workflows_urged_already", again_from)


def test_nobody_urges_what_is_not_with_the_commission_or_not_theirs(world: World) -> None:
    case = drive(world, "handed_over")
    with pytest.raises(Invalid, match="workflows_nothing_to_urge"):
        urge(case_id=case.pk, user=world.group_drafter, note="", at=AT)
    for stranger in (world.officer, world.other_drafter, world.sister_drafter):
        with pytest.raises(Forbidden, match="workflows_urging_not_yours"):
            urge(case_id=case.pk, user=stranger, note="", at=AT)
