"""工作交接 through the engine: what is held, that all of it goes or nothing, duties of giver and receiver."""

from collections import Counter

import pytest

from investreview.accounts.models import User
from investreview.accounts.services import deactivate_user
from investreview.core.errors import Forbidden, Invalid, Stale
from investreview.core.roles import Role
from investreview.demo import hands
from investreview.documents.kinds import DocumentKind
from investreview.documents.models import Document
from investreview.journal.models import Entry
from investreview.notices.models import Notice
from investreview.projects.models import Case, FormerHolder, PhoneNote
from investreview.projects.services.contacts import add_phone_note, settle_promise
from investreview.projects.services.deciding import check, defer, send_back
from tests.workflows.doors import item_of
from tests.workflows.newcomers import give_role, new_person
from tests.world import World, drive, found_world, later
from workflows import engine
from workflows.handing_over import hand_over, handovers_of
from workflows.handover.load import held_by, held_count, holders_of_work
from workflows.models import Handover, WorkItem
from workflows.selectors import inbox

pytestmark = pytest.mark.django_db
AT = later(14)


def give(world: World, giver: User, to: User, *, by: User | None = None, key: str = "1", **others: User) -> Handover:
    """Everything of ``giver`` goes to ``to``, the kinds in ``others`` to somebody else."""
    plan = {one.key: others.get(one.kind, to) for one in held_by(giver)}
    return hand_over(giver=giver, user=by or world.head, plan=plan, reason="岗位调整（示例）。", key=key, at=AT)


def note(world: World, case: Case, promised: str = "8月1日前回电") -> PhoneNote:
    return add_phone_note(
        acting=hands.acting(world.officer, later(4)),
        case_id=case.pk,
        with_whom="联系人（示例）",
        text="询问进度。",
        promised=promised,
        at=later(4),
    )


def test_what_an_officer_holds(world: World) -> None:
    opinion = drive(world, "confirmed", key="1")
    at_head = drive(world, "proposed", key="2", name="二号项目（示例）")
    stopped = drive(world, "confirmed", key="3", name="三号项目（示例）")
    hands.act(stopped, "opinion", world.officer, engine_supplement(), later(4), items=supplement())
    note(world, at_head)
    drive(world, "signed", key="4", name="四号项目（示例）")

    held = held_by(world.officer)
    assert [(one.kind, one.case.number, one.part, one.item is not None) for one in held] == [
        ("CASE_OFFICER", opinion.number, "OFFICER", True),
        ("CASE_OFFICER", at_head.number, "OFFICER", False),
        ("CASE_OFFICER", stopped.number, "OFFICER", False),
        ("PROMISE", at_head.number, "", False),
    ]
    assert held_count(world.officer2) == 0
    assert holders_of_work(User.objects.all()) == {world.officer.pk, world.group_drafter.pk}


def engine_supplement():
    from investreview.projects.services.checking import request_supplement

    return request_supplement


def supplement():
    from investreview.projects.services.checking import SupplementItem

    return (SupplementItem("M05", "请补充（示例）。"),)


def test_everything_goes_in_one_act_with_one_entry(world: World) -> None:
    opinion = drive(world, "confirmed", key="1")
    at_head = drive(world, "proposed", key="2", name="二号项目（示例）")
    promise = note(world, at_head)
    before = Entry.objects.count()

    done = give(world, world.officer, world.officer2)

    assert held_by(world.officer) == []
    assert Counter(one.kind for one in held_by(world.officer2)) == {"CASE_OFFICER": 2, "PROMISE": 1}
    assert item_of(opinion, "opinion").assignee == world.officer2
    assert hands.fresh(at_head).officer == world.officer2
    promise.refresh_from_db()
    assert (promise.keeper, promise.noted_by) == (world.officer2, world.officer)
    entries = list(Entry.objects.order_by("pk")[before:])
    assert [one.verb for one in entries] == ["document.issue", "work.hand_over"]
    assert entries[1].facts["lines"] == [
        {"case": opinion.number, "what": "经办人（经办意见）", "to": "officer2"},
        {"case": at_head.number, "what": "经办人（办理中）", "to": "officer2"},
        {"case": at_head.number, "what": "联系人（示例）：8月1日前回电", "to": "officer2"},
    ]
    assert (done.number, done.performed_by) == ("LYG-JJ-2024-0001", world.head)


def test_the_sheet_lists_every_line(world: World) -> None:
    at_head = drive(world, "proposed")
    note(world, at_head)
    done = give(world, world.officer, world.officer2)
    sheet = Document.objects.get(pk=done.document_id)
    content = sheet.issued_version.parsed
    assert (sheet.kind, sheet.number) == (DocumentKind.HANDOVER_SHEET, done.number)
    assert [(one.case_number, one.what, one.receiver) for one in content.work] == [
        (at_head.number, "经办人（办理中）", "officer2")
    ]
    assert [(one.project_name, one.what, one.due) for one in content.promises] == [
        ("联系人（示例）", "8月1日前回电", "2024-07-05")
    ]
    assert (content.giver, content.receivers, content.handed_over_by) == ("officer", "officer2", "head")


