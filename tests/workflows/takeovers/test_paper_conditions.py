"""The conditions of a panel that concluded on paper are tracked like those of a panel drawn here (DOMAIN §6, §16)."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from experts.models import Condition
from experts.selectors.matters import panel_matters
from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of
from investreview.core.clock import SHANGHAI
from investreview.demo import hands
from investreview.demo.files import sample_pdf
from investreview.desk.overview.attention import attention
from investreview.documents.models import Document
from investreview.journal.models import Entry
from investreview.notices.models import Notice
from investreview.projects.models import Case, Takeover
from investreview.projects.past.services.papers import attach_papers
from tests.desk.overview.story import reading_of
from tests.projects.pages import signed_in
from tests.projects.past_ledgers import scan
from tests.workflows.doors import set_time
from tests.workflows.ongoing_ledgers import TITLES, faults, ledger, row, sent, stored
from tests.workflows.takeover_forms import CHECK, PANEL, panel_steps, taken_over, typed
from tests.world import START, World, found_world, later
from workflows.clocks import escalate_due
from workflows.review.forms.takeover import TakeoverForm
from workflows.taking_over import accept_takeover

SIGNED = {
    "complete_on": "2024-06-19",
    "document_number": "旧函〔2024〕3号",
    "filing_number": "旧论2024-3",
    "step": "deliver",
}
OPINION = {"complete_on": "2024-06-19", "step": "opinion", "proposed_on": ""}
PANEL_ROW = {
    "route": "二次论证",
    "total_yuan": 4500,
    "own_commitment_yuan": 4500,
    "own_funds_yuan": 4500,
    "borrowing_yuan": None,
    "complete_on": date(2024, 6, 19),
    "panel_conclusion": "有条件通过",
    "panel_opinion_number": "论证〔2024〕3号",
    "panel_held_on": date(2024, 6, 20),
    "panel_members": 5,
    "panel_mean": "83.40",
    "panel_names": "专家甲\n专家乙\n专家丙\n专家丁\n专家戊",
    "panel_conditions": "落实用地\n控制负债",
}


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path, world: World) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    set_time(START)


@pytest.fixture
def waiting(world: World) -> Case:
    """Signed on paper after a panel with two conditions; it only waits for its delivery."""
    return taken_over(world, **(CHECK | PANEL | panel_steps(world, 7) | SIGNED))


@pytest.fixture
def told(world: World, waiting: Case) -> Case:
    """The reply is with the enterprise since 3 July: the conditions are due on 26 September."""
    hands.deliver(waiting, world.document_officer, later(2))
    set_time(later(3))
    return hands.fresh(waiting)


def conditions() -> list[tuple[int, str, str, date | None]]:
    return list(Condition.objects.order_by("ordinal").values_list("ordinal", "text", "state", "due_on"))


def page_of(case: Case) -> str:
    return f"/cases/{case.number}/panel/"


def of(user: User) -> Client:
    return signed_in(user)  # type: ignore[return-value]


def proof() -> SimpleUploadedFile:
    return SimpleUploadedFile("落实证明.pdf", sample_pdf("落实证明"))


def matters(user: User, at: datetime = START) -> list[tuple[str, str, date | None]]:
    return [(one.text, one.url, one.due_on) for one in panel_matters(scope_of(user, at))]


def test_taken_over_they_wait_for_the_reply_and_nobody_outside_is_told(world: World, waiting: Case) -> None:
    assert conditions() == [(1, "落实用地", "OPEN", None), (2, "控制负债", "OPEN", None)]
    entry = Entry.objects.get(verb="case.take_over")
    assert entry.facts["panel_conditions"] == ["落实用地", "控制负债"]
    inside = of(world.officer).get(page_of(waiting)).content.decode()
    assert {text for text in ("自纸面接续", "责任企业：甲一公司", "落实用地", "专家甲") if text not in inside} == set()
    outside = of(world.sub_drafter).get(page_of(waiting)).content.decode()
    assert {text for text in ("落实用地", "有条件通过", "专家甲", "83.40") if text in outside} == set()
    assert (matters(world.sub_drafter), matters(world.officer)) == ([], [])
    sent_early = {"version": "1", "statement": "已落实", "evidence": proof()}
    assert of(world.sub_drafter).post(f"{page_of(waiting)}conditions/1/evidence/", sent_early).status_code == 404


def test_the_delivery_gives_each_its_term_and_the_enterprise_its_task(world: World, told: Case) -> None:
    assert {due_on for *_rest, due_on in conditions()} == {date(2024, 9, 26)}
    task = ("2 项论证条件待落实并提交证明", page_of(told), date(2024, 9, 26))
    assert (matters(world.sub_drafter), matters(world.group_releaser)) == ([task], [task])
    page = of(world.sub_drafter).get(page_of(told)).content.decode()
    assert {text for text in ("自纸面接续", "落实用地", "剩 59 个工作日") if text not in page} == set()
    assert "专家甲" not in page
    case_page = of(world.sub_drafter).get(f"/cases/{told.number}/").content.decode()
    assert ("已落实 0 / 2" in case_page, "2 项待办理" in case_page) == (True, True)


def test_each_goes_from_proof_to_return_to_met(world: World, told: Case) -> None:
    drafter, officer = of(world.sub_drafter), of(world.officer)
    evidence, judgement = (f"{page_of(told)}conditions/1/{act}/" for act in ("evidence", "judgement"))
    answer = drafter.post(evidence, {"version": "1", "statement": "已落实（示例）", "evidence": proof()})
    assert answer.status_code == 302
    assert matters(world.officer) == [("1 项论证条件的证明待核验", page_of(told), None)]
    assert matters(world.sub_drafter)[0][0] == "1 项论证条件待落实并提交证明"
    own = drafter.post(judgement, {"version": "2", "judgement": "MET", "text": ""})
    stale = officer.post(judgement, {"version": "1", "judgement": "MET", "text": ""})
    assert (own.status_code, stale.status_code) == (403, 409)
    assert officer.post(judgement, {"version": "2", "judgement": "RETURNED", "text": "缺合同"}).status_code == 302
    drafter.post(evidence, {"version": "3", "statement": "补充（示例）", "evidence": proof()})
    assert officer.post(judgement, {"version": "4", "judgement": "MET", "text": ""}).status_code == 302
    assert [state for _number, _text, state, _due in conditions()] == ["MET", "OPEN"]
    assert "已落实 1 / 2" in officer.get(f"/cases/{told.number}/").content.decode()
    verbs = Entry.objects.filter(verb__startswith="condition.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == [
        "condition.submit_evidence",
        "condition.return",
        "condition.submit_evidence",
        "condition.accept",
    ]


def test_reminders_and_the_overview_tell_what_is_overdue(world: World, told: Case) -> None:
    def told_on(month: int, day: int) -> set[str]:
        Notice.objects.all().delete()
        escalate_due(datetime(2024, month, day, 7, tzinfo=SHANGHAI))
        mine = Notice.objects.filter(text__contains="论证条件")
        return set(mine.values_list("user__full_name", flat=True))

    escalate_due(datetime(2024, 9, 10, 7, tzinfo=SHANGHAI))
    assert told_on(9, 10) == set()
    assert told_on(9, 20) == {"sub_drafter", "group_drafter", "group_releaser"}
    assert told_on(9, 27) == {"head"}
    set_time(datetime(2024, 9, 27, 9, tzinfo=SHANGHAI))
    [found] = [one for one in attention(reading_of(world.head)).matters if "论证条件" in one.text]
    assert (found.text, found.state, found.badge and found.badge.text) == ("2 项论证条件待企业证明", "late", "已过期限")


def test_a_day_that_the_paper_states_is_the_term(world: World) -> None:
    stated = {"panel_conditions_due_on": "2024-08-30"}
    case = taken_over(world, **(CHECK | PANEL | panel_steps(world, 7) | SIGNED | stated))
    hands.deliver(case, world.document_officer, later(2))
    assert {due_on for *_rest, due_on in conditions()} == {date(2024, 8, 30)}


def test_the_reply_that_is_written_here_says_the_stated_day(world: World) -> None:
    case = taken_over(world, **(PANEL | OPINION | {"panel_conditions_due_on": "2024-08-30"}))
    hands.propose(case, world.officer, later(1), risks=[])
    letter = Document.objects.get(pk=hands.fresh(case).letter_id)
    said = str(letter.versions.latest("ordinal").content)
    assert ("完成时限：2024年8月30日前" in said, "60个工作日" in said) == (True, False)


WRONG = {
    "none though conditional": ({"panel_conditions": ""}, "panel_conditions", "须逐项填写"),
    "though it passed": ({"panel_conclusion": "PASS"}, "panel_conditions", "只有结论为有条件通过的"),
    "though it failed": ({"panel_conclusion": "FAIL"}, "panel_conditions", "只有结论为有条件通过的"),
    "one twice": ({"panel_conditions": "落实用地\n落实用地"}, "panel_conditions", "第 2 项条件与第 1 项相同"),
    "due before the meeting": ({"panel_conditions_due_on": "2024-06-19"}, "panel_conditions_due_on", "不能早于"),
    "a day for nothing": (
        {"panel_conclusion": "PASS", "panel_conditions": "", "panel_conditions_due_on": "2024-09-30"},
        "panel_conditions_due_on",
        "不填条件落实期限",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_with_them_stands_at_its_field_and_what_was_typed_stays(world: World, what: str) -> None:
    fields, field, said = WRONG[what]
    form = TakeoverForm(typed(world, **(PANEL | OPINION | fields)), user=world.officer2, at=START, has_papers=True)
    assert (list(form.errors), said in str(form.errors[field])) == ([field], True)
    page = of(world.officer2).post("/takeovers/new/", typed(world, **(PANEL | OPINION | fields)))
    assert (page.status_code, page.context["form"]["panel_opinion_number"].value()) == (422, "论证〔2024〕3号")
    assert Takeover.objects.count() == 0


def test_the_ledger_brings_them_with_what_is_wrong_at_its_cell(world: World) -> None:
    rows = [
        row(1, **PANEL_ROW, panel_conditions_due_on=date(2024, 8, 30)),
        row(2, **{**PANEL_ROW, "panel_conditions": None}),
        row(3, **{**PANEL_ROW, "panel_conclusion": "通过"}),
        row(4, **PANEL_ROW, panel_conditions_due_on=date(2024, 6, 1)),
        row(5, **PANEL_ROW, panel_conditions_due_on="八月底"),
    ]
    assert faults(sent(world.officer2, ledger(rows))) == [
        (3, TITLES["panel_conditions"], "takeover_cell"),
        (4, TITLES["panel_conditions"], "takeover_cell"),
        (5, TITLES["panel_conditions_due_on"], "takeover_cell"),
        (6, TITLES["panel_conditions_due_on"], "date_not_read"),
    ]
    stored(world.officer2, ledger(rows[:1]), key="ledger:2")
    attach_papers(user=world.officer2, files=[scan("收2024-1.pdf")], at=START)
    entry = Takeover.objects.get()
    compared = of(world.head).get(f"/takeovers/{entry.pk}/").content.decode()
    assert {text for text in ("落实用地", "条件落实期限", "2024-08-30") if text not in compared} == set()
    case = accept_takeover(takeover_id=entry.pk, user=world.head, at=START)
    assert [text for _number, text, _state, _due in conditions()] == ["落实用地", "控制负债"]
    assert case.panel_summary["conditions_due_on"] == "2024-08-30"


def test_a_condition_is_of_one_panel_and_numbered_once(world: World, waiting: Case) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Condition.objects.create(ordinal=3, text="无主（示例）")
    with pytest.raises(IntegrityError), transaction.atomic():
        Condition.objects.create(case=waiting, ordinal=1, text="重复（示例）")


def test_nothing_of_it_reaches_another_commission(world: World, told: Case) -> None:
    people = found_world("HAZ", names="别处").people.values()
    assert [matters(user) for user in people] == [[]] * len(people)
    assert {of(user).get(page_of(told)).status_code for user in list(people)[:3]} == {404}
