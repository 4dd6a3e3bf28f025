"""The desk of an expert: what waits for an answer, which panels run, and the own signed sheets of all time."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from experts.models import ConflictDeclaration, ScoreSheet, Seat
from experts.selectors.seat_pages import field_of
from experts.states import SEATING, SITTING, PanelState, SeatState, SheetState
from investreview.accounts.models import User
from workflows.labels import node_label
from workflows.models import WorkItem
from workflows.panel.acts import SCORING

_ENDED = frozenset({PanelState.CONCLUDED, PanelState.VOID})


@dataclass(frozen=True)
class SeatRow:
    """One seat: before the confirmation field, time and place only; ``todo`` is what the expert has to do now."""

    seat_id: int
    title: str
    number: str
    meets_at: datetime
    meeting_place: str
    todo: str
    state: str
    due_on: date | None


@dataclass(frozen=True)
class SignedRow:
    """One own sheet that was signed. Units: points."""

    seat_id: int
    project: str
    number: str
    stage: str
    total: int | None
    verdict: str
    state: str
    signed_at: datetime | None


@dataclass(frozen=True)
class ExpertDesk:
    """What waits for the expert, what goes on without them, what is over."""

    waiting: tuple[SeatRow, ...]
    running: tuple[SeatRow, ...]
    over: tuple[SeatRow, ...]


def expert_desk(user: User) -> ExpertDesk:
    """The own seats, newest first; two queries, however many there are."""
    declared = ConflictDeclaration.objects.filter(seat=OuterRef("pk"))
    entered = ScoreSheet.objects.filter(seat=OuterRef("pk"), state=SheetState.ENTERED)
    seats = Seat.objects.filter(expert__user=user).annotate(has_declared=Exists(declared)).order_by("-pk")
    seats = seats.annotate(is_compared=Exists(entered))
    items = _open_items(user)
    waiting: list[SeatRow] = []
    running: list[SeatRow] = []
    over: list[SeatRow] = []
    for seat in seats.select_related("expert", "panel__case__project", "panel__case__rule_set"):
        is_running = seat.panel.state not in _ENDED and seat.state in SITTING
        item = items.get(seat.panel.case_id) if is_running else None
        row = _row(seat, item, is_running=is_running)
        (waiting if row.todo else running if is_running else over).append(row)
    return ExpertDesk(tuple(waiting), tuple(running), tuple(over))


def _open_items(user: User) -> dict[int, WorkItem]:
    """The open steps that are assigned to the expert, by case."""
    items = WorkItem.objects.filter(assignee=user, state=WorkItem.State.OPEN).exclude(place="").order_by("-pk")
    return {item.case_id: item for item in items}


def _row(seat: Any, item: WorkItem | None, *, is_running: bool) -> SeatRow:
    panel = seat.panel
    is_open = seat.confirmed_at is not None
    return SeatRow(
        seat_id=seat.pk,
        title=panel.case.project.name if is_open else field_of(seat),
        number=panel.case.number if is_open else "",
        meets_at=panel.meets_at,
        meeting_place=panel.place,
        todo=_todo(seat, item) if is_running else "",
        state=panel.get_state_display() if seat.state in SITTING else seat.get_state_display(),
        due_on=item.due_on if item is not None else None,
    )


def _todo(seat: Any, item: WorkItem | None) -> str:
    if seat.state == SeatState.REVEALED:
        return _("请答复能否参加") if seat.panel.state in SEATING else ""
    if not seat.has_declared:
        return _("请签署回避声明")
    if seat.is_compared and item is not None and item.node in SCORING:
        return ""
    return str(node_label(item.node)) if item is not None else ""


def signed_rows(user: User) -> tuple[SignedRow, ...]:
    """Every sheet that the expert signed, newest first, those that were corrected or became void among them."""
    sheets = ScoreSheet.objects.filter(seat__expert__user=user).exclude(
        state__in=[SheetState.DRAFT, SheetState.ENTERED]
    )
    found = sheets.filter(signed_at__isnull=False).select_related("seat__panel__case__project").order_by("-signed_at")
    return tuple(
        SignedRow(
            seat_id=sheet.seat_id,
            project=sheet.seat.panel.case.project.name,
            number=sheet.seat.panel.case.number,
            stage=sheet.get_stage_display(),
            total=sheet.total,
            verdict=sheet.get_verdict_display(),
            state=sheet.get_state_display(),
            signed_at=sheet.signed_at,
        )
        for sheet in found
    )
