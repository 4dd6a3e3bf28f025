"""The home desk: what waits, what was done, where to start."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from investreview.core.roles import Role
from investreview.projects.states import CaseState
from tests.desk.people import auditor_of, browser, let_stand_in
from tests.world import World, drive, later, wanted
from workflows.models import WorkItem

HOME = "/"


def text_of(client: Client, url: str = HOME) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_home_asks_strangers_to_sign_in(world: World) -> None:
    answer = browser(None).get(HOME)
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=/")


def test_home_shows_the_step_that_waits_with_amount_route_deadline_and_button(world: World) -> None:
    case = drive(world, "checked")
    item = WorkItem.objects.get(case=case, state=WorkItem.State.OPEN)
    page = text_of(browser(world.deputy))
    task = page[page.index('id="inbox-list"') : page.index('id="to-claim"')]
    for shown in (
        case.number,
        "改造项目（示例）",
        ">备案<",
        "本委甲集团",
        "签发",
        "1,860.00",
        "超期 3 个工作日",
        "7月9日",
    ):
        assert shown in task
    assert f'href="{reverse("review:task", args=[item.task_id])}"' in task


def test_home_of_a_duty_conflict_offers_no_step(world: World) -> None:
    drive(world, "checked")
    assert "现在没有等您办理的事项" in text_of(browser(world.officer))


def test_home_lists_what_is_due_first_and_what_has_no_deadline_last(world: World) -> None:
    undated = drive(world, "signed", key="1")
    item = WorkItem.objects.get(case=undated, node="deliver", state=WorkItem.State.OPEN)
    assert item.due_on is None
    dated = drive(world, "signed", key="2", plan=wanted(world, name="另一项目（示例）"))
    WorkItem.objects.filter(case=dated, state=WorkItem.State.OPEN).update(due_on=later(20).date())
    page = text_of(browser(world.document_officer), "/?tab=claim")
    assert re.findall(r'<div class="ir-hash">(LYG-[0-9-]+)</div>', page) == [dated.number, undated.number]


def test_home_says_for_whom_a_substitute_would_act(world: World) -> None:
    drive(world, "checked")
    let_stand_in(world, world.deputy2, world.deputy, Role.DEPUTY_DIRECTOR)
    page = text_of(browser(world.deputy2))
    assert "办理" in page
    let_stand_in(world, world.head, world.deputy, Role.DEPUTY_DIRECTOR)
    assert "现在没有等您办理的事项" in text_of(browser(world.head))


def test_home_of_a_substitute_without_the_role_names_the_principal(world: World) -> None:
    drive(world, "checked")
    let_stand_in(world, world.director, world.deputy, Role.DEPUTY_DIRECTOR)
    assert "（代本委deputy）" in text_of(browser(world.director))


def test_home_shows_what_was_done_and_marks_what_was_recalled(world: World) -> None:
    case = drive(world, "proposed")
    item = WorkItem.objects.get(case=case, node="opinion")
    WorkItem.objects.filter(pk=item.pk).update(state=WorkItem.State.RECALLED)
    page = text_of(browser(world.officer), "/?tab=done")
    assert "提出意见（已收回）" in page
    assert "<td>确认材料齐备<" in page


def test_home_of_the_drafter_lists_own_cases_and_continues_drafts(world: World) -> None:
    draft = drive(world, "draft")
    page = text_of(browser(world.group_drafter), "/?tab=started")
    assert f'href="{reverse("projects:facts", args=[draft.number])}"' in page
    assert ">草稿<" in page


def test_home_of_the_drafter_tells_no_decision_before_its_delivery(world: World) -> None:
    case = drive(world, "signed")
    assert case.state == CaseState.FILED
    page = text_of(browser(world.group_drafter))
    assert ">办理中<" in page
    assert "予以备案" not in page


def test_home_of_the_sister_shows_nothing_of_the_group(world: World) -> None:
    drive(world, "checked", body="sub", plan=wanted(world, body="sub", name="金丝雀项目（示例）"))
    assert "金丝雀" not in text_of(browser(world.sister_drafter))


@pytest.mark.parametrize(
    ("who", "way"),
    [
        ("system_admin", "desk:jobs"),
        ("security_admin", "accounts:people"),
        ("audit_admin", "accounts:access_log"),
        ("rule_keeper", "rulebook:rule_sets"),
    ],
)
def test_home_of_who_acts_on_no_case_leads_to_their_work(world: World, who: str, way: str) -> None:
    page = text_of(browser(world.people[who]))
    assert page.count(f'href="{reverse(way)}"') >= 2
    assert "待我办理" not in page


def test_home_of_the_auditor_offers_no_step(world: World) -> None:
    drive(world, "checked")
    assert "现在没有等您办理的事项" in text_of(browser(auditor_of(world)))
