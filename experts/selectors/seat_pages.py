"""What an expert sees: the invitation, the own seat. Nobody else's seat exists for them (DOMAIN §1, §6)."""

from dataclasses import dataclass
from datetime import date, datetime

from experts.models import Panel, PanelOpinion, Seat
from experts.permissions import (
    conflict_declaration,
    may_answer_invitation,
    may_read_colleagues_sheets,
    may_read_papers,
)
from experts.selectors.final_sheets import draft_text
from experts.selectors.parties import PartyLine, case_parties
from experts.selectors.places import places_to_finalise, seated_seats
from experts.selectors.sheet_views import (
    InquiryView,
    OpinionView,
    SheetView,
    inquiries_of,
    opinion_view,
    sheets_of,
    signed_views,
)
from experts.selectors.sheets import due_stage, rules_of, written_opinion_due_on
from experts.states import REVIEWING, SEATING, SITTING, PanelState, SeatState, SheetStage
from investreview.accounts.models import User
from investreview.core.errors import Invalid, NotVisible
from investreview.core.gathering import gather_related
from investreview.projects.panel import said

_OWN = (
    "expert__user",
    "declaration",
    "signature",
    "panel__chair",
    "panel__case__project",
    "panel__case__enterprise",
    "panel__case__group",
    "panel__case__commission",
    "panel__case__rule_set",
)


@dataclass(frozen=True)
class Invitation:
    """What the first call tells too: field, time, place, duration, fee; never project or enterprise."""

    seat_id: int
    field: str
    meets_at: datetime
    meeting_place: str
    duration: str
    fee: str
    mode: str
    state: str
    may_answer: bool
    may_open: bool


@dataclass(frozen=True)
class SeatPage:
    """The own seat of a member who has confirmed; ``due`` is the stage to be written now, empty when none is."""

    invitation: Invitation
    case_number: str
    project: str
    enterprise: str
    place: str
    panel_state: str
    round_reason: str
    parties: tuple[PartyLine, ...]
    has_declared: bool
    has_conflict: bool
    may_read_papers: bool
    due: str
    written_opinion_due_on: date | None
    own_sheets: tuple[SheetView, ...]
    colleagues_independent: tuple[SheetView, ...]
    colleagues_final: tuple[SheetView, ...]
    inquiries: tuple[InquiryView, ...]
    is_chair: bool
    drafted_text: str
    opinion: OpinionView | None
    has_signed: bool


def invitations_of(user: User) -> tuple[Invitation, ...]:
    """Every seat that was ever offered to this person, newest first."""
    seats = Seat.objects.filter(expert__user=user).select_related("panel__case__rule_set", "expert__user")
    return tuple(invitation_at(user, seat) for seat in seats.order_by("-pk"))


def invitation_of(user: User, seat_id: int) -> Invitation:
    """The own invitation. Raises: NotVisible (experts_seat_not_visible), the same for a seat that does not exist."""
    return invitation_at(user, own_seat(user, seat_id))


def own_seat(user: User, seat_id: int) -> Seat:
    """The seat, if it is this person's, with everything its own page asks of it; two queries.

    Raises: NotVisible (experts_seat_not_visible).
    """
    seat = Seat.objects.select_related(*_OWN).filter(pk=seat_id, expert__user=user).first()
    if seat is None or not user.is_active:
        raise NotVisible("experts_seat_not_visible")
    gather_related(seat, "sheets", "departures")
    return seat


def seat_page(user: User, seat_id: int) -> SeatPage:
    """The own seat once it is confirmed; after the panel has ended, or the seat was left, only the own sheets remain.

    Raises: NotVisible (experts_seat_not_visible), also before the confirmation.
    """
    return page_at(user, own_seat(user, seat_id))


def page_at(user: User, seat: Seat) -> SeatPage:
    """The same of a seat that was read as one's own."""
    panel = seat.panel
    if seat.confirmed_at is None:
        raise NotVisible("experts_seat_not_visible")
    is_open = may_read_papers(seat)
    declaration = conflict_declaration(seat)
    is_chair = is_open and panel.chair_id == seat.pk
    return SeatPage(
        invitation=invitation_at(user, seat),
        case_number=panel.case.number,
        project=panel.case.project.name,
        enterprise=str(panel.case.enterprise),
        place=str(seat.place),
        panel_state=panel.get_state_display(),
        round_reason=panel.round_reason,
        parties=_parties(seat) if declaration is None else (),
        has_declared=declaration is not None,
        has_conflict=declaration is not None and declaration.has_conflict,
        may_read_papers=is_open,
        due=_due(seat),
        written_opinion_due_on=written_opinion_due_on(seat),
        own_sheets=sheets_of(seat),
        colleagues_independent=_colleagues(seat, SheetStage.INDEPENDENT),
        colleagues_final=_colleagues(seat, SheetStage.FINAL),
        inquiries=inquiries_of(panel) if is_open else (),
        is_chair=is_chair,
        drafted_text=_drafted_text(panel) if is_chair else "",
        opinion=_opinion(seat) if is_open else None,
        has_signed=hasattr(seat, "signature"),
    )


def field_of(seat: Seat) -> str:
    """The field a member is asked for: the seat's class, else the own specialties."""
    rules = rules_of(seat.panel)
    for each in rules.seats:
        if each.key == seat.seat_class:
            return said(each.name, each.name_en)
    own = set(seat.expert.specialties)
    return said("、", ", ").join(said(one.name, one.name_en) for one in rules.specialties if one.key in own)


def invitation_at(user: User, seat: Seat) -> Invitation:
    """The invitation to a seat that was read as one's own."""
    panel = seat.panel
    return Invitation(
        seat_id=seat.pk,
        field=field_of(seat),
        meets_at=panel.meets_at,
        meeting_place=panel.place,
        duration=panel.duration,
        fee=panel.fee,
        mode=panel.get_mode_display(),
        state=seat.get_state_display(),
        may_answer=panel.state in SEATING and seat.state in SITTING and may_answer_invitation(user, seat),
        may_open=seat.confirmed_at is not None,
    )


def _parties(seat: Seat) -> tuple[PartyLine, ...]:
    if seat.state != SeatState.CONFIRMED or seat.panel.state not in SEATING:
        return ()
    return case_parties(seat.panel.case)


def _due(seat: Seat) -> str:
    is_writing = seat.seated_at is not None and seat.panel.state in REVIEWING and may_read_papers(seat)
    try:
        return due_stage(seat).value if is_writing else ""
    except Invalid:
        return ""


def _colleagues(seat: Seat, stage: SheetStage) -> tuple[SheetView, ...]:
    if not may_read_colleagues_sheets(seat, stage):
        return ()
    return signed_views(seated_seats(seat.panel).exclude(pk=seat.pk), stage)


def _drafted_text(panel: Panel) -> str:
    is_ready = panel.state == PanelState.FINALISING and not places_to_finalise(panel.case)
    return draft_text(panel) if is_ready else ""


def _opinion(seat: Seat) -> OpinionView | None:
    if seat.panel.state != PanelState.OPINION:
        return None
    opinion = PanelOpinion.objects.prefetch_related("conditions").filter(panel=seat.panel).first()
    return opinion_view(opinion, seat.panel.size) if opinion is not None else None