def test_kinds_may_go_to_several_people(world: World) -> None:
    case = drive(world, "proposed")
    promise = note(world, case)
    give(world, world.officer, world.officer2, PROMISE=world.document_officer)
    promise.refresh_from_db()
    assert (hands.fresh(case).officer, promise.keeper) == (world.officer2, world.document_officer)
    texts = Notice.objects.filter(dedupe_key__startswith="handover:").values_list("user__full_name", "text")
    assert {(who, "1 项" in text) for who, text in texts} == {("officer2", True), ("document_officer", True)}


def test_the_receiver_goes_on_where_the_giver_stood(world: World) -> None:
    case = drive(world, "confirmed")
    give(world, world.officer, world.officer2)
    with pytest.raises(Forbidden) as raised:
        hands.propose(case, world.officer, later(15), risks=[])
    assert raised.value.code == "workflows_assigned_to_other"
    hands.propose(case, world.officer2, later(15), risks=[])
    hands.check(case, world.head, later(16))
    assert hands.sign(case, world.deputy, later(17)).officer == world.officer2


def test_a_case_sent_back_comes_to_the_new_officer(world: World) -> None:
    case = drive(world, "proposed")
    give(world, world.officer, world.officer2)
    hands.act(case, "check", world.head, send_back, later(15), reason="请补充理由。")
    assert item_of(case, "opinion").assignee == world.officer2


def test_a_deferral_and_its_stopped_clock_go_to_the_new_officer(world: World) -> None:
    case = drive(world, "checked")
    hands.act(case, "sign", world.deputy, defer, later(8), reason="待会议研究。", until=later(60).date())
    assert [one.what for one in held_by(world.officer)] == ["经办人（暂缓中）"]
    give(world, world.officer, world.officer2)
    assert item_of(case, "deferral").assignee == world.officer2


def test_a_former_officer_never_checks_what_they_proposed(world: World) -> None:
    case = drive(world, "proposed")
    give(world, world.officer, world.officer2)
    give_role(world.officer, Role.OFFICE_HEAD, world.commission)
    scope = hands.acting(world.officer, later(15)).scope
    assert not inbox(user=world.officer, scope=scope, at=later(15)).filter(case=case).exists()
    with pytest.raises(Forbidden) as raised:
        hands.act(case, "check", world.officer, check, later(15), text="")
    assert raised.value.code == "projects_duty_conflict"
    former = FormerHolder.objects.get()
    assert (former.part, former.person, former.successor) == ("OFFICER", world.officer, world.officer2)


def test_a_receiver_with_another_duty_on_the_case_is_refused_and_nothing_moves(world: World) -> None:
    quiet = drive(world, "confirmed", key="1")
    case = drive(world, "checked", key="2", name="二号项目（示例）")
    give_role(world.head, Role.CASE_OFFICER, world.commission)
    with pytest.raises(Invalid) as raised:
        give(world, world.officer, world.head)
    assert (raised.value.code, raised.value.field) == (
        "projects_receiver_in_conflict",
        f"line_CASE_OFFICER-{case.pk}-0",
    )
    assert item_of(quiet, "opinion").assignee == world.officer
    assert (Handover.objects.count(), FormerHolder.objects.count()) == (0, 0)


def test_a_receiver_without_the_role_is_refused(world: World) -> None:
    drive(world, "confirmed")
    with pytest.raises(Invalid) as raised:
        give(world, world.officer, world.archivist)
    assert raised.value.code == "projects_receiver_lacks_role"


def test_nothing_is_handed_to_the_giver(world: World) -> None:
    drive(world, "confirmed")
    with pytest.raises(Invalid) as raised:
        give(world, world.officer, world.officer)
    assert raised.value.code == "workflows_receiver_is_giver"


def test_a_plan_that_misses_a_line_is_stale(world: World) -> None:
    drive(world, "confirmed", key="1")
    plan = {one.key: world.officer2 for one in held_by(world.officer)}
    drive(world, "confirmed", key="2", name="二号项目（示例）")
    with pytest.raises(Stale) as raised:
        hand_over(giver=world.officer, user=world.head, plan=plan, reason="调整。", key="1", at=AT)
    assert raised.value.code == "workflows_hand_over_changed"


def test_sent_twice_it_is_done_once(world: World) -> None:
    drive(world, "confirmed")
    plan = {one.key: world.officer2 for one in held_by(world.officer)}
    again = [
        hand_over(giver=world.officer, user=world.head, plan=plan, reason="调整。", key="1", at=AT) for _ in range(2)
    ]
    assert again[0] == again[1]
    assert (Handover.objects.count(), Entry.objects.filter(verb="work.hand_over").count()) == (1, 1)


