"""Several at once have one effect: numbers, admissions, dismissals, on both databases."""

from dataclasses import replace
from datetime import date

import pytest

from experts.models import DismissedHit, Expert
from experts.services.dismissals import confirm_dismissal
from experts.services.membership import admit_member, propose_member
from experts.services.pool import register_expert
from investreview.demo.hands import acting
from investreview.registry.services import record_shareholding
from investreview.rulebook.vocabulary import PoolKind
from tests.accounts.threads import at_once
from tests.experts.cases import ON, on_day, panel_case
from tests.experts.pool import SOMEBODY, employ, found_pool, organisation, registered
from tests.experts.test_dismissals import put_forward
from tests.world import found_world

pytestmark = pytest.mark.both_databases

AT = on_day(ON)
CLICKS = 4


def test_experts_registered_at_once_have_numbers_without_gaps(file_database: str) -> None:
    world = found_world()
    keeper = acting(world.pool_keeper, AT)
    facts = [replace(SOMEBODY, phone=f"1380000000{number}") for number in range(CLICKS)]
    at_once(
        [
            lambda one=one: register_expert(acting=keeper, commission=world.commission, facts=one, at=AT).pk
            for one in facts
        ]
    )
    numbers = sorted(Expert.objects.values_list("number", flat=True))
    assert numbers == [f"LYG-ZJ-{number + 1:04d}" for number in range(CLICKS)]


def test_one_person_registered_by_many_clicks_is_known_once(file_database: str) -> None:
    world = found_world()
    keeper = acting(world.pool_keeper, AT)
    answers = at_once(
        [lambda: register_expert(acting=keeper, commission=world.commission, facts=SOMEBODY, at=AT).pk] * CLICKS
    )
    assert (answers.count("experts_known_already"), Expert.objects.count()) == (CLICKS - 1, 1)


def test_one_proposal_and_one_admission_come_of_many_clicks(file_database: str) -> None:
    world = found_world()
    expert = registered(world, 0)
    keeper, head = acting(world.pool_keeper, AT), acting(world.head, AT)
    proposed = at_once(
        [lambda: propose_member(acting=keeper, expert_id=expert.pk, version=1, pool=PoolKind.INVESTMENT, at=AT).pk]
        * CLICKS
    )
    assert proposed.count("core_stale") == CLICKS - 1
    term = expert.memberships.get()
    admitted = at_once(
        [lambda: admit_member(acting=head, expert_id=expert.pk, version=2, membership_id=term.pk, at=AT).pk] * CLICKS
    )
    assert admitted.count("core_stale") == CLICKS - 1
    assert [str(day) for day in expert.memberships.values_list("term_until", flat=True)] == ["2027-07-04"]


def test_a_hit_is_put_forward_and_decided_once(file_database: str) -> None:
    world = found_world()
    [expert] = found_pool(world, 1, with_accounts=False)
    case = panel_case(world)
    bank = organisation("某上市银行（示例）")
    record_shareholding(owner=bank, owned=world.sub.organisation, share_bps=50, valid_from=date(2020, 1, 1))
    employ(world, expert, bank, from_on=date(2015, 1, 1))
    answers = at_once([lambda: put_forward(world, case, expert).pk] * CLICKS)
    assert (answers.count("experts_hit_proposed"), DismissedHit.objects.count()) == (CLICKS - 1, 1)
    head, hit = acting(world.head, AT), DismissedHit.objects.get()
    decided = at_once([lambda: confirm_dismissal(acting=head, dismissal_id=hit.pk, at=AT).pk] * CLICKS)
    assert decided.count("experts_dismissal_decided") == CLICKS - 1
