"""Where the places 席位 of a case's panel stand: what the process asks. A place is the text of its number, or "chair".

A place passes from whoever leaves to whoever joins; what counts is always its present holder's.
"""

from datetime import date

from django.db.models import F, Q, QuerySet, Subquery

from experts.models import Panel, ScoreSheet, Seat
from experts.states import RUNNING, SITTING, PanelState, ParticipationMode, SeatState, SheetStage, SheetState
from investreview.accounts.models import User
from investreview.core.errors import NotVisible
from investreview.core.once import once
from investreview.core.roles import Role
from investreview.projects.models import Case

CHAIR = "chair"
_SITTING = sorted(SITTING)


def running_panel(case: Case) -> Panel | None:
    """The panel that runs on the case, if one does."""
    return Panel.objects.filter(case=case, state__in=sorted(RUNNING)).select_related("case", "draw", "chair").first()


def latest_panel(case: Case) -> Panel | None:
    """The newest panel of the case, running or ended."""
    along = ("case__project", "case__enterprise", "case__rule_set", "case__commission", "draw", "chair")
    return Panel.objects.filter(case=case).select_related(*along).order_by("-round").first()


def places_to_score(case: Case) -> tuple[str, ...]:
    """The places of the running panel whose holder has no signed independent sheet, the vacant ones among them."""
    return _places_without(case, SheetStage.INDEPENDENT)


def places_to_finalise(case: Case) -> tuple[str, ...]:
    """The places of the running panel whose holder has no signed final sheet, the vacant ones among them."""
    return _places_without(case, SheetStage.FINAL)


def places_to_sign(case: Case) -> tuple[str, ...]:
    """The places whose holder has not signed the panel opinion; none once it has concluded."""
    panel = running_panel(case)
    if panel is None or panel.state != PanelState.OPINION:
        return ()
    signed = set(seated_seats(panel).filter(signature__isnull=False).values_list("place", flat=True))
    return tuple(str(place) for place in range(1, panel.size + 1) if place not in signed)


def place_is_vacant(case: Case, place: str) -> bool:
    """Whether nobody has the place of the running panel for good: left, and not yet filled again."""
    panel = running_panel(case)
    return panel is not None and not seated_seats(panel).filter(place=_number(place)).exists()


def role_of_place(case: Case, place: str) -> Role:
    """Who works for the place: its expert on screen, or the panel secretary from paper."""
    seat = _find_seat(case, place)
    return Role.EXPERT if seat is not None and takes_part_on_screen(seat) else Role.PANEL_SECRETARY


def seat_at(case: Case, place: str) -> Seat:
    """The seat that holds the place of the case's newest panel, confirmed or waiting for it.

    Raises: NotVisible (experts_seat_not_visible) while nobody does.
    """
    seat = _find_seat(case, place)
    if seat is None:
        raise NotVisible("experts_seat_not_visible")
    return seat


def assignee_of_place(case: Case, place: str) -> User | None:
    """The account of the expert who works for the place on screen; nobody where the secretary does."""
    seat = _find_seat(case, place)
    return seat.expert.user if seat is not None and takes_part_on_screen(seat) else None


def takes_part_on_screen(seat: Seat) -> bool:
    """Whether the seat's expert acts from an own sign-in: the panel is not on paper and the account is active."""
    user = seat.expert.user
    return user is not None and user.is_active and seat.panel.mode != ParticipationMode.PAPER


def seated_seats(panel: Panel) -> QuerySet[Seat]:
    """The seats whose holders have their place for good, in the order of the places."""
    seated = Seat.objects.filter(panel=panel, state=SeatState.CONFIRMED, seated_at__isnull=False)
    return seated.select_related("expert__user", "panel").order_by("place")


def signed_sheet(seat: Seat, stage: SheetStage) -> ScoreSheet | None:
    """The signed sheet of a stage that counts for the seat."""
    signed = (sheet for sheet in seat.sheets.all() if sheet.stage == stage and sheet.state == SheetState.SIGNED)
    return next(signed, None)


def _places_without(case: Case, stage: SheetStage) -> tuple[str, ...]:
    panel = running_panel(case)
    if panel is None:
        return ()
    signed = set(
        seated_seats(panel).filter(sheets__stage=stage, sheets__state=SheetState.SIGNED).values_list("place", flat=True)
    )
    return tuple(str(place) for place in range(1, panel.size + 1) if place not in signed)


def seats_at(case: Case, place: str) -> QuerySet[Seat]:
    """The seat of ``seat_at``, or none, still to be read."""
    newest = Panel.objects.filter(case=case).order_by("-round").values("pk")[:1]
    sitting = Seat.objects.filter(panel=Subquery(newest), state__in=_SITTING)
    at_place = Q(place=F("panel__chair__place")) if place == CHAIR else Q(place=_number(place))
    return sitting.filter(at_place).select_related("expert__user", "panel__case", "panel__chair")


def _find_seat(case: Case, place: str) -> Seat | None:
    return once(("seat", case.pk, place), seats_at(case, place).first)


def _number(place: str) -> int:
    return int(place) if place.isdecimal() else 0


def panel_due_on(case: Case) -> date | None:
    """Until when the running panel has to have signed its opinion; None before its draw is announced."""
    panel = running_panel(case)
    due_on: date | None = panel.due_on if panel is not None else None
    return due_on
