"""The secretary's screen: names and facts, blind to points; sheets from paper by two; declarations and signatures."""

import re
from typing import Any

import pytest

from experts.models import ConflictDeclaration, OpinionSignature, ScoreSheet
from experts.selectors.places import places_to_score
from experts.selectors.sheets import rules_of
from experts.services import meeting
from experts.services.vacancies import leave_seat
from experts.states import ParticipationMode, SheetStage, SheetState, SignedVia
from investreview.core.clock import legal_date
from investreview.journal.models import Entry
from tests.experts import ceremonies, sittings
from tests.experts import engine_rooms as rooms
from tests.experts.doors import act, at_step, browser, opened, page_of, scan, text, url
from tests.experts.halls import Hall

SECRETARY, SECOND = "panel_secretary", "panel_secretary2"
CANARY = "只有专家本人写得出的话（示例）"


def typed_sheet(there: Hall, *, place: str, points: int = 12, **fields: Any) -> dict[str, Any]:
    """A whole sheet as a browser sends it."""
    rules = rules_of(there.panel)
    marks = {f"points_{one.key}": str(min(points, one.points)) for one in rules.criteria}
    comments = {f"comment_{one.key}": "纸面意见（示例）" for one in rules.criteria}
    lines = {f"red_line_{one.key}": "no" for one in rules.red_lines}
    usual = {"verdict": "AGREE", "conditions": "", "comment": "纸面综合意见（示例）", "correction_reason": ""}
    dated = {"dated_on": legal_date(there.now).isoformat(), "scan": scan("评分表（示例）.pdf")}
    return {"place": place, **marks, **comments, **lines, **usual, **dated, **fields}


@pytest.fixture
def on_paper(there: Hall) -> Hall:
    rooms.to_scoring(there, mode=ParticipationMode.PAPER)
    return there


def test_the_secretary_is_led_to_the_members(there: Hall) -> None:
    rooms.to_drawn(there)
    answer = browser(there, SECRETARY).get(url(there))
    assert (answer.status_code, answer.url) == (302, url(there, "members/"))
    assert opened(there, "draw_operator", url(there, "members/")).status_code == 404


def test_nothing_that_was_scored_reaches_the_secretary(there: Hall) -> None:
    rooms.to_scoring(there)
    for place in there.places():
        rooms.score(there, place, total=83, verdict="AGREE_WITH_CHANGES", comment=CANARY)
    page = text(there, SECRETARY)
    assert there.seat(1).expert.name in page
    assert "已签名" in page
    points = re.findall(r"(?<![\w-])83(?![\w-])", page)
    assert (CANARY in page, points, "修改后同意" in page, "补充资金" in page) == (False, [], False, False)


def test_a_declaration_from_paper_needs_its_scan(there: Hall) -> None:
    rooms.to_drawn(there, mode=ParticipationMode.PAPER)
    for seat in ceremonies.reveal_all(there):
        ceremonies.confirm_by_telephone(there, seat.place)
    typed = {"place": "1", "has_conflict": "no", "statement": ""}
    assert act(there, SECRETARY, "declare", **typed).status_code == 422
    for _press in range(2):
        assert act(there, SECRETARY, "declare", **typed, scan=scan()).status_code == 302
    assert ConflictDeclaration.objects.get().via == SignedVia.PAPER


def test_a_conflict_from_paper_needs_words(there: Hall) -> None:
    rooms.to_drawn(there, mode=ParticipationMode.PAPER)
    ceremonies.reveal(there)
    ceremonies.confirm_by_telephone(there, 1)
    answer = act(there, SECRETARY, "declare", place="1", has_conflict="yes", statement="", scan=scan())
    [member] = answer.context["view"].members
    form = next(one for one in member.forms if one.name == "declare")
    assert (answer.status_code, list(form.errors)) == (422, ["statement"])


def test_a_seat_is_confirmed_on_the_telephone(there: Hall) -> None:
    rooms.to_drawn(there)
    ceremonies.reveal(there)
    assert act(there, SECRETARY, "confirm-seat", place="1").status_code == 422
    ceremonies.call(there, 1, ceremonies.CallResult.AGREED, by=SECRETARY)
    for _press in range(2):
        assert act(there, SECRETARY, "confirm-seat", place="1").status_code == 302
    assert there.seat(1).confirmed_via == "TELEPHONE"


