import pytest
from django.test import Client

from investreview.journal.models import Entry
from investreview.projects.models import Case, Project
from tests.projects.pages import NAME, facts_url, filled, opened, save, signed_in, step_url, steps_in, typed
from tests.world import World, drive

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_site")]


def test_stale_step_shows_both_texts_and_keeps_what_was_typed(drafter: Client, case: Case) -> None:
    url = step_url(case, "investment")
    first, second = (steps_in(filled(opened(drafter, case)))["investment"] | {"version": "1"} for _ in range(2))
    drafter.post(url, first | {"report_number": "甲投1号", "phases-0-total_yuan": "1700"})

    answer = drafter.post(url, second | {"report_number": "甲投2号"})

    page = answer.content.decode()
    assert answer.status_code == 409
    table = page.split("<tbody>")[1].split("</tbody>")[0]
    assert "甲投1号" in table and "甲投2号" in table
    assert "全部 · 1700" in table and "全部 · 1860" in table
    assert "拟签约日期" not in table
    assert (typed(page)["report_number"], typed(page)["version"]) == ("甲投2号", "2")
    assert Case.objects.get().declaration.report_number == "甲投1号"


def test_step_after_comparing_can_be_saved_over(drafter: Client, case: Case) -> None:
    stale = typed(drafter.get(facts_url(case)).content.decode()) | {"main_business": "乙"}
    drafter.post(facts_url(case), stale | {"main_business": "甲"})
    compared = typed(drafter.post(facts_url(case), stale).content.decode())

    answer = drafter.post(facts_url(case), compared)

    assert answer.status_code == 302
    assert Case.objects.get().declaration.main_business == "乙"


@pytest.mark.parametrize("version", ["", "x", "-1", "１", "9" * 400])
def test_facts_unreadable_version_is_stale(drafter: Client, case: Case, version: str) -> None:
    sent = typed(drafter.get(facts_url(case)).content.decode()) | {"version": version, "site": "码头"}

    answer = drafter.post(facts_url(case), sent)

    assert answer.status_code == 409
    assert Case.objects.get().declaration.version == 1


STRANGERS = ["other_drafter", "other_releaser", "sister_drafter", "sub_drafter", "officer", "director", "system_admin"]


@pytest.mark.parametrize("person", STRANGERS)
def test_facts_of_a_draft_do_not_exist_for_strangers(world: World, case: Case, person: str) -> None:
    client = signed_in(world.people[person])

    assert client.get(facts_url(case)).status_code == 404
    assert client.post(facts_url(case), {"name": "改"}).status_code == 404
    assert Project.objects.get().name == NAME


def test_facts_of_a_sister_subsidiary_do_not_exist(world: World) -> None:
    case = drive(world, "draft", body="sub")

    assert signed_in(world.sister_drafter).get(facts_url(case)).status_code == 404
    assert signed_in(world.sub_drafter).get(facts_url(case)).status_code == 200


@pytest.mark.parametrize("number", ["LYG-2024-9999", "%00%00%00%00%00%00", "LYG-2024-0001%00"])
def test_facts_of_an_unknown_number_do_not_exist(drafter: Client, number: str) -> None:
    assert drafter.get(f"/cases/{number}/facts/").status_code == 404


def test_facts_are_read_but_not_written_by_the_releaser(world: World, drafter: Client, case: Case) -> None:
    releaser = signed_in(world.group_releaser)
    page = releaser.get(facts_url(case))

    answer = releaser.post(facts_url(case), filled(page.content.decode()))

    assert "此页只供查看" in page.content.decode()
    assert answer.status_code == 403
    assert Case.objects.get().declaration.version == 1


def test_facts_page_is_not_for_the_commission(world: World) -> None:
    case = drive(world, "released")

    assert signed_in(world.officer).get(facts_url(case)).status_code == 403


def test_facts_of_a_released_case_are_frozen(world: World, drafter: Client) -> None:
    case = drive(world, "released")
    page = opened(drafter, case)

    answer = drafter.post(facts_url(case), filled(page))

    assert "此页只供查看" in page
    assert answer.status_code == 422


def test_facts_of_a_signed_case_do_not_tell_the_decision_before_delivery(world: World, drafter: Client) -> None:
    case = drive(world, "signed")

    pages = [drafter.get(facts_url(case)), drafter.post(facts_url(case), {"name": "改"})]

    assert [page.status_code for page in pages] == [200, 422]
    assert not any("予以备案" in page.content.decode() for page in pages)


def test_discard_pressed_eight_times_is_one_discard(drafter: Client, case: Case) -> None:
    answers = [drafter.post(f"/cases/{case.number}/discard/", {"version": case.version}) for _ in range(8)]

    assert {answer.status_code for answer in answers} == {302}
    assert Entry.objects.filter(verb="case.discard").count() == 1


def test_discard_asks_a_post(drafter: Client, case: Case) -> None:
    assert drafter.get(f"/cases/{case.number}/discard/").status_code == 405


def test_discard_of_a_released_case_is_refused(world: World, drafter: Client) -> None:
    case = drive(world, "released")

    answer = drafter.post(f"/cases/{case.number}/discard/", {"version": case.version})

    assert answer.status_code == 422
    assert Case.objects.get().state == "CHECKING"


def test_again_pressed_eight_times_begins_one_case(world: World, drafter: Client, case: Case) -> None:
    save(drafter, case, filled(opened(drafter, case)))
    drafter.post(f"/cases/{case.number}/discard/", {"version": Case.objects.get().version})

    answers = [drafter.post(f"/cases/{case.number}/again/") for _ in range(8)]

    assert {answer.url for answer in answers} == {"/cases/LYG-2024-0002/facts/"}
    assert typed(drafter.get(answers[0].url).content.decode())["main_business"] == "港口物流"
