"""The officer's opinion: what is proposed, with the draft of the reply; it lays the signing chain."""

from datetime import datetime

from django.db import transaction

from investreview.core.errors import Invalid
from investreview.core.roles import Role
from investreview.core.text import clean_block, clean_line
from investreview.projects.acting import Acting
from investreview.projects.models import Case
from investreview.projects.permissions import holders, require_apart, require_role
from investreview.projects.routing import as_plain, case_facts, confirmed_rules
from investreview.projects.rules import Verb
from investreview.projects.services.chain import ask_offices
from investreview.projects.services.common import lock_declared_case, note, require_reason, require_state, save_case
from investreview.projects.services.letters import prepare_letter
from investreview.projects.services.opinions import opinion_facts, write_opinion
from investreview.projects.services.panels import Deviation, note_deviation
from investreview.projects.states import Proposal, StepOutcome
from investreview.registry.models import Office
from investreview.rulebook.chain import ChainStep, StepKind, signing_chain
from investreview.rulebook.routing import Route

PROPOSE_STEP = "propose"


def propose(
    *,
    acting: Acting,
    case_id: int,
    version: int,
    proposal: str,
    text: str,
    risks: tuple[str, ...] = (),
    refusal_reason: str = "",
    deviation: Deviation | None = None,
    at: datetime,
) -> Case:
    """The officer's opinion is in, the draft of the reply exists, and the case is at the first step of its chain.

    Raises: Forbidden, Stale, Invalid (projects_risks_needed, projects_reason_needed, projects_panel_first,
    projects_deviation_*). Rule: DOMAIN §5, Signing chain.
    Journal: case.propose.
    """
    with transaction.atomic():
        case = lock_declared_case(case_id, version=version)
        require_role(acting, Role.CASE_OFFICER, case)
        require_state(case, Verb.PROPOSE)
        if case.awaits_panel:
            raise Invalid("projects_panel_first")
        require_apart(acting, *holders(case, "drafter", "releaser", "signer"), duty=Role.CASE_OFFICER)
        case.officer = acting.person
        case.proposal = Proposal(proposal)
        case.risks = [clean_line(risk) for risk in risks if risk.strip()]
        case.refusal_reason = clean_block(refusal_reason) if refusal_reason.strip() else ""
        if case.proposal == Proposal.FILE_WITH_RISK and not case.risks:
            raise Invalid("projects_risks_needed", field="risks")
        if case.proposal == Proposal.REFUSE:
            case.refusal_reason = require_reason(case.refusal_reason, field="refusal_reason")
        note_deviation(case, Proposal(proposal), deviation, at)
        opinion_text = require_reason(text, field="text")
        case.round += 1
        case.head = None
        lay_chain(case)
        letter = prepare_letter(case, acting=acting, at=at)
        case.letter_id = letter.pk
        save_case(case)
        ask_offices(case, at=at)
        opinion = write_opinion(
            case,
            acting=acting,
            step=PROPOSE_STEP,
            role=Role.CASE_OFFICER,
            outcome=StepOutcome.PROPOSED,
            text=opinion_text,
            details={"proposal": case.proposal, "risks": case.risks, "refusal_reason": case.refusal_reason},
            at=at,
        )
        note(case, Verb.PROPOSE, acting=acting, at=at, facts={**opinion_facts(opinion), "proposal": case.proposal})
        return case


def lay_chain(case: Case) -> None:
    """The case is at the first step of the chain that the rules lay for its route and amount; nobody is asked yet."""
    amount = case_facts(case).routing_amount_yuan
    steps = signing_chain(Route(case.route), amount, confirmed_rules(case))
    case.chain = [{**as_plain(step), "offices": _offices(case, step)} for step in steps]
    case.chain_position = 0


def _offices(case: Case, step: ChainStep) -> list[str]:
    """The codes of the commission's offices of the kinds the rule set names."""
    if step.kind is not StepKind.COUNTERSIGN:
        return []
    codes = list(
        Office.objects.filter(commission=case.commission, kind__in=step.offices)
        .order_by("code")
        .values_list("code", flat=True)
    )
    if not codes:
        raise Invalid("projects_no_such_office", kinds="、".join(step.offices), citation=step.citation)
    return codes
