"""Deadlines as people read them, on the page of a case and on the page of a step alike."""

from datetime import date

import pytest

from investreview.projects.deadlines import NO_DEADLINE, Deadline, deadline
from investreview.registry.selectors import work_calendar
from tests.desk.people import browser
from tests.workflows.doors import address, set_time
from tests.world import World, drive, later

TUESDAY = date(2024, 7, 9)
FRIDAY = date(2024, 7, 12)


@pytest.mark.parametrize(
    ("due_on", "today", "left"),
    [
        (TUESDAY, date(2024, 7, 5), 2),
        (TUESDAY, date(2024, 7, 8), 1),
        (TUESDAY, TUESDAY, 0),
        (TUESDAY, date(2024, 7, 10), -1),
        (FRIDAY, date(2024, 7, 13), -1),
        (FRIDAY, date(2024, 7, 14), -1),
        (FRIDAY, date(2024, 7, 15), -1),
        (FRIDAY, date(2024, 7, 16), -2),
    ],
)
def test_deadline_counts_working_days_and_is_overdue_over_a_weekend(
    world: World, due_on: date, today: date, left: int
) -> None:
    assert deadline(due_on, today, work_calendar(world.commission)) == Deadline(due_on, left)


def test_step_without_limit_has_no_deadline(world: World) -> None:
    assert deadline(None, TUESDAY, work_calendar(world.commission)) is NO_DEADLINE


def test_step_page_says_overdue_on_the_saturday_after(world: World) -> None:
    case = drive(world, "confirmed")  # Thursday 4 July
    set_time(later(12))
    page = browser(world.officer).get(address(case, "opinion")).content.decode()
    assert "超期 3 个工作日" in page


@pytest.mark.parametrize(
    ("step", "node", "who"), [("signed", "deliver", "document_officer"), ("delivered", "acknowledge", "group_releaser")]
)
def test_step_after_the_decision_shows_what_the_case_took(world: World, step: str, node: str, who: str) -> None:
    case = drive(world, step)
    set_time(later(30))
    page = browser(world.people[who]).get(address(case, node)).content.decode()
    assert "办结，用时 1 个工作日" in page
    assert "剩 " not in page
