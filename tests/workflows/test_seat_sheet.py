"""An expert at work: papers, sheet, autosave, two windows, signature, correction, questions, leaving, the opinion."""

from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from experts.models import Inquiry, OpinionSignature, ScoreSheet
from experts.rules.entries import SheetEntry
from experts.states import CallResult
from investreview.demo import panel_hands
from investreview.journal.models import Entry
from tests.desk.people import browser
from tests.experts.pool import name_of
from tests.workflows.panel_stages import Stage, agreed, staged, with_conditions
from workflows.models import WorkItem
from workflows.panel.forms.sheets import initial_of


@pytest.fixture
def stage(db: None) -> Stage:
    return staged(until="declared")


def url(stage: Stage, place: int, act: str = "") -> str:
    return f"/experts/seats/{stage.seat(place).pk}/" + (f"{act}/" if act else "")


def task(stage: Stage, place: int, node: str = "score") -> str:
    item = WorkItem.objects.get(case=stage.case, node=node, place=str(place), state=WorkItem.State.OPEN)
    return f"/tasks/{item.task_id}/"


def typed(entry: SheetEntry, **more: Any) -> dict[str, Any]:
    """The sheet as a browser sends it."""
    return {key: "" if value is None else value for key, value in initial_of(entry).items()} | more


def envelope(page: Any, act: str = "sign_sheet") -> dict[str, str]:
    """What the page's form of the act carries hidden."""
    step = page.context["step"]
    panel = next(one for one in (step.sheet, *step.others) if one is not None and one.act.name == act)
    return {bound.html_name: str(bound.value()) for bound in panel.envelope}


def sign(stage: Stage, client: Client, place: int, node: str = "score", **fields: Any) -> Any:
    sent = envelope(client.get(url(stage, place)))
    return client.post(task(stage, place, node), {**sent, **typed(stage.entry(), **fields)})


def names_in(text: str) -> list[str]:
    return [name_of(place) for place in range(18) if name_of(place) in text]


def test_papers_open_with_the_sheet_beside_them(stage: Stage) -> None:
    client = browser(stage.expert(1))
    page = client.get(url(stage, 1))
    labels = [row.label for row in page.context["papers"]]
    assert (page.context["part"], labels[0], page.context["step"].sheet is not None) == (
        "work",
        "M01 备案报告",
        True,
    )
    assert client.get(task(stage, 1)).context["part"] == "work"


def test_the_page_of_the_step_has_nothing_for_another_expert(stage: Stage) -> None:
    client = browser(stage.expert(2))
    assert (client.get(task(stage, 1)).status_code, client.get(url(stage, 1)).status_code) == (404, 404)


