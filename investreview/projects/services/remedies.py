"""A mistake in a sent letter: 更正函, or 作废重发 under a new number that names the old one (DOMAIN §17).

Drafted by the officer, checked by the head, signed by the role that signed the reply, sent by the document office:
the same separation as for the reply itself. The case stays decided as it was.
"""

from datetime import date, datetime
from typing import IO

from django.db import transaction
from django.db.models import Max

from investreview.core.errors import Forbidden, Invalid
from investreview.core.roles import Role
from investreview.core.text import clean_block
from investreview.documents import services as documents
from investreview.documents.letter_facts import Emendation
from investreview.documents.models import Document
from investreview.projects.acting import Acting
from investreview.projects.models import Case, Remedy
from investreview.projects.permissions import holders, require_apart, require_role
from investreview.projects.record import open_remedy
from investreview.projects.remedies import remedy_step, signing_role
from investreview.projects.rules import Verb
from investreview.projects.services.common import lock_case, note, require_reason, require_state, save_case
from investreview.projects.services.delivery import send_letter
from investreview.projects.services.letters import draft_remedy_letter, sign_letter
from investreview.projects.services.opinions import opinion_facts, write_opinion
from investreview.projects.services.withdrawing import one_line, take_back_letter, take_back_opinion
from investreview.projects.states import StepOutcome


def begin_remedy(
    *,
    acting: Acting,
    case_id: int,
    version: int | None,
    kind: str,
    reason: str,
    emendations: tuple[Emendation, ...] = (),
    at: datetime,
) -> Case:
    """The new letter is drafted beside the sent one, which stays in force, and waits for the head's check.

    Raises: Forbidden, Stale, Invalid (projects_remedy_open, documents_remedy_too_early, projects_emendation_*,
    projects_reason_needed). Rule: DOMAIN §17. Journal: case.begin_remedy.
    """
    with transaction.atomic():
        case = lock_case(case_id, version=version)
        require_role(acting, Role.CASE_OFFICER, case)
        require_state(case, Verb.BEGIN_REMEDY)
        require_remedy_drafter(acting, case)
        if open_remedy(case) is not None:
            raise Invalid("projects_remedy_open")
        stated = clean_block(require_reason(reason))
        original = Document.objects.select_for_update(of=("self",)).get(pk=case.letter_id or 0)
        letter = draft_remedy_letter(
            case, original, kind=Remedy.Kind(kind), emendations=emendations, acting=acting, at=at
        )
        remedy: Remedy = Remedy.objects.create(
            case=case,
            ordinal=(case.remedies.aggregate(last=Max("ordinal"))["last"] or 0) + 1,
            kind=kind,
            reason=stated,
            original_id=original.pk,
            original_number=original.number,
            letter_id=letter.pk,
            drafted_by=acting.person,
            drafted_at=at,
        )
        save_case(case)
        _note(remedy, Verb.BEGIN_REMEDY, acting=acting, at=at, reason=stated)
        return case


def require_remedy_drafter(acting: Acting, case: Case) -> None:
    """Nothing happens for an officer with no other hand in the case. Raises: Forbidden (projects_duty_conflict)."""
    require_apart(acting, *holders(case, "drafter", "releaser", "head", "signer"), duty=Role.CASE_OFFICER)


def _at(acting: Acting, case_id: int, version: int | None, verb: Verb, *states: str) -> tuple[Case, Remedy]:
    """The locked case with its open remedy, which stands in one of ``states``."""
    case = lock_case(case_id, version=version)
    require_state(case, verb)
    remedy = case.remedies.select_for_update(of=("self",)).filter(state__in=states).first()
    if remedy is None:
        raise Invalid("projects_not_allowed_in_state", state=case.get_state_display())
    remedy.case = case
    return case, remedy


def _require_handed(acting: Acting, remedy: Remedy, role: Role) -> None:
    """Nothing happens for a person of the role who had no other hand in the remedy or the case."""
    case = remedy.case
    require_role(acting, role, case)
    others = holders(case, "officer", "drafter", "releaser")
    require_apart(acting, remedy.drafted_by, remedy.checked_by, *others, duty=role)


