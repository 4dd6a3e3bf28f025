"""The home desk and the list of cases cost the same, however many rows they show."""

import pytest
from django.test import Client

from tests.desk.many import more_cases
from tests.desk.people import browser
from tests.world import World, drive, wanted

HOME = 9
CLAIM = 8
STARTED = 7
CASES = 7


def warmed(client: Client) -> Client:
    """The session's own write of the minute is done."""
    client.get("/rules/")
    return client


OF_ENTERPRISE = 11
"""Beside its steps an enterprise reads its projects with their lamps (steps, reminders), recusals and evaluations."""


@pytest.mark.parametrize("count", [1, 3])
def test_home_costs_the_same(world: World, count: int, django_assert_num_queries) -> None:
    for number in range(count):
        drive(world, "checked", key=str(number), plan=wanted(world, name=f"第{number}项（示例）"))
    client = warmed(browser(world.deputy))
    with django_assert_num_queries(HOME):
        page = client.get("/").content.decode()
    assert page.count("<td>签发") == count


@pytest.mark.parametrize("count", [0, 29])
def test_every_tab_costs_the_same_with_one_and_with_thirty_rows(
    world: World, count: int, django_assert_num_queries
) -> None:
    case = drive(world, "released")
    more_cases(case, count)
    officer, drafter = warmed(browser(world.officer)), warmed(browser(world.group_drafter))
    with django_assert_num_queries(CLAIM):
        page = officer.get("/?tab=claim").content.decode()
    assert page.count('name="items"') == count + 1
    with django_assert_num_queries(STARTED):
        page = drafter.get("/?tab=started").content.decode()
    assert page.count('class="ir-hash"') == count + 1
    with django_assert_num_queries(OF_ENTERPRISE):
        drafter.get("/")


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_cases_costs_the_same(world: World, count: int, django_assert_num_queries) -> None:
    for number in range(count):
        drive(world, "checked", key=str(number), plan=wanted(world, name=f"第{number}项（示例）"))
    client = warmed(browser(world.officer))
    with django_assert_num_queries(CASES):
        page = client.get("/cases/").content.decode()
    assert page.count("/cases/LYG-") == count
