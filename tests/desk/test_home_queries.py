"""The home desk and the list of cases cost the same, however many rows they show."""

import pytest
from django.test import Client

from tests.desk.people import browser
from tests.world import World, drive, wanted

HOME = 11
CASES = 10


def warmed(client: Client) -> Client:
    """The session's own write of the minute is done."""
    client.get("/rules/")
    return client


@pytest.mark.parametrize("count", [1, 3])
def test_home_costs_the_same(world: World, count: int, django_assert_num_queries) -> None:
    for number in range(count):
        drive(world, "checked", key=str(number), plan=wanted(world, name=f"第{number}项（示例）"))
    client = warmed(browser(world.deputy))
    with django_assert_num_queries(HOME):
        page = client.get("/").content.decode()
    assert page.count(">签发") == count


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_cases_costs_the_same(world: World, count: int, django_assert_num_queries) -> None:
    for number in range(count):
        drive(world, "checked", key=str(number), plan=wanted(world, name=f"第{number}项（示例）"))
    client = warmed(browser(world.officer))
    with django_assert_num_queries(CASES):
        page = client.get("/cases/").content.decode()
    assert page.count("/cases/LYG-") == count
