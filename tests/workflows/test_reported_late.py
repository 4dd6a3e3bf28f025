"""迟报 (DOMAIN §4): a case is late by its first release; what is supplemented later makes it complete, not later."""

from datetime import date
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from investreview.core import clock
from investreview.demo import hands
from investreview.desk.overview.lists import invested_first, late
from investreview.journal.models import Entry
from investreview.projects.models import Case
from investreview.projects.selectors import lateness_of
from tests.desk.overview.story import reading_of
from tests.desk.people import browser
from tests.world import World, drive, later, wanted
from workflows import engine
from workflows.models import WorkItem
from workflows.review.page import task_page
from workflows.selectors import item_for

pytestmark = pytest.mark.django_db
ASKED = [{"slot": "M05", "text": "请补充（示例）。"}]
ON_TIME, TOO_LATE = date(2024, 6, 19), date(2024, 6, 18)
"""Released on 3 July, the tenth working day after 19 June."""


def supplemented(world: World, decided_on: date, **fields: object) -> Case:
    """Released on 3 July, asked for a supplement, released again twelve days later."""
    case = drive(world, "released", plan=wanted(world, decided_on=decided_on, **fields))
    hands.ask_supplement(case, world.officer, ASKED, later(3))
    hands.replace_material(case, world.group_drafter, "M05", later(13))
    hands.hand_over(case, world.group_drafter, later(13, 10))
    hands.release(case, world.group_releaser, later(14))
    return hands.fresh(case)


def taken_back(world: World, case: Case, day: int) -> None:
    done = WorkItem.objects.filter(case=case, node="release", state=WorkItem.State.DONE).latest("pk")
    engine.recall(task_id=done.task_id, user=world.group_releaser, at=later(day, 11))


def marks(case: Case) -> tuple[bool, bool]:
    found = lateness_of(case)
    assert found is not None
    return found.is_late, found.is_invested_first


@pytest.mark.parametrize(("decided_on", "is_late"), [(ON_TIME, False), (TOO_LATE, True)])
def test_a_supplement_makes_nobody_late_who_was_not(
    world: World, decided_on: date, is_late: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = supplemented(world, decided_on)

    assert (case.report_by, case.first_released_at, case.released_at) == (
        date(2024, 7, 3) if not is_late else date(2024, 7, 2),
        later(2),
        later(14),
    )
    assert marks(case) == (is_late, False)
    told = [entry.facts["late"] for entry in Entry.objects.filter(verb="case.release").order_by("pk")]
    assert told == [is_late, is_late]
    monkeypatch.setattr(clock, "now", lambda: later(15))
    assert [one.number for one in late(reading_of(world.head))] == ([case.number] if is_late else [])
    page = browser(world.officer).get(f"/cases/{case.number}/").content.decode()
    assert (">迟报<" in page, "补正后再次报送" in page) == (is_late, True)
    item, acting = item_for(task_id=hands.task_of(case, "check_completeness"), user=world.officer, at=later(15))
    warnings = task_page(item, scope=acting.scope, at=later(15)).warnings
    assert any(text.startswith("迟报") for text in warnings) is is_late


def test_a_contract_between_the_two_releases_was_not_first(world: World) -> None:
    assert marks(supplemented(world, ON_TIME, contract_on=later(8).date())) == (False, False)


@pytest.mark.parametrize("days", [0, 1, 2])
def test_a_contract_up_to_the_first_release_was(world: World, days: int, monkeypatch: pytest.MonkeyPatch) -> None:
    case = supplemented(world, ON_TIME, contract_on=later(days).date())
    assert marks(case) == (False, True)
    monkeypatch.setattr(clock, "now", lambda: later(15))
    assert [one.number for one in invested_first(reading_of(world.head))] == [case.number]


def test_a_release_that_was_taken_back_is_none(world: World) -> None:
    case = drive(world, "handed_over", plan=wanted(world, decided_on=ON_TIME))
    hands.release(case, world.group_releaser, later(2))
    taken_back(world, case, 2)
    assert hands.fresh(case).first_released_at is None
    hands.release(case, world.group_releaser, later(4))
    case = hands.fresh(case)
    assert (case.first_released_at, marks(case)) == (later(4), (True, False))


def test_the_second_release_taken_back_leaves_the_first(world: World) -> None:
    case = supplemented(world, ON_TIME)
    taken_back(world, case, 14)
    case = hands.fresh(case)
    assert (case.first_released_at, case.released_at) == (later(2), later(2))


def test_the_database_keeps_both_together(world: World) -> None:
    case = drive(world, "released")
    for fields in ({"first_released_at": None}, {"released_at": None}, {"first_released_at": later(5)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(**fields)


def test_what_was_released_before_has_its_first_release(world: World) -> None:
    case = supplemented(world, ON_TIME)
    Case.objects.filter(pk=case.pk).update(first_released_at=case.released_at)
    migration = import_module("investreview.projects.migrations.0015_first_release")
    migration.fill_first_release(apps, SimpleNamespace())
    assert hands.fresh(case).first_released_at == later(2)
