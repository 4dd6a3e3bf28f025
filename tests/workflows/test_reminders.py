"""Reminders and escalation (DOMAIN §4): who is told, on which day, in their own language, and never twice."""

from datetime import date, datetime
from typing import Any

import pytest

from investreview.core.clock import SHANGHAI
from investreview.demo import hands
from investreview.notices.models import Notice
from investreview.projects.models import Case
from tests.world import World, drive, later
from workflows.clocks import escalate_due
from workflows.models import WorkItem


def at(month: int, day: int) -> datetime:
    return datetime(2024, month, day, 7, tzinfo=SHANGHAI)


def told() -> list[tuple[str, str]]:
    """Who was told what since the last look."""
    found = [(notice.user.full_name, notice.text) for notice in Notice.objects.order_by("user__full_name", "pk")]
    Notice.objects.all().delete()
    return found


@pytest.fixture
def proposing(world: World) -> Case:
    """Complete on Thursday 4 July: the officer's opinion is due on Tuesday the 9th, the whole on the 18th."""
    case = drive(world, "confirmed")
    assert WorkItem.objects.get(case=case, node="opinion").due_on == date(2024, 7, 9)
    return case


def test_step_is_told_on_its_last_day_and_rises_to_head_and_leader(world: World, proposing: Case) -> None:
    escalate_due(at(7, 8))
    assert told() == []
    escalate_due(at(7, 9))
    assert told() == [("officer", f"{proposing.number} “经办意见”办理期限为2024年7月9日，请办理。")]
    late = f"{proposing.number} “经办意见”已超过期限（2024年7月9日），请督促办理。"
    escalate_due(at(7, 10))
    assert told() == [("head", late)]
    escalate_due(at(7, 11))
    assert told() == []
    escalate_due(at(7, 12))
    assert told() == [("deputy", late), ("deputy2", late)]


def test_everybody_is_told_once_however_often_the_clock_looks(world: World, proposing: Case) -> None:
    assert [escalate_due(at(7, 12)) for _beat in range(3)] == [3, 0, 0]
    assert len(told()) == 4


def test_whole_clock_rises_after_its_last_day(world: World, proposing: Case) -> None:
    escalate_due(at(7, 18))
    told()
    escalate_due(at(7, 19))
    assert told() == [("head", f"{proposing.number} “全程”已超过期限（2024年7月18日），请督促办理。")]


def test_reminder_is_written_in_the_readers_language(world: World, proposing: Case) -> None:
    world.officer.language = "en"
    world.officer.save()
    escalate_due(at(7, 9))
    assert told() == [("officer", f"{proposing.number}: “Officer's opinion” is due on 9 July 2024; please act.")]


def test_supplement_is_reminded_on_the_fifth_working_day(world: World) -> None:
    case = drive(world, "released")
    hands.ask_supplement(case, world.officer, [{"slot": "M07", "text": "缺少签字。"}], later(3))
    escalate_due(at(7, 10))
    assert told() == []
    escalate_due(at(7, 11))
    text = f"{case.number} 补正截止日为2024年7月18日，请尽快补齐并重新报送。"
    assert told() == [("group_drafter", text)]


def test_step_is_spoken_of_some_working_days_before_once(world: World, proposing: Case, settings: Any) -> None:
    settings.REMINDER_DAYS_BEFORE = 2
    escalate_due(at(7, 4))
    assert told() == []
    for _beat in range(2):
        escalate_due(at(7, 5))
        escalate_due(at(7, 8))
    text = f"{proposing.number} “经办意见”办理期限为2024年7月9日，请办理。"
    assert told() == [("officer", text)]
    escalate_due(at(7, 9))
    assert told() == [("officer", text)], "and once more on the last day"
