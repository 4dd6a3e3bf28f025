"""What reached the office by telephone or on paper is noted on the case."""

from datetime import date, datetime

from django.db import transaction

from investreview.core.clock import legal_date
from investreview.core.errors import Forbidden, Invalid, NotVisible
from investreview.core.roles import Role
from investreview.core.text import clean_block, clean_line
from investreview.journal.services import record
from investreview.projects.acting import Acting
from investreview.projects.models import Case, IncomingPaper, PhoneNote
from investreview.projects.services.common import lock_case
from investreview.projects.states import SEEN_BY_COMMISSION

NOTING_ROLES = frozenset({Role.CASE_OFFICER, Role.DOCUMENT_OFFICER})
MOST_COPIES = 999


def add_phone_note(
    *, acting: Acting, case_id: int, with_whom: str, text: str, promised: str, at: datetime
) -> PhoneNote:
    """The telephone call stands on the case, once: the same words of the same person on the same day are one note.

    Raises: Forbidden, Invalid (text_*, projects_not_allowed_in_state). Rule: DOMAIN §4. Journal: case.note_phone.
    """
    with transaction.atomic():
        case = _lock_noted(acting, case_id)
        said = {
            "with_whom": clean_line(with_whom, max_length=60),
            "text": clean_block(text),
            "promised": clean_line(promised, max_length=200) if promised.strip() else "",
        }
        for earlier in PhoneNote.objects.filter(case=case, noted_by=acting.person, **said):
            if legal_date(earlier.noted_at) == legal_date(at):
                return earlier
        note: PhoneNote = PhoneNote.objects.create(
            case=case, noted_by=acting.person, keeper=acting.person, noted_at=at, **said
        )
        _record(case, "case.note_phone", acting=acting, at=at, facts={"note": note.pk, **said})
        return note


def settle_promise(*, acting: Acting, case_id: int, note_id: int, at: datetime) -> PhoneNote:
    """What was promised on the telephone is done (已落实); settled twice, the first time counts.

    Raises: NotVisible, Forbidden, Invalid (projects_nothing_promised). Rule: DOMAIN §1, §4.
    Journal: case.settle_promise.
    """
    with transaction.atomic():
        case = _lock_noted(acting, case_id)
        note = PhoneNote.objects.select_for_update().filter(case=case, pk=note_id).first()
        if note is None:
            raise NotVisible("projects_case_not_visible")
        if not note.promised:
            raise Invalid("projects_nothing_promised")
        if note.settled_at is None:
            note.settled_by, note.settled_at = acting.person, at
            note.save(update_fields=["settled_by", "settled_at"])
            facts: dict[str, object] = {"note": note.pk, "promised": note.promised}
            _record(case, "case.settle_promise", acting=acting, at=at, facts=facts)
        return note


def register_incoming_paper(
    *,
    acting: Acting,
    case_id: int,
    sender_number: str,
    register_number: str,
    received_on: date,
    copies: int,
    at: datetime,
) -> IncomingPaper:
    """The paper is in the register under its 收文号; the same entry sent again is answered with the first.

    Raises: Forbidden, Invalid (text_*, projects_received_in_future, projects_copies_wrong,
    projects_register_number_used). Rule: DOMAIN §4. Journal: case.register_paper.
    """
    with transaction.atomic():
        case = _lock_noted(acting, case_id)
        if received_on > legal_date(at):
            raise Invalid("projects_received_in_future", field="received_on", given=received_on)
        if not 1 <= copies <= MOST_COPIES:
            raise Invalid("projects_copies_wrong", field="copies", given=copies, most=MOST_COPIES)
        number = clean_line(register_number, max_length=40)
        entry = {
            "sender_number": clean_line(sender_number, max_length=60),
            "received_on": received_on,
            "copies": copies,
        }
        earlier = IncomingPaper.objects.filter(case=case, register_number=number).first()
        if earlier is not None:
            if any(getattr(earlier, name) != value for name, value in entry.items()):
                raise Invalid("projects_register_number_used", field="register_number", given=number)
            return earlier
        paper: IncomingPaper = IncomingPaper.objects.create(
            case=case, register_number=number, registered_by=acting.person, registered_at=at, **entry
        )
        facts = {**entry, "register_number": number, "received_on": received_on.isoformat()}
        _record(case, "case.register_paper", acting=acting, at=at, facts=facts)
        return paper


def _lock_noted(acting: Acting, case_id: int) -> Case:
    case = lock_case(case_id)
    if not acting.scope.holds_any(NOTING_ROLES, case.path):
        raise Forbidden("projects_role_missing", role=Role.CASE_OFFICER.label)
    if case.state not in SEEN_BY_COMMISSION:
        raise Invalid("projects_not_allowed_in_state", state=case.get_state_display())
    return case


def _record(case: Case, verb: str, *, acting: Acting, at: datetime, facts: dict[str, object]) -> None:
    record(chain=case.commission.code, verb=verb, actor=acting.actor, subject=case.subject, at=at, facts=facts)
