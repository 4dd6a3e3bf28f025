"""今日待签: the queue, one sheet, the three buttons, the next thing, and the sheets of all on one print."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from investreview.core.roles import Role
from investreview.demo import hands
from investreview.documents.models import Document, DocumentVersion
from investreview.journal.models import Entry
from investreview.projects.models import Case, Instruction
from tests.desk.people import browser, let_stand_in
from tests.states import kept
from tests.world import World, drive, later, wanted
from workflows.models import WorkItem

QUEUE = "/signing/"
FIRST, SECOND = "首件（示例）", "次件（示例）"


@pytest.fixture
def waiting(world: World) -> tuple[Case, Case]:
    return kept(lambda: _waiting(world), "two to sign")


def _waiting(world: World) -> tuple[Case, Case]:
    risks = ["补贴尚未列入财政预算。"]
    first = drive(world, "confirmed", key="first", plan=wanted(world, name=FIRST))
    hands.propose(first, world.officer, later(4), risks=risks)
    hands.check(first, world.head, later(5))
    second = drive(world, "checked", key="second", plan=wanted(world, name=SECOND))
    return hands.fresh(first), second


def task_of(case: Case) -> int:
    return WorkItem.objects.get(case=case, state="OPEN").task_id


def one(case: Case) -> str:
    return reverse("review:signing_one", args=[task_of(case)])


def form_of(page: str) -> dict[str, str]:
    """What the page sends back unseen."""
    form = page[page.index('class="ir-decide"') :]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))


def press(person: Client, url: str, act: str, **typed: Any) -> Any:
    return person.post(url, {**form_of(person.get(url).content.decode()), "act": act, **typed})


def test_queue_tells_three_lines_and_opens_the_first(world: World, waiting: tuple[Case, Case]) -> None:
    page = browser(world.deputy).get(QUEUE).content.decode()
    assert "今日待签 2 件" in page and page.count("处室建议：") == 2
    assert page.index(FIRST) < page.index(SECOND)
    assert "补贴尚未列入财政预算。" in page and "1,860.00 万元" in page
    assert 'id="sheet"' in page and "全部材料" in page and "sha256" not in page.lower()


def test_signed_the_next_one_opens_and_says_what_was_signed(world: World, waiting: tuple[Case, Case]) -> None:
    first, second = waiting
    leader = browser(world.deputy)
    answer = press(leader, one(first), "sign", text="请跟踪补贴。")
    assert (answer.status_code, answer["Location"]) == (302, one(second))
    page = leader.get(answer["Location"]).content.decode()
    first = hands.fresh(first)
    assert f"“{FIRST}”" in page and first.document_number in page and "今日待签 1 件" in page
    assert (first.state, first.opinions.last().text) == ("FILED_WITH_RISK", "请跟踪补贴。")
    last = press(leader, one(second), "sign")
    assert last["Location"] == QUEUE
    assert "现在没有等您签批的事项" in leader.get(QUEUE).content.decode()


def test_sent_back_only_with_its_reason_and_what_was_typed_stays(world: World, waiting: tuple[Case, Case]) -> None:
    first, _second = waiting
    leader = browser(world.deputy)
    answer = press(leader, one(first), "send_back", addressee=f"office-{world.finance.office_id}")
    page = answer.content.decode()
    assert (answer.status_code, hands.fresh(first).state) == (422, "REVIEWING")
    assert "请填写理由。" in page and '<details class="ir-task" open>' in page
    assert press(leader, one(first), "send_back", text="请补充测算。").status_code == 302
    assert first.opinions.get(outcome="SENT_BACK").text == "请补充测算。"


def test_remark_is_a_task_and_the_thing_still_waits(world: World, waiting: tuple[Case, Case]) -> None:
    first, _second = waiting
    leader = browser(world.deputy)
    assert press(leader, one(first), "instruct", text="请财务处测算。").status_code == 422
    typed = {"addressee": f"office-{world.finance.office_id}", "due_on": later(20).date().isoformat()}
    answer = press(leader, one(first), "instruct", text="请财务处测算。", **typed)
    assert answer["Location"] == one(first)
    assert Instruction.objects.get().text == "请财务处测算。"
    assert "本件还有未办结的批示" in leader.get(one(first)).content.decode()


def test_signing_with_a_task_does_both_or_neither(world: World, waiting: tuple[Case, Case]) -> None:
    first, _second = waiting
    leader = browser(world.deputy)
    to = {"addressee": f"person-{world.officer.pk}"}
    assert press(leader, one(first), "sign", text="请跟踪。", **to).status_code == 422
    past = press(leader, one(first), "sign", text="请跟踪。", due_on="2024-07-01", **to)
    assert (past.status_code, hands.fresh(first).state, Instruction.objects.count()) == (422, "REVIEWING", 0)
    url, typed = one(first), {"text": "请跟踪。", "due_on": later(20).date().isoformat(), **to}
    sent = {**form_of(leader.get(url).content.decode()), "act": "sign", **typed}
    assert [leader.post(url, sent).status_code for _press in range(2)] == [302, 302]
    assert (hands.fresh(first).state, Instruction.objects.get().person) == ("FILED_WITH_RISK", world.officer)


def test_somebody_else_was_faster_and_both_texts_are_shown(world: World, waiting: tuple[Case, Case]) -> None:
    first, _second = waiting
    leader = browser(world.deputy)
    url = one(first)
    sent = {**form_of(leader.get(url).content.decode()), "act": "sign", "text": "我的批示"}
    hands.sign(first, world.deputy2, later(12))
    answer = leader.post(url, sent)
    assert answer.status_code == 409 and "我的批示" in answer.content.decode()
    assert leader.get(url)["Location"] == QUEUE


def test_changed_letter_asks_to_read_again(world: World, waiting: tuple[Case, Case]) -> None:
    first, _second = waiting
    leader = browser(world.deputy)
    url = one(first)
    sent = {**form_of(leader.get(url).content.decode()), "act": "sign", "text": "我的批示"}
    old = DocumentVersion.objects.get(document_id=first.letter_id)
    old.pk, old.ordinal = None, 2
    old.content = old.content.replace("予以备案", "予以登记备案", 1)
    old.save()
    answer = leader.post(url, sent)
    page = answer.content.decode()
    assert (answer.status_code, hands.fresh(first).state) == (409, "REVIEWING")
    assert "我的批示" in page and "花脸稿（改 1 处）" in page and form_of(page)["letter_version"] == "2"


def test_all_sheets_are_one_print_and_the_papers_count(world: World, waiting: tuple[Case, Case]) -> None:
    answer = browser(world.deputy).post(reverse("review:print_sheets"))
    pages = PdfReader(BytesIO(answer.content)).pages
    assert (answer["Content-Type"], len(pages)) == ("application/pdf", 2)
    assert Document.objects.filter(kind="APPROVAL_SHEET").count() == 2
    assert Entry.objects.filter(verb="document.print").count() == 2
    assert browser(world.director).post(reverse("review:print_sheets")).status_code == 422


def test_substitute_signs_for_the_leader_and_others_are_refused(world: World, waiting: tuple[Case, Case]) -> None:
    assert browser(world.officer2).get(QUEUE).status_code == 403
    assert browser(world.head).get(one(waiting[0])).status_code == 403
    assert browser(world.group_releaser).get(QUEUE).status_code == 403
    let_stand_in(world, world.finance, world.deputy, Role.DEPUTY_DIRECTOR)
    substitute = browser(world.finance)
    assert "您代" in substitute.get(one(waiting[0])).content.decode()
    assert press(substitute, one(waiting[0]), "sign").status_code == 302
    assert hands.fresh(waiting[0]).signer_for == world.deputy


COST = 10
"""Frame 5, queue 8, whose step it is 8, the 呈批表 with code, clock, reasons and opinions 11, the form 8."""


def test_queue_costs_the_same_with_one_and_with_two(
    world: World, waiting: tuple[Case, Case], django_assert_num_queries
) -> None:
    leader = browser(world.deputy)
    leader.get("/rules/")
    leader.get(QUEUE)
    with django_assert_num_queries(COST):
        leader.get(QUEUE)
    hands.sign(waiting[1], world.deputy2, later(12))
    with django_assert_num_queries(COST):
        leader.get(QUEUE)
