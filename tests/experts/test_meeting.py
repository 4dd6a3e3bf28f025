"""Questions to the enterprise, the meeting, the quorum, the chair."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from experts.models import Inquiry
from experts.selectors import seat_pages
from experts.selectors.office_pages import enterprise_page
from experts.selectors.seat_pages import seat_page
from experts.services import meeting, scheduling
from experts.services.meeting import Attendance, MeetingFacts
from experts.states import PanelState
from investreview.accounts.selectors import scope_of
from investreview.core.errors import DomainError
from investreview.notices.models import Notice
from tests.experts import sittings
from tests.experts.ceremonies import MEETS_AT
from tests.experts.halls import Hall, refused
from tests.world import later

WRITTEN = Attendance.WRITTEN


@pytest.fixture
def scoring(there: Hall) -> Hall:
    sittings.to_scoring(there)
    return there


@pytest.fixture
def scored(scoring: Hall) -> Hall:
    for place in scoring.places():
        sittings.sign(scoring, place)
    return scoring


def held(there: Hall, **facts: Any) -> str:
    usual: dict[str, Any] = {
        "held_at": MEETS_AT,
        "attendance": dict.fromkeys(there.places(), Attendance.CAME),
        "chair": "1",
    }
    there.now = max(there.now, MEETS_AT)
    try:
        meeting.hold_meeting(
            acting=there.by("panel_secretary"),
            case_id=there.case.pk,
            version=None,
            meeting=MeetingFacts(**usual | facts),
            at=there.now,
        )
    except DomainError as error:
        return error.code
    return "held"


def ask(there: Hall, place: str, text: str) -> Inquiry:
    return meeting.ask_inquiry(
        acting=there.by(there.expert(place)), case_id=there.case.pk, place=place, text=text, at=there.tick()
    )


def test_the_meeting_comes_after_every_independent_sheet(scoring: Hall) -> None:
    for place in ("1", "2", "3", "4"):
        sittings.sign(scoring, place)
    assert held(scoring) == "experts_sheets_missing"
    sittings.sign(scoring, "5")
    assert held(scoring, held_at=scoring.now) == "held"


def test_facts_of_the_meeting_are_kept(scored: Hall) -> None:
    came = dict.fromkeys(scored.places(), Attendance.CAME) | {"2": Attendance.LATE, "3": WRITTEN}
    assert held(scored, attendance=came, chair="4", note="3号未到（示例）") == "held"
    panel = scored.panel
    assert (panel.state, panel.held_at, panel.meeting_note) == (
        PanelState.FINALISING,
        MEETS_AT,
        "3号未到（示例）",
    )
    assert (panel.chair, panel.secretary) == (scored.seat(4), scored.world.panel_secretary)
    assert [(scored.seat(p).attended, scored.seat(p).was_late) for p in ("1", "2", "3")] == [
        (True, False),
        (True, True),
        (False, False),
    ]


def test_the_quorum_is_the_whole_panel(scored: Hall) -> None:
    four = dict.fromkeys(("1", "2", "3", "4"), Attendance.CAME)
    assert held(scored, attendance=four) == "experts_attendance_incomplete"
    assert held(scored, attendance=four | {"6": Attendance.CAME}) == "experts_attendance_incomplete"


def test_the_chair_is_somebody_who_came(scored: Hall) -> None:
    absent = dict.fromkeys(scored.places(), Attendance.CAME) | {"1": WRITTEN}
    assert held(scored, attendance=absent, chair="1") == "experts_chair_absent"
    assert held(scored, attendance=absent, chair="9") == "experts_place_vacant"
    assert held(scored, attendance=absent, chair="2") == "held"


def test_the_meeting_lies_between_the_sheets_and_now(scored: Hall) -> None:
    confirmed_at, last = scored.panel.confirmed_at, scored.now
    assert confirmed_at is not None
    second = timedelta(seconds=1)
    assert held(scored, held_at=confirmed_at - second) == "experts_meeting_time_wrong"
    assert held(scored, held_at=MEETS_AT + second) == "experts_meeting_time_wrong"
    assert held(scored, held_at=last - second) == "experts_sheet_after_meeting"
    assert held(scored, held_at=last) == "held"


def test_only_a_secretary_apart_from_the_case_records_it(scored: Hall) -> None:
    for who in ("draw_operator", "draw_supervisor", "officer", "head", "group_releaser", scored.expert(1)):
        code = refused(
            meeting.hold_meeting,
            acting=scored.by(who),
            case_id=scored.case.pk,
            version=None,
            meeting=MeetingFacts(scored.now, {}, "1"),
            at=scored.tick(),
        )
        assert code == "projects_role_missing"


@pytest.mark.parametrize(
    ("at", "code"),
    [(later(24, 0) - timedelta(minutes=1), "signed"), (later(24, 0), "experts_written_opinion_late")],
)
def test_a_written_opinion_comes_within_two_working_days(scored: Hall, at: datetime, code: str) -> None:
    absent = dict.fromkeys(scored.places(), Attendance.CAME) | {"3": WRITTEN}
    assert held(scored, attendance=absent) == "held"  # Monday, 22 July: due on Wednesday, 24 July
    page = seat_page(scored.expert(3), scored.seat(3).pk)
    assert str(page.written_opinion_due_on) == "2024-07-24"
    scored.now = at - timedelta(minutes=1)
    try:
        sittings.sign(scored, "3")
    except DomainError as error:
        assert error.code == code
    else:
        assert code == "signed"
    sittings.sign(scored, "4")


def test_a_question_reaches_the_enterprise_without_who_asked(scoring: Hall) -> None:
    ask(scoring, "2", "客户来源是否落实？")
    act = {"case_id": scoring.case.pk, "at": scoring.tick()}
    drafter = scoring.world.group_drafter
    assert enterprise_page(scope_of(drafter, scoring.now), scoring.case).inquiries == ()  # type: ignore[union-attr]
    [sent] = meeting.send_inquiries(acting=scoring.by("panel_secretary"), **act)
    assert refused(meeting.send_inquiries, acting=scoring.by("panel_secretary"), **act) == "experts_no_inquiry"
    [shown] = enterprise_page(scope_of(drafter, scoring.now), scoring.case).inquiries  # type: ignore[union-attr]
    assert (shown.inquiry_id, shown.text, shown.answer) == (sent.pk, "客户来源是否落实？", "")
    told = Notice.objects.filter(dedupe_key=f"inquiry:{sent.pk}").order_by("user__username")
    assert [notice.user for notice in told] == [drafter, scoring.world.group_releaser]
    meeting.answer_inquiry(acting=scoring.by("group_drafter"), inquiry_id=sent.pk, text="已签订意向协议。", **act)
    again = {"acting": scoring.by("group_releaser"), "inquiry_id": sent.pk, "text": "补充", **act}
    assert refused(meeting.answer_inquiry, **again) == "experts_inquiry_answered"
    for place in ("1", "2"):
        [read] = seat_page(scoring.expert(place), scoring.seat(place).pk).inquiries
        assert read.answer == "已签订意向协议。"


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("other_drafter", "projects_role_missing"),
        ("sub_drafter", "projects_role_missing"),
        ("officer", "projects_role_missing"),
        ("panel_secretary", "projects_role_missing"),
    ],
)
def test_only_the_cases_own_enterprise_answers(scoring: Hall, who: str, code: str) -> None:
    inquiry = ask(scoring, "2", "客户来源是否落实？")
    act = {"case_id": scoring.case.pk, "inquiry_id": inquiry.pk, "text": "是。", "at": scoring.tick()}
    assert refused(meeting.answer_inquiry, acting=scoring.by("group_drafter"), **act) == "experts_inquiry_not_visible"
    meeting.send_inquiries(acting=scoring.by("panel_secretary"), case_id=scoring.case.pk, at=scoring.tick())
    assert refused(meeting.answer_inquiry, acting=scoring.by(who), **act) == code


def test_only_a_member_asks_for_their_own_place(scoring: Hall) -> None:
    act = {"case_id": scoring.case.pk, "place": "1", "text": "？", "at": scoring.tick()}
    for who in (scoring.expert(2), "panel_secretary", "officer"):
        assert refused(meeting.ask_inquiry, acting=scoring.by(who), **act) == "experts_place_of_another"


def test_there_is_one_chair(scored: Hall) -> None:
    assert held(scored) == "held"
    act = {"acting": scored.by("panel_secretary"), "case_id": scored.case.pk, "place": "2", "at": scored.tick()}
    assert refused(meeting.elect_chair, **act) == "experts_chair_elected"


def postponed(there: Hall, *, by: str = "panel_secretary", reason: str = "时间冲突（示例）", **fields: Any) -> str:
    facts = {"meets_at": later(30, 9), "place": "市国资委五楼会议室（示例）", "reason": reason} | fields
    act = {"acting": there.by(by), "case_id": there.case.pk, "at": there.tick()}
    try:
        scheduling.postpone_meeting(**act, **facts)
    except DomainError as error:
        return error.code
    return "postponed"


def test_the_meeting_is_put_off_and_everybody_invited_is_told(scoring: Hall) -> None:
    assert postponed(scoring) == "postponed"
    panel = scoring.panel
    assert (panel.meets_at, panel.place) == (later(30, 9), "市国资委五楼会议室（示例）")
    told = Notice.objects.filter(dedupe_key__contains=":postponed:")
    assert {notice.user for notice in told} == {scoring.expert(place) for place in scoring.places()}
    assert seat_pages.invitation_of(scoring.expert(1), scoring.seat(1).pk).meets_at == later(30, 9)


def test_the_meeting_is_put_off_for_a_reason_into_the_future_by_the_secretary(scoring: Hall) -> None:
    assert postponed(scoring, reason=" ") == "projects_reason_needed"
    assert postponed(scoring, meets_at=scoring.now) == "experts_meeting_in_past"
    for who in ("draw_operator", "draw_supervisor", "officer", "group_releaser"):
        assert (who, postponed(scoring, by=who)) == (who, "projects_role_missing")


def test_a_meeting_on_record_is_not_put_off(scored: Hall) -> None:
    assert held(scored) == "held"
    assert postponed(scored) == "experts_not_allowed_in_panel_state"
