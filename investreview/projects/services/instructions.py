"""Instructions 批示: given by a leader, reported on by their addressee, accepted or sent back, moved if need be."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from investreview.accounts.models import User
from investreview.core.clock import legal_date
from investreview.core.errors import Forbidden, Invalid, NotVisible
from investreview.core.roles import SIGNING_ROLES, Role
from investreview.core.text import clean_block
from investreview.notices.services import notify
from investreview.projects.acting import Acting
from investreview.projects.models import Case, Instruction, InstructionReport
from investreview.projects.permissions import is_addressed, may_read_instruction, may_settle
from investreview.projects.rules import Verb
from investreview.projects.services.common import lock_case, note, require_reason, require_state
from investreview.projects.services.materials import store_file
from investreview.registry.models import Office

TEXT_LENGTH = 2000
FILE_LIMIT = 100 * 1024 * 1024


@dataclass(frozen=True)
class Addressee:
    """Who is to do it: an office of the commission, or one person of it."""

    office: Office | None = None
    person: User | None = None

    @property
    def name(self) -> str:
        """As people call it."""
        return self.office.name if self.office is not None else self.person.full_name if self.person is not None else ""


def give_instruction(
    *, acting: Acting, case_id: int, text: str, addressee: Addressee, due_on: date, key: str, at: datetime
) -> Instruction:
    """The instruction stands on the case and its addressee is told; sent again under the same key, it is the same.

    Raises: Forbidden, Invalid (text_*, projects_reason_needed, projects_instruction_no_addressee,
    projects_instruction_due_past, projects_instruction_to_oneself, projects_not_allowed_in_state).
    Rule: DOMAIN §5, a remark with a task has an addressee and a date and is shown until answered.
    Journal: case.instruct.
    """
    with transaction.atomic():
        case = lock_case(case_id)
        if not acting.scope.holds_any(SIGNING_ROLES, case.path):
            raise Forbidden("projects_role_missing", role=Role.DEPUTY_DIRECTOR.label)
        earlier = Instruction.objects.filter(key=key, case=case).first()
        if earlier is not None:
            return earlier
        require_state(case, Verb.INSTRUCT)
        said = require_reason(clean_block(text, max_length=TEXT_LENGTH), field="text")
        _require_addressee(case, addressee, acting)
        _require_ahead(due_on, at)
        last = case.instructions.aggregate(last=Max("ordinal"))["last"] or 0
        instruction: Instruction = Instruction.objects.create(
            case=case,
            ordinal=last + 1,
            text=said,
            office=addressee.office,
            person=addressee.person,
            due_on=due_on,
            given_by=acting.person,
            given_for=acting.principal,
            given_at=at,
            key=key,
        )
        facts = {"text": said, "addressee": addressee.name, "due_on": due_on.isoformat()}
        _note(instruction, Verb.INSTRUCT, acting, at, facts)
        _tell_addressee(instruction, at)
        return instruction


def report_on_instruction(
    *, acting: Acting, instruction_id: int, text: str, file: tuple[IO[bytes], str] | None, at: datetime
) -> InstructionReport:
    """The report stands with its file, and whoever gave the instruction is told; the same words again are one report.

    Raises: NotVisible, Forbidden, Invalid (text_*, file_*, projects_instruction_not_open).
    Journal: case.report_instruction.
    """
    with transaction.atomic():
        instruction = _locked(instruction_id, acting)
        if not is_addressed(acting.person, instruction):
            raise Forbidden("projects_instruction_not_yours", who=instruction.addressee)
        said = require_reason(clean_block(text, max_length=TEXT_LENGTH), field="text")
        waiting = instruction.reports.filter(answered_at__isnull=True).first()
        if waiting is not None and (waiting.text, waiting.reported_by_id) == (said, acting.person.pk):
            return waiting
        _require_in(instruction, Instruction.State.OPEN)
        case = instruction.case
        stored = None
        if file is not None:
            stored = store_file(
                case=case, file=file[0], name=file[1], user=acting.person, mark="INTERNAL", at=at, limit=FILE_LIMIT
            )
        last = instruction.reports.aggregate(last=Max("ordinal"))["last"] or 0
        report = InstructionReport.objects.create(
            instruction=instruction,
            ordinal=last + 1,
            text=said,
            file=stored,
            reported_by=acting.person,
            reported_at=at,
        )
        instruction.state = Instruction.State.REPORTED
        instruction.save(update_fields=["state"])
        facts = {"report": report.ordinal, "text": said, "file_sha256": stored.sha256 if stored is not None else ""}
        _note(instruction, Verb.REPORT_INSTRUCTION, acting, at, facts)
        leaders = [one for one in (instruction.given_by, instruction.given_for) if one is not None]
        _tell(leaders, lambda: _("%(number)s 的批示已有办理报告，请审阅。"), instruction, f"report:{report.pk}", at)
        return report


def accept_report(*, acting: Acting, instruction_id: int, at: datetime) -> Instruction:
    """The instruction is settled by its last report; accepted again by the same person, nothing happens.

    Raises: NotVisible, Forbidden, Invalid (projects_instruction_not_open). Journal: case.accept_instruction.
    """
    with transaction.atomic():
        instruction = _locked(instruction_id, acting)
        _require_leader(acting, instruction)
        if instruction.state == Instruction.State.DONE and instruction.done_by_id == acting.person.pk:
            return instruction
        report = _answered(instruction, acting, at)
        instruction.state = Instruction.State.DONE
        instruction.done_by = acting.person
        instruction.done_at = at
        instruction.save(update_fields=["state", "done_by", "done_at"])
        _note(instruction, Verb.ACCEPT_INSTRUCTION, acting, at, {"report": report.ordinal})
        _tell([report.reported_by], lambda: _("%(number)s 的批示已办结。"), instruction, f"done:{report.pk}", at)
        return instruction


def return_report(
    *, acting: Acting, instruction_id: int, reason: str, due_on: date | None, at: datetime
) -> Instruction:
    """The report goes back with a reason and the instruction is open again, by ``due_on`` where one is given.

    Raises: NotVisible, Forbidden, Invalid (projects_reason_needed, projects_instruction_due_past,
    projects_instruction_not_open). Journal: case.return_instruction.
    """
    with transaction.atomic():
        instruction = _locked(instruction_id, acting)
        _require_leader(acting, instruction)
        said = require_reason(clean_block(reason, max_length=TEXT_LENGTH))
        if due_on is not None:
            _require_ahead(due_on, at)
            instruction.due_on = due_on
        report = _answered(instruction, acting, at, returned_reason=said)
        instruction.state = Instruction.State.OPEN
        instruction.save(update_fields=["state", "due_on"])
        facts = {"report": report.ordinal, "reason": said, "due_on": instruction.due_on.isoformat()}
        _note(instruction, Verb.RETURN_INSTRUCTION, acting, at, facts)
        key, reporter = f"back:{report.pk}", report.reported_by
        whom = [reporter] if is_addressed(reporter, instruction) else people_addressed(instruction)
        _tell(whom, lambda: _("%(number)s 的批示办理报告被退回，请补充后再报。"), instruction, key, at)
        return instruction


def reassign_instruction(
    *, acting: Acting, instruction_id: int, addressee: Addressee, due_on: date, reason: str, at: datetime
) -> Instruction:
    """An open instruction has another addressee or date, with the reason in the journal; the new one is told.

    Raises: NotVisible, Forbidden, Invalid (as ``give_instruction``, projects_instruction_not_open).
    Journal: case.reassign_instruction.
    """
    with transaction.atomic():
        instruction = _locked(instruction_id, acting)
        _require_leader(acting, instruction)
        _require_in(instruction, Instruction.State.OPEN)
        said = require_reason(clean_block(reason, max_length=TEXT_LENGTH))
        _require_addressee(instruction.case, addressee, acting)
        _require_ahead(due_on, at)
        before = {"before": instruction.addressee, "due_before": instruction.due_on.isoformat()}
        instruction.office, instruction.person, instruction.due_on = addressee.office, addressee.person, due_on
        instruction.save(update_fields=["office", "person", "due_on"])
        facts = {**before, "addressee": addressee.name, "due_on": due_on.isoformat(), "reason": said}
        _note(instruction, Verb.REASSIGN_INSTRUCTION, acting, at, facts)
        _tell_addressee(instruction, at)
        return instruction


def _locked(instruction_id: int, acting: Acting) -> Instruction:
    """The instruction after its case, both locked, for somebody who may read it."""
    case_id = Instruction.objects.filter(pk=instruction_id).values_list("case_id", flat=True).first()
    if case_id is None:
        raise NotVisible("projects_instruction_not_visible")
    lock_case(case_id)
    instruction: Instruction = (
        Instruction.objects.select_for_update(of=("self",))
        .select_related("case__commission", "office", "person", "given_by", "given_for")
        .get(pk=instruction_id)
    )
    if not may_read_instruction(acting.person, acting.scope, instruction):
        raise NotVisible("projects_instruction_not_visible")
    return instruction


def _require_leader(acting: Acting, instruction: Instruction) -> None:
    if not may_settle(acting.person, acting.scope, instruction):
        raise Forbidden("projects_role_missing", role=Role.DEPUTY_DIRECTOR.label)


def _require_in(instruction: Instruction, state: Instruction.State) -> None:
    if instruction.state != state:
        raise Invalid("projects_instruction_not_open", state=instruction.get_state_display())


def _require_ahead(due_on: date, at: datetime) -> None:
    if due_on < legal_date(at):
        raise Invalid("projects_instruction_due_past", field="due_on", given=due_on)


def _require_addressee(case: Case, addressee: Addressee, acting: Acting) -> None:
    office, person = addressee.office, addressee.person
    is_office = office is not None and office.commission_id == case.commission_id
    is_person = person is not None and person.is_active and person.commission_id == case.commission_id
    if (office is None) == (person is None) or not (is_office or is_person):
        raise Invalid("projects_instruction_no_addressee", field="addressee")
    if person is not None and (person.kind != User.Kind.STAFF or person.pk in acting.person_ids):
        raise Invalid("projects_instruction_to_oneself", field="addressee")


def _answered(
    instruction: Instruction, acting: Acting, at: datetime, *, returned_reason: str = ""
) -> InstructionReport:
    _require_in(instruction, Instruction.State.REPORTED)
    report: InstructionReport = instruction.reports.select_related("reported_by").get(answered_at__isnull=True)
    report.answered_by, report.answered_at, report.returned_reason = acting.person, at, returned_reason
    report.save(update_fields=["answered_by", "answered_at", "returned_reason"])
    return report


def _note(instruction: Instruction, verb: Verb, acting: Acting, at: datetime, facts: Mapping[str, object]) -> None:
    note(instruction.case, verb, acting=acting, at=at, facts={"instruction": instruction.ordinal, **facts})


def people_addressed(instruction: Instruction) -> Iterable[User]:
    """Whoever is to carry it out: the person, or everybody of the office."""
    if instruction.office is not None:
        return User.objects.filter(office=instruction.office, kind=User.Kind.STAFF, is_active=True)
    return User.objects.filter(pk=instruction.person_id or 0)


def _tell_addressee(instruction: Instruction, at: datetime) -> None:
    key = f"given:{instruction.pk}:{instruction.due_on:%Y%m%d}:{instruction.office_id}:{instruction.person_id}"
    _tell(
        people_addressed(instruction),
        lambda: _("领导对 %(number)s 作了批示，请于 %(due)s 前办理并报告。"),
        instruction,
        key,
        at,
    )


def _tell(people: Iterable[User], sentence: Callable[[], str], on: Instruction, key: str, at: datetime) -> None:
    """Each reads it in their own language; it names the case, not what the leader wrote."""
    for person in people:
        with translation.override(person.language):
            notify(
                users=[person],
                text=sentence() % {"number": on.case.number, "due": f"{on.due_on:%Y-%m-%d}"},
                url=reverse("projects:instruction", args=[on.pk]),
                dedupe_key=f"instruction:{key}",
                at=at,
            )
