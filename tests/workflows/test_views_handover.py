"""工作交接 through its pages: who may, what is chosen, what is refused line by line, the sheet afterwards."""

from typing import Any
from uuid import uuid4

import pytest

from investreview.accounts.models import User
from investreview.accounts.services import RoleOffer, found_role
from investreview.core.roles import Role
from investreview.demo import hands
from investreview.documents.models import Document
from tests.workflows.doors import set_time, signed_in
from tests.workflows.test_handing_over import new_person, note
from tests.world import FOUNDED_AT, FOUNDER, World, drive, found_world, later
from workflows.handover.load import held_by
from workflows.models import Handover

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_day_in_july(db: None) -> None:
    set_time(later(14))


def send(giver: User, by: User, to: User, **typed: Any) -> Any:
    kinds = {f"kind_{one.kind}": to.pk for one in held_by(giver)}
    sent = {"key": str(uuid4()), "reason": "岗位调整（示例）。", **kinds, **typed}
    return signed_in(by).post(f"/hand-over/{giver.pk}/", {name: value for name, value in sent.items() if value})


def test_the_head_sees_who_holds_work(world: World) -> None:
    drive(world, "confirmed")
    page = signed_in(world.head).get("/hand-over/").content.decode()
    assert f"/hand-over/{world.officer.pk}/" in page
    assert f"/hand-over/{world.officer2.pk}/" not in page and f"/hand-over/{world.group_drafter.pk}/" not in page


def test_everybody_sees_their_own(world: World) -> None:
    case = drive(world, "confirmed")
    page = signed_in(world.officer).get("/hand-over/").content.decode()
    assert case.number in page and "移交我的工作" in page and "可由您办理交接的人员" not in page
    assert "您手上没有需要交接的工作" in signed_in(world.officer2).get("/hand-over/").content.decode()


def test_all_is_handed_over_and_the_sheet_is_shown(world: World) -> None:
    case = drive(world, "proposed")
    note(world, case)
    answer = send(world.officer, world.head, world.officer2)
    done = Handover.objects.get()
    assert answer["Location"] == f"/hand-overs/{done.number}/"
    page = signed_in(world.head).get(answer["Location"]).content.decode()
    assert all(text in page for text in (case.number, "岗位调整", "8月1日前回电", "officer2"))
    assert f"/documents/{done.document_id}/" in page
    document = signed_in(world.head).get(f"/documents/{done.document_id}/")
    assert (document.status_code, done.number in document.content.decode()) == (200, True)


def test_the_plan_costs_the_same_for_one_place_and_for_three(world: World, django_assert_num_queries: Any) -> None:
    drive(world, "confirmed")
    client, plan = signed_in(world.officer), f"/hand-over/{world.officer.pk}/"
    client.get(plan)
    with django_assert_num_queries(7):
        client.get(plan)
    others = [drive(world, "confirmed", key=body, body=body) for body in ("sub", "other")]
    with django_assert_num_queries(7):
        page = client.get(plan).content.decode()
    assert all(case.number in page for case in others)


def test_a_line_may_go_to_another(world: World) -> None:
    case = drive(world, "proposed")
    note(world, case)
    line = next(one for one in held_by(world.officer) if one.note is not None)
    send(world.officer, world.head, world.officer2, **{f"line_{line.key}": world.document_officer.pk})
    receivers = Handover.objects.get().lines.values_list("kind", "receiver__full_name")
    assert dict(receivers) == {"CASE_OFFICER": "officer2", "PROMISE": "document_officer"}


def test_sent_three_times_it_is_done_once(world: World) -> None:
    drive(world, "confirmed")
    sent = {"key": str(uuid4()), "reason": "调整。", "kind_CASE_OFFICER": world.officer2.pk}
    client = signed_in(world.head)
    answers = [client.post(f"/hand-over/{world.officer.pk}/", sent) for _ in range(3)]
    assert {one["Location"] for one in answers} == {f"/hand-overs/{Handover.objects.get().number}/"}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"kind_CASE_OFFICER": ""}, "请选择接交人"),
        ({"kind_CASE_OFFICER": "999999"}, "所选人员不能接办"),
        ({"reason": ""}, "请填写理由"),
    ],
)
def test_what_is_missing_is_said_and_nothing_moves(world: World, typed: dict[str, str], said: str) -> None:
    drive(world, "confirmed")
    answer = send(world.officer, world.head, world.officer2, **typed)
    assert (answer.status_code, said in answer.content.decode(), Handover.objects.count()) == (422, True, 0)


