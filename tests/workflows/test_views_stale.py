"""Double submissions, forms grown stale, tasks of others, acts of other steps."""

from dataclasses import replace

import pytest
from django.test import Client

from investreview.accounts.models import RoleMembership
from investreview.demo import hands
from investreview.documents.models import Document, IssuedNumber
from investreview.documents.services import save_wording
from investreview.documents.wording import from_editable, to_editable
from investreview.projects.models import Case, Opinion
from tests.workflows.doors import address, footprint, hidden, item_of, set_time, signed_in, submit
from tests.world import World, drive, found_world, later
from workflows.models import WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_tuesday_in_july(db: None) -> None:
    set_time(later(8))


def test_eight_clicks_have_one_effect_and_one_answer(world: World) -> None:
    case = drive(world, "checked")
    url, client = address(case, "sign"), signed_in(world.deputy)
    sent = {**hidden(client.get(url), "sign"), "text": "同意。"}
    answers = [client.post(url, sent) for _ in range(8)]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, f"/cases/{case.number}/")}
    assert Opinion.objects.filter(case=case, outcome="SIGNED").count() == 1
    assert IssuedNumber.objects.filter(series__code="HAN").count() == 1


def test_the_same_act_with_another_key_is_told_who_did_it_and_keeps_the_text(world: World) -> None:
    case = drive(world, "checked")
    url, client = address(case, "sign"), signed_in(world.deputy2)
    sent = {**hidden(client.get(url), "sign"), "text": "我的<b>批示</b>。"}
    submit(world.deputy, url, "sign", text="同意。")
    before = footprint(case)
    answer = client.post(url, sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert world.deputy.full_name in page and "我的&lt;b&gt;批示&lt;/b&gt;。" in page
    assert footprint(case) == before


def test_a_task_that_was_cancelled_meanwhile_says_so(world: World) -> None:
    case = drive(world, "checked")
    url, client = address(case, "sign"), signed_in(world.deputy)
    sent = {**hidden(client.get(url), "sign"), "text": "我的批示。"}
    hands.withdraw(case, world.group_releaser, "方案调整。", later(8))
    answer = client.post(url, sent)
    assert answer.status_code == 409
    assert "已取消" in answer.content.decode() and "我的批示。" in answer.content.decode()


def test_a_stale_version_shows_both_texts_and_can_be_sent_again(world: World) -> None:
    case = drive(world, "proposed")
    url, client = address(case, "check"), signed_in(world.head)
    sent = {**hidden(client.get(url), "check"), "version": str(case.version - 1), "text": "同意经办意见。"}
    before = footprint(case)
    answer = client.post(url, sent)
    assert (answer.status_code, footprint(case)) == (409, before)
    assert answer.context["yours"] == [("意见", "同意经办意见。")]
    assert ("复函代拟稿", "第1版") in answer.context["theirs"]
    again = {**hidden(answer, "check"), "text": "同意经办意见。"}
    assert client.post(url, again).status_code == 302
    assert hands.fresh(case).chain_position == 1


def test_a_letter_changed_since_it_was_read_is_read_again_before_it_is_signed(world: World) -> None:
    case = drive(world, "checked")
    url, client = address(case, "sign"), signed_in(world.deputy)
    sent = {**hidden(client.get(url), "sign"), "text": "同意。"}
    assert sent["letter_version"] == "1"
    _reword(world, case)
    answer = client.post(url, sent)
    assert answer.status_code == 409
    assert ("复函代拟稿", "第2版") in answer.context["theirs"]
    assert hands.fresh(case).state == "REVIEWING"
    again = hidden(answer, "sign")
    assert again["letter_version"] == "2"
    assert client.post(url, {**again, "text": "同意。"}).status_code == 302


def _reword(world: World, case: Case) -> None:
    letter = Document.objects.get(pk=case.letter_id)
    content = letter.versions.get(ordinal=1).parsed
    typed = to_editable(content)
    me = hands.acting(world.document_officer, later(8))
    save_wording(
        letter,
        base_ordinal=1,
        content=from_editable(content, replace(typed, body=typed.body.replace("特此函复", "特此函复，请遵照执行"))),
        scope=me.scope,
        actor=me.actor,
        at=later(8),
    )


STRANGERS = [
    ("handed_over", "release", "other_releaser", 404),
    ("handed_over", "release", "sister_drafter", 404),
    ("handed_over", "release", "officer", 404),
    ("handed_over", "release", "group_drafter", 403),
    ("handed_over", "release", "sub_drafter", 403),
    ("released", "check_completeness", "head", 403),
    ("released", "check_completeness", "group_releaser", 403),
    ("released", "check_completeness", "other_releaser", 404),
    ("checked", "sign", "director", 403),
    ("checked", "sign", "head", 403),
    ("checked", "sign", "officer", 403),
    ("checked", "sign", "finance", 404),
    ("checked", "sign", "system_admin", 404),
    ("checked", "sign", "rule_keeper", 404),
]


@pytest.mark.parametrize(("step", "node", "who", "status"), STRANGERS)
def test_a_task_of_others_is_not_found_or_refused(world: World, step: str, node: str, who: str, status: int) -> None:
    case = drive(world, step, body="sub")
    url, before = address(case, node), footprint(case)
    client = signed_in(world.people[who])
    key = "3b1f7c9e-64a0-4f6b-9d1e-0c2f6a7b8d9e"
    acts = {"release": "release", "check_completeness": "confirm_completeness", "sign": "sign"}
    answers = [
        client.get(url),
        client.post(url, {"act": acts[node], "version": case.version, "key": key, "letter_version": 1, "text": ""}),
    ]
    assert [answer.status_code for answer in answers] == [status, status]
    assert footprint(case) == before


def test_another_commission_and_nobody_find_nothing(world: World) -> None:
    case = drive(world, "checked")
    stranger = found_world("XZ", names="徐")
    assert signed_in(stranger.deputy).get(address(case, "sign")).status_code == 404
    answer = Client().get(address(case, "sign"))
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/sign-in/")


def test_rights_taken_away_between_opening_and_submitting_count_at_once(world: World) -> None:
    case = drive(world, "checked")
    url, client = address(case, "sign"), signed_in(world.deputy)
    sent = {**hidden(client.get(url), "sign"), "text": ""}
    RoleMembership.objects.filter(user=world.deputy).update(valid_until=later(7).date())
    before = footprint(case)
    assert client.post(url, sent).status_code in (403, 404)
    assert footprint(case) == before


@pytest.mark.parametrize("act", ["check", "propose", "record_no_answer", "acknowledge", "", "__class__", "withdraw"])
def test_an_act_of_another_step_is_refused(world: World, act: str) -> None:
    case = drive(world, "checked")
    url, client = address(case, "sign"), signed_in(world.deputy)
    sent = {**hidden(client.get(url), "sign"), "text": "", "act": act}
    before = footprint(case)
    assert client.post(url, sent).status_code == 422
    assert footprint(case) == before


@pytest.mark.parametrize("lost", ["version", "key"])
def test_a_submission_without_its_hidden_fields_changes_nothing(world: World, lost: str) -> None:
    case = drive(world, "proposed")
    url, client = address(case, "check"), signed_in(world.head)
    sent = {**hidden(client.get(url), "check"), "text": ""}
    del sent[lost]
    before = footprint(case)
    assert client.post(url, sent).status_code == 422
    assert footprint(case) == before


def test_ids_of_another_task_in_the_address_are_judged_by_that_task(world: World) -> None:
    mine, foreign = drive(world, "handed_over"), drive(world, "handed_over", key="2", body="other")
    client = signed_in(world.group_releaser)
    sent = hidden(client.get(address(mine, "release")), "release")
    before = footprint(foreign)
    assert client.post(address(foreign, "release"), sent).status_code == 404
    assert footprint(foreign) == before
    assert client.post(address(mine, "release"), {**sent, "case_id": foreign.pk, "task_id": 1}).status_code == 302
    assert (hands.fresh(mine).state, hands.fresh(foreign).state) == ("CHECKING", "AWAITING_RELEASE")


@pytest.mark.parametrize("number", ["0", "999999999999999999", "99999999999999999999999999"])
def test_a_task_that_does_not_exist_is_not_found(world: World, number: str) -> None:
    for url in (f"/tasks/{number}/", f"/tasks/{number}/transfer/", f"/tasks/{number}/paper/", f"/paper/{number}/"):
        assert signed_in(world.officer).get(url).status_code == 404


def test_a_done_task_is_shown_as_done_to_whoever_could_do_it(world: World) -> None:
    case = drive(world, "checked")
    done = WorkItem.objects.get(case=case, node="check")
    page = signed_in(world.head).get(f"/tasks/{done.task_id}/")
    assert page.status_code == 200 and page.context["panels"] == []
    assert item_of(case, "sign").opened_at is None
