"""The conflict declaration 回避承诺: signed on the parties listed by name; no paper of the case opens before it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from experts.models import ConflictDeclaration, Seat
from experts.permissions import conflict_declaration, owns, require_secretary
from experts.selectors.eligible import case_parties
from experts.services.common import Scan, keep, lock_case_and_panel, note, sitting_seat
from experts.services.departures import Reason, ask, leave
from experts.states import SEATING, SeatState, SignedVia
from experts.verbs import PanelVerb
from investreview.core.errors import Invalid
from investreview.core.text import clean_block
from investreview.projects.acting import Acting
from investreview.projects.models import Case

REASON_LENGTH = 200


@dataclass(frozen=True)
class DeclarationEntry:
    """What the expert declares: whether there is a conflict, and which."""

    has_conflict: bool
    statement: str = ""


def declare_conflicts(
    *, acting: Acting, case_id: int, place: str, entry: DeclarationEntry, at: datetime, scan: Scan | None = None
) -> ConflictDeclaration:
    """The declaration is signed; without a conflict the papers are open to this seat, with one the seat is left.

    On screen by the expert, who leaves at once; once seated only papers and sheet close, and the seat is left through
    the task of the place (``leave_seat``, 回避). From paper by the secretary with the scan; the departure then waits
    for the supervisor as every told one does. Raises: Forbidden, Invalid (experts_place_vacant,
    experts_declared_already, experts_statement_needed, experts_scan_needed, the scan's fault). Rule: DOMAIN §6.
    Journal: panel.declare_conflicts; panel.leave_seat when the seat is left at once.
    """
    with transaction.atomic():
        case, panel = lock_case_and_panel(case_id, None, *SEATING)
        seat = sitting_seat(panel, place)
        is_own = owns(acting.user, seat)
        if not is_own:
            require_secretary(acting, panel)
        if seat.state != SeatState.CONFIRMED:
            raise Invalid("experts_place_vacant", place=place)
        if conflict_declaration(seat) is not None:
            raise Invalid("experts_declared_already")
        if entry.has_conflict and not entry.statement.strip():
            raise Invalid("experts_statement_needed", field="statement")
        if not is_own and scan is None:
            raise Invalid("experts_scan_needed", field="scan")
        declaration = _write(case, seat, entry, acting=acting, scan=None if is_own else scan, at=at)
        facts = {"place": seat.place, "draw_no": seat.draw_no, "via": declaration.via}
        note(panel, PanelVerb.DECLARE, acting=acting, at=at, facts=facts)
        if entry.has_conflict:
            _stand_aside(seat, declaration, acting=acting, at=at)
        return declaration


def _write(
    case: Case, seat: Seat, entry: DeclarationEntry, *, acting: Acting, scan: Scan | None, at: datetime
) -> ConflictDeclaration:
    parties = [{"name": party.name, "role": party.role_name} for party in case_parties(case)]
    declaration: ConflictDeclaration = ConflictDeclaration.objects.create(
        seat=seat,
        parties=parties,
        has_conflict=entry.has_conflict,
        statement=clean_block(entry.statement) if entry.statement.strip() else "",
        via=SignedVia.SCREEN if scan is None else SignedVia.PAPER,
        scan=keep(scan, case=case, acting=acting, at=at) if scan is not None else None,
        entered_by=None if scan is None else acting.person,
        signed_at=at,
    )
    return declaration


def _stand_aside(seat: Seat, declaration: ConflictDeclaration, *, acting: Acting, at: datetime) -> None:
    first_line = declaration.statement.splitlines()[0][:REASON_LENGTH]
    reason = Reason(SeatState.RECUSED, first_line)
    if declaration.scan is not None:
        ask(seat, reason, acting=acting, document=declaration.scan, at=at)
    elif seat.seated_at is None:
        leave(ask(seat, reason, acting=acting, document=None, at=at), acting=acting, at=at)
