"""The whole panel for the auditor: who asked, who scored how, who signed, and what the journal says of it."""

from dataclasses import dataclass
from datetime import datetime

from experts.models import ConflictDeclaration, Inquiry, OpinionSignature, Panel, PanelOpinion, Seat
from experts.selectors.office_pages import Dissent
from experts.selectors.seat_pages import field_of
from experts.selectors.sheet_views import OpinionView, SheetView, opinion_view, sheets_of
from investreview.core.errors import NotVisible
from investreview.core.roles import Role
from investreview.core.scope import Scope
from investreview.journal.models import Entry
from investreview.journal.selectors import entries_of_many
from investreview.projects.models import Case


@dataclass(frozen=True)
class SeatAudit:
    """One seat, also of somebody who left, with everything that was signed on it."""

    place: int
    draw_no: int
    name: str
    field: str
    state: str
    wave: int
    confirmed_via: str
    has_conflict: bool | None
    attended: bool | None
    was_late: bool
    sheets: tuple[SheetView, ...]
    opinion_signed_at: datetime | None


@dataclass(frozen=True)
class InquiryAudit:
    """A question with who asked it."""

    place: int
    text: str
    answer: str


@dataclass(frozen=True)
class AuditPage:
    """One round of the case's panels; the ceremony itself is on its own page."""

    round: int
    round_reason: str
    state: str
    void_reason: str
    operator: str
    supervisor: str
    secretary: str
    seats: tuple[SeatAudit, ...]
    inquiries: tuple[InquiryAudit, ...]
    opinion: OpinionView | None
    dissent: tuple[Dissent, ...]
    entries: tuple[Entry, ...]


def audit_pages(scope: Scope, case: Case) -> tuple[AuditPage, ...]:
    """Every round, newest first. Raises: NotVisible (experts_seat_not_visible) for everybody but the auditor."""
    if not scope.holds(Role.AUDITOR, case.path):
        raise NotVisible("experts_seat_not_visible")
    panels = Panel.objects.filter(case=case).select_related("case__rule_set", "draw", "operator", "supervisor")
    return tuple(_page(panel) for panel in panels.select_related("secretary").order_by("-round"))


def _page(panel: Panel) -> AuditPage:
    opinion = PanelOpinion.objects.filter(panel=panel).first()
    seats = Seat.objects.filter(panel=panel).select_related("expert", "panel__case__rule_set").order_by("place", "pk")
    return AuditPage(
        round=panel.round,
        round_reason=panel.round_reason,
        state=panel.get_state_display(),
        void_reason=panel.void_reason,
        operator=panel.operator.full_name if panel.operator is not None else "",
        supervisor=panel.supervisor.full_name if panel.supervisor is not None else "",
        secretary=panel.secretary.full_name if panel.secretary is not None else "",
        seats=tuple(_seat(seat) for seat in seats),
        inquiries=tuple(
            InquiryAudit(inquiry.asked_by.place, inquiry.text, inquiry.answer)
            for inquiry in Inquiry.objects.filter(panel=panel).select_related("asked_by")
        ),
        opinion=opinion_view(opinion, panel.size) if opinion is not None else None,
        dissent=tuple(Dissent(**line) for line in opinion.dissent) if opinion is not None else (),
        entries=tuple(entries_of_many([panel.subject, panel.draw.subject])),
    )


def _seat(seat: Seat) -> SeatAudit:
    declaration = ConflictDeclaration.objects.filter(seat=seat).first()
    signature = OpinionSignature.objects.filter(seat=seat).first()
    return SeatAudit(
        place=seat.place,
        draw_no=seat.draw_no,
        name=seat.expert.name,
        field=field_of(seat),
        state=seat.get_state_display(),
        wave=seat.wave,
        confirmed_via=seat.get_confirmed_via_display(),
        has_conflict=declaration.has_conflict if declaration is not None else None,
        attended=seat.attended,
        was_late=seat.was_late,
        sheets=sheets_of(seat),
        opinion_signed_at=signature.signed_at if signature is not None else None,
    )
