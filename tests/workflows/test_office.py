"""公文办理: the letters of the document office by what they wait for, and the original that comes back first."""

import pytest

from investreview.demo import hands
from investreview.documents.models import Document
from tests.desk.people import browser
from tests.desk.sharing import founded
from tests.states import kept
from tests.workflows.doors import address, item_of, scan, submit
from tests.world import World, drive, later


@pytest.fixture
def world(db: None) -> World:
    return founded()


COST = 8
"""The frame 5, the steps with their remedies 3, the letters, the calendar 2, and how many were sent."""


def tabs(page: str) -> list[str]:
    return [part.split("<")[0] for part in page.split('<nav class="ir-tabs"')[1].split("</nav>")[0].split("<span>")[1:]]


def test_original_comes_back_first_and_the_letter_goes_afterwards(world: World) -> None:
    case = drive(world, "signed", key="office")
    office = browser(world.document_officer)
    page = office.get("/office/").content.decode()
    assert tabs(page) == ["0", "1", "0", "0"] and case.document_number in page
    seal = f"/office/{item_of(case, 'deliver').task_id}/original/"
    answer = office.post(seal, {"sealed_on": "2024-09-01", "sealed": scan()})
    assert answer.status_code == 422 and "2024年9月1日" in answer.content.decode()
    day = later(12).date().isoformat()
    assert office.post(seal, {"sealed_on": day}).status_code == 422
    assert office.post(seal, {"sealed_on": day, "sealed": scan()})["Location"] == address(case, "deliver")
    letter = Document.objects.get(pk=case.letter_id)
    assert (letter.state, letter.sealed_originals.count()) == ("SEALED", 1)
    assert tabs(office.get("/office/").content.decode()) == ["0", "0", "1", "0"]
    sent = {"sealed_on": day, "channel": "PAPER", "delivered_on": day}
    assert submit(world.document_officer, address(case, "deliver"), "deliver", **sent).status_code == 302
    assert hands.fresh(case).delivered_at is not None
    page = office.get("/office/?tab=sent").content.decode()
    assert tabs(page) == ["0", "0", "0", "1"] and "企业尚未签收" in page


def test_without_an_original_nothing_is_delivered(world: World) -> None:
    case = drive(world, "signed", key="office")
    day = later(12).date().isoformat()
    sent = {"sealed_on": day, "channel": "PAPER", "delivered_on": day}
    answer = submit(world.document_officer, address(case, "deliver"), "deliver", **sent)
    assert (answer.status_code, hands.fresh(case).delivered_at) == (422, None)


def test_only_the_document_office_has_the_desk(world: World) -> None:
    case = drive(world, "signed", key="office")
    seal = f"/office/{item_of(case, 'deliver').task_id}/original/"
    for who, of_desk, of_seal in (("officer", 403, 403), ("group_releaser", 403, 403), ("other_releaser", 403, 404)):
        person = browser(world.people[who])
        assert (person.get("/office/").status_code, person.get(seal).status_code) == (of_desk, of_seal)
    checking = item_of(drive(world, "checked", key="second", body="other"), "sign").task_id
    assert browser(world.deputy).get(f"/office/{checking}/original/").status_code == 422


def test_desk_costs_the_same_with_one_and_with_two(world: World, django_assert_num_queries) -> None:
    drive(world, "signed", key="office")
    office = browser(world.document_officer)
    office.get("/rules/")
    with django_assert_num_queries(COST):
        office.get("/office/")
    kept(lambda: drive(world, "signed", key="second", body="other"), "two letters")
    with django_assert_num_queries(COST):
        office.get("/office/")
