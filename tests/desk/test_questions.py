"""Question and answer on a case: who writes, who reads, who is told, and that the case stays where it is."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from investreview.core.errors import Invalid
from investreview.demo import hands
from investreview.journal.models import Entry
from investreview.notices.models import Notice
from investreview.projects.models import AnswerFile, Case
from investreview.projects.services.questions import answer_question, ask_question
from tests.desk.people import browser
from tests.states import kept
from tests.world import World, drive, later

ASKED = "二期是否已经决策？请说明。"
ANSWERED = "二期尚未决策，计划 2025 年研究。"


@pytest.fixture
def asked(world: World) -> Case:
    return kept(lambda: _asked(world), "asked")


def _asked(world: World) -> Case:
    case = drive(world, "proposed", key="asked")
    ask_question(acting=hands.acting(world.officer, later(6)), case_id=case.pk, text=ASKED, at=later(6))
    return hands.fresh(case)


def thread(case: Case) -> str:
    return reverse("projects:questions", args=[case.number])


def status_of(world: World, who: str, url: str) -> int:
    response = browser(world.people[who]).get(url)
    response.close()
    return response.status_code


def answer(world: World, case: Case, who: str = "group_drafter", **more: object) -> None:
    me = hands.acting(world.people[who], later(7))
    answer_question(acting=me, case_id=case.pk, ordinal=1, text=ANSWERED, files=(), at=later(7))


def test_officer_asks_on_the_page_and_both_of_the_enterprise_are_told(world: World) -> None:
    case = drive(world, "proposed", key="asking")
    version, state = case.version, case.state
    response = browser(world.officer).post(thread(case), {"text": ASKED}, follow=True)
    assert "问题已发给企业，办理时限照常计算。" in response.content.decode()
    told = Notice.objects.filter(url=thread(case)).values_list("user__username", flat=True)
    assert sorted(told) == ["lyg.group_drafter", "lyg.group_releaser"]
    case.refresh_from_db()
    assert (case.version, case.state, case.clock_stops.count()) == (version, state, 0)
    assert Entry.objects.get(verb="case.ask_question").facts["text"] == ASKED


def test_same_question_sent_again_is_one_question(world: World, asked: Case) -> None:
    browser(world.officer).post(thread(asked), {"text": ASKED})
    assert asked.questions.count() == 1


def test_enterprise_answers_with_a_file_and_the_officer_is_told(world: World, asked: Case) -> None:
    given = {"question": "1", "text": ANSWERED, "attachments": SimpleUploadedFile("说明.png", PNG)}
    page = browser(world.group_drafter).post(thread(asked), given, follow=True).content.decode()
    stored = AnswerFile.objects.get().file
    assert ANSWERED in page
    assert reverse("projects:file", args=[stored.pk]) in page
    told = Notice.objects.filter(user=world.officer, url=thread(asked))
    assert told.count() == 1
    url = reverse("projects:file", args=[stored.pk])
    assert [status_of(world, who, url) for who in ("group_releaser", "deputy", "other_drafter")] == [200, 200, 404]


def test_both_sides_read_the_thread_on_the_case_and_the_enterprise_no_name_of_the_commission(
    world: World, asked: Case
) -> None:
    answer(world, asked)
    url = reverse("desk:case", args=[asked.number])
    inside, outside = (browser(who).get(url).content.decode() for who in (world.deputy, world.group_drafter))
    card = outside[outside.index('id="questions"') : outside.index('id="submissions"')]
    assert ASKED in inside and ANSWERED in inside
    assert ASKED in card and ANSWERED in card
    assert (world.officer.full_name in card, world.commission.short_name in card) == (False, True)


def test_refused_answer_keeps_what_was_typed_and_says_why_at_the_file(world: World, asked: Case) -> None:
    given = {"question": "1", "text": ANSWERED, "attachments": SimpleUploadedFile("说明.exe", b"MZ\0\0")}
    response = browser(world.group_drafter).post(thread(asked), given)
    assert response.status_code == 422
    assert ANSWERED in response.content.decode()
    assert not AnswerFile.objects.exists()
    assert not hasattr(asked.questions.get(), "answer")


def test_second_answer_is_refused_and_the_same_one_counts_once(world: World, asked: Case) -> None:
    answer(world, asked)
    answer(world, asked)
    with pytest.raises(Invalid) as refused:
        answer(world, asked, "group_releaser")
    assert refused.value.code == "projects_question_answered"
    assert Entry.objects.filter(verb="case.answer_question").count() == 1


def test_decision_that_is_not_delivered_is_not_told_by_a_closed_thread(world: World, asked: Case) -> None:
    hands.check(asked, world.head, later(7))
    hands.sign(asked, world.deputy, later(8))
    page = browser(world.group_drafter).get(thread(asked)).content.decode()
    assert "提交答复" in page
    hands.deliver(asked, world.document_officer, later(9))
    assert "提交答复" not in browser(world.group_drafter).get(thread(asked)).content.decode()


@pytest.mark.parametrize(
    ("who", "status"),
    [("head", 302), ("deputy", 403), ("document_officer", 403), ("other_drafter", 404), ("sister_drafter", 404)],
)
def test_only_officer_and_head_ask(world: World, asked: Case, who: str, status: int) -> None:
    assert browser(world.people[who]).post(thread(asked), {"text": "另一个问题"}).status_code == status


def test_thread_costs_the_same_with_one_and_five_questions(
    world: World, asked: Case, django_assert_num_queries
) -> None:
    client = browser(world.officer)
    client.get(thread(asked))
    for number in range(1, 6):
        with django_assert_num_queries(QUERIES):
            client.get(thread(asked))
        me = hands.acting(world.officer, later(8))
        ask_question(acting=me, case_id=asked.pk, text=f"第{number}个补充问题", at=later(8))


QUERIES = 6
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000"
    "000049454e44ae426082"
)
