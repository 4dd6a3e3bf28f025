"""The signature 签发: the case is decided, the reply signed and numbered, in one transaction (DOMAIN §5)."""

from datetime import datetime

from django.db import transaction

from investreview.projects.acting import Acting
from investreview.projects.models import Case, PaperDecision
from investreview.projects.permissions import kept_apart, require_apart, require_role
from investreview.projects.rules import Verb
from investreview.projects.services.chain import at_step
from investreview.projects.services.common import note, save_case
from investreview.projects.services.letters import sign_letter
from investreview.projects.services.opinions import opinion_facts, write_opinion
from investreview.projects.states import FILED_STATES, OUTCOME_OF_PROPOSAL, Proposal, StepOutcome
from investreview.rulebook.chain import StepKind


def sign(
    *,
    acting: Acting,
    case_id: int,
    version: int | None,
    text: str,
    letter_version: int,
    entered_number: str = "",
    at: datetime,
    paper: PaperDecision | None = None,
) -> Case:
    """The case is decided as proposed: one version of the reply is signed and numbered, a filing has its number.

    Numbers are taken in this transaction, locked last. ``entered_number`` is the document office's number where the
    series is ENTERED. Raises: Forbidden (also projects_duty_conflict, projects_seconded_cannot_sign), Stale, Invalid.
    Rule: DOMAIN §5 (document life, numbers). Journal: case.sign.
    """
    with transaction.atomic():
        case, step, role = at_step(case_id, version, Verb.SIGN, StepKind.SIGN)
        require_role(acting, role, case)
        require_apart(acting, *kept_apart(case, StepKind.SIGN), duty=role)
        opinion = write_opinion(
            case, acting=acting, step=step, role=role, outcome=StepOutcome.SIGNED, text=text, at=at, paper=paper
        )
        case.signer = acting.person
        case.signer_for = acting.principal
        case.signed_at = at
        case.ended_at = at
        case.chain_position += 1
        case.state = OUTCOME_OF_PROPOSAL[Proposal(case.proposal)]
        signed = sign_letter(
            case,
            letter_id=case.letter_id,
            acting=acting,
            letter_version=letter_version,
            entered_number=entered_number,
            needs_filing_number=case.state in FILED_STATES,
            at=at,
        )
        case.filing_number = signed.filing_number
        case.document_number = signed.document_number
        save_case(case)
        note(
            case,
            Verb.SIGN,
            acting=acting,
            at=at,
            facts={
                **opinion_facts(opinion),
                "document_number": case.document_number,
                "filing_number": case.filing_number,
                "letter_version": letter_version,
                "letter_sha256": signed.content_sha256,
            },
        )
        return case
