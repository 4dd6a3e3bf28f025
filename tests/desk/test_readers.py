"""Who can open a case, person by person: the commission reads all names, the enterprise those of its own."""

import re

from django.urls import reverse

from investreview.core.roles import Role
from investreview.projects.models import Case
from tests.desk.people import auditor_of, browser, let_stand_in
from tests.world import World, drive

QUERIES = 8


def people_of(world: World, case: Case, who: str) -> list[str]:
    page = browser(world.people[who]).get(reverse("desk:readers", args=[case.number])).content.decode()
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    return re.findall(r"<td><span>([^<]+)</span>", table)


def test_commission_reads_everybody_who_can_open_the_case_now(world: World) -> None:
    case = drive(world, "checked", key="checked")
    auditor_of(world)
    let_stand_in(world, world.director, world.deputy, Role.DEPUTY_DIRECTOR)
    people = ("group_drafter", "group_releaser", "officer", "officer2", "head", "document_officer")
    expected = {world.people[who].full_name for who in (*people, "deputy", "deputy2", "director")}
    expected |= {"（不列姓名）", "本委director（代本委deputy）"}
    found = people_of(world, case, "officer")
    assert (set(found), len(found)) == (expected, len(expected))


def test_every_person_of_the_list_opens_the_case(world: World) -> None:
    case = drive(world, "checked", key="checked")
    by_name = {user.full_name: user for user in world.people.values()}
    url = reverse("desk:case", args=[case.number])
    listed = set(people_of(world, case, "officer"))
    opening = {name for name, user in by_name.items() if browser(user).get(url).status_code == 200}
    assert listed == opening


def test_enterprise_reads_the_names_of_its_own_people_only(world: World) -> None:
    case = drive(world, "checked", key="checked")
    assert people_of(world, case, "group_drafter") == ["本委group_drafter", "本委group_releaser"]


def test_list_costs_a_fixed_number_of_queries(world: World, django_assert_num_queries) -> None:
    case = drive(world, "checked", key="checked")
    client = browser(world.officer)
    client.get("/rules/")
    with django_assert_num_queries(QUERIES):
        client.get(reverse("desk:readers", args=[case.number]))
