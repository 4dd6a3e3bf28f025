"""The page of a case, prepared: everything this person may know of it, in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from investreview.core.roles import CASE_READING_ROLES, ENTERPRISE_ROLES, Role
from investreview.core.workdays import WorkCalendar
from investreview.desk.selectors.actions import Action, actions
from investreview.desk.selectors.clocks import Clocks, clocks
from investreview.desk.selectors.facts import Facts, facts
from investreview.desk.selectors.home import applicant
from investreview.desk.selectors.materials import SlotRow, slot_rows
from investreview.desk.selectors.papers import PaperRow, paper_rows
from investreview.desk.selectors.reasons import Routing, previewed_routing, stored_routing
from investreview.desk.selectors.records import JournalExtract, journal_extract
from investreview.desk.selectors.timeline import Progress, progress
from investreview.desk.selectors.viewing import Reading
from investreview.desk.words import Badge, route_badge, state_badge
from investreview.projects.models import (
    Case,
    Commitment,
    IncomingPaper,
    MaterialVersion,
    Opinion,
    PaperDecision,
    Party,
    PhoneNote,
    RoutingRecord,
    Submission,
)
from investreview.projects.permissions import ENTERING_ROLES
from investreview.projects.routing import rule_set_for
from investreview.projects.states import CaseState
from investreview.registry.models import Office
from investreview.registry.selectors import work_calendar
from investreview.rulebook.provisions import Slot
from workflows.models import WorkItem
from workflows.selectors import history

_FACTS: tuple[Any, ...] = (
    "declaration__phases",
    Prefetch("declaration__commitments", queryset=Commitment.objects.select_related("enterprise")),
    Prefetch("declaration__parties", queryset=Party.objects.select_related("organisation")),
    Prefetch("materials", queryset=MaterialVersion.objects.select_related("file", "provided_by")),
)
_RELEASED: tuple[Any, ...] = (
    "clock_stops",
    Prefetch("routings", queryset=RoutingRecord.objects.select_related("rule_set")),
    Prefetch("submissions", queryset=Submission.objects.select_related("released_by")),
)
_INSIDE: tuple[Any, ...] = (
    Prefetch(
        "opinions",
        queryset=Opinion.objects.select_related("author", "on_behalf_of", "paper__entered_by", "paper__compared_by"),
    ),
    Prefetch("phone_notes", queryset=PhoneNote.objects.select_related("noted_by")),
    Prefetch("incoming_papers", queryset=IncomingPaper.objects.select_related("registered_by")),
    Prefetch(
        "paper_decisions",
        queryset=PaperDecision.objects.filter(compared_at__isnull=True).select_related(
            "decider", "entered_by", "compared_by"
        ),
    ),
)


@dataclass(frozen=True)
class Contact:
    """Whom the enterprise may ask."""

    name: str
    office: str
    phone: str


@dataclass(frozen=True)
class PaperEntry:
    """A decision entered from paper that has no effect: not compared yet, or found different, with the reason."""

    decider: str
    dated_on: date
    entered_by: str
    entered_at: datetime
    is_late: bool
    rejected_by: str
    rejected_reason: str
    url: str


@dataclass(frozen=True)
class Outcome:
    """How the case ended, once this side may know it."""

    state: Badge
    ended_at: datetime | None
    filing_number: str
    document_number: str
    signer: str
    signer_for: str
    signed_at: datetime | None
    delivered_at: datetime | None
    acknowledged_at: datetime | None
    reason: str


@dataclass(frozen=True)
class CasePage:
    """Everything the page of a case shows."""

    case: Case
    inside: bool
    state: Badge
    route: Badge | None
    applicant: str
    actions: tuple[Action, ...]
    facts: Facts
    routing: Routing | None
    materials: tuple[SlotRow, ...]
    progress: Progress
    clocks: Clocks
    papers: tuple[PaperRow, ...]
    submissions: tuple[Submission, ...]
    journal: JournalExtract
    phone_notes: tuple[PhoneNote, ...]
    incoming_papers: tuple[IncomingPaper, ...]
    paper_decisions: tuple[PaperEntry, ...]
    outcome: Outcome | None
    contact: Contact | None
    readers: tuple[str, ...]


def case_page(reading: Reading) -> CasePage:
    """The page of the case that is being read. The journal, opinions and drafts are the commission's own."""
    case = reading.case
    items = _items(case)
    prefetch_related_objects([case], *_FACTS)
    if items:
        prefetch_related_objects([case], *_RELEASED, *(_INSIDE if reading.inside else ()))
    records = list(case.routings.all()) if items else []
    routing = stored_routing(records) or previewed_routing(reading)
    calendar: WorkCalendar = work_calendar(case.commission)
    return CasePage(
        case=case,
        inside=reading.inside,
        state=state_badge(reading.state),
        route=routing.badge if routing is not None else route_badge(case.route),
        applicant=applicant(case),
        actions=actions(reading, items, is_open=routing is None or not routing.not_open),
        facts=facts(reading, routing.routing_field if routing is not None else ""),
        routing=routing,
        materials=slot_rows(case.materials.all(), _slots(reading, records)),
        progress=progress(reading, items, _opinions(reading, items), _offices(reading, items)),
        clocks=clocks(reading, items, calendar),
        papers=paper_rows(reading),
        submissions=tuple(case.submissions.all()) if items else (),
        journal=journal_extract(reading),
        phone_notes=tuple(case.phone_notes.all()) if reading.inside and items else (),
        incoming_papers=tuple(case.incoming_papers.all()) if reading.inside and items else (),
        paper_decisions=_paper_entries(reading) if items else (),
        outcome=_outcome(reading),
        contact=_contact(case),
        readers=_readers(case),
    )


