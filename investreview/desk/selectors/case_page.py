"""The page of a case, prepared: everything this person may know of it, in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from experts.selectors.panel_card import PanelCard, enterprise_card, office_card
from investreview.core.workdays import WorkCalendar
from investreview.desk.selectors.actions import Action, actions
from investreview.desk.selectors.clocks import Clocks, clocks
from investreview.desk.selectors.contact import Contact, contact_of
from investreview.desk.selectors.duties import DutyState, duty_states
from investreview.desk.selectors.facts import Amount, Facts, facts
from investreview.desk.selectors.home import applicant
from investreview.desk.selectors.lists import Lists, read_lists
from investreview.desk.selectors.materials import SlotRow, slot_rows
from investreview.desk.selectors.mistakes import MistakeRow, mistake_rows
from investreview.desk.selectors.papers import PaperRow, paper_rows
from investreview.desk.selectors.process import process_picture
from investreview.desk.selectors.readers import reader_lines
from investreview.desk.selectors.reasons import Routing, previewed_routing, stored_routing
from investreview.desk.selectors.records import JournalExtract, journal_extract
from investreview.desk.selectors.takeover import TakenOver, taken_over
from investreview.desk.selectors.timeline import Progress, progress
from investreview.desk.selectors.viewing import Reading
from investreview.desk.words import Badge, case_badge, origin_badge, registration_label, route_badge
from investreview.projects.corrected import corrected
from investreview.projects.models import Case, IncomingPaper, Opinion, PhoneNote, RoutingRecord, Submission
from investreview.projects.permissions import ENTERING_ROLES, may_answer, may_ask
from investreview.projects.questions import Asked, as_asked
from investreview.projects.routing import rule_set_for
from investreview.registry.selectors import calendar_as_read
from investreview.rulebook.provisions import Slot
from workflows.models import WorkItem
from workflows.picture.drawing import Picture


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
    registration_label: str
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
    project_name: str
    inside: bool
    state: Badge
    origin: Badge | None
    takeover: TakenOver | None
    route: Badge | None
    applicant: str
    actions: tuple[Action, ...]
    facts: Facts
    own_funds: Amount | None
    routing: Routing | None
    duties: tuple[DutyState, ...]
    picture: Picture
    materials: tuple[SlotRow, ...]
    progress: Progress
    clocks: Clocks
    papers: tuple[PaperRow, ...]
    mistakes: tuple[MistakeRow, ...]
    submissions: tuple[Submission, ...]
    journal: JournalExtract
    questions: tuple[Asked, ...]
    may_ask: bool
    has_to_answer: bool
    phone_notes: tuple[PhoneNote, ...]
    incoming_papers: tuple[IncomingPaper, ...]
    paper_decisions: tuple[PaperEntry, ...]
    outcome: Outcome | None
    contact: Contact | None
    panel: PanelCard | None
    readers: tuple[str, ...]


def case_page(reading: Reading) -> CasePage:
    """The page of the case that is being read. The journal, opinions and drafts are the commission's own."""
    case, lists = reading.case, read_lists(reading)
    items = lists.steps
    records = list(case.routings.all()) if items else []
    routing = stored_routing(records) or previewed_routing(reading)
    calendar: WorkCalendar = calendar_as_read(case.commission)
    opinions = _opinions(reading, items)
    declared = facts(reading, routing.routing_field if routing is not None else "")
    materials = slot_rows(case.materials.all(), _slots(reading, records))
    clock = clocks(reading, items, calendar)
    panel = _panel(reading, lists) if items else None
    return CasePage(
        case=case,
        project_name=corrected(case).project.name,
        inside=reading.inside,
        state=case_badge(case, reading.state),
        origin=origin_badge(case.project.origin),
        takeover=taken_over(reading),
        route=routing.badge if routing is not None else route_badge(case.route),
        applicant=applicant(case),
        actions=actions(
            reading,
            lists,
            is_open=routing is None or not routing.not_open,
            may_need_panel=routing is not None and routing.needs_panel,
        ),
        facts=declared,
        own_funds=next((one for one in declared.funding if one.key == "own_funds_yuan"), None),
        routing=routing,
        duties=duty_states(reading, routing, declared, materials),
        picture=process_picture(reading, items, opinions, routing, clock, _confirmed(panel)),
        materials=materials,
        progress=progress(reading, items, opinions, lists.offices),
        clocks=clock,
        papers=paper_rows(reading, lists.documents),
        mistakes=mistake_rows(reading, lists.handovers),
        submissions=tuple(case.submissions.all()) if items else (),
        journal=journal_extract(reading, lists.entries),
        questions=_questions(reading) if items else (),
        may_ask=bool(items) and may_ask(reading.viewer.scope, case),
        has_to_answer=bool(items) and _has_to_answer(reading),
        phone_notes=tuple(case.phone_notes.all()) if reading.inside and items else (),
        incoming_papers=tuple(case.incoming_papers.all()) if reading.inside and items else (),
        paper_decisions=_paper_entries(reading) if items else (),
        outcome=_outcome(reading),
        contact=contact_of(case),
        panel=panel,
        readers=reader_lines(case),
    )


def _opinions(reading: Reading, items: Sequence[WorkItem]) -> Sequence[Opinion]:
    return list(reading.case.opinions.all()) if reading.inside and items else ()


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
        state=case_badge(case, case.state),
        ended_at=case.ended_at,
        filing_number=case.filing_number,
        registration_label=registration_label(case),
        document_number=case.document_number,
        signer=case.signer.full_name if case.signer is not None and reading.inside else "",
        signer_for=case.signer_for.full_name if case.signer_for is not None and reading.inside else "",
        signed_at=case.signed_at,
        delivered_at=case.delivered_at,
        acknowledged_at=case.acknowledged_at,
        reason=case.refusal_reason or case.end_reason,
    )


def _panel(reading: Reading, lists: Lists) -> PanelCard | None:
    """The card of the panel as this side may know it."""
    case = reading.case
    if not case.needs_panel:
        return None
    return office_card(case, lists.panels) if reading.inside else enterprise_card(case, lists.panels)


def _confirmed(panel: PanelCard | None) -> str:
    if panel is None or not panel.size:
        return ""
    return _("确认 %(done)d/%(all)d") % {"done": panel.confirmed_count, "all": panel.size}


def _questions(reading: Reading) -> tuple[Asked, ...]:
    return tuple(as_asked(one, case=reading.case, inside=reading.inside) for one in reading.case.questions.all())


def _has_to_answer(reading: Reading) -> bool:
    """Whether a question waits for this person's side."""
    if not may_answer(reading.viewer.scope, reading.case):
        return False
    return any(not hasattr(one, "answer") for one in reading.case.questions.all())