def test_a_conflict_is_told_at_its_line_and_the_choices_stay(world: World) -> None:
    drive(world, "confirmed", key="1")
    case = drive(world, "checked", key="2", name="二号项目（示例）")
    offer = RoleOffer(role=Role.CASE_OFFICER, body=world.commission, valid_from=FOUNDED_AT.date())
    found_role(user=world.head, offer=offer, actor=FOUNDER, at=FOUNDED_AT)
    answer = send(world.officer, world.officer, world.head)
    form = answer.context["form"]
    assert answer.status_code == 422
    assert list(form.errors) == [f"line_CASE_OFFICER-{case.pk}-0"]
    assert str(form["kind_CASE_OFFICER"].value()) == str(world.head.pk)
    assert Handover.objects.count() == 0


def test_work_that_came_meanwhile_is_shown_with_the_choices(world: World) -> None:
    drive(world, "confirmed", key="1")
    held = held_by(world.officer)
    new = drive(world, "confirmed", key="2", name="二号项目（示例）")
    sent = {"key": str(uuid4()), "reason": "调整。", **{f"line_{one.key}": world.officer2.pk for one in held}}
    answer = signed_in(world.head).post(f"/hand-over/{world.officer.pk}/", sent)
    assert (answer.status_code, new.number in answer.content.decode()) == (422, True)
    assert Handover.objects.count() == 0


@pytest.mark.parametrize("who", ["officer2", "deputy", "document_officer", "security_admin", "group_releaser"])
def test_others_do_not_know_whose_work_it_is(world: World, who: str) -> None:
    drive(world, "confirmed")
    client = signed_in(world.people[who])
    assert client.get(f"/hand-over/{world.officer.pk}/").status_code == 404
    assert client.post(f"/hand-over/{world.officer.pk}/", {}).status_code == 404
    assert client.get("/hand-over/").status_code == 200


def test_a_head_of_another_commission_does_not_either(world: World) -> None:
    elsewhere = found_world("HAZ", names="别处")
    drive(world, "confirmed")
    assert signed_in(elsewhere.head).get(f"/hand-over/{world.officer.pk}/").status_code == 404
    send(world.officer, world.head, world.officer2)
    number = Handover.objects.get().number
    assert signed_in(elsewhere.head).get(f"/hand-overs/{number}/").status_code == 404


def test_the_sheet_is_for_its_parties_the_head_and_the_auditor(world: World) -> None:
    drive(world, "confirmed")
    send(world.officer, world.head, world.officer2)
    done = Handover.objects.get()
    statuses = {
        who: signed_in(world.people[who]).get(f"/hand-overs/{done.number}/").status_code
        for who in ("officer", "officer2", "head", "deputy", "document_officer", "group_releaser", "security_admin")
    }
    assert statuses == {
        "officer": 200,
        "officer2": 200,
        "head": 200,
        "deputy": 404,
        "document_officer": 404,
        "group_releaser": 404,
        "security_admin": 404,
    }
    for who in ("deputy", "document_officer"):
        assert signed_in(world.people[who]).get(f"/documents/{done.document_id}/").status_code == 404


def test_an_enterprise_hands_over_among_its_own(world: World) -> None:
    case = drive(world, "draft")
    other = new_person(world, "drafter2", Role.ENTERPRISE_DRAFTER, world.group)
    client = signed_in(world.group_releaser)
    assert f"/hand-over/{world.group_drafter.pk}/" in client.get("/hand-over/").content.decode()
    send(world.group_drafter, world.group_releaser, other)
    done = Handover.objects.get()
    assert hands.fresh(case).drafter == other
    assert signed_in(other).get(f"/documents/{done.document_id}/").status_code == 200
    assert signed_in(world.head).get(f"/hand-overs/{done.number}/").status_code == 404
    assert Document.objects.get(pk=done.document_id).path == world.group.path
    page = signed_in(other).get(f"/cases/{case.number}/").content.decode()
    assert f"工作交接 {done.number}" in page


def test_the_case_page_tells_of_the_hand_over(world: World) -> None:
    case = drive(world, "proposed")
    send(world.officer, world.head, world.officer2)
    number = Handover.objects.get().number
    assert f"工作交接 {number}" in signed_in(world.head).get(f"/cases/{case.number}/").content.decode()
    assert number not in signed_in(world.group_releaser).get(f"/cases/{case.number}/").content.decode()