def check_remedy(*, acting: Acting, case_id: int, version: int | None, text: str, at: datetime) -> Case:
    """The head agrees and the new letter waits for the signature.

    Raises: Forbidden, Stale, Invalid. Journal: case.check_remedy.
    """
    with transaction.atomic():
        case, remedy = _at(acting, case_id, version, Verb.CHECK_REMEDY, Remedy.State.CHECKING)
        _require_handed(acting, remedy, Role.OFFICE_HEAD)
        opinion = write_opinion(
            case,
            acting=acting,
            step=remedy_step(remedy, "check"),
            role=Role.OFFICE_HEAD,
            outcome=StepOutcome.AGREED,
            text=text,
            at=at,
        )
        remedy.checked_by = acting.person
        _move(remedy, Remedy.State.SIGNING)
        _note(remedy, Verb.CHECK_REMEDY, acting=acting, at=at, **opinion_facts(opinion))
        return case


def return_remedy(*, acting: Acting, case_id: int, version: int | None, reason: str, at: datetime) -> Case:
    """The new letter is with the officer again, with the reason.

    Raises: Forbidden, Stale, Invalid (projects_reason_needed). Journal: case.return_remedy.
    """
    with transaction.atomic():
        states = (Remedy.State.CHECKING, Remedy.State.SIGNING)
        case, remedy = _at(acting, case_id, version, Verb.RETURN_REMEDY, *states)
        role = Role.OFFICE_HEAD if remedy.state == Remedy.State.CHECKING else signing_role(case)
        require_role(acting, role, case)
        opinion = write_opinion(
            case,
            acting=acting,
            step=remedy_step(remedy, "return"),
            role=role,
            outcome=StepOutcome.SENT_BACK,
            text=require_reason(reason),
            at=at,
        )
        remedy.checked_by = None
        _move(remedy, Remedy.State.RETURNED)
        _note(remedy, Verb.RETURN_REMEDY, acting=acting, at=at, **opinion_facts(opinion))
        return case


def resubmit_remedy(*, acting: Acting, case_id: int, version: int | None, text: str, at: datetime) -> Case:
    """The officer has changed the wording and the head checks it again.

    Raises: Forbidden, Stale, Invalid. Journal: case.resubmit_remedy.
    """
    with transaction.atomic():
        case, remedy = _at(acting, case_id, version, Verb.RESUBMIT_REMEDY, Remedy.State.RETURNED)
        require_role(acting, Role.CASE_OFFICER, case)
        require_remedy_drafter(acting, case)
        remedy.drafted_by = acting.person
        remedy.attempt += 1
        _move(remedy, Remedy.State.CHECKING)
        _note(remedy, Verb.RESUBMIT_REMEDY, acting=acting, at=at, text=text.strip())
        return case


def drop_remedy(*, acting: Acting, case_id: int, version: int | None, reason: str, at: datetime) -> Case:
    """The sent letter stays in force as it is; the draft is void, and with it a number that it kept.

    Raises: Forbidden, Stale, Invalid (projects_reason_needed). Journal: case.drop_remedy.
    """
    with transaction.atomic():
        case, remedy = _at(acting, case_id, version, Verb.DROP_REMEDY, Remedy.State.RETURNED)
        require_role(acting, Role.CASE_OFFICER, case)
        stated = one_line(require_reason(reason))
        letter = Document.objects.get(pk=remedy.letter_id)
        documents.discard_draft(letter, reason=stated, scope=acting.scope, actor=acting.actor, at=at)
        remedy.dropped_reason, remedy.ended_at = stated, at
        _move(remedy, Remedy.State.DROPPED)
        _note(remedy, Verb.DROP_REMEDY, acting=acting, at=at, reason=stated)
        return case


def sign_remedy(
    *,
    acting: Acting,
    case_id: int,
    version: int | None,
    text: str,
    letter_version: int,
    entered_number: str = "",
    at: datetime,
) -> Case:
    """One version of the new letter is signed and has its own number; the old one holds until it is delivered.

    Raises: Forbidden (also projects_duty_conflict, projects_seconded_cannot_sign), Stale, Invalid.
    Rule: DOMAIN §17. Journal: case.sign_remedy.
    """
    with transaction.atomic():
        case, remedy = _at(acting, case_id, version, Verb.SIGN_REMEDY, Remedy.State.SIGNING)
        role = signing_role(case)
        _require_handed(acting, remedy, role)
        opinion = write_opinion(
            case,
            acting=acting,
            step=remedy_step(remedy, "sign"),
            role=role,
            outcome=StepOutcome.SIGNED,
            text=text,
            at=at,
        )
        signed = sign_letter(
            case,
            letter_id=remedy.letter_id,
            acting=acting,
            letter_version=letter_version,
            entered_number=entered_number,
            needs_filing_number=False,
            at=at,
        )
        remedy.number = signed.document_number
        remedy.signed_by, remedy.signed_for, remedy.signed_at = acting.person, acting.principal, at
        _move(remedy, Remedy.State.SENDING)
        facts = {**opinion_facts(opinion), "letter_sha256": signed.content_sha256}
        _note(remedy, Verb.SIGN_REMEDY, acting=acting, at=at, **facts)
        return case