def test_the_empty_sheet_is_numbered_and_holds_no_answer(on_paper: Hall) -> None:
    page = text(on_paper, SECRETARY, url(on_paper, "sheets/2/"))
    seat = on_paper.seat(2)
    assert f"{on_paper.case.number}-1-{seat.draw_no:03d}-1" in page
    assert "独立评分" in page and seat.expert.name not in page


def test_a_paper_sheet_is_typed_by_one_and_compared_by_another(on_paper: Hall) -> None:
    for _press in range(2):
        assert act(on_paper, SECRETARY, "enter-sheet", **typed_sheet(on_paper, place="1")).status_code == 302
    sheet = ScoreSheet.objects.get(seat=on_paper.seat(1))
    assert (sheet.state, sheet.entered_by) == (SheetState.ENTERED, on_paper.world.panel_secretary)
    assert opened(on_paper, SECRETARY).context["view"].members[0].compare_task == 0
    assert opened(on_paper, SECOND).context["view"].members[0].compare_task > 0
    page = text(on_paper, SECOND, page_of(on_paper, "score", "1"))
    assert "纸面综合意见（示例）" in page and sheet.scan is not None and sheet.scan.sha256 in page
    assert at_step(on_paper, SECRETARY, "score", "compare_sheet", seat="1").status_code == 403
    answer = at_step(on_paper, SECOND, "score", "compare_sheet", seat="1")
    assert (answer.status_code, answer.url) == (302, url(on_paper))
    assert places_to_score(on_paper.case) == ("2", "3", "4", "5")


def test_an_incomplete_sheet_is_told_at_its_field_and_kept(on_paper: Hall) -> None:
    typed = typed_sheet(on_paper, place="1", points_MARKET="", comment="留下的话（示例）")
    answer = act(on_paper, SECRETARY, "enter-sheet", **typed)
    form = answer.context["form"]
    assert (answer.status_code, list(form.errors)) == (422, ["points_MARKET"])
    assert "留下的话（示例）" in answer.content.decode()
    assert not ScoreSheet.objects.exists()


def test_an_entry_that_differs_goes_back_with_its_reason(on_paper: Hall) -> None:
    act(on_paper, SECRETARY, "enter-sheet", **typed_sheet(on_paper, place="1"))
    answer = act(on_paper, SECOND, "reject-sheet", place="1", reason=" ")
    assert (answer.status_code, list(answer.context["reject"].errors)) == (422, ["reason"])
    for _press in range(2):
        assert act(on_paper, SECOND, "reject-sheet", place="1", reason="第二项不符（示例）").status_code == 302
    assert "第二项不符（示例）" in text(on_paper, SECRETARY, url(on_paper, "sheets/1/enter/"))
    assert act(on_paper, SECRETARY, "enter-sheet", **typed_sheet(on_paper, place="1")).status_code == 302
    assert ScoreSheet.objects.get().state == SheetState.ENTERED


def test_a_meeting_is_recorded_as_facts(on_paper: Hall) -> None:
    for place in on_paper.places():
        act(on_paper, SECRETARY, "enter-sheet", **typed_sheet(on_paper, place=place))
        at_step(on_paper, SECOND, "score", "compare_sheet", seat=place)
    on_paper.now = max(on_paper.now, ceremonies.MEETS_AT)
    came = {f"came_{place}": "CAME" for place in on_paper.places()} | {"came_2": "LATE"}
    held = {"held_at": "2024-07-22T14:00", "chair": "1", "note": "正常（示例）"}
    wrong = at_step(on_paper, SECRETARY, "meeting_of_experts", "hold_meeting", **came, **held | {"chair": ""})
    assert (wrong.status_code, list(wrong.context["panels"][0].form.errors)) == (422, ["chair"])
    answer = at_step(on_paper, SECRETARY, "meeting_of_experts", "hold_meeting", **came, **held)
    assert answer.url == url(on_paper)
    assert (on_paper.seat(2).was_late, on_paper.panel.chair == on_paper.seat(1)) == (True, True)


