"""Scoring, meeting, opinion as tests hold them: each function does what one person does, through the services."""

from collections.abc import Callable
from typing import Any

from experts.models import Expert, Panel, Seat
from experts.rules.entries import SheetEntry
from experts.selectors.final_sheets import draft_text
from experts.selectors.places import places_to_finalise, places_to_score, places_to_sign
from experts.selectors.sheets import rules_of
from experts.services import declarations, meeting, opinions, paper_sheets, sheets, vacancies
from experts.services.declarations import DeclarationEntry
from experts.services.meeting import Attendance, MeetingFacts
from experts.states import SeatState
from investreview.accounts.models import User
from investreview.core.clock import legal_date
from investreview.projects.models import Case
from tests.experts.ceremonies import MEETS_AT, close_invitations, to_confirmed
from tests.experts.halls import Hall, scan
from tests.experts.sheets import whole
from tests.states import kept_step


def declare(there: Hall, place: str | int, *, conflict: str = "", on_paper: bool = False) -> None:
    declarations.declare_conflicts(
        acting=there.by("panel_secretary" if on_paper else there.expert(place)),
        case_id=there.case.pk,
        place=str(place),
        entry=DeclarationEntry(bool(conflict), conflict),
        scan=scan("回避承诺（示例）") if on_paper else None,
        at=there.tick(),
    )


def entry(there: Hall, **fields: Any) -> SheetEntry:
    return whole(rules_of(there.panel), **fields)


def sign(there: Hall, place: str | int, **fields: Any) -> None:
    """The expert signs the sheet that is due, on screen."""
    sheets.sign_sheet(
        acting=there.by(there.expert(place)),
        case_id=there.case.pk,
        version=None,
        place=str(place),
        entry=entry(there, **fields),
        at=there.tick(),
    )


def enter_paper(there: Hall, place: str | int, **fields: Any) -> None:
    reason = fields.pop("correction_reason", "")
    paper_sheets.enter_sheet(
        acting=there.by("panel_secretary"),
        case_id=there.case.pk,
        place=str(place),
        entry=entry(there, **fields),
        dated_on=legal_date(there.now),
        scan=scan("评分表（示例）"),
        correction_reason=reason,
        at=there.tick(),
    )


def compare_paper(there: Hall, place: str | int, *, by: str = "panel_secretary2") -> None:
    paper_sheets.compare_sheet(
        acting=there.by(by), case_id=there.case.pk, version=None, place=str(place), at=there.tick()
    )


def sign_on_paper(there: Hall, place: str | int, **fields: Any) -> None:
    enter_paper(there, place, **fields)
    compare_paper(there, place)


@kept_step
def hold_meeting(there: Hall, *, chair: str = "1", **absent: Attendance) -> Panel:
    """Everybody came, except the places named like ``p3=Attendance.WRITTEN``."""
    there.now = max(there.now, MEETS_AT)
    attendance = {place: absent.get(f"p{place}", Attendance.CAME) for place in there.places()}
    held_at = there.tick()
    meeting.hold_meeting(
        acting=there.by("panel_secretary"),
        case_id=there.case.pk,
        version=None,
        meeting=MeetingFacts(held_at=held_at, attendance=attendance, chair=chair, note="会议正常（示例）"),
        at=there.tick(),
    )
    return there.panel


@kept_step
def put_opinion(there: Hall, *, by: str | User | None = None, text: str = "") -> Panel:
    chair = there.panel.chair
    assert chair is not None
    opinions.put_opinion(
        acting=there.by(by or there.expert(chair.place)),
        case_id=there.case.pk,
        version=None,
        text=text or draft_text(there.panel),
        at=there.tick(),
    )
    return there.panel


def sign_opinion(there: Hall, place: str | int, *, on_paper: bool = False) -> Case:
    return opinions.sign_opinion(
        acting=there.by("panel_secretary" if on_paper else there.expert(place)),
        case_id=there.case.pk,
        version=None,
        place=str(place),
        scan=scan("签名页（示例）") if on_paper else None,
        at=there.tick(),
    )


def leave_own(there: Hall, place: str | int, kind: SeatState = SeatState.RECUSED) -> None:
    """A seated expert leaves through the task of the place."""
    vacancies.leave_seat(
        acting=there.by(there.expert(place)),
        case_id=there.case.pk,
        version=None,
        place=str(place),
        kind=kind,
        reason="知悉项目后发现利害关系（示例）",
        at=there.tick(),
    )


def fill_place(there: Hall, place: str | int) -> None:
    vacancies.fill_place(
        acting=there.by("draw_operator"), case_id=there.case.pk, version=None, place=str(place), at=there.tick()
    )


@kept_step
def to_scoring(there: Hall, **fields: Any) -> Panel:
    """Everybody seated and declared, on screen."""
    to_confirmed(there, **fields)
    close_invitations(there)
    for place in there.places():
        declare(there, place)
    return there.panel


@kept_step
def to_finalising(there: Hall, **fields: Any) -> Panel:
    to_scoring(there, **fields)
    for place in places_to_score(there.case):
        sign(there, place)
    return hold_meeting(there)


@kept_step
def to_opinion(there: Hall, *, final: Callable[[int], dict[str, Any]] = lambda place: {}, **fields: Any) -> Panel:
    """The final sheets as ``final`` says for each place, then the opinion put to the members."""
    to_finalising(there, **fields)
    for place in places_to_finalise(there.case):
        sign(there, place, **final(int(place)))
    return put_opinion(there)


@kept_step
def to_concluded(there: Hall, *, final: Callable[[int], dict[str, Any]] = lambda place: {}, **fields: Any) -> Panel:
    to_opinion(there, final=final, **fields)
    for place in places_to_sign(there.case):
        sign_opinion(there, place)
    return there.panel


def experts_of(there: Hall) -> set[Expert]:
    """Everybody who was ever revealed for the case."""
    return {seat.expert for seat in Seat.objects.filter(panel__case=there.case).select_related("expert")}
