"""Who sees what of the past, and where it counts."""

from typing import Any

import pytest

from investreview.accounts.selectors import scope_of
from investreview.core.errors import NotVisible
from investreview.projects.models import Case, Project
from investreview.projects.past.selectors import (
    backfill_for,
    backfills,
    counted_projects,
    paper_for,
    readable_past,
    visible_past,
)
from investreview.projects.selectors import measured_cases, visible_cases
from tests.projects.past_ledgers import NOON, entered, past
from tests.world import World, drive

pytestmark = pytest.mark.usefixtures("media")
EVERYBODY = [
    *("officer", "head", "deputy", "director", "document_officer", "archivist", "law", "rule_keeper"),
    *("system_admin", "security_admin", "audit_admin"),
    *("group_drafter", "group_releaser", "sub_drafter", "sister_drafter", "other_drafter", "other_releaser"),
]
READS = {"officer", "head", "deputy", "director", "document_officer", "archivist"}
OWN = {"group_drafter", "group_releaser", "sub_drafter"}
BATCHES = {"officer", "head", "archivist"}


def scope(world: World, who: str) -> Any:
    return scope_of(world.people[who], NOON)


@pytest.mark.parametrize("who", EVERYBODY)
def test_an_accepted_decision_is_seen_by_the_commission_and_its_own_enterprise(world: World, who: str) -> None:
    decision = past(world)

    seen = list(visible_past(scope(world, who)))
    assert seen == ([decision] if who in READS | OWN else [])


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_decision_that_waits_is_seen_by_who_enters_and_checks(world: World, who: str) -> None:
    entered(world, world.officer2)
    decision = world.commission.pastdecision_set.get()

    assert not visible_past(scope(world, who)).exists()
    if who in BATCHES:
        assert readable_past(scope(world, who), decision.pk) == decision
    else:
        with pytest.raises(NotVisible, match="past_not_visible"):
            readable_past(scope(world, who), decision.pk)


@pytest.mark.parametrize("who", EVERYBODY)
def test_batches_are_for_who_enters_checks_or_heads(world: World, who: str) -> None:
    backfill = entered(world, world.officer2)

    assert list(backfills(scope(world, who))) == ([backfill] if who in BATCHES else [])


@pytest.mark.parametrize("who", EVERYBODY)
def test_scans_are_for_the_commission_only(world: World, who: str) -> None:
    paper = past(world).papers.get()

    if who in READS:
        assert paper_for(scope(world, who), paper.pk) == paper
    else:
        with pytest.raises(NotVisible):
            paper_for(scope(world, who), paper.pk)


@pytest.mark.parametrize("who", ["officer", "head", "archivist", "director", "group_drafter"])
def test_another_commission_sees_nothing(world: World, elsewhere: World, who: str) -> None:
    decision = past(world)
    reach = scope_of(elsewhere.people[who], NOON)

    assert not visible_past(reach).exists()
    assert not backfills(reach).exists()
    for read, key in (
        (readable_past, decision.pk),
        (backfill_for, decision.backfill_id),
        (paper_for, decision.papers.get().pk),
    ):
        with pytest.raises(NotVisible):
            read(reach, key)


def test_what_does_not_exist_is_answered_the_same(world: World) -> None:
    for read in (readable_past, backfill_for, paper_for):
        with pytest.raises(NotVisible, match="past_not_visible"):
            read(scope(world, "officer"), 999_999)


def test_a_past_decision_has_no_case_and_its_project_counts_once_accepted(world: World) -> None:
    native = drive(world, "released")
    entered(world, world.officer, key="past:2", number="待核对")
    assert list(counted_projects()) == [native.project]

    decision = past(world)

    assert set(counted_projects()) == {native.project, decision.project}
    assert Project.objects.count() == 3
    assert list(visible_cases(scope(world, "head"))) == [native]


def test_statistics_of_clocks_and_routes_are_of_cases_that_began_here(world: World) -> None:
    native, taken = drive(world, "confirmed"), drive(world, "confirmed", key="2", name="另一项目（示例）")
    Project.objects.filter(pk=taken.project_id).update(origin=Project.Origin.IN_FLIGHT)
    past(world)

    assert list(measured_cases(Case.objects.all())) == [native]
    assert measured_cases(visible_cases(scope(world, "head"))).count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_reading_the_past_costs_one_query(world: World, count: int, django_assert_num_queries: Any) -> None:
    for number in range(count):
        past(world, key=f"past:{number}", number=f"第{number}号")
    reach = scope(world, "head")

    with django_assert_num_queries(1):
        rows = [
            (each.project.name, each.group.short_name, each.enterprise.short_name, each.backfill.checked_by)
            for each in visible_past(reach)
        ]
    assert len(rows) == count
