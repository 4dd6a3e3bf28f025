"""Questions to the enterprise 质询 and the meeting of the panel 论证会: facts only, blind to what the sheets say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from experts.links import case_url
from experts.models import Inquiry, Panel, ScoreSheet
from experts.permissions import require_enterprise, require_own, require_papers_open, require_secretary
from experts.selectors.places import places_to_score, seated_seats
from experts.services.common import lock_case_and_panel, note, save, seated_seat
from experts.services.telling import tell_role, tell_seats
from experts.states import REVIEWING, PanelState, SheetStage, SheetState, SignedVia
from experts.verbs import PanelVerb
from investreview.core.clock import legal_date
from investreview.core.errors import Invalid, NotVisible
from investreview.core.roles import ENTERPRISE_ROLES
from investreview.core.text import clean_block
from investreview.projects.acting import Acting
from investreview.projects.models import Case

INQUIRY_LENGTH = 2_000
ANSWER_LENGTH = 10_000


class Attendance(StrEnum):
    """How a member took part in the meeting; who did not come gives a written opinion."""

    CAME = "CAME"
    LATE = "LATE"
    WRITTEN = "WRITTEN"


@dataclass(frozen=True)
class MeetingFacts:
    """What the secretary records of a meeting: when, who came by place, the place of the chair, a note."""

    held_at: datetime
    attendance: Mapping[str, Attendance]
    chair: str
    note: str = ""


def ask_inquiry(*, acting: Acting, case_id: int, place: str, text: str, at: datetime) -> Inquiry:
    """The expert's question waits for the secretary. Raises: Forbidden, Invalid. Journal: panel.ask_inquiry."""
    with transaction.atomic():
        _case, panel = lock_case_and_panel(case_id, None, *REVIEWING)
        seat = seated_seat(panel, place)
        require_own(acting.user, seat)
        require_papers_open(seat)
        asked = clean_block(text, max_length=INQUIRY_LENGTH)
        inquiry: Inquiry = Inquiry.objects.create(panel=panel, asked_by=seat, text=asked, asked_at=at)
        note(panel, PanelVerb.ASK_INQUIRY, acting=acting, at=at, facts={"inquiry": inquiry.pk, "place": seat.place})
        return inquiry


def send_inquiries(*, acting: Acting, case_id: int, at: datetime) -> tuple[Inquiry, ...]:
    """Every question that waits is with the enterprise, which does not learn who asked it.

    Raises: Forbidden, Invalid (experts_no_inquiry). Journal: panel.send_inquiries.
    """
    with transaction.atomic():
        case, panel = lock_case_and_panel(case_id, None, *REVIEWING)
        require_secretary(acting, panel)
        waiting = tuple(Inquiry.objects.select_for_update().filter(panel=panel, sent_at__isnull=True))
        if not waiting:
            raise Invalid("experts_no_inquiry")
        for inquiry in waiting:
            inquiry.sent_at = at
            inquiry.save()
        for role in sorted(ENTERPRISE_ROLES):
            tell_role(
                role,
                case,
                text=_("办件 %(number)s 的专家组提出了书面质询，请及时答复。"),
                url=case_url(case),
                dedupe_key=f"inquiry:{waiting[-1].pk}",
                at=at,
                number=case.number,
            )
        note(panel, PanelVerb.SEND_INQUIRIES, acting=acting, at=at, facts={"inquiries": [one.pk for one in waiting]})
        return waiting


def answer_inquiry(*, acting: Acting, case_id: int, inquiry_id: int, text: str, at: datetime) -> Inquiry:
    """The enterprise's written answer is with the panel, for good.

    Raises: Forbidden, NotVisible (experts_inquiry_not_visible), Invalid (experts_inquiry_answered).
    Journal: panel.answer_inquiry.
    """
    with transaction.atomic():
        case, panel = lock_case_and_panel(case_id, None, *REVIEWING)
        require_enterprise(acting, case)
        asked = Inquiry.objects.select_for_update().filter(panel=panel, pk=inquiry_id, sent_at__isnull=False)
        inquiry = asked.first()
        if inquiry is None:
            raise NotVisible("experts_inquiry_not_visible")
        if inquiry.answer:
            raise Invalid("experts_inquiry_answered")
        inquiry.answer = clean_block(text, max_length=ANSWER_LENGTH)
        inquiry.answered_by = acting.person
        inquiry.answered_at = at
        inquiry.save()
        tell_seats(
            seats=seated_seats(panel),
            text=_("您参加的论证收到了书面质询的答复，请查阅。"),
            occasion=f"answer:{inquiry.pk}",
            at=at,
            sent_by=None,
        )
        note(panel, PanelVerb.ANSWER_INQUIRY, acting=acting, at=at, facts={"inquiry": inquiry.pk})
        return inquiry


