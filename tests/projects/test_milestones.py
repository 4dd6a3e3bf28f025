"""What became of a project: entered with evidence by those who may, once, and withdrawn with a reason."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from investreview.core.errors import Forbidden, NotVisible
from investreview.journal.models import Entry
from investreview.projects.models import Milestone
from investreview.projects.services.milestones import MilestoneInput, record_milestone, withdraw_milestone
from tests.evaluations.house import AT, acting, finished, found_house, happened, refused
from tests.world import World

Kind = Milestone.Kind


@pytest.fixture
def world(db: None) -> World:
    return found_house()


def entry(kind: Kind = Kind.ACCEPTED, on: date = date(2024, 5, 6), **more: Any) -> MilestoneInput:
    return MilestoneInput(kind=kind, happened_on=on, basis=more.pop("basis", "验收报告〔2024〕1号"), **more)


def record(world: World, project_id: int, what: MilestoneInput, who: str = "evaluation_officer") -> Milestone:
    return record_milestone(acting=acting(world.people[who]), project_id=project_id, entry=what, at=AT)


def test_a_milestone_stands_with_its_evidence_and_once(world: World) -> None:
    project = finished(world, "一（示例）", accepted=None)
    first, again = record(world, project.pk, entry()), record(world, project.pk, entry())
    assert first.pk == again.pk
    assert (first.entered_by, first.basis) == (world.evaluation_officer, "验收报告〔2024〕1号")
    told = Entry.objects.get(verb="project.record_milestone")
    assert (told.subject_kind, told.subject_key, told.chain) == ("project", str(project.pk), "LYG")


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ({"on": AT.date() + timedelta(days=1)}, "projects_date_in_future"),
        ({"kind": Kind.COST}, "projects_milestone_amount"),
        ({"kind": Kind.COST, "actual_yuan": Decimal("-0.01")}, "projects_milestone_amount"),
        ({"actual_yuan": Decimal(1)}, "projects_milestone_amount"),
        ({"basis": "  "}, "text_empty"),
    ],
)
def test_a_wrong_entry_is_refused(world: World, what: dict[str, Any], code: str) -> None:
    project = finished(world, "一（示例）", accepted=None)
    with refused(code):
        record(world, project.pk, entry(**what))
    assert not Milestone.objects.exists()


def test_today_and_nothing_spent_are_taken(world: World) -> None:
    project = finished(world, "一（示例）", accepted=None)
    assert record(world, project.pk, entry(on=AT.date())).happened_on == AT.date()
    assert record(world, project.pk, entry(Kind.COST, actual_yuan=Decimal(0))).actual_yuan == 0


def test_another_day_of_the_same_milestone_is_a_correction(world: World) -> None:
    project = finished(world, "一（示例）", accepted=None)
    first = record(world, project.pk, entry())
    with refused("projects_milestone_stands"):
        record(world, project.pk, entry(on=date(2024, 5, 7)))
    officer = acting(world.evaluation_officer)
    withdraw_milestone(acting=officer, milestone_id=first.pk, reason="日期有误", at=AT)
    withdraw_milestone(acting=officer, milestone_id=first.pk, reason="再撤", at=AT)
    assert Milestone.objects.get(pk=first.pk).withdrawal_reason == "日期有误"
    assert record(world, project.pk, entry(on=date(2024, 5, 7))).pk != first.pk
    assert Entry.objects.filter(verb="project.withdraw_milestone").count() == 1


def test_an_alert_may_come_again_on_another_day(world: World) -> None:
    project = finished(world, "一（示例）", accepted=None)
    record(world, project.pk, entry(Kind.ALERT))
    record(world, project.pk, entry(Kind.ALERT, date(2024, 5, 7)))
    with refused("projects_milestone_stands"):
        record(world, project.pk, entry(Kind.ALERT, basis="另一依据"))


@pytest.mark.parametrize("who", ["officer", "archivist", "evaluation_officer"])
def test_who_may_enter(world: World, who: str) -> None:
    project = finished(world, "一（示例）", accepted=None)
    assert record(world, project.pk, entry(), who).entered_by == world.people[who]


@pytest.mark.parametrize("who", ["head", "deputy", "draw_operator", "group_drafter", "group_releaser"])
def test_who_may_not_enter_or_withdraw(world: World, who: str) -> None:
    project = finished(world, "一（示例）")
    with pytest.raises(Forbidden):
        record(world, project.pk, entry(Kind.OPERATING), who)
    with pytest.raises(Forbidden):
        withdraw_milestone(
            acting=acting(world.people[who]), milestone_id=project.milestones.get().pk, reason="因", at=AT
        )


def test_another_commission_knows_nothing_of_it(world: World) -> None:
    other = found_house("GY", names="外")
    project = finished(world, "一（示例）")
    foreign = acting(other.evaluation_officer)
    with refused("projects_project_not_visible", NotVisible):
        record_milestone(acting=foreign, project_id=project.pk, entry=entry(Kind.OPERATING), at=AT)
    for key in (project.milestones.get().pk, 0):
        with refused("projects_project_not_visible", NotVisible):
            withdraw_milestone(acting=foreign, milestone_id=key, reason="因", at=AT)


def test_a_withdrawal_needs_a_reason(world: World) -> None:
    project = finished(world, "一（示例）")
    with refused("projects_reason_needed"):
        withdraw_milestone(
            acting=acting(world.evaluation_officer), milestone_id=project.milestones.get().pk, reason=" ", at=AT
        )


@pytest.mark.parametrize(
    "wrong",
    [
        {"basis": ""},
        {"kind": "COST"},
        {"kind": "COST", "actual_yuan": -1},
        {"actual_yuan": 1},
        {"withdrawn_at": AT},
        {"withdrawal_reason": "无人"},
    ],
)
def test_the_database_keeps_fact_and_evidence_together(world: World, wrong: dict[str, Any]) -> None:
    project = finished(world, "一（示例）")
    with pytest.raises(IntegrityError), transaction.atomic():
        project.milestones.update(**wrong)


def test_the_database_keeps_one_standing_milestone_a_kind(world: World) -> None:
    project = finished(world, "一（示例）")
    with pytest.raises(IntegrityError), transaction.atomic():
        happened(world, project, "ACCEPTED", date(2020, 1, 1))
