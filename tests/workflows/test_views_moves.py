"""Hand over, withdraw, return, recall, transfer through their pages."""

from typing import Any

import pytest

from investreview.demo import hands
from investreview.journal.models import Entry
from investreview.projects.models import Case
from tests.workflows.doors import address, footprint, hidden, item_of, set_time, signed_in, submit
from tests.world import World, drive, later
from workflows.models import WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_tuesday_in_july(db: None) -> None:
    set_time(later(8))


def _entries(case: Case, verb: str) -> int:
    return Entry.objects.filter(subject_key=case.number, verb=verb).count()


def test_a_draft_is_handed_over_once_however_often_it_is_sent(world: World) -> None:
    case = drive(world, "draft")
    client, url = signed_in(world.group_drafter), f"/cases/{case.number}/hand-over/"
    answers = [client.post(url, {"version": case.version}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert (hands.fresh(case).state, _entries(case, "case.hand_over")) == ("AWAITING_RELEASE", 1)
    assert client.get(url).status_code == 405


def test_a_draft_that_lacks_something_is_told_what_and_stays_a_draft(world: World) -> None:
    case = drive(world, "draft", contact_name="", summary="")
    answer = signed_in(world.group_drafter).post(f"/cases/{case.number}/hand-over/", {"version": case.version})
    assert answer.status_code == 422 and "联系人" in answer.content.decode()
    assert hands.fresh(case).state == "DRAFT"


def test_a_procedure_that_is_not_open_is_named(world: World) -> None:
    case = drive(world, "draft", is_overseas=True)
    answer = signed_in(world.group_drafter).post(f"/cases/{case.number}/hand-over/", {"version": case.version})
    assert answer.status_code == 422 and "审核把关" in answer.content.decode()


def test_a_stale_draft_is_not_handed_over(world: World) -> None:
    case = drive(world, "draft")
    url = f"/cases/{case.number}/hand-over/"
    answer = signed_in(world.group_drafter).post(url, {"version": case.version + 1})
    assert (answer.status_code, hands.fresh(case).state) == (409, "DRAFT")
    assert signed_in(world.group_drafter).post(url, {}).status_code == 422


@pytest.mark.parametrize(("who", "status"), [("group_releaser", 403), ("other_drafter", 404), ("officer", 404)])
def test_only_its_drafter_hands_a_draft_over(world: World, who: str, status: int) -> None:
    case = drive(world, "draft")
    answer = signed_in(world.people[who]).post(f"/cases/{case.number}/hand-over/", {"version": case.version})
    assert (answer.status_code, hands.fresh(case).state) == (status, "DRAFT")


def test_a_draft_that_came_back_is_handed_over_on_its_task(world: World) -> None:
    case = drive(world, "handed_over")
    submit(world.group_releaser, address(case, "release"), "send_to_drafter", reason="请更正。")
    answer = signed_in(world.group_drafter).post(f"/cases/{case.number}/hand-over/", {"version": 1})
    assert answer["Location"] == address(case, "revise")


ENDINGS = [
    ("withdraw", "group_releaser", "WITHDRAWN", "case.withdraw", "released"),
    ("withdraw", "group_releaser", "WITHDRAWN", "case.withdraw", "checked"),
    ("return", "officer", "RETURNED", "case.return", "released"),
    ("return", "officer", "RETURNED", "case.return", "confirmed"),
]


@pytest.mark.parametrize(("move", "who", "state", "verb", "step"), ENDINGS)
def test_a_case_is_ended_with_a_reason_once(
    world: World, move: str, who: str, state: str, verb: str, step: str
) -> None:
    case = drive(world, step)
    client, url = signed_in(world.people[who]), f"/cases/{case.number}/{move}/"
    assert client.get(url).status_code == 200
    empty = client.post(url, {"version": case.version, "reason": " "})
    assert empty.status_code == 422 and list(empty.context["form"].errors) == ["reason"]
    sent = {"version": case.version, "reason": "方案调整。"}
    assert [client.post(url, sent).status_code for _ in range(3)] == [302, 302, 302]
    case = hands.fresh(case)
    assert (case.state, case.end_reason, _entries(case, verb)) == (state, "方案调整。", 1)
    assert client.get(url).status_code == 422


@pytest.mark.parametrize(("move", "who"), [("withdraw", "group_releaser"), ("return", "officer")])
def test_a_stale_ending_shows_both_texts(world: World, move: str, who: str) -> None:
    case = drive(world, "released")
    url = f"/cases/{case.number}/{move}/"
    answer = signed_in(world.people[who]).post(url, {"version": case.version - 1, "reason": "方案调整。"})
    assert (answer.status_code, hands.fresh(case).state) == (409, "CHECKING")
    assert answer.context["yours"] == [("理由", "方案调整。")] and answer.context["theirs"]


NOT_THEIRS = [
    ("withdraw", "group_drafter", 403),
    ("withdraw", "officer", 403),
    ("withdraw", "other_releaser", 404),
    ("return", "group_releaser", 403),
    ("return", "head", 403),
    ("return", "other_releaser", 404),
    ("return", "system_admin", 404),
]


@pytest.mark.parametrize(("move", "who", "status"), NOT_THEIRS)
def test_nobody_else_ends_a_case(world: World, move: str, who: str, status: int) -> None:
    case = drive(world, "released")
    client, url, before = signed_in(world.people[who]), f"/cases/{case.number}/{move}/", footprint(case)
    assert client.get(url).status_code == status
    assert client.post(url, {"version": case.version, "reason": "方案调整。"}).status_code == status
    assert footprint(case) == before


def test_nothing_is_withdrawn_after_the_signature(world: World) -> None:
    case = drive(world, "signed")
    url = f"/cases/{case.number}/withdraw/"
    client = signed_in(world.group_releaser)
    assert client.get(url).status_code == 422
    assert client.post(url, {"version": case.version, "reason": "方案调整。"}).status_code == 422
    assert hands.fresh(case).state == "FILED"


def test_the_last_act_is_recalled_once_and_only_by_whoever_did_it(world: World) -> None:
    case = drive(world, "proposed")
    done = WorkItem.objects.get(case=case, node="opinion")
    url = f"/tasks/{done.task_id}/recall/"
    assert signed_in(world.head).post(url).status_code == 403
    assert signed_in(world.other_releaser).post(url).status_code == 404
    client = signed_in(world.officer)
    assert client.get(url).status_code == 405
    assert [client.post(url).status_code for _ in range(2)] == [302, 302]
    assert (_entries(case, "case.recall"), item_of(case, "opinion").state) == (1, "OPEN")


def test_an_act_whose_next_step_was_opened_is_not_recalled(world: World) -> None:
    case = drive(world, "proposed")
    signed_in(world.head).get(address(case, "check"))
    done = WorkItem.objects.get(case=case, node="opinion")
    answer = signed_in(world.officer).post(f"/tasks/{done.task_id}/recall/")
    assert answer.status_code == 422 and "已打开" in answer.content.decode()
    assert _entries(case, "case.recall") == 0


def test_a_form_of_a_recalled_step_says_who_recalled(world: World) -> None:
    case = drive(world, "confirmed")
    url = address(case, "opinion")
    client = signed_in(world.officer)
    sent = {**hidden(client.get(url), "propose"), "proposal": "FILE", "text": "建议备案。"}
    assert client.post(url, sent).status_code == 302
    client.post(url + "recall/")
    answer = client.post(url, {**sent, "key": "3b1f7c9e-64a0-4f6b-9d1e-0c2f6a7b8d9e"})
    assert answer.status_code == 409 and "收回" in answer.content.decode()


def _transfer(who: Any, url: str, **typed: Any) -> Any:
    return signed_in(who).post(url + "transfer/", typed)


def test_a_task_is_transferred_once_and_then_belongs_to_the_other(world: World) -> None:
    case = drive(world, "released")
    url, client = address(case, "check_completeness"), signed_in(world.officer)
    page = client.get(url + "transfer/")
    assert [name for _key, name in page.context["form"].fields["to"].choices] == ["officer2（规划发展处）"]
    sent = {"to": world.officer2.pk, "reason": "出差。"}
    assert [client.post(url + "transfer/", sent).status_code for _ in range(2)] == [302, 302]
    assert (item_of(case, "check_completeness").assignee, _entries(case, "case.transfer")) == (world.officer2, 1)
    assert client.get(url).status_code == 403
    assert signed_in(world.officer2).get(url).status_code == 200


def test_the_head_transfers_and_a_wrong_person_or_no_reason_is_told_at_its_field(world: World) -> None:
    case = drive(world, "released")
    url = address(case, "check_completeness")
    wrong = _transfer(world.head, url, to=world.deputy.pk, reason="出差。")
    assert wrong.status_code == 422 and list(wrong.context["form"].errors) == ["to"]
    empty = _transfer(world.head, url, to=world.officer2.pk, reason="")
    assert empty.status_code == 422 and list(empty.context["form"].errors) == ["reason"]
    assert _transfer(world.head, url, to=world.officer2.pk, reason="出差。").status_code == 302


@pytest.mark.parametrize(("who", "status"), [("deputy", 403), ("group_releaser", 403), ("other_releaser", 404)])
def test_nobody_else_transfers(world: World, who: str, status: int) -> None:
    case = drive(world, "released")
    url, before = address(case, "check_completeness"), footprint(case)
    assert _transfer(world.people[who], url, to=world.officer2.pk, reason="出差。").status_code == status
    assert footprint(case) == before


def test_a_done_task_is_not_transferred(world: World) -> None:
    case = drive(world, "released")
    url = address(case, "check_completeness")
    hands.confirm(case, world.officer, later(8))
    answer = _transfer(world.officer, url, to=world.officer2.pk, reason="出差。")
    assert answer.status_code == 409 and "出差。" in answer.content.decode()