def test_the_opinion_of_a_panel_on_paper_is_put_and_signed_by_the_secretary(on_paper: Hall) -> None:
    for place in on_paper.places():
        sittings.enter_paper(on_paper, place)
        at_step(on_paper, SECOND, "score", "compare_sheet", seat=place)
    rooms.hold(on_paper)
    for place in on_paper.places():
        sittings.enter_paper(on_paper, place)
        at_step(on_paper, SECOND, "finalise", "compare_sheet", seat=place)
    drafted = opened(on_paper, SECRETARY).context["steps"][0].panels[0].form["text"].value()
    put = at_step(on_paper, SECRETARY, "draft_opinion", "put_opinion", seat="chair", text=drafted)
    assert put.status_code == 302
    assert at_step(on_paper, SECRETARY, "sign_panel_opinion", "sign_opinion", seat="1").status_code == 422
    for place in on_paper.places():
        signed = at_step(on_paper, SECRETARY, "sign_panel_opinion", "sign_opinion", seat=place, scan=scan())
        assert signed.status_code == 302
    assert OpinionSignature.objects.filter(via=SignedVia.PAPER).count() == 5
    assert on_paper.fresh().panel_conclusion == "PASS"


def test_inquiries_go_to_the_enterprise_once(there: Hall) -> None:
    rooms.to_scoring(there)
    meeting.ask_inquiry(
        acting=there.by(there.expert(1)), case_id=there.case.pk, place="1", text="问题（示例）", at=there.tick()
    )
    assert [form.name for form in opened(there, SECRETARY).context["view"].acts] == ["send-inquiries"]
    for _press in range(2):
        assert act(there, SECRETARY, "send-inquiries").status_code == 302
    assert opened(there, SECRETARY).context["view"].acts == ()


def test_a_new_chair_is_elected_when_the_first_has_left(there: Hall) -> None:
    rooms.to_scoring(there)
    for place in there.places():
        rooms.score(there, place)
    rooms.hold(there, chair="1")
    leaving = {"kind": "RECUSED", "reason": "利害关系（示例）"}
    rooms.perform(there, "finalise", there.expert(1), leave_seat, place="1", **leaving)
    assert act(there, SECRETARY, "elect-chair", chair="").status_code == 422
    for _press in range(2):
        assert act(there, SECRETARY, "elect-chair", chair="2").status_code == 302
    assert there.panel.chair == there.seat(2)


def test_scans_of_sheets_are_for_secretary_and_auditor_only(on_paper: Hall) -> None:
    act(on_paper, SECRETARY, "enter-sheet", **typed_sheet(on_paper, place="1"))
    scanned = ScoreSheet.objects.get(stage=SheetStage.INDEPENDENT).scan
    assert scanned is not None
    address = f"/experts/files/{scanned.pk}/"
    answers = {who: opened(on_paper, who, address) for who in (SECOND, "draw_operator", "draw_supervisor", "officer")}
    assert [answer.status_code for answer in answers.values()] == [200, 404, 404, 404]
    answers[SECOND].close()


def test_the_members_cost_the_same_however_many_sheets_wait(on_paper: Hall, django_assert_max_num_queries: Any) -> None:
    there, counted = on_paper, []
    for place in (1, 2, 3):
        sittings.enter_paper(there, place)
        client = browser(there, SECOND)
        client.get(url(there, "members/"))
        with django_assert_max_num_queries(14) as seen:
            client.get(url(there, "members/"))
        counted.append(len(seen))
    assert len(set(counted)) == 1


def test_a_meeting_is_put_off_once_and_never_into_the_past(there: Hall) -> None:
    rooms.to_drawn(there)
    typed = {"meets_at": "2024-07-25T09:00", "venue": "五楼会议室（示例）", "reason": "一位专家出差（示例）"}
    wrong = act(there, SECRETARY, "postpone", **typed | {"meets_at": "2024-07-01T09:00"})
    assert (wrong.status_code, list(wrong.context["view"].postpone.errors)) == (422, ["meets_at"])
    for _press in range(2):
        assert act(there, SECRETARY, "postpone", **typed).status_code == 302
    assert there.panel.place == "五楼会议室（示例）"
    assert Entry.objects.filter(verb="panel.postpone_meeting").count() == 1
