"""What the forms of a panel's steps read of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from experts.models import Departure, Panel, ScoreSheet, Seat
from experts.rules.entries import SheetEntry
from experts.selectors.places import running_panel, seated_seats, seats_at, signed_sheet
from experts.selectors.sheets import entry_of
from experts.states import SITTING, SheetStage, SheetState
from investreview.core.gathering import gather, give_out
from investreview.draws.kinds import DrawState
from investreview.projects.models import Case
from workflows.models import WorkItem

FINAL_NODE = "finalise"


def panel_of_item(item: WorkItem) -> Panel | None:
    """The panel that runs on the case of a step."""
    return running_panel(item.case)


def numbers_are_entered(case: Case) -> bool:
    """Whether the on-site numbers of the running panel's draw are stored, so that the draw only has to go on."""
    panel = running_panel(case)
    return panel is not None and panel.draw.state == DrawState.ENTROPY


def sheet_draft(item: WorkItem) -> ScoreSheet | None:
    """The unsigned sheet of the place's holder, saved so far on screen or typed from paper."""
    unsigned = (one for one in item.holder.sheets.all() if one.state in (SheetState.DRAFT, SheetState.ENTERED))
    return next(unsigned, None)


def earlier_entry(item: WorkItem) -> SheetEntry | None:
    """What stands on the holder's signed independent sheet, when the final one is to be written now."""
    if item.node != FINAL_NODE:
        return None
    signed = signed_sheet(item.holder, SheetStage.INDEPENDENT)
    return entry_of(signed) if signed is not None else None


def seated_places(case: Case) -> list[tuple[str, str]]:
    """(place, name) of everybody who sits on the running panel; for the secretary alone."""
    panel = running_panel(case)
    if panel is None:
        return []
    return [(str(seat.place), f"{seat.place} · {seat.expert.name}") for seat in seated_seats(panel)]


@dataclass(frozen=True)
class Members:
    """Seats with their sheets and departures, still to be read."""

    seats: QuerySet[Seat]
    sheets: QuerySet[ScoreSheet]
    departures: QuerySet[Departure]

    @classmethod
    def at(cls, seats: QuerySet[Seat]) -> "Members":
        """Those of the seats of a query."""
        among = seats.values("pk")
        return cls(seats, ScoreSheet.objects.filter(seat__in=among), Departure.objects.filter(seat__in=among))

    def __iter__(self) -> Iterator[QuerySet[Any]]:
        yield from (self.seats, self.sheets, self.departures)

    def by_place(self) -> dict[str, Seat]:
        """The seats by place, each with its own, when all is read."""
        give_out(self.sheets, self.seats, "sheets")
        give_out(self.departures, self.seats, "departures")
        return {str(seat.place): seat for seat in self.seats}


def members_of(panel: Panel) -> Members:
    """The panel's members."""
    sitting = Seat.objects.filter(panel=panel, state__in=sorted(SITTING))
    return Members.at(sitting.select_related("expert__user", "panel__case"))


def read_holder(item: WorkItem) -> None:
    """Whoever holds the step's place, if anybody does, is at hand with their sheets and departures; one query."""
    members = Members.at(seats_at(item.case, item.place))
    gather(*members)
    for seat in members.by_place().values():
        item.holder = seat


def is_busy(seat: Seat) -> bool:
    """Whether a sheet is to be compared or a departure carried out there: where somebody else acts than the expert."""
    is_entered = any(sheet.state == SheetState.ENTERED for sheet in seat.sheets.all())
    return is_entered or any(one.confirmed_at is not None and one.left_at is None for one in seat.departures.all())


def departure_is_confirmed(item: WorkItem) -> bool:
    """Whether the supervisor has stood for the recorded departure of the place's holder."""
    return any(
        one.confirmed_at is not None and one.rejected_at is None and one.left_at is None
        for one in item.holder.departures.all()
    )
