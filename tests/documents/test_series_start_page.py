"""The page on which the document office says where a series goes on."""

import pytest

from investreview.documents.models import NumberCounter, NumberSeries
from tests.desk.people import browser
from tests.desk.sharing import founded
from tests.projects.pages import error_beside
from tests.world import World, found_world

URL = "/numbers/start/"


@pytest.fixture
def world(db: None) -> World:
    return founded()


def filled(world: World, **fields: object) -> dict[str, object]:
    series = NumberSeries.objects.get(commission=world.commission.code, code="HAN").pk
    return {"series": series, "year": 2024, "first": 38, "reason": "纸面已编至第37号"} | fields


def test_the_document_office_sets_it_once(world: World) -> None:
    client = browser(world.document_officer)
    assert "设置起始号" in client.get("/numbers/").content.decode()

    assert client.post(URL, filled(world))["Location"] == "/numbers/"
    assert NumberCounter.objects.get().next == 38
    again = client.post(URL, filled(world, first=50))
    assert (again.status_code, NumberCounter.objects.get().next) == (422, 38)
    assert "只能在首次使用之前设置一次" in error_beside(again.content.decode(), "id_year")


@pytest.mark.parametrize(
    "field, value",
    [("series", ""), ("series", "999"), ("year", "x"), ("year", "2023"), ("first", "1"), ("reason", " ")],
)
def test_what_is_wrong_stands_beside_its_field(world: World, field: str, value: str) -> None:
    answer = browser(world.document_officer).post(URL, filled(world, **{field: value}))

    assert answer.status_code == 422
    assert error_beside(answer.content.decode(), f"id_{field}")
    assert not NumberCounter.objects.exists()


@pytest.mark.parametrize("who", ["officer", "head", "director", "archivist", "group_releaser", "system_admin"])
def test_nobody_else_reaches_it(world: World, who: str) -> None:
    client = browser(world.people[who])

    assert [client.get(URL).status_code, client.post(URL, filled(world)).status_code] == [403, 403]
    assert not NumberCounter.objects.exists()


def test_the_series_of_another_commission_is_none_of_theirs(world: World) -> None:
    other = found_world("HAZ", names="别处")

    answer = browser(other.document_officer).post(URL, filled(world))

    assert (answer.status_code, NumberCounter.objects.count()) == (422, 0)