def test_whoever_holds_nothing_has_nothing_to_hand_over(world: World) -> None:
    with pytest.raises(Invalid) as raised:
        give(world, world.officer2, world.officer)
    assert raised.value.code == "workflows_nothing_to_hand_over"


@pytest.mark.parametrize("person", ["officer2", "deputy", "document_officer", "security_admin", "group_releaser"])
def test_others_do_not_hand_over_for_the_commissions_people(world: World, person: str) -> None:
    drive(world, "confirmed")
    with pytest.raises(Forbidden) as raised:
        give(world, world.officer, world.officer2, by=world.people[person])
    assert raised.value.code == "workflows_hand_over_not_yours"


def test_the_head_of_another_commission_does_not_hand_over(world: World) -> None:
    elsewhere = found_world("HAZ", names="别处")
    drive(world, "confirmed")
    with pytest.raises(Forbidden):
        give(world, world.officer, world.officer2, by=elsewhere.head)
    with pytest.raises(Invalid) as raised:
        give(world, world.officer, elsewhere.officer)
    assert raised.value.code == "projects_receiver_lacks_role"


def test_a_person_hands_over_their_own_work(world: World) -> None:
    drive(world, "confirmed")
    assert give(world, world.officer, world.officer2, by=world.officer).performed_by == world.officer


def test_drafts_go_within_the_group_by_its_releaser(world: World) -> None:
    draft = drive(world, "draft", key="1")
    running = drive(world, "confirmed", key="2", name="二号项目（示例）")
    other = new_person(world, "drafter2", Role.ENTERPRISE_DRAFTER, world.group)
    assert [(one.kind, one.part) for one in held_by(world.group_drafter)] == [("ENTERPRISE_DRAFTER", "DRAFTER")] * 2
    done = give(world, world.group_drafter, other, by=world.group_releaser)
    assert (hands.fresh(draft).drafter, hands.fresh(running).drafter) == (other, other)
    assert (done.path, done.performed_by) == (world.group.path, world.group_releaser)
    with pytest.raises(Forbidden):
        give(world, other, world.group_drafter, by=world.other_releaser, key="2")


def test_the_releaser_never_takes_a_draft_they_released(world: World) -> None:
    drive(world, "confirmed")
    give_role(world.group_releaser, Role.ENTERPRISE_DRAFTER, world.group)
    with pytest.raises(Invalid) as raised:
        give(world, world.group_drafter, world.group_releaser, by=world.group_drafter)
    assert raised.value.code == "projects_receiver_in_conflict"


def test_a_transferred_step_goes_with_its_holder(world: World) -> None:
    case = drive(world, "proposed")
    head2 = new_person(world, "head2", Role.OFFICE_HEAD, world.commission)
    item = item_of(case, "check")
    engine.transfer(task_id=item.task_id, user=world.head, to=head2, reason="出差。", at=later(8))
    assert [(one.kind, one.part) for one in held_by(head2)] == [("OFFICE_HEAD", "")]
    give(world, head2, world.head)
    assert WorkItem.objects.get(pk=item.pk).assignee == world.head


def test_somebody_who_holds_work_is_not_deactivated_before_it_is_handed_over(world: World) -> None:
    drive(world, "confirmed")
    with pytest.raises(Invalid) as raised:
        deactivate_user(user=world.officer, reason="离职", by=world.security_admin, at=AT)
    assert (raised.value.code, raised.value.facts["count"]) == ("accounts_holds_work", 1)
    give(world, world.officer, world.officer2)
    assert not deactivate_user(user=world.officer, reason="离职", by=world.security_admin, at=AT).is_active


def test_a_settled_promise_is_not_held(world: World) -> None:
    case = drive(world, "proposed")
    promise = note(world, case)
    acting = hands.acting(world.officer, later(9))
    settle_promise(acting=acting, case_id=case.pk, note_id=promise.pk, at=later(9))
    again = settle_promise(acting=hands.acting(world.document_officer, AT), case_id=case.pk, note_id=promise.pk, at=AT)
    assert (again.settled_by, again.settled_at) == (world.officer, later(9))
    assert [one.kind for one in held_by(world.officer)] == ["CASE_OFFICER"]
    assert Entry.objects.filter(verb="case.settle_promise").count() == 1


def test_the_case_tells_how_it_changed_hands(world: World) -> None:
    case = drive(world, "proposed")
    give(world, world.officer, world.officer2)
    told = [(one.handover.giver, one.receiver, one.handover.performed_by) for one in handovers_of(case)]
    assert told == [(world.officer, world.officer2, world.head)]