def hold_meeting(*, acting: Acting, case_id: int, version: int | None, meeting: MeetingFacts, at: datetime) -> Case:
    """The meeting is on record, the chair elected, and the final sheets are open to be written.

    Raises: Forbidden, Stale, Invalid (experts_sheets_missing, experts_meeting_time_wrong, experts_sheet_after_meeting,
    experts_attendance_incomplete, experts_chair_absent). Rule: DOMAIN §6, quorum is the whole panel.
    Journal: panel.hold_meeting.
    """
    with transaction.atomic():
        case, panel = lock_case_and_panel(case_id, version, PanelState.SCORING)
        require_secretary(acting, panel)
        missing = places_to_score(case)
        if missing:
            raise Invalid("experts_sheets_missing", count=len(missing))
        _require_time(panel, meeting.held_at, at)
        _record_attendance(panel, meeting.attendance)
        _elect(panel, meeting.chair)
        panel.state = PanelState.FINALISING
        panel.secretary = acting.person
        panel.held_at = meeting.held_at
        panel.meeting_note = clean_block(meeting.note) if meeting.note.strip() else ""
        save(panel)
        tell_seats(
            seats=seated_seats(panel),
            text=_("论证会已登记，请填写最终评分表。"),
            occasion="finalise",
            at=at,
            sent_by=acting.user,
        )
        facts = {
            "held_at": meeting.held_at,
            "chair": panel.chair.place if panel.chair else None,
            "attendance": dict(meeting.attendance),
        }
        note(panel, PanelVerb.HOLD_MEETING, acting=acting, at=at, facts=facts)
        return case


def elect_chair(*, acting: Acting, case_id: int, place: str, at: datetime) -> Case:
    """The panel has a new chair after the first has left; without one nobody signs a final sheet.

    Raises: Forbidden, Invalid (experts_chair_elected, experts_place_vacant, experts_chair_absent).
    Journal: panel.elect_chair.
    """
    with transaction.atomic():
        case, panel = lock_case_and_panel(case_id, None, PanelState.FINALISING)
        require_secretary(acting, panel)
        if panel.chair_id is not None:
            raise Invalid("experts_chair_elected")
        _elect(panel, place)
        save(panel)
        note(panel, PanelVerb.ELECT_CHAIR, acting=acting, at=at, facts={"chair": int(place)})
        return case


def _require_time(panel: Panel, held_at: datetime, at: datetime) -> None:
    """The meeting lies between the last confirmation and now, and after every independent sheet."""
    if held_at > at or (panel.confirmed_at is not None and held_at < panel.confirmed_at):
        raise Invalid("experts_meeting_time_wrong", field="held_at")
    signed = ScoreSheet.objects.filter(
        seat__in=seated_seats(panel), stage=SheetStage.INDEPENDENT, state=SheetState.SIGNED
    )
    on_screen = signed.filter(via=SignedVia.SCREEN).aggregate(last=Max("signed_at"))["last"]
    on_paper = signed.filter(via=SignedVia.PAPER).aggregate(last=Max("dated_on"))["last"]
    is_early = (on_screen is not None and held_at < on_screen) or (
        on_paper is not None and legal_date(held_at) < on_paper
    )
    if is_early:
        raise Invalid("experts_sheet_after_meeting", field="held_at")


def _record_attendance(panel: Panel, attendance: Mapping[str, Attendance]) -> None:
    if set(attendance) != {str(place) for place in range(1, panel.size + 1)}:
        raise Invalid("experts_attendance_incomplete", field="attendance", size=panel.size)
    for place, came in attendance.items():
        seat = seated_seat(panel, place)
        seat.attended = came != Attendance.WRITTEN
        seat.was_late = came == Attendance.LATE
        save(seat)


def _elect(panel: Panel, place: str) -> None:
    """The seat at the place is the chair. Raises: Invalid (experts_place_vacant, experts_chair_absent)."""
    seat = seated_seat(panel, place)
    if seat.attended is False:
        raise Invalid("experts_chair_absent", field="chair")
    panel.chair = seat
