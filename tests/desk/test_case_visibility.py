"""Who may open the page of a case, and that nothing of another group is in any byte of what the rest may open."""

import pytest
from django.urls import reverse

from investreview.core.roles import Role
from investreview.journal.models import Entry
from tests.desk.people import auditor_of, browser, let_stand_in
from tests.world import ADMINS, STAFF, World, drive, wanted

ENTERPRISE = ("group_drafter", "group_releaser", "sub_drafter", "sister_drafter", "other_drafter", "other_releaser")
EVERYBODY = (*STAFF, *ADMINS, *ENTERPRISE)
INSIDE = {"officer", "officer2", "head", "document_officer", "deputy", "deputy2", "director"}
OWN = {"sub_drafter", "group_drafter", "group_releaser"}


def status(world: World, who: str, number: str) -> int:
    return browser(world.people[who]).get(reverse("desk:case", args=[number])).status_code


@pytest.mark.parametrize(
    ("step", "seen_by"),
    [("draft", OWN), ("handed_over", OWN), ("released", OWN | INSIDE), ("acknowledged", OWN | INSIDE | {"archivist"})],
)
def test_case_opens_for_exactly_those_who_may_know_it(world: World, step: str, seen_by: set[str]) -> None:
    case = drive(world, step, body="sub", plan=wanted(world, body="sub"))
    opened = {who for who in EVERYBODY if status(world, who, case.number) == 200}
    assert opened == seen_by
    assert {status(world, who, case.number) for who in set(EVERYBODY) - seen_by} == {404}


def test_case_opens_for_nobody_of_another_commission(world: World, elsewhere: World) -> None:
    case = drive(world, "acknowledged")
    opened = [who for who, user in elsewhere.people.items() if status(elsewhere, who, case.number) != 404]
    assert opened == []
    assert browser(auditor_of(elsewhere)).get(reverse("desk:case", args=[case.number])).status_code == 404


def test_case_asks_strangers_to_sign_in(world: World) -> None:
    case = drive(world, "released")
    url = reverse("desk:case", args=[case.number])
    answer = browser(None).get(url)
    assert (answer.status_code, answer["Location"]) == (302, f"/sign-in/?next={url}")


@pytest.mark.parametrize("number", ["LYG-2024-9999", "x", "LYG%002024", "长" * 40, "..%2f"])
def test_case_that_is_not_there_is_not_found(world: World, number: str) -> None:
    assert browser(world.officer).get(f"/cases/{number}/").status_code == 404


def test_case_opens_for_a_substitute_while_the_step_waits(world: World) -> None:
    case = drive(world, "checked")
    let_stand_in(world, world.law, world.deputy, Role.DEPUTY_DIRECTOR)
    answer = browser(world.law).get(reverse("desk:case", args=[case.number]))
    assert answer.status_code == 200
    assert "办理：签发" in answer.content.decode()
    assert "同意经办意见，请领导审定。" in answer.content.decode()


def test_case_stays_shut_for_a_substitute_beyond_their_limit(world: World) -> None:
    case = drive(world, "checked")
    let_stand_in(world, world.law, world.deputy, Role.DEPUTY_DIRECTOR, routes=("EXPERT_PANEL",))
    assert status(world, "law", case.number) == 404


def test_no_byte_of_another_group_is_on_any_page_of_the_sister(world: World) -> None:
    canary = "金丝雀"
    theirs = drive(
        world, "acknowledged", key="1", body="sub", plan=wanted(world, body="sub", name=f"{canary}项目（示例）")
    )
    mine = drive(world, "draft", key="2", body="sister", plan=wanted(world, body="sister"))
    client = browser(world.sister_drafter)
    addresses = [
        "/",
        "/cases/",
        f"/cases/?q={canary}",
        f"/cases/?q={theirs.number}",
        reverse("desk:case", args=[mine.number]),
        reverse("desk:case", args=[theirs.number]),
        reverse("desk:submissions", args=[theirs.number, 1, 1]),
        reverse("documents:document", args=[theirs.letter_id]),
        "/documents/failed/",
        "/numbers/",
        "/notices/",
    ]
    for address in addresses:
        body = client.get(address).content.decode()
        body = body.replace(f'value="{canary}"', "").replace(f'value="{theirs.number}"', "")
        assert canary not in body, address
        assert "甲一公司" not in body, address
        assert theirs.document_number not in body, address


def test_refused_look_is_noted_where_only_the_audit_administrator_reads(world: World) -> None:
    case = drive(world, "released")
    before = Entry.objects.filter(chain="LYG").count()
    status(world, "other_drafter", case.number)
    assert Entry.objects.filter(chain="LYG").count() == before
    assert Entry.objects.filter(chain="LYG:access", actor_name=world.other_drafter.full_name).count() == 1
