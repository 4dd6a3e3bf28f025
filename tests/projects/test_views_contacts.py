import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from investreview.core.errors import Forbidden, Invalid
from investreview.demo.hands import acting
from investreview.journal.models import Entry
from investreview.projects.models import Case, IncomingPaper, PhoneNote
from investreview.projects.services.contacts import add_phone_note, register_incoming_paper
from tests.projects.pages import error_beside, signed_in, typed
from tests.world import START, World, drive, found_world, later

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_site")]

CALL = {"with_whom": "甲集团 张××（示例）", "text": "说明材料何时补齐。", "promised": "周五前补交董事会决议"}
PAPER = {
    "sender_number": "甲投〔2024〕31号",
    "register_number": "收2024-118",
    "received_on": "2024-07-01",
    "copies": "2",
}


@pytest.fixture
def case(world: World) -> Case:
    return drive(world, "released")


def notes_url(case: Case) -> str:
    return f"/cases/{case.number}/phone-notes/"


def papers_url(case: Case) -> str:
    return f"/cases/{case.number}/incoming/"


def test_phone_note_is_kept_and_shown(world: World, officer: Client, case: Case) -> None:
    answer = officer.post(notes_url(case), CALL)

    note = PhoneNote.objects.get()
    assert (answer.status_code, answer.url) == (302, notes_url(case))
    assert (note.with_whom, note.promised, note.noted_by_id) == (CALL["with_whom"], CALL["promised"], world.officer.pk)
    assert CALL["text"] in officer.get(notes_url(case)).content.decode()


def test_phone_note_sent_eight_times_is_one_note_and_one_entry(officer: Client, case: Case) -> None:
    for _ in range(8):
        officer.post(notes_url(case), CALL)

    assert PhoneNote.objects.count() == 1
    assert Entry.objects.filter(verb="case.note_phone", subject_key=case.number).count() == 1


def test_phone_note_of_the_next_day_is_another_note(world: World, case: Case) -> None:
    for day in (1, 2):
        add_phone_note(acting=acting(world.officer, later(day)), case_id=case.pk, at=later(day), **CALL)

    assert PhoneNote.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("with_whom", ""),
        ("with_whom", "  "),
        ("with_whom", "张\u202e三"),
        ("with_whom", "长" * 61),
        ("text", ""),
        ("text", "空\x00"),
        ("text", "字" * 4001),
        ("promised", "两\n行"),
    ],
)
def test_phone_note_bad_input_is_told_at_its_field(officer: Client, case: Case, field: str, given: str) -> None:
    answer = officer.post(notes_url(case), CALL | {field: given})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert error_beside(page, f"id_{field}") != ""
    other = "promised" if field != "promised" else "with_whom"
    assert typed(page)[other] == CALL[other]
    assert PhoneNote.objects.count() == 0


def test_incoming_paper_is_registered_and_shown(officer: Client, case: Case) -> None:
    officer.post(papers_url(case), PAPER)

    paper = IncomingPaper.objects.get()
    assert (paper.register_number, paper.copies, paper.received_on) == ("收2024-118", 2, START.date())
    assert PAPER["sender_number"] in officer.get(papers_url(case)).content.decode()


def test_incoming_paper_sent_eight_times_is_registered_once(officer: Client, case: Case) -> None:
    answers = [officer.post(papers_url(case), PAPER) for _ in range(8)]

    assert {answer.status_code for answer in answers} == {302}
    assert IncomingPaper.objects.count() == 1
    assert Entry.objects.filter(verb="case.register_paper").count() == 1


@pytest.mark.parametrize(
    ("field", "given", "told"),
    [
        ("sender_number", "", "来文字号"),
        ("register_number", "", "收文号"),
        ("register_number", "长" * 41, "最多 40 个字"),
        ("received_on", "", "请填写日期"),
        ("received_on", "2024-02-30", "没有"),
        ("received_on", "2024-07-02", "晚于今天"),
        ("copies", "", "请填写份数"),
        ("copies", "0", "不在允许的范围内"),
        ("copies", "1_0", "无法识别"),
        ("copies", "1000", "不在允许的范围内"),
    ],
)
def test_incoming_paper_bad_input_is_told_at_its_field(
    officer: Client, case: Case, field: str, given: str, told: str
) -> None:
    page = officer.post(papers_url(case), PAPER | {field: given}).content.decode()

    assert told in error_beside(page, f"id_{field}")
    assert typed(page)[field] == given
    assert IncomingPaper.objects.count() == 0


def test_incoming_paper_number_with_other_content_is_told_at_its_field(officer: Client, case: Case) -> None:
    officer.post(papers_url(case), PAPER)

    page = officer.post(papers_url(case), PAPER | {"copies": "3"}).content.decode()

    assert "已登记" in error_beside(page, "id_register_number")
    assert IncomingPaper.objects.get().copies == 2


@pytest.mark.parametrize("url", [notes_url, papers_url])
@pytest.mark.parametrize(
    ("person", "reads", "writes"),
    [
        ("officer", 200, 302),
        ("document_officer", 200, 302),
        ("head", 200, 403),
        ("director", 200, 403),
        ("group_drafter", 403, 403),
        ("group_releaser", 403, 403),
        ("other_releaser", 404, 404),
        ("sister_drafter", 404, 404),
        ("finance", 404, 404),
        ("archivist", 404, 404),
        ("system_admin", 404, 404),
        ("audit_admin", 404, 404),
    ],
)
def test_contacts_are_kept_by_officer_and_document_office(
    world: World, case: Case, url, person: str, reads: int, writes: int
) -> None:
    client = signed_in(world.people[person])

    assert client.get(url(case)).status_code == reads
    assert client.post(url(case), CALL | PAPER).status_code == writes


@pytest.mark.parametrize("url", [notes_url, papers_url])
def test_contacts_of_another_commission_do_not_exist(world: World, case: Case, url) -> None:
    elsewhere = found_world("XZ", names="徐")

    assert signed_in(elsewhere.officer).get(url(case)).status_code == 404


def test_service_refuses_the_enterprise(world: World, case: Case) -> None:
    with pytest.raises(Forbidden):
        add_phone_note(acting=acting(world.group_drafter, START), case_id=case.pk, at=START, **CALL)


def test_service_refuses_a_draft(world: World) -> None:
    draft = drive(world, "draft", key="9", body="other")

    with pytest.raises(Invalid) as refused:
        register_incoming_paper(
            acting=acting(world.officer, START),
            case_id=draft.pk,
            sender_number="1",
            register_number="1",
            received_on=START.date(),
            copies=1,
            at=START,
        )

    assert refused.value.code == "projects_not_allowed_in_state"


@pytest.mark.parametrize("count", [1, 3])
def test_phone_notes_page_costs_the_same_for_more_notes(
    officer: Client, case: Case, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        officer.post(notes_url(case), CALL | {"text": f"第{number}次通话。"})
    officer.get(notes_url(case))

    with django_assert_num_queries(5):
        officer.get(notes_url(case))


@pytest.mark.parametrize("count", [1, 3])
def test_incoming_page_costs_the_same_for_more_papers(
    officer: Client, case: Case, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        officer.post(papers_url(case), PAPER | {"register_number": f"收{number}"})
    officer.get(papers_url(case))

    with django_assert_num_queries(5):
        officer.get(papers_url(case))
