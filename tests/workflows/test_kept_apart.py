"""Duties kept apart: an inbox leaves out exactly the steps that the same person would be refused."""

import pytest

from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of
from investreview.core.errors import Forbidden
from investreview.core.roles import Role
from investreview.projects.models import Case, FormerHolder, Remedy
from tests.workflows.newcomers import new_person
from tests.world import World, drive, later
from workflows.models import WorkItem
from workflows.permissions import APART, REMEDY_HANDS, acting_for
from workflows.selectors import inbox

pytestmark = pytest.mark.django_db
AT = later(14)
PARTS = ("drafter", "releaser", "officer", "head", "signer")
FORMER = ("drafter", "officer")
HANDS = ("drafted_by", "checked_by")
NODES = sorted({*APART, *REMEDY_HANDS, "deliver"})


@pytest.fixture
def person(world: World) -> User:
    """Somebody who has had no part in any case."""
    return new_person(world, "somebody", Role.CASE_OFFICER, world.commission)


@pytest.fixture
def item(world: World, person: User) -> WorkItem:
    """A step that waits for them."""
    item: WorkItem = WorkItem.objects.get(case=drive(world, "released"), state=WorkItem.State.OPEN)
    WorkItem.objects.filter(pk=item.pk).update(assignee=person, role=Role.CASE_OFFICER)
    return item


def is_offered(item: WorkItem, node: str, person: User) -> bool:
    """Whether the inbox has the step as one of ``node``; it has it when, and only when, the person may do it."""
    WorkItem.objects.filter(pk=item.pk).update(node=node)
    listed = inbox(user=person, scope=scope_of(person, AT), at=AT).filter(pk=item.pk).exists()
    try:
        acting_for(user=person, item=WorkItem.objects.get(pk=item.pk), at=AT)
    except Forbidden:
        assert not listed, f"{node} is listed and refused"
        return False
    assert listed, f"{node} is not listed and allowed"
    return True


@pytest.mark.parametrize("name", PARTS)
def test_a_part_keeps_from_its_steps_and_from_no_other(world: World, item: WorkItem, person: User, name: str) -> None:
    Case.objects.filter(pk=item.case_id).update(**{f"{name}_id": person.pk})
    _open_remedy(item.case, drafted_by=world.officer)

    refused = {node for node in NODES if not is_offered(item, node, person)}

    assert refused == {node for node, names in APART.items() if name in names}


@pytest.mark.parametrize("name", FORMER)
def test_a_part_held_before_a_hand_over_keeps_from_the_same_steps(
    world: World, item: WorkItem, person: User, name: str
) -> None:
    FormerHolder.objects.create(
        case=item.case, part=name.upper(), person=person, successor=world.officer, handover="JJ-1", at=AT
    )
    _open_remedy(item.case, drafted_by=world.officer)

    refused = {node for node in NODES if not is_offered(item, node, person)}

    assert refused == {node for node, names in APART.items() if name in names}


@pytest.mark.parametrize("name", HANDS)
def test_a_hand_in_an_open_remedy_keeps_from_its_later_steps(
    world: World, item: WorkItem, person: User, name: str
) -> None:
    _open_remedy(item.case, **{"drafted_by": world.officer, name: person})

    refused = {node for node in NODES if not is_offered(item, node, person)}

    assert refused == {node for node, names in REMEDY_HANDS.items() if name in names}


def test_who_has_had_no_part_is_kept_from_nothing(world: World, item: WorkItem, person: User) -> None:
    _open_remedy(item.case, drafted_by=world.officer)

    assert [node for node in NODES if not is_offered(item, node, person)] == []


def _open_remedy(case: Case, **hands: User) -> None:
    Remedy.objects.create(
        case=case,
        ordinal=1,
        kind=Remedy.Kind.CORRECTION,
        reason="金额有误（示例）。",
        original_id=1,
        original_number="示例〔2024〕1号",
        letter_id=2,
        drafted_at=AT,
        **hands,
    )
