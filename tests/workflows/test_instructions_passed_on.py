"""Instructions of leaders: handed over with everything else a person holds, reminded of before they are due."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from investreview.accounts.models import User
from investreview.core.clock import SHANGHAI
from investreview.core.errors import Invalid
from investreview.demo import hands
from investreview.documents.models import Document
from investreview.journal.models import Entry
from investreview.notices.models import Notice
from investreview.projects.instructions import waiting_instructions
from investreview.projects.models import Case, Instruction
from investreview.projects.services.instructions import (
    Addressee,
    give_instruction,
    report_on_instruction,
    return_report,
)
from tests.workflows.test_handing_over import AT, give
from tests.workflows.test_reminders import told
from tests.world import World, drive, found_world, later
from workflows.clocks import escalate_due
from workflows.handover.forms import possible_receivers
from workflows.handover.load import held_by, holders_of_work
from workflows.models import Escalation, HandoverLine

pytestmark = pytest.mark.django_db
DUE = date(2024, 7, 19)


def instruct(world: World, case: Case, to: Addressee, *, who: str = "deputy", due_on: date = DUE) -> Instruction:
    me, at = hands.acting(world.people[who], later(12)), later(12)
    return give_instruction(
        acting=me, case_id=case.pk, text="请核实（示例）。", addressee=to, due_on=due_on, key=str(uuid4()), at=at
    )


def report(world: World, instruction: Instruction, who: User) -> None:
    me, at = hands.acting(who, later(13)), later(13)
    report_on_instruction(acting=me, instruction_id=instruction.pk, text="已核实（示例）。", file=None, at=at)


@pytest.fixture
def case(world: World) -> Case:
    return drive(world, "checked")


def test_what_a_leader_asked_of_a_person_is_held_and_what_was_asked_of_an_office_is_not(
    world: World, case: Case
) -> None:
    named = instruct(world, case, Addressee(person=world.finance))
    instruct(world, case, Addressee(office=world.law.office))
    [held] = held_by(world.finance)
    assert (held.kind, held.instruction, held.due_on, held.what) == ("INSTRUCTION", named, DUE, "批示第1项")
    assert held_by(world.law) == []
    assert holders_of_work(User.objects.filter(pk__in=[world.finance.pk, world.law.pk])) == {world.finance.pk}


@pytest.mark.parametrize("is_reported", [False, True])
def test_it_goes_with_everything_else_in_one_act(world: World, case: Case, is_reported: bool) -> None:
    named = instruct(world, case, Addressee(person=world.finance))
    if is_reported:
        report(world, named, world.finance)
    before = Entry.objects.count()

    done = give(world, world.finance, world.law)

    named.refresh_from_db()
    assert (named.person, named.due_on, held_by(world.finance)) == (world.law, DUE, [])
    entries = list(Entry.objects.order_by("pk")[before:])
    assert [one.verb for one in entries] == ["document.issue", "work.hand_over"]
    assert entries[1].facts["lines"] == [{"case": case.number, "what": "批示第1项", "to": "law"}]
    content: Any = Document.objects.get(pk=done.document_id).issued_version.parsed  # type: ignore[union-attr]
    assert [(one.what, one.due, one.receiver) for one in content.instructions] == [("批示第1项", "2024-07-19", "law")]
    assert (content.work, content.total) == ((), "办件事项0项，电话承诺0项，批示1项")
    waiting = waiting_instructions(world.law, hands.acting(world.law, AT).scope)
    assert [one.pk for one in waiting] == ([] if is_reported else [named.pk])


def test_a_report_that_comes_back_is_told_to_whoever_has_it_now(world: World, case: Case) -> None:
    named = instruct(world, case, Addressee(person=world.finance))
    report(world, named, world.finance)
    give(world, world.finance, world.law)
    Notice.objects.all().delete()
    leader = hands.acting(world.deputy, later(15))
    return_report(acting=leader, instruction_id=named.pk, reason="请补充（示例）。", due_on=None, at=later(15))
    assert told() == [("law", f"{case.number} 的批示办理报告被退回，请补充后再报。")]


def test_who_may_take_it(world: World, case: Case) -> None:
    elsewhere = found_world("HAZ", names="别处")
    named = instruct(world, case, Addressee(person=world.finance))
    people = possible_receivers(held_by(world.finance), giver=world.finance, at=AT)["INSTRUCTION"]
    assert world.law in people and world.finance not in people
    assert {one.commission_id for one in people} == {world.commission.pk}
    assert {one.kind for one in people} == {User.Kind.STAFF}
    refused = {
        "deputy": "projects_instruction_to_oneself",
        "group_drafter": "projects_receiver_lacks_role",
        "elsewhere": "projects_receiver_lacks_role",
        "finance": "workflows_receiver_is_giver",
    }
    for who, code in refused.items():
        person = elsewhere.officer if who == "elsewhere" else world.people[who]
        with pytest.raises(Invalid) as error:
            give(world, world.finance, person)
        assert (error.value.code, error.value.field) == (code, f"line_INSTRUCTION-{case.pk}-{named.pk}")
    named.refresh_from_db()
    assert named.person == world.finance


def test_a_settled_one_is_nobodys(world: World, case: Case) -> None:
    named = instruct(world, case, Addressee(person=world.finance))
    Instruction.objects.filter(pk=named.pk).update(state="DONE", done_by=world.deputy, done_at=AT)
    assert (held_by(world.finance), holders_of_work(User.objects.filter(pk=world.finance.pk))) == ([], set())


def test_a_line_moves_one_thing(world: World, case: Case) -> None:
    named = instruct(world, case, Addressee(person=world.finance))
    done = give(world, world.finance, world.law)
    wrong: list[dict[str, Any]] = [
        {"kind": "INSTRUCTION"},
        {"kind": "CASE_OFFICER", "part": "OFFICER", "instruction": named},
    ]
    for fields in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            HandoverLine.objects.create(handover=done, case=case, receiver=world.law, **fields)


def beat(month: int, day: int) -> list[tuple[str, str]]:
    escalate_due(datetime(2024, month, day, 7, tzinfo=SHANGHAI))
    return [line for line in told() if "批示" in line[1]]


def test_it_is_reminded_before_and_on_its_last_day_and_rises_to_its_leader(
    world: World, case: Case, settings: Any
) -> None:
    settings.REMINDER_DAYS_BEFORE = 2
    named = instruct(world, case, Addressee(person=world.finance))
    told()
    soon = ("finance", f"{case.number} 的批示应于2024年7月19日前办理并报告，请抓紧办理。")
    assert [beat(7, 16), beat(7, 17), beat(7, 18), beat(7, 19)] == [[], [soon], [], [soon]]
    late = ("deputy", f"{case.number} 的批示已超过完成期限（2024年7月19日），尚无办理报告。")
    escalate_due(datetime(2024, 7, 20, 7, tzinfo=SHANGHAI))
    urls = Notice.objects.filter(text__contains="批示").values_list("url", flat=True)
    assert set(urls) == {f"/instructions/{named.pk}/"}
    assert [line for line in told() if "批示" in line[1]] == [late]
    assert beat(7, 22) == []
    entry = Entry.objects.filter(verb="case.escalate").order_by("pk").last()
    told_of = [one.facts for one in Entry.objects.filter(verb="case.escalate") if one.facts["clock"] == "INSTRUCTION"]
    assert entry is not None and [one["level"] for one in told_of] == ["AHEAD", "REMINDED", "LEADER"]
    assert (told_of[-1]["instruction"], told_of[-1]["told"]) == (1, ["deputy"])


def test_two_of_one_day_are_each_spoken_of_and_an_office_is_told_whole(world: World, case: Case) -> None:
    instruct(world, case, Addressee(person=world.finance))
    instruct(world, case, Addressee(office=world.law.office))
    told()
    assert [who for who, _text in beat(7, 19)] == ["finance", "law", "rule_keeper"]
    assert Escalation.objects.filter(clock="INSTRUCTION").count() == 2


def test_reported_it_is_not_reminded_and_sent_back_it_is_by_its_new_day(world: World, case: Case) -> None:
    named = instruct(world, case, Addressee(person=world.finance))
    report(world, named, world.finance)
    told()
    assert beat(7, 19) == []
    leader, at = hands.acting(world.deputy, later(18)), later(18)
    return_report(acting=leader, instruction_id=named.pk, reason="请补充。", due_on=date(2024, 7, 26), at=at)
    told()
    assert (beat(7, 22), [who for who, _text in beat(7, 26)]) == ([], ["finance"])


def test_overdue_after_its_leader_has_gone_it_rises_to_who_leads_now(world: World, case: Case) -> None:
    instruct(world, case, Addressee(person=world.finance), who="deputy2")
    User.objects.filter(pk=world.deputy2.pk).update(is_active=False, deactivated_at=later(15))
    told()
    assert ("deputy", f"{case.number} 的批示已超过完成期限（2024年7月19日），尚无办理报告。") in beat(7, 22)
