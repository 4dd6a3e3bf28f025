"""What every verb on a panel does the same way: lock case and panel, ask the state, save, write the journal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from django.db.models import QuerySet

from experts.models import Panel, Seat
from experts.states import RUNNING, SITTING, PanelState, SeatState
from experts.verbs import PanelVerb
from investreview.core.errors import Invalid
from investreview.core.models import Versioned
from investreview.journal.services import record
from investreview.projects.acting import Acting
from investreview.projects.models import Case, StoredFile
from investreview.projects.services.common import lock_case
from investreview.projects.services.materials import store_panel_file


@dataclass(frozen=True)
class Scan:
    """A paper as it was uploaded: its bytes and the name of the file."""

    file: IO[bytes]
    name: str


def lock_panel(case: Case, *states: PanelState) -> Panel:
    """The running panel of the locked case, locked too, and in one of ``states`` where they are asked.

    Raises: Invalid (experts_no_running_panel, experts_not_allowed_in_panel_state).
    """
    held = Panel.objects.select_for_update(of=("self",)).select_related("draw", "operator", "supervisor")
    panel = held.filter(case=case, state__in=sorted(RUNNING)).first()
    if panel is None:
        raise Invalid("experts_no_running_panel")
    panel.case = case
    if states and panel.state not in states:
        raise Invalid("experts_not_allowed_in_panel_state", state=panel.get_state_display())
    return panel


def lock_case_and_panel(case_id: int, version: int | None, *states: PanelState) -> tuple[Case, Panel]:
    """Case and running panel, locked in this order. Raises: NotVisible, Stale, Invalid as its two halves do."""
    case = lock_case(case_id, version=version)
    return case, lock_panel(case, *states)


def sitting_seat(panel: Panel, place: str) -> Seat:
    """The seat that holds ``place`` of the locked panel, revealed or confirmed, locked, with its expert.

    Raises: Invalid (experts_place_vacant) while nobody does.
    """
    return _held(panel, place, Seat.objects.filter(state__in=sorted(SITTING)))


def seated_seat(panel: Panel, place: str) -> Seat:
    """The seat whose holder has ``place`` for good, locked. Raises: Invalid (experts_place_vacant)."""
    return _held(panel, place, Seat.objects.filter(state=SeatState.CONFIRMED, seated_at__isnull=False))


def _held(panel: Panel, place: str, seats: QuerySet[Seat]) -> Seat:
    number = int(place) if place.isdecimal() else 0
    held = seats.select_for_update(of=("self",)).select_related("expert__user")
    seat = held.filter(panel=panel, place=number).first()
    if seat is None:
        raise Invalid("experts_place_vacant", place=place)
    seat.panel = panel
    return seat


def save(*rows: Versioned) -> None:
    """The rows are written and the version of each has risen by one."""
    for row in rows:
        row.version += 1
        row.save()


def keep(scan: Scan, *, case: Case, acting: Acting, at: datetime) -> StoredFile:
    """The paper lies in the store, out of reach of the case's readers. Raises: Invalid (the file's fault)."""
    return store_panel_file(case=case, file=scan.file, name=scan.name, user=acting.person, at=at)


def note(
    panel: Panel, verb: PanelVerb, *, acting: Acting, at: datetime, facts: Mapping[str, Any] | None = None
) -> None:
    """The act stands in the commission's journal under the panel, once."""
    record(
        chain=panel.case.commission.code,
        verb=verb.value,
        actor=acting.actor,
        subject=panel.subject,
        at=at,
        facts={"state": panel.state, **(facts or {})},
    )
