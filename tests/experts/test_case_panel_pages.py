"""The page 专家论证 of a case: what each side reads, what the enterprise answers and proves, what is judged."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from experts.models import Condition, Inquiry
from experts.services.meeting import ask_inquiry, send_inquiries
from investreview.core import clock
from investreview.demo.files import sample_pdf
from investreview.journal.models import Entry
from investreview.projects.models import Case
from tests.desk.people import auditor_of, browser
from tests.experts import ceremonies, sittings
from tests.experts.halls import Hall
from tests.experts.pool import name_of

QUESTION = "长协销售比例的依据是什么？（示例）"
INSIDE = ("officer", "officer2", "head", "deputy", "director", "document_officer")
STRANGERS = (
    "other_drafter", "sister_drafter", "draw_operator", "draw_supervisor", "panel_secretary", "pool_keeper",
    "rule_keeper", "security_admin", "system_admin", "audit_admin",
)  # fmt: skip


def conditional(place: int) -> dict[str, Any]:
    """Two ask for changes, two agree, the last does not."""
    if place < 3:
        return {"verdict": "AGREE_WITH_CHANGES", "total": 82}
    return {"total": 78} if place < 5 else {"verdict": "DISAGREE", "total": 55}


def address(there: Hall, act: str = "") -> str:
    return f"/cases/{there.case.number}/panel/" + (f"{act}/" if act else "")


def of(there: Hall, who: str) -> Client:
    return browser(there.world.people[who])


def show(there: Hall) -> None:
    """The pages believe that it is the moment of the last act."""
    clock.reset()
    clock.start_demonstration(there.tick())


def asked(there: Hall) -> Inquiry:
    """A question that the enterprise has received."""
    sittings.to_scoring(there)
    ask_inquiry(acting=there.by(there.expert(2)), case_id=there.case.pk, place="2", text=QUESTION, at=there.tick())
    [sent] = send_inquiries(acting=there.by("panel_secretary"), case_id=there.case.pk, at=there.tick())
    show(there)
    return sent


def replied(there: Hall) -> None:
    """The panel has concluded with a condition, and the reply is with the enterprise."""
    sittings.to_concluded(there, final=conditional)
    Case.objects.filter(pk=there.case.pk).update(delivered_at=there.tick(), officer=there.world.officer)
    show(there)


def names_in(text: str) -> list[str]:
    return [name_of(place) for place in range(18) if name_of(place) in text]


def proof() -> SimpleUploadedFile:
    return SimpleUploadedFile("证明（示例）.pdf", sample_pdf("证明（示例）"), content_type="application/pdf")


# Reading

STAGES: dict[str, Callable[[Hall], object]] = {
    "nothing": lambda there: None,
    "drawn": ceremonies.to_drawn,
    "scoring": sittings.to_scoring,
    "opinion": sittings.to_opinion,
}


@pytest.mark.parametrize("stage", STAGES)
def test_neither_side_reads_a_name_before_the_end(there: Hall, stage: str) -> None:
    STAGES[stage](there)
    show(there)
    for who in (*INSIDE, "group_drafter", "group_releaser"):
        for page in (address(there), f"/cases/{there.case.number}/"):
            answer = of(there, who).get(page)
            assert (who, answer.status_code, names_in(answer.content.decode())) == (who, 200, [])


@pytest.mark.parametrize("stage", STAGES)
def test_the_enterprise_reads_no_number_of_places(there: Hall, stage: str) -> None:
    STAGES[stage](there)
    show(there)
    for page in (address(there), f"/cases/{there.case.number}/", "/cases/"):
        text = of(there, "group_drafter").get(page).content.decode()
        assert [word for word in ("5/5", "0/5", "还有", "席", "独立评分", "现场抽取") if word in text] == []


def test_the_office_reads_how_many_have_agreed(there: Hall) -> None:
    ceremonies.to_confirmed(there)
    show(there)
    card = of(there, "officer").get(address(there)).context["card"]
    assert (card.confirmed_count, card.size, [step["state"] for step in card.steps]) == (
        5,
        5,
        ["done", "on", "todo", "todo", "todo"],
    )


def test_after_the_end_the_office_reads_names_scores_and_dissent(there: Hall) -> None:
    sittings.to_concluded(there, final=conditional)
    show(there)
    sat = sorted(expert.name for expert in sittings.experts_of(there))
    page = of(there, "officer").get(address(there))
    [row] = page.context["rounds"]
    assert sorted(names_in(page.content.decode())) == sat
    assert (row.page.opinion.conclusion, row.mean, row.scores[0]) == (
        "有条件通过",
        "75.00",
        ("战略与主业", "15.00", 15, 15, 15),
    )
    assert [one.name for one in row.page.dissent] == [there.seat(5).expert.name]


def test_the_enterprise_reads_the_conclusion_with_the_reply_and_never_a_name(there: Hall) -> None:
    sittings.to_concluded(there, final=conditional)
    show(there)
    before = of(there, "group_drafter").get(address(there)).content.decode()
    replied_at = there.tick()
    Case.objects.filter(pk=there.case.pk).update(delivered_at=replied_at)
    after = of(there, "group_drafter").get(address(there)).content.decode()
    assert [("有条件通过" in text, "补充资金来源证明（示例）" in text) for text in (before, after)] == [
        (False, False),
        (True, True),
    ]
    assert (names_in(before), names_in(after), "75.00" in after) == ([], [], False)


@pytest.mark.parametrize("who", STRANGERS)
def test_the_page_does_not_exist_for_strangers(there: Hall, who: str) -> None:
    inquiry = asked(there)
    user = there.world.people.get(who) or getattr(there.world, who)
    client = browser(user)
    answers = {client.get(address(there)).status_code}
    for act in (f"inquiries/{inquiry.pk}", "conditions/1/evidence", "conditions/1/judgement"):
        answers.add(client.post(address(there, act)).status_code)
    assert answers == {404}


def test_an_expert_and_nobody_signed_in_find_no_page(there: Hall) -> None:
    asked(there)
    assert browser(there.expert(1)).get(address(there)).status_code == 404
    assert browser(None).get(address(there)).status_code == 302


def test_what_the_auditor_reads_is_noted(there: Hall) -> None:
    sittings.to_scoring(there)
    show(there)
    assert browser(auditor_of(there.world)).get(address(there)).status_code == 200
    assert Entry.objects.filter(verb="case.read", subject_key=there.case.number).count() == 1


# Questions


def test_the_enterprise_answers_a_question_once(there: Hall) -> None:
    inquiry = asked(there)
    client = of(there, "group_drafter")
    url = address(there, f"inquiries/{inquiry.pk}")
    empty = client.post(url, {"text": ""})
    done = client.post(url, {"text": "已签三份长协，合计65%。（示例）"})
    again = client.post(url, {"text": "改一改（示例）"})
    inquiry.refresh_from_db()
    assert (empty.status_code, "请填写答复" in empty.content.decode()) == (422, True)
    assert (done.status_code, again.status_code, inquiry.answer) == (302, 422, "已签三份长协，合计65%。（示例）")
    assert "改一改（示例）" in again.content.decode()


def test_a_question_that_was_not_sent_does_not_exist_for_the_enterprise(there: Hall) -> None:
    sittings.to_scoring(there)
    waiting = ask_inquiry(
        acting=there.by(there.expert(2)), case_id=there.case.pk, place="2", text=QUESTION, at=there.tick()
    )
    show(there)
    client = of(there, "group_drafter")
    assert QUESTION not in client.get(address(there)).content.decode()
    assert client.post(address(there, f"inquiries/{waiting.pk}"), {"text": "答（示例）"}).status_code == 404


@pytest.mark.parametrize("who", INSIDE)
def test_the_commission_answers_no_question(there: Hall, who: str) -> None:
    inquiry = asked(there)
    assert of(there, who).post(address(there, f"inquiries/{inquiry.pk}"), {"text": "答"}).status_code == 403


# Conditions


def test_a_condition_goes_from_proof_to_return_to_met(there: Hall) -> None:
    replied(there)
    drafter, officer = of(there, "group_drafter"), of(there, "officer")
    evidence, judgement = address(there, "conditions/1/evidence"), address(there, "conditions/1/judgement")
    incomplete = drafter.post(evidence, {"version": "1", "statement": "已落实（示例）"})
    assert (incomplete.status_code, "请选择证明材料" in incomplete.content.decode()) == (422, True)
    whole = {"version": "1", "statement": "已落实（示例）", "evidence": proof()}
    assert drafter.post(evidence, whole).status_code == 302
    without_reason = officer.post(judgement, {"version": "2", "judgement": "RETURNED", "text": ""})
    assert without_reason.status_code == 422
    returned = {"version": "2", "judgement": "RETURNED", "text": "缺合同（示例）"}
    assert officer.post(judgement, returned).status_code == 302
    assert "缺合同（示例）" in drafter.get(address(there)).content.decode()
    drafter.post(evidence, {"version": "3", "statement": "补充（示例）", "evidence": proof()})
    assert officer.post(judgement, {"version": "4", "judgement": "MET", "text": ""}).status_code == 302
    card = officer.get(address(there)).context["card"]
    assert (Condition.objects.get().state, card.met_count, card.condition_count) == ("MET", 1, 1)


def test_a_stale_judgement_is_refused_and_stands_there_with_the_present_version(there: Hall) -> None:
    replied(there)
    of(there, "group_drafter").post(
        address(there, "conditions/1/evidence"), {"version": "1", "statement": "已落实（示例）", "evidence": proof()}
    )
    page = of(there, "officer").post(
        address(there, "conditions/1/judgement"), {"version": "1", "judgement": "MET", "text": "可以（示例）"}
    )
    [row] = page.context["conditions"]
    assert (page.status_code, row.form["version"].value(), row.form["text"].value()) == (409, "2", "可以（示例）")
    assert Condition.objects.get().state == "SUBMITTED"


@pytest.mark.parametrize("who", ["head", "deputy", "document_officer"])
def test_only_an_officer_judges(there: Hall, who: str) -> None:
    replied(there)
    client = of(there, who)
    assert [row.form for row in client.get(address(there)).context["conditions"]] == [None]
    sent = {"version": "1", "judgement": "MET", "text": ""}
    assert client.post(address(there, "conditions/1/judgement"), sent).status_code == 403


def test_nothing_is_proved_before_the_reply(there: Hall) -> None:
    sittings.to_concluded(there, final=conditional)
    show(there)
    sent = {"version": "1", "statement": "已落实（示例）", "evidence": proof()}
    assert of(there, "group_drafter").post(address(there, "conditions/1/evidence"), sent).status_code == 404


@pytest.mark.parametrize(("who", "cost"), [("officer", 8), ("group_drafter", 9)])
def test_the_page_costs_what_it_costs(
    there: Hall, who: str, cost: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    replied(there)
    client = of(there, who)
    client.get(address(there))
    with django_assert_num_queries(cost):
        client.get(address(there))