def _items(case: Case) -> list[WorkItem]:
    """Every step of the case but the cancelled ones, oldest first, all of them speaking of this very case."""
    items = list(history(case).select_related("task"))
    for item in items:
        item.case = case
    return items


def _opinions(reading: Reading, items: Sequence[WorkItem]) -> Sequence[Opinion]:
    return list(reading.case.opinions.all()) if reading.inside and items else ()


def _offices(reading: Reading, items: Sequence[WorkItem]) -> dict[str, str]:
    if not any(item.office for item in items):
        return {}
    return dict(Office.objects.filter(commission=reading.case.commission).values_list("code", "name"))


def _slots(reading: Reading, records: Sequence[RoutingRecord]) -> tuple[Slot, ...]:
    """The catalogue that names the slots: that of the rules that judge the case."""
    case = reading.case
    if not case.materials.all():
        return ()
    known = case.rule_set or (records[-1].rule_set if records else None)
    return (known or rule_set_for(case, reading.viewer.today)).data.slots


def _paper_entries(reading: Reading) -> tuple[PaperEntry, ...]:
    if not reading.inside:
        return ()
    may_compare = reading.viewer.scope.holds_any(ENTERING_ROLES, reading.case.path)
    return tuple(
        PaperEntry(
            decider=entry.decider.full_name,
            dated_on=entry.dated_on,
            entered_by=entry.entered_by.full_name,
            entered_at=entry.entered_at,
            is_late=entry.is_late,
            rejected_by=entry.compared_by.full_name if entry.compared_by is not None else "",
            rejected_reason=entry.rejected_reason,
            url=reverse("review:compare_paper", args=[entry.pk]) if may_compare and not entry.rejected_at else "",
        )
        for entry in reading.case.paper_decisions.all()
    )


def _outcome(reading: Reading) -> Outcome | None:
    case = reading.case
    if case.ended_at is None or reading.state != case.state:
        return None
    return Outcome(
        state=state_badge(case.state),
        ended_at=case.ended_at,
        filing_number=case.filing_number,
        document_number=case.document_number,
        signer=case.signer.full_name if case.signer is not None and reading.inside else "",
        signer_for=case.signer_for.full_name if case.signer_for is not None and reading.inside else "",
        signed_at=case.signed_at,
        delivered_at=case.delivered_at,
        acknowledged_at=case.acknowledged_at,
        reason=case.refusal_reason or case.end_reason,
    )


def _contact(case: Case) -> Contact | None:
    """The officer in charge, else the commission, with the telephone; nobody before the case was released."""
    if case.officer is None:
        phone = case.commission.contact_phone
        return Contact("", case.commission.short_name, phone) if case.released_at is not None else None
    return Contact(
        name=case.officer.full_name,
        office=case.officer.office.name if case.officer.office is not None else case.commission.short_name,
        phone=case.officer.phone or case.commission.contact_phone,
    )


def _readers(case: Case) -> tuple[str, ...]:
    """Who can see this, by part: the same groups that ``projects.selectors.visible_cases`` lets in."""
    own = _("、").join(str(role.label) for role in sorted(ENTERPRISE_ROLES))
    lines = [_("%(group)s及本办件申报企业：%(roles)s人员") % {"group": case.group.short_name, "roles": own}]
    if case.state in (CaseState.DRAFT, CaseState.AWAITING_RELEASE, CaseState.DISCARDED):
        return (*lines, _("报送前，市国资委人员看不到本办件"))
    roles = _("、").join(str(role.label) for role in sorted(CASE_READING_ROLES | {Role.DOCUMENT_OFFICER}))
    return (
        *lines,
        _("%(commission)s：%(roles)s人员") % {"commission": case.commission.short_name, "roles": roles},
        _("送会签的处室：会签人员；办结后：档案人员"),
        _("办理意见、呈批表、文稿和操作日志只对%(commission)s人员开放") % {"commission": case.commission.short_name},
    )
