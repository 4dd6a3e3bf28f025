"""The same through the pages: eight clicks, two people, swapped ids, each in a browser of its own."""

from functools import partial

import pytest
from django.test import Client

from investreview.demo import hands
from investreview.projects.models import Case
from tests.concurrency.acts import open_steps, ordinals, times_in_journal
from tests.concurrency.crowd import at_once
from tests.workflows.doors import address, hidden, set_time, signed_in
from tests.world import World, drive, later

pytestmark = pytest.mark.both_databases
CLICKS = 8


@pytest.fixture(autouse=True)
def on_a_tuesday_in_july(world: World) -> None:
    set_time(later(8))


def _same_browser(client: Client) -> Client:
    """Another tab: the same session in a client that no other thread uses."""
    tab = Client()
    tab.cookies = client.cookies.copy()
    return tab


def test_eight_clicks_on_sign_are_answered_alike_and_sign_once(world: World) -> None:
    case = drive(world, "checked")
    url, client = address(case, "sign"), signed_in(world.deputy)
    sent = {**hidden(client.get(url), "sign"), "text": "同意。"}
    answers = at_once([partial(_same_browser(client).post, url, sent) for _ in range(CLICKS)])
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, f"/cases/{case.number}/")}
    assert (ordinals("HAN"), times_in_journal(case, "case.sign"), open_steps(case)) == ([1], 1, [("deliver", "")])


def test_of_two_people_who_sign_the_second_keeps_the_text(world: World) -> None:
    case = drive(world, "checked")
    url, posts = address(case, "sign"), {}
    for name in ("deputy", "deputy2"):
        client = signed_in(world.people[name])
        sent = {**hidden(client.get(url), "sign"), "text": f"{name}的批示。"}
        posts[name] = partial(client.post, url, sent)
    answers = dict(zip(posts, at_once(posts.values()), strict=True))
    assert sorted(answer.status_code for answer in answers.values()) == [302, 409]
    (loser,) = (name for name, answer in answers.items() if answer.status_code == 409)
    signer = hands.fresh(case).signer
    page = answers[loser].content.decode()
    assert signer.full_name in page and f"{loser}的批示。" in page
    assert (ordinals("HAN"), open_steps(case)) == ([1], [("deliver", "")])


def test_forms_sent_to_each_others_task_at_once_do_only_what_their_address_says(world: World) -> None:
    cases = [drive(world, "checked", key=str(n), name=f"改造项目{n}（示例）") for n in range(2)]
    client = signed_in(world.deputy)
    forms = [{**hidden(client.get(address(case, "sign")), "sign"), "text": "同意。"} for case in cases]
    posts = [
        partial(_same_browser(client).post, address(case, "sign"), form)
        for case in cases
        for form in [forms[0], *reversed(forms)]
    ]
    answers = at_once(posts)
    assert {answer.status_code for answer in answers} <= {302, 409}
    assert [hands.fresh(case).state for case in cases] == ["FILED", "FILED"]
    assert (ordinals("HAN"), ordinals("BA")) == ([1, 2], [1, 2])
    assert [times_in_journal(case, "case.sign") for case in cases] == [1, 1]


def test_eight_clicks_on_a_new_project_begin_one(world: World) -> None:
    client = signed_in(world.group_drafter)
    page = client.get("/projects/new/")
    sent = {
        "enterprise": str(world.group.pk),
        "name": "改造项目（示例）",
        "creation_key": str(page.context["form"]["creation_key"].value()),
    }
    answers = at_once([partial(_same_browser(client).post, "/projects/new/", sent) for _ in range(CLICKS)])
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer["Location"] for answer in answers}) == 1
    assert Case.objects.count() == 1


def test_eight_clicks_on_handing_over_start_one_process(world: World) -> None:
    case = drive(world, "draft")
    hands.gather_materials(case, world.group_drafter, later(7))
    client = signed_in(world.group_drafter)
    sent = {"version": str(hands.fresh(case).version)}
    url = f"/cases/{case.number}/hand-over/"
    answers = at_once([partial(_same_browser(client).post, url, sent) for _ in range(CLICKS)])
    assert {answer.status_code for answer in answers} == {302}
    assert (open_steps(case), times_in_journal(case, "case.hand_over")) == ([("release", "")], 1)


def test_eight_clicks_on_withdrawing_end_the_case_once(world: World) -> None:
    case = drive(world, "checked")
    client = signed_in(world.group_releaser)
    sent = {"version": str(case.version), "reason": "方案调整。"}
    url = f"/cases/{case.number}/withdraw/"
    answers = at_once([partial(_same_browser(client).post, url, sent) for _ in range(CLICKS)])
    assert {answer.status_code for answer in answers} == {302}
    assert (open_steps(case), times_in_journal(case, "case.withdraw")) == ([], 1)