def withdraw_remedy_signature(*, acting: Acting, case_id: int, version: int | None, reason: str, at: datetime) -> Case:
    """The new letter is at its signature again; its number waits.

    Raises: Forbidden (projects_not_your_signature), Stale, Invalid. Journal: case.withdraw_signature.
    """
    with transaction.atomic():
        case, remedy = _at(acting, case_id, version, Verb.WITHDRAW_SIGNATURE, Remedy.State.SENDING)
        if acting.person.pk not in (remedy.signed_by_id, remedy.signed_for_id):
            raise Forbidden("projects_not_your_signature")
        require_role(acting, signing_role(case), case)
        stated = one_line(require_reason(reason))
        number = remedy.number
        take_back_letter(remedy.letter_id, reason=stated, acting=acting, at=at)
        take_back_opinion(case, remedy_step(remedy, "sign"), at)
        remedy.number, remedy.signed_by, remedy.signed_for, remedy.signed_at = "", None, None, None
        _move(remedy, Remedy.State.SIGNING)
        _note(remedy, Verb.WITHDRAW_SIGNATURE, acting=acting, at=at, reason=stated, document_number=number)
        return case


def deliver_remedy(
    *,
    acting: Acting,
    case_id: int,
    version: int | None,
    sealed: IO[bytes],
    sealed_name: str,
    sealed_on: date,
    channel: str,
    delivered_on: date,
    at: datetime,
) -> Case:
    """The new letter is with the enterprise: the old one is corrected by it, or void with its number and reason.

    Raises: Forbidden, Stale, Invalid as ``deliver``. Rule: DOMAIN §17. Journal: case.deliver_remedy.
    """
    with transaction.atomic():
        case, remedy = _at(acting, case_id, version, Verb.DELIVER_REMEDY, Remedy.State.SENDING)
        require_role(acting, Role.DOCUMENT_OFFICER, case)
        letter = Document.objects.select_for_update(of=("self",)).get(pk=remedy.letter_id)
        send_letter(
            case,
            letter,
            acting=acting,
            sealed=sealed,
            sealed_name=sealed_name,
            sealed_on=sealed_on,
            channel=channel,
            delivered_on=delivered_on,
            at=at,
        )
        _put_in_force(remedy, letter, acting=acting, at=at)
        remedy.ended_at = at
        _move(remedy, Remedy.State.DONE)
        facts: dict[str, object] = {"channel": channel, "on": delivered_on.isoformat()}
        _note(remedy, Verb.DELIVER_REMEDY, acting=acting, at=at, **facts)
        return case


def _put_in_force(remedy: Remedy, letter: Document, *, acting: Acting, at: datetime) -> None:
    original = Document.objects.get(pk=remedy.original_id)
    if remedy.kind == Remedy.Kind.CORRECTION:
        documents.correct_document(original, correction=letter, scope=acting.scope, actor=acting.actor, at=at)
        return
    reason = one_line(f"作废重发：{remedy.reason}")
    documents.replace_document(original, by=letter, reason=reason[:400], scope=acting.scope, actor=acting.actor, at=at)
    remedy.case.letter_id = letter.pk
    remedy.case.document_number = remedy.number


def _move(remedy: Remedy, state: Remedy.State) -> None:
    remedy.state = state
    remedy.save()
    save_case(remedy.case)


def _note(remedy: Remedy, verb: Verb, *, acting: Acting, at: datetime, **facts: object) -> None:
    said = {
        "remedy": remedy.kind,
        "ordinal": remedy.ordinal,
        "original_number": remedy.original_number,
        "number": remedy.number,
    }
    note(remedy.case, verb, acting=acting, at=at, facts={**said, **facts})
