"""A new rule set tried on the cases and paper decisions of a commission."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of
from investreview.projects.models import RoutingRecord
from investreview.projects.replaying import Replay, replay
from investreview.rulebook.vocabulary import Route
from tests.projects import past_ledgers
from tests.rulebook.factories import rules_2024, rules_with
from tests.world import World, drive, found_world, later

MOVED = rules_with({"panel": {"yuan": "15000000.00"}})


def tried(world: World, who: User) -> Replay:
    return replay(world.commission, rules_2024(), MOVED, scope=scope_of(who, later(20)))


def test_cases_and_accepted_paper_decisions_are_tried_together(world: World) -> None:
    case = drive(world, "confirmed")
    drive(world, "draft", key="2", name="未报送（示例）")
    entered = past_ledgers.entered(world, world.officer, key="past:1", amount_yuan="20000000.00", route="FILING")
    assert tried(world, world.head).past_count == 0
    past_ledgers.accepted(entered, world.archivist)
    found = tried(world, world.head)
    assert (found.case_count, found.past_count, found.count, found.rerouted_count) == (1, 1, 2, 2)
    (line,) = found.shifted
    assert (line.shift.route, line.shift.new_route) == (Route.FILING, Route.EXPERT_PANEL)
    assert (line.cases, [one.number for one in line.past]) == ((case,), [entered.decisions.get().number])
    assert line.unnamed_count == 0


def test_who_may_not_know_cases_is_told_how_many(world: World) -> None:
    drive(world, "confirmed")
    (line,) = tried(world, world.rule_keeper).shifted
    assert (line.count, line.cases, line.past, line.unnamed_count) == (1, (), (), 1)


def test_the_confirmed_facts_bind_not_those_of_the_release(world: World) -> None:
    case = drive(world, "confirmed")
    release = RoutingRecord.objects.get(case=case, occasion="RELEASE")
    release.facts |= {"own_commitment_yuan": "1.00", "total_investment_yuan": "1.00"}
    release.save()
    assert tried(world, world.head).count == 1


def test_another_commission_is_not_tried(world: World) -> None:
    other = found_world("HAZ", names="别处")
    drive(other, "released", key="9")
    assert tried(world, world.head).case_count == 0


def test_three_cases_take_as_many_queries_as_one(world: World) -> None:
    counts = []
    for keys in (("1",), ("2", "3")):
        for key in keys:
            drive(world, "released", key=key, name=f"项目{key}（示例）")
        with CaptureQueriesContext(connection) as captured:
            tried(world, world.head)
        counts.append(len(captured))
    assert counts[0] == counts[1]
