"""What was decided on paper before a case was taken over: proposal, chain, opinions, and the reply as it stands.

Every opinion stands under the name of whoever gave it, with its date and the mark 接续前线下办理.
"""

from datetime import date, datetime

from investreview.accounts.models import User
from investreview.core.clock import noon
from investreview.core.errors import Invalid
from investreview.core.roles import Role
from investreview.core.text import clean_block, clean_line
from investreview.projects.acting import Acting
from investreview.projects.models import Case, Opinion
from investreview.projects.permissions import kept_apart, require_not_seconded
from investreview.projects.services.chain import ask_offices
from investreview.projects.services.letters import letter_signed_on_paper, prepare_letter
from investreview.projects.services.panels import note_deviation
from investreview.projects.services.proposing import PROPOSE_STEP, lay_chain
from investreview.projects.states import (
    FILED_STATES,
    OUTCOME_OF_PROPOSAL,
    DecidedVia,
    Proposal,
    StepOutcome,
)
from investreview.projects.takeovers import DELIVER, OPINION, PANEL, TakeoverFacts, expected_steps
from investreview.rulebook.chain import StepKind
from investreview.rulebook.labels import step_label

_OUTCOMES = {StepKind.SIGN: StepOutcome.SIGNED, StepKind.MEETING: StepOutcome.RECORDED}


def note_decisions(case: Case, facts: TakeoverFacts, *, acting: Acting, at: datetime) -> None:
    """The locked case has the officer's proposal, the chain and every opinion given on paper; the reply as it stands.

    Raises: Invalid at its field (takeover_*, projects_risks_needed, projects_reason_needed, projects_deviation_*,
    documents_*), Forbidden.
    """
    proposal = facts.proposal
    if proposal is None or facts.step in (PANEL, OPINION):
        raise Invalid("takeover_proposal_not_yet", field="proposal")
    case.proposal = Proposal(proposal.proposal)
    case.risks = [clean_line(risk) for risk in proposal.risks]
    case.refusal_reason = clean_block(proposal.refusal_reason) if proposal.refusal_reason.strip() else ""
    _check_proposal(case)
    note_deviation(case, Proposal(proposal.proposal), proposal.deviation, at)
    case.round = 1
    lay_chain(case)
    position = _position(case, facts)
    _write(
        case, PROPOSE_STEP, Role.CASE_OFFICER, "", facts.officer, StepOutcome.PROPOSED, proposal.text, proposal.on, 0
    )
    _write_earlier(case, facts)
    for reached in range(position + 1):
        case.chain_position = reached
        ask_offices(case, at=at)
    if facts.step != DELIVER:
        case.letter_id = prepare_letter(case, acting=acting, at=at).pk
        return
    _sign(case, facts, acting=acting, at=at)


def _check_proposal(case: Case) -> None:
    if case.proposal == Proposal.FILE_WITH_RISK and not case.risks:
        raise Invalid("projects_risks_needed", field="risks")
    if case.proposal == Proposal.REFUSE and not case.refusal_reason:
        raise Invalid("projects_reason_needed", field="refusal_reason")


def _position(case: Case, facts: TakeoverFacts) -> int:
    """Where in the chain the case goes on; everything before is there, and nothing else.

    Raises: Invalid (takeover_step_not_in_chain, takeover_steps_differ).
    """
    keys = [str(step["key"]) for step in case.chain]
    if facts.step != DELIVER and facts.step not in keys:
        raise Invalid("takeover_step_not_in_chain", field="step", steps="、".join(_step_names(case)))
    position = len(keys) if facts.step == DELIVER else keys.index(facts.step)
    given = [(step.key, step.office) for step in facts.earlier]
    wanted = expected_steps(case.chain, position)
    if given != wanted:
        names = {**{str(step["key"]): name for step, name in zip(case.chain, _step_names(case), strict=True)}}
        told = "、".join(f"{names[key]}{f'（{office}）' if office else ''}" for key, office in wanted) or "—"
        raise Invalid("takeover_steps_differ", field="earlier", wanted=told)
    return position


def _step_names(case: Case) -> list[str]:
    return [step_label(str(step["kind"])) for step in case.chain]


def _write_earlier(case: Case, facts: TakeoverFacts) -> None:
    steps = {str(step["key"]): step for step in case.chain}
    for minutes, given in enumerate(facts.earlier, 1):
        step = steps[given.key]
        kind, role = StepKind(str(step["kind"])), Role(str(step["role"]))
        _require_possible(case, given.person, role, kind)
        if kind is StepKind.CHECK and role is Role.OFFICE_HEAD:
            case.head = given.person
        outcome = _OUTCOMES.get(kind, StepOutcome.AGREED)
        if kind is StepKind.COUNTERSIGN:
            outcome = StepOutcome.OBJECTED if given.text.strip() else StepOutcome.NO_OBJECTION
        _write(case, given.key, role, given.office, given.person, outcome, given.text, given.on, minutes)


def _require_possible(case: Case, person: User, role: Role, kind: StepKind) -> None:
    """Nothing happens when this person could have decided: staff whom nothing they did before keeps apart.

    The same rule as for a step that is done here. Raises: Invalid at earlier (takeover_person_of_another,
    takeover_same_person), Forbidden (projects_seconded_cannot_sign).
    """
    if person.kind != User.Kind.STAFF or person.commission_id != case.commission_id:
        raise Invalid("takeover_person_of_another", field="earlier", who=person.full_name)
    require_not_seconded(person, role)
    if person.pk in {other.pk for other in kept_apart(case, kind) if other is not None}:
        raise Invalid("takeover_same_person", field="earlier", who=person.full_name, role=role.label)


def _write(
    case: Case,
    step: str,
    role: Role,
    office: str,
    person: User,
    outcome: StepOutcome,
    text: str,
    on: date,
    minutes: int,
) -> None:
    Opinion.objects.create(
        case=case,
        round=case.round,
        step=step,
        role=role.value,
        office=office,
        outcome=outcome,
        text=clean_block(text) if text.strip() else "",
        author=person,
        at=noon(on, minutes),
        decided_via=DecidedVia.TAKEN_OVER,
    )


def _sign(case: Case, facts: TakeoverFacts, *, acting: Acting, at: datetime) -> None:
    """The case is decided as it was on paper, with the numbers it has there; it only waits for its delivery."""
    signed = facts.signed
    if signed is None or not facts.document_number.strip():
        raise Invalid("takeover_number_needed", field="document_number")
    case.state = OUTCOME_OF_PROPOSAL[Proposal(case.proposal)]
    if (case.state in FILED_STATES) != bool(facts.filing_number.strip()):
        raise Invalid("takeover_filing_number", field="filing_number")
    case.signer = signed.person
    case.signed_at = case.ended_at = noon(signed.on, len(facts.earlier))
    letter = letter_signed_on_paper(
        case,
        signer=signed.person,
        signed_on=signed.on,
        number=facts.document_number,
        filing_number=facts.filing_number.strip(),
        acting=acting,
        at=at,
    )
    case.letter_id = letter.pk
    case.document_number = letter.number
    case.filing_number = letter.registration_number
