"""传阅: only to who may read anyway, once while unread, and nothing of it moves the case."""

import pytest

from investreview.core.errors import Forbidden, Invalid
from investreview.journal.models import Entry
from investreview.notices.models import Notice
from tests.world import World, drive, later
from workflows.circulating import circulate, circulated_to, mark_read
from workflows.models import Circulation, WorkItem
from workflows.selectors import scope_of

pytestmark = pytest.mark.django_db
AT = later(4)


def unread(world: World, who: str) -> list[int]:
    user = world.people[who]
    return list(circulated_to(user, scope_of(user, AT)).filter(read_at__isnull=True).values_list("pk", flat=True))


def test_a_case_waits_once_for_its_reader_and_leaves_the_step_alone(world: World) -> None:
    case = drive(world, "confirmed")
    before = list(WorkItem.objects.values())
    [sent] = circulate(case_id=case.pk, user=world.officer, readers=[world.deputy.pk], note="请阅", at=AT)
    assert circulate(case_id=case.pk, user=world.head, readers=[world.deputy.pk], note="", at=AT) == []
    assert (unread(world, "deputy"), unread(world, "director")) == ([sent.pk], [])
    assert Notice.objects.get(dedupe_key=f"circulation:{sent.pk}").user == world.deputy
    assert list(WorkItem.objects.values()) == before
    assert mark_read(user=world.director, ids=[sent.pk], at=AT) == 0
    assert mark_read(user=world.deputy, ids=[sent.pk], at=AT) == 1
    assert mark_read(user=world.deputy, ids=[sent.pk], at=AT) == 0
    assert unread(world, "deputy") == []
    verbs = list(Entry.objects.filter(verb__contains="circulate").values_list("verb", flat=True).order_by("pk"))
    assert verbs == ["case.circulate", "case.read_circulated"]


def test_nobody_is_given_what_they_may_not_read(world: World) -> None:
    case = drive(world, "confirmed")
    for stranger in (world.law, world.group_drafter, world.other_releaser, world.pool_keeper):
        with pytest.raises(Invalid, match="workflows_reader_needed"):
            circulate(case_id=case.pk, user=world.officer, readers=[stranger.pk], note="", at=AT)
    with pytest.raises(Invalid, match="workflows_reader_needed"):
        circulate(case_id=case.pk, user=world.officer, readers=[], note="", at=AT)
    assert Circulation.objects.count() == 0


def test_only_the_holder_or_the_head_circulates_and_an_enterprise_among_its_own(world: World) -> None:
    case = drive(world, "handed_over")
    with pytest.raises(Forbidden, match="workflows_circulation_not_yours"):
        circulate(case_id=case.pk, user=world.group_drafter, readers=[world.group_releaser.pk], note="", at=AT)
    with pytest.raises(Invalid, match="workflows_reader_needed"):
        circulate(case_id=case.pk, user=world.group_releaser, readers=[world.officer.pk], note="", at=AT)
    assert circulate(case_id=case.pk, user=world.group_releaser, readers=[world.group_drafter.pk], note="", at=AT)
