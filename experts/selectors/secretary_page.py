"""What the panel secretary sees: names, answers, who has signed; facts only, blind to points and verdicts."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from experts.models import Call, Panel, ScoreSheet, Seat
from experts.selectors.final_sheets import draft_text
from experts.selectors.places import latest_panel, places_to_finalise, takes_part_on_screen
from experts.selectors.register import CALLS
from experts.selectors.seat_pages import field_of
from experts.selectors.sheet_views import InquiryView, inquiries_of
from experts.states import SITTING, PanelState, SeatState, SheetStage, SheetState
from investreview.core.errors import NotVisible
from investreview.core.roles import Role
from investreview.core.scope import Scope
from investreview.projects.models import Case

_GONE = (SheetState.SUPERSEDED, SheetState.VOID)


@dataclass(frozen=True)
class SheetFact:
    """How far a sheet is: nothing, a draft, entered by somebody, signed; never what stands on it."""

    state: str
    entered_by: str
    may_compare: bool


@dataclass(frozen=True)
class SecretaryLine:
    """One place with its present holder."""

    place: str
    draw_no: int
    name: str
    phone: str
    email: str
    field: str
    state: str
    is_on_screen: bool
    has_declared: bool
    independent: SheetFact
    final: SheetFact
    attended: bool | None
    was_late: bool
    has_signed: bool
    is_confirmed: bool
    is_seated: bool
    calls: tuple[Call, ...]


@dataclass(frozen=True)
class SecretaryPage:
    """The panel as the secretary runs it; ``drafted_text`` where the chair takes part on paper and finals are in."""

    case_number: str
    project: str
    state: str
    meets_at: datetime
    meeting_place: str
    mode: str
    size: int
    confirmed_count: int
    lines: tuple[SecretaryLine, ...]
    chair: str
    needs_chair: bool
    inquiries: tuple[InquiryView, ...]
    unsent_count: int
    drafted_text: str


def secretary_page(scope: Scope, case: Case) -> SecretaryPage:
    """The newest panel of the case. Raises: NotVisible (experts_seat_not_visible) for everybody but its secretary."""
    panel = latest_panel(case)
    if panel is None:
        raise NotVisible("experts_seat_not_visible")
    return secretary_page_of(scope, panel)


def secretary_page_of(scope: Scope, panel: Panel) -> SecretaryPage:
    """The same of a panel that was read with its case. Raises: NotVisible (experts_seat_not_visible)."""
    case = panel.case
    if not scope.holds(Role.PANEL_SECRETARY, case.path):
        raise NotVisible("experts_seat_not_visible")
    sitting = Seat.objects.filter(panel=panel, state__in=sorted(SITTING)).order_by("place")
    seats = sitting.select_related("expert__user", "panel__case__rule_set", "declaration", "signature")
    unvoided = ScoreSheet.objects.exclude(state__in=_GONE).select_related("entered_by").order_by("ordinal")
    seats = seats.prefetch_related(Prefetch("sheets", queryset=unvoided), CALLS)
    lines = tuple(_line(seat, scope.user_id) for seat in seats)
    inquiries = inquiries_of(panel)
    return SecretaryPage(
        case_number=case.number,
        project=case.project.name,
        state=panel.get_state_display(),
        meets_at=panel.meets_at,
        meeting_place=panel.place,
        mode=panel.get_mode_display(),
        size=panel.size,
        confirmed_count=sum(seat.confirmed_at is not None for seat in seats),
        lines=lines,
        chair=str(panel.chair.place) if panel.chair is not None else "",
        needs_chair=panel.state == PanelState.FINALISING and panel.chair_id is None,
        inquiries=inquiries,
        unsent_count=sum(inquiry.sent_at is None for inquiry in inquiries),
        drafted_text=_drafted_text(panel),
    )


def _line(seat: Seat, reader_id: int) -> SecretaryLine:
    return SecretaryLine(
        place=str(seat.place),
        draw_no=seat.draw_no,
        name=seat.expert.name,
        phone=seat.expert.phone,
        email=seat.expert.email,
        field=field_of(seat),
        state=seat.get_state_display(),
        is_on_screen=takes_part_on_screen(seat),
        has_declared=hasattr(seat, "declaration"),
        independent=_sheet_fact(seat, SheetStage.INDEPENDENT, reader_id),
        final=_sheet_fact(seat, SheetStage.FINAL, reader_id),
        attended=seat.attended,
        was_late=seat.was_late,
        has_signed=hasattr(seat, "signature"),
        is_confirmed=seat.state == SeatState.CONFIRMED,
        is_seated=seat.seated_at is not None,
        calls=tuple(seat.calls.all()),
    )


def _sheet_fact(seat: Seat, stage: SheetStage, reader_id: int) -> SheetFact:
    sheets = [sheet for sheet in seat.sheets.all() if sheet.stage == stage]
    if not sheets:
        return SheetFact(state="", entered_by="", may_compare=False)
    sheet = sheets[-1]
    return SheetFact(
        state=sheet.get_state_display(),
        entered_by=sheet.entered_by.full_name if sheet.entered_by is not None else "",
        may_compare=sheet.state == SheetState.ENTERED and sheet.entered_by_id != reader_id,
    )


def _drafted_text(panel: Panel) -> str:
    """The text for a chair on paper; a chair on screen has it on the own page and nobody else before the signatures."""
    chair = panel.chair
    is_ready = panel.state == PanelState.FINALISING and chair is not None and not takes_part_on_screen(chair)
    return draft_text(panel) if is_ready and not places_to_finalise(panel.case) else ""
