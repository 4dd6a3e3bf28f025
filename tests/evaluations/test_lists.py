"""The lists: what they say when they are empty, what they cost, how they go on and narrow."""

import pytest

from investreview.core import clock
from investreview.evaluations.services.finding import find_due
from tests.desk.people import browser
from tests.evaluations.house import AT, finished, opened, pictured
from tests.evaluations.test_pages import at, text
from tests.world import World


@pytest.fixture(autouse=True)
def business_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


@pytest.mark.parametrize("name", ["due", "years", "all_notices"])
def test_lists_that_are_empty_say_what_would_be_there(world: World, name: str) -> None:
    assert "ir-empty" in text(browser(world.evaluation_officer).get(at(name)))


def test_lists_cost_the_same_for_one_row_and_for_many(world: World, django_assert_num_queries) -> None:
    finished(world, "一（示例）")
    officer = browser(world.evaluation_officer)
    year = opened(world)
    for page, count in ((at("due"), 8), (at("year", year.pk), 11), (at("setup", year.pk), 11)):
        officer.get(page)
        with django_assert_num_queries(count):
            officer.get(page)
    pictured(world)
    find_due(world.commission, at=AT)
    for page, count in ((at("due"), 8), (at("year", year.pk), 11), (at("setup", year.pk), 11)):
        with django_assert_num_queries(count):
            officer.get(page)


def test_the_due_list_goes_on_over_pages_and_narrows(world: World) -> None:
    for number in range(53):
        finished(world, f"第{number:02d}个（示例）", body="other" if number % 2 else "group")
    find_due(world.commission, at=AT)
    officer = browser(world.evaluation_officer)
    first = officer.get(at("due")).context["page"]
    second = officer.get(at("due"), {"after": first.next_after}).context["page"]
    names = [line.due.project.name for line in (*first.lines, *second.lines)]
    assert (len(first.lines), len(second.lines), len(set(names)), second.next_after) == (50, 3, 53, "")
    assert len(officer.get(at("due"), {"q": "乙集团"}).context["page"].lines) == 26
    assert len(officer.get(at("due"), {"state": "LATE"}).context["page"].lines) == 50
    assert officer.get(at("due"), {"state": "TAKEN"}).context["page"].lines == ()
    for wrong in ("x", "2024-01-01:" + "9" * 40, "9999-99-99:1", ":"):
        assert officer.get(at("due"), {"after": wrong}).status_code == 200