def test_a_paper_is_downloaded_with_a_note_and_only_from_the_own_seat(stage: Stage) -> None:
    client = browser(stage.expert(1))
    paper = client.get(url(stage, 1)).context["papers"][0].paper
    address = url(stage, 1, f"papers/{paper.file_id}")
    answer = client.get(address)
    assert b"".join(answer.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    noted = Entry.objects.get(verb="file.download")
    assert (answer.status_code, answer.headers["Content-Type"], noted.chain) == (
        200,
        "application/octet-stream",
        "LYG:access",
    )
    assert browser(stage.expert(2)).get(address).status_code == 404
    assert client.get(url(stage, 1, "papers/999999")).status_code == 404


def test_the_summary_says_the_facts_on_three_pages(stage: Stage) -> None:
    text = browser(stage.expert(1)).get(url(stage, 1, "summary")).content.decode()
    assert (text.count('class="card ir-page"'), "人民币肆仟伍佰万元整" in text) == (3, True)


@pytest.mark.parametrize(
    ("points", "word", "is_low"), [("15", "优秀", False), ("9", "一般", False), ("8", "较弱", True), ("x", "", False)]
)
def test_the_word_beside_the_points_comes_from_the_server_too(
    stage: Stage, points: str, word: str, is_low: bool
) -> None:
    client = browser(stage.expert(1))
    sent = envelope(client.get(url(stage, 1)))
    page = client.post(task(stage, 1), {**sent, **typed(stage.entry(), points_STRATEGY=points, verdict="")})
    row = page.context["step"].sheet.form.criteria[0]
    assert (page.status_code, row.word, row.needs_comment, str(row.points.value())) == (422, word, is_low, points)


def test_a_low_mark_without_a_comment_is_refused_at_its_field(stage: Stage) -> None:
    client = browser(stage.expert(1))
    page = sign(stage, client, 1, points_MARKET="8", comment_MARKET="", comment="综合意见保留（示例）")
    form = page.context["step"].sheet.form
    assert (page.status_code, list(form.errors), form["comment"].value()) == (
        422,
        ["comment_MARKET"],
        "综合意见保留（示例）",
    )
    assert ScoreSheet.objects.count() == 0


def test_what_was_typed_is_saved_and_stands_there_again(stage: Stage) -> None:
    client = browser(stage.expert(1))
    sent = {**envelope(client.get(url(stage, 1))), "sheet_version": "0", "points_STRATEGY": "12"}
    answer = client.post(url(stage, 1, "sheet"), sent, headers={"accept": "application/json"})
    form = client.get(url(stage, 1)).context["step"].sheet.form
    assert (answer.json()["version"], form["points_STRATEGY"].value(), form.total) == (1, 12, 12)
    by_button = client.post(url(stage, 1, "sheet"), {**sent, "sheet_version": "1", "points_STRATEGY": "13"})
    assert (by_button.status_code, by_button.headers["Location"]) == (302, url(stage, 1))


def test_the_page_carries_the_version_that_a_save_needs(stage: Stage) -> None:
    client = browser(stage.expert(1))
    field = '<input type="hidden" name="sheet_version" value="{}">'
    assert field.format(0) in client.get(url(stage, 1)).content.decode()
    client.post(url(stage, 1, "sheet"), {**envelope(client.get(url(stage, 1))), "sheet_version": "0", "comment": "一"})
    assert field.format(1) in client.get(url(stage, 1)).content.decode()


def test_a_save_from_a_second_window_is_answered_with_both_texts(stage: Stage) -> None:
    client = browser(stage.expert(1))
    sent = {**envelope(client.get(url(stage, 1))), "sheet_version": "0"}
    client.post(url(stage, 1, "sheet"), {**sent, "comment": "先写的意见（示例）"})
    told = client.post(
        url(stage, 1, "sheet"), {**sent, "comment": "后写的意见（示例）"}, headers={"accept": "application/json"}
    )
    page = client.post(url(stage, 1, "sheet"), {**sent, "comment": "后写的意见（示例）"})
    both = (dict(page.context["theirs"])["综合意见"], dict(page.context["yours"])["综合意见"])
    assert (told.status_code, page.status_code, both) == (409, 409, ("先写的意见（示例）", "后写的意见（示例）"))
    assert ScoreSheet.objects.get().comment == "先写的意见（示例）"


@pytest.mark.parametrize("points", ["99", "-1", "12.5", "满分"])
def test_points_that_cannot_stand_are_not_saved(stage: Stage, points: str) -> None:
    client = browser(stage.expert(1))
    sent = {**envelope(client.get(url(stage, 1))), "sheet_version": "0", "points_STRATEGY": points}
    answer = client.post(url(stage, 1, "sheet"), sent, headers={"accept": "application/json"})
    page = client.post(url(stage, 1, "sheet"), sent)
    assert (answer.status_code, page.status_code, ScoreSheet.objects.count()) == (422, 422, 0)
    assert page.context["step"].sheet.form["points_STRATEGY"].value() == points


def test_signed_once_it_stays_and_a_second_press_is_the_same(stage: Stage) -> None:
    client = browser(stage.expert(1))
    address, sent = task(stage, 1), envelope(client.get(url(stage, 1)))
    answers = [client.post(address, {**sent, **typed(stage.entry(81))}) for _ in range(2)]
    assert [one.status_code for one in answers] == [302, 302]
    assert [one.headers["Location"] for one in answers] == [url(stage, 1), url(stage, 1)]
    assert ScoreSheet.objects.get().total == 81
    page = client.get(url(stage, 1))
    assert (page.context["step"], [one.total for one in page.context["own_sheets"]]) == (None, [81])
    late = client.post(url(stage, 1, "sheet"), {"sheet_version": "1"})
    assert late.status_code == 422


def test_a_correction_needs_its_reason_and_keeps_the_first(stage: Stage) -> None:
    client = browser(stage.expert(1))
    sign(stage, client, 1)
    address = url(stage, 1, "correction")
    refused = client.post(address, typed(stage.entry(85), reason=""))
    done = client.post(address, typed(stage.entry(85), reason="计算有误（示例）"))
    states = list(ScoreSheet.objects.order_by("ordinal").values_list("total", "state"))
    assert (client.get(address).status_code, refused.status_code, done.status_code) == (200, 422, 302)
    assert states == [(80, "SUPERSEDED"), (85, "SIGNED")]


def test_nothing_to_correct_before_the_signature(stage: Stage) -> None:
    assert browser(stage.expert(1)).get(url(stage, 1, "correction")).status_code == 422


def test_a_question_is_asked_without_a_name(stage: Stage) -> None:
    client = browser(stage.expert(1))
    empty = client.post(url(stage, 1, "inquiries"), {"text": " "})
    done = client.post(url(stage, 1, "inquiries"), {"text": "资金何时到位？（示例）"})
    seen = browser(stage.expert(2)).get(url(stage, 2)).content.decode()
    assert (empty.status_code, done.status_code, Inquiry.objects.get().text) == (422, 302, "资金何时到位？（示例）")
    assert ("资金何时到位？（示例）" in seen, names_in(seen)) == (True, [name_of_expert(stage, 2)])


def name_of_expert(stage: Stage, place: int) -> str:
    return str(stage.seat(place).expert.name)


def test_no_sheet_of_a_colleague_shows_before_the_meeting(stage: Stage) -> None:
    stage.score(1, 2, 3, 4, 5)
    stage.show()
    page = browser(stage.expert(1)).get(url(stage, 1))
    assert (page.context["colleagues"], names_in(page.content.decode())) == ([], [name_of_expert(stage, 1)])


def test_the_final_sheet_begins_as_the_independent_one_and_shows_the_shift(stage: Stage) -> None:
    stage.score(1, 2, 3, 4, 5)
    stage.meet()
    stage.show()
    client = browser(stage.expert(1))
    page = client.get(url(stage, 1))
    form = page.context["step"].sheet.form
    assert (form.total, form.earlier.total, [row.shift for row in form.criteria]) == (71, 71, ["0"] * 6)
    assert [one.total for one in page.context["colleagues"]] == [72, 73, 74, 75]
    assert names_in(page.content.decode()) == [name_of_expert(stage, 1)]
    sent = {**envelope(page), **typed(stage.entry(71), points_STRATEGY="13", verdict="")}
    again_shown = client.post(task(stage, 1, "finalise"), sent)
    assert again_shown.context["step"].sheet.form.criteria[0].shift == "-2"
    assert sign(stage, client, 1, "finalise").status_code == 302


def test_leaving_voids_the_sheets_and_closes_the_papers(stage: Stage) -> None:
    seat, client = stage.seat(1), browser(stage.expert(1))
    sent = envelope(client.get(url(stage, 1)), "leave_seat")
    address = task(stage, 1)
    refused = client.post(address, {**sent, "kind": "RECUSED", "reason": ""})
    done = client.post(address, {**sent, "kind": "RECUSED", "reason": "发现利害关系（示例）"})
    seat.refresh_from_db()
    page = client.get(f"/experts/seats/{seat.pk}/")
    assert (refused.status_code, done.status_code, seat.state) == (422, 302, "RECUSED")
    assert (page.context["part"], "papers" in page.context) == ("over", False)


def test_a_departure_that_was_confirmed_shuts_papers_and_sheet(stage: Stage) -> None:
    at, reason = stage.tick(), "生病住院（示例）"
    panel_hands.call(stage.case, stage.crew, 1, CallResult.LEAVE, at, reason)
    panel_hands.decline(stage.case, stage.crew, 1, reason, stage.tick())
    stage.show()
    page = browser(stage.expert(1)).get(url(stage, 1))
    assert (page.context["part"], "papers" in page.context, "step" in page.context) == ("leaving", False, False)


def test_the_chair_puts_the_opinion_and_every_member_signs_it(stage: Stage) -> None:
    stage.score(1, 2, 3, 4, 5)
    stage.meet()
    stage.finalise(with_conditions)
    stage.show()
    chair = browser(stage.expert(1))
    page = chair.get(url(stage, 1))
    sent = envelope(page, "put_opinion")
    drafted = page.context["step"].others[0].form["text"].value()
    assert browser(stage.expert(2)).get(url(stage, 2)).context["step"] is None
    put = chair.post(f"/tasks/{page.context['step'].item.task_id}/", {**sent, "text": drafted})
    assert (put.status_code, stage.panel.state) == (302, "OPINION")
    for place in range(1, 6):
        client = browser(stage.expert(place))
        own = client.get(url(stage, place))
        assert own.context["page"].opinion.conclusion == "有条件通过"
        answer = client.post(task(stage, place, "sign_panel_opinion"), envelope(own, "sign_opinion"))
        assert answer.status_code == 302
    assert (OpinionSignature.objects.count(), stage.panel.state) == (5, "CONCLUDED")


def test_after_the_end_only_the_own_sheets_remain(stage: Stage) -> None:
    address, client, own = url(stage, 2), browser(stage.expert(2)), name_of_expert(stage, 2)
    stage.conclude(agreed)
    stage.show()
    page = client.get(address)
    assert (page.context["part"], [one.total for one in page.context["own_sheets"]]) == ("over", [72, 80])
    assert (names_in(page.content.decode()), client.get(f"{address}summary/").status_code) == ([own], 403)
    assert [row.total for row in client.get("/experts/seats/signed/").context["rows"]] == [80, 72]


def test_while_a_paper_sheet_is_compared_nothing_is_asked_of_its_expert(stage: Stage) -> None:
    panel_hands.type_sheet(stage.case, stage.crew, 1, stage.entry(), stage.tick())
    stage.show()
    client = browser(stage.expert(1))
    page, desk = client.get(url(stage, 1)), client.get("/experts/seats/").context["desk"]
    step = page.context["step"]
    assert (step.sheet, [one.act.name for one in step.others]) == (None, ["leave_seat"])
    assert "正由他人对照原件核对" in page.content.decode()
    assert (desk.waiting, len(desk.running)) == ((), 1)


def test_pages_cost_what_they_cost(stage: Stage, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    client = browser(stage.expert(1))
    client.get(url(stage, 1))
    for address, cost in ((url(stage, 1), SEAT), ("/experts/seats/", DESK), ("/experts/seats/signed/", SIGNED)):
        with django_assert_max_num_queries(cost):
            client.get(address)


SEAT, DESK, SIGNED = 11, 6, 5
