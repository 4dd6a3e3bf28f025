"""撤回签发: the signer takes the signature back before the letter is sealed (DOMAIN §17)."""

from datetime import datetime

from django.db import transaction

from investreview.core.errors import Forbidden, Invalid
from investreview.core.roles import Role
from investreview.documents import services as documents
from investreview.documents.models import Document
from investreview.projects.acting import Acting
from investreview.projects.models import Case, Opinion
from investreview.projects.permissions import require_role
from investreview.projects.rules import Verb
from investreview.projects.services.common import lock_case, note, require_reason, require_state, save_case
from investreview.projects.states import CaseState, StepOutcome


def withdraw_signature(*, acting: Acting, case_id: int, version: int | None, reason: str, at: datetime) -> Case:
    """The case is undecided again and at its signing step; number and registration number wait for the next signature.

    Raises: Forbidden (projects_not_your_signature), Stale, Invalid (projects_reason_needed,
    documents_already_sealed …). Rule: DOMAIN §17. Journal: case.withdraw_signature.
    """
    with transaction.atomic():
        case = lock_case(case_id, version=version)
        require_state(case, Verb.WITHDRAW_SIGNATURE)
        if acting.person.pk not in (case.signer_id, case.signer_for_id):
            raise Forbidden("projects_not_your_signature")
        step = case.chain[case.chain_position - 1]
        require_role(acting, Role(str(step["role"])), case)
        stated = one_line(require_reason(reason))
        given = {"document_number": case.document_number, "filing_number": case.filing_number}
        take_back_letter(case.letter_id, reason=stated, acting=acting, at=at)
        take_back_opinion(case, str(step["key"]), at)
        case.state = CaseState.REVIEWING
        case.chain_position -= 1
        case.signer = case.signer_for = None
        case.signed_at = case.ended_at = None
        case.document_number = case.filing_number = ""
        save_case(case)
        note(case, Verb.WITHDRAW_SIGNATURE, acting=acting, at=at, facts={**given, "reason": stated})
        return case


def one_line(text: str) -> str:
    """A reason on one line, as documents and registers keep it."""
    return " ".join(text.split())


def take_back_letter(letter_id: int | None, *, reason: str, acting: Acting, at: datetime) -> Document:
    """The signed letter of a case is a draft again, in the caller's transaction."""
    letter = Document.objects.select_for_update(of=("self",)).filter(pk=letter_id or 0).first()
    if letter is None:
        raise Invalid("projects_letter_needed")
    return documents.withdraw_signature(letter, reason=reason, scope=acting.scope, actor=acting.actor, at=at)


def take_back_opinion(case: Case, step: str, at: datetime) -> None:
    """The signature stays among the opinions of the case, marked as taken back."""
    signed = Opinion.objects.filter(case=case, step=step, outcome=StepOutcome.SIGNED, recalled_at__isnull=True)
    signed.update(recalled_at=at)
