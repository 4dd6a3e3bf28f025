"""Instructions of leaders: who gives, who reports, who settles, and who never sees them."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from investreview.core.errors import Forbidden, Invalid
from investreview.demo import hands
from investreview.journal.models import Entry
from investreview.notices.models import Notice
from investreview.projects.instructions import in_tab, readable_instructions, waiting_instructions
from investreview.projects.models import Case, Instruction
from investreview.projects.services.instructions import (
    Addressee,
    accept_report,
    give_instruction,
    reassign_instruction,
    report_on_instruction,
    return_report,
)
from tests.desk.people import browser
from tests.states import kept
from tests.world import World, drive, later

SAID = "请财务监管处补充测算补贴未到位时的现金流。"
TODAY = later(12).date()
DUE = TODAY + timedelta(days=7)


@pytest.fixture
def given(world: World) -> Instruction:
    return kept(lambda: _given(world), "given")


def _given(world: World) -> Instruction:
    case = drive(world, "checked", key="instructed")
    return give(world, case, Addressee(office=world.finance.office))


def give(world: World, case: Case, to: Addressee, *, who: str = "deputy", due_on: date = DUE) -> Instruction:
    me = hands.acting(world.people[who], later(12))
    return give_instruction(
        acting=me, case_id=case.pk, text=SAID, addressee=to, due_on=due_on, key=str(uuid4()), at=later(12)
    )


def report(world: World, instruction: Instruction, who: str = "finance") -> None:
    me = hands.acting(world.people[who], later(12, 10))
    report_on_instruction(acting=me, instruction_id=instruction.pk, text="已补充测算。", file=None, at=later(12, 10))


def address(instruction: Instruction) -> str:
    return reverse("projects:instruction", args=[instruction.pk])


def test_given_on_the_page_it_is_told_to_the_office_and_journalled_once(world: World) -> None:
    case = drive(world, "checked", key="instructing")
    url, key = reverse("projects:case_instructions", args=[case.number]), str(uuid4())
    form = {"text": SAID, "addressee": f"office-{world.finance.office_id}", "due_on": DUE.isoformat(), "key": key}
    leader = browser(world.deputy)
    for _press in range(2):
        assert leader.post(url, form).status_code == 302
    instruction = Instruction.objects.get()
    assert (instruction.addressee, instruction.due_on, instruction.state) == ("财务监管处", DUE, "OPEN")
    assert Entry.objects.get(verb="case.instruct").facts["addressee"] == "财务监管处"
    told = Notice.objects.filter(url=address(instruction)).values_list("user__username", flat=True)
    assert list(told) == ["lyg.finance"]
    assert hands.fresh(case).version == case.version


def test_what_is_missing_is_said_at_its_field_and_nothing_is_lost(world: World) -> None:
    case = drive(world, "checked", key="instructing")
    url = reverse("projects:case_instructions", args=[case.number])
    past = (TODAY - timedelta(days=1)).isoformat()
    form = {"text": SAID, "addressee": f"person-{world.officer.pk}", "due_on": past, "key": str(uuid4())}
    answer = browser(world.deputy).post(url, form)
    page = answer.content.decode()
    assert (answer.status_code, Instruction.objects.count()) == (422, 0)
    assert SAID in page and "请填写今天或者以后的日期" in page


def test_a_leader_gives_nothing_to_themselves_and_nobody_else_gives(world: World) -> None:
    case = drive(world, "checked", key="instructing")
    with pytest.raises(Invalid, match="projects_instruction_to_oneself"):
        give(world, case, Addressee(person=world.deputy))
    with pytest.raises(Invalid, match="projects_instruction_no_addressee"):
        give(world, case, Addressee())
    with pytest.raises(Forbidden, match="projects_role_missing"):
        give(world, case, Addressee(office=world.finance.office), who="head")


def test_report_goes_back_and_comes_again_until_it_is_accepted(world: World, given: Instruction) -> None:
    report(world, given)
    leader = hands.acting(world.deputy, later(12, 11))
    back = return_report(
        acting=leader, instruction_id=given.pk, reason="请附测算表。", due_on=DUE + timedelta(days=1), at=later(12, 11)
    )
    assert (back.state, back.due_on) == ("OPEN", DUE + timedelta(days=1))
    table = SimpleUploadedFile("测算表.txt", b"no table at all")
    answer = browser(world.finance).post(address(given), {"act": "report", "text": "附测算表。", "file": table})
    assert answer.status_code == 422 and "附测算表。" in answer.content.decode()
    assert browser(world.finance).post(address(given), {"act": "report", "text": "附后。"}).status_code == 302
    assert browser(world.deputy).post(address(given), {"act": "accept"}).status_code == 302
    given.refresh_from_db()
    assert (given.state, given.done_by, given.reports.count()) == ("DONE", world.deputy, 2)
    verbs = ["instruct", "report_instruction", "return_instruction", "report_instruction", "accept_instruction"]
    kept_verbs = Entry.objects.filter(verb__contains="instruct").order_by("pk").values_list("verb", flat=True)
    assert list(kept_verbs) == [f"case.{verb}" for verb in verbs]


def test_only_the_addressee_reports_and_only_a_leader_settles(world: World, given: Instruction) -> None:
    with pytest.raises(Forbidden, match="projects_instruction_not_yours"):
        report(world, given, who="officer")
    report(world, given)
    with pytest.raises(Forbidden, match="projects_role_missing"):
        accept_report(acting=hands.acting(world.finance, later(12)), instruction_id=given.pk, at=later(12))
    accepted = accept_report(acting=hands.acting(world.director, later(12)), instruction_id=given.pk, at=later(12))
    assert accepted.done_by == world.director


def test_two_reports_at_once_are_one_and_the_second_keeps_its_words(world: World, given: Instruction) -> None:
    report(world, given)
    answer = browser(world.finance).post(address(given), {"act": "report", "text": "另一份报告"})
    assert answer.status_code == 409 and "另一份报告" in answer.content.decode()
    assert browser(world.finance).post(address(given), {"act": "report", "text": "已补充测算。"}).status_code == 302
    assert given.reports.count() == 1


def test_moved_to_another_it_waits_there(world: World, given: Instruction) -> None:
    reassign_instruction(
        acting=hands.acting(world.deputy, later(12)),
        instruction_id=given.pk,
        addressee=Addressee(person=world.officer),
        due_on=DUE,
        reason="由经办统一答复。",
        at=later(12),
    )
    people = (world.finance, world.officer)
    waiting = [waiting_instructions(one, hands.acting(one, later(12)).scope).count() for one in people]
    assert waiting == [0, 1]
    assert browser(world.finance).get(address(given)).status_code == 404


@pytest.mark.parametrize(
    ("who", "of_list", "of_one", "of_case"),
    [
        ("group_drafter", 403, 404, 403),
        ("other_releaser", 403, 404, 404),
        ("property", 200, 404, 404),
        ("finance", 200, 200, 404),
        ("officer", 200, 200, 200),
        ("director", 200, 200, 200),
        ("system_admin", 403, 404, 404),
    ],
)
def test_enterprise_and_outsiders_never_see_it(
    world: World, given: Instruction, who: str, of_list: int, of_one: int, of_case: int
) -> None:
    person = browser(world.people[who])
    urls = (
        reverse("projects:instructions"),
        address(given),
        reverse("projects:case_instructions", args=[given.case.number]),
    )
    assert tuple(person.get(url).status_code for url in urls) == (of_list, of_one, of_case)
    assert SAID not in person.get(reverse("desk:case", args=[given.case.number])).content.decode() or who == "officer"


def test_overdue_shows_in_words_and_the_list_costs_the_same(
    world: World, given: Instruction, django_assert_num_queries
) -> None:
    Instruction.objects.update(due_on=TODAY - timedelta(days=1))
    reader = browser(world.finance)
    reader.get("/rules/")
    with django_assert_num_queries(8):
        page = reader.get(reverse("projects:instructions"), {"tab": "mine"}).content.decode()
    assert "已超期" in page and given.case.project.name in page
    more = [give(world, given.case, Addressee(office=world.finance.office)) for _each in range(2)]
    with django_assert_num_queries(8):
        reader.get(reverse("projects:instructions"), {"tab": "mine"})
    scope = hands.acting(world.finance, later(12)).scope
    mine = in_tab(readable_instructions(world.finance, scope), "mine", world.finance, scope)
    assert set(mine) == {given, *more}


def test_the_database_holds_one_addressee_and_one_open_report(world: World, given: Instruction) -> None:
    with pytest.raises(IntegrityError, match="instruction_has_one_addressee"), transaction.atomic():
        Instruction.objects.update(person=world.officer)
    with pytest.raises(IntegrityError, match="instruction_done_says_when_and_by_whom"), transaction.atomic():
        Instruction.objects.update(state="DONE")
