"""How every opinion is written: on screen or from paper, in one's own name or as a substitute."""

from datetime import datetime

from investreview.core.roles import Role
from investreview.core.text import clean_block
from investreview.projects.acting import Acting
from investreview.projects.models import Case, Opinion, PaperDecision
from investreview.projects.permissions import require_not_seconded
from investreview.projects.states import DecidedVia, StepOutcome


def write_opinion(
    case: Case,
    *,
    acting: Acting,
    step: str,
    role: Role,
    outcome: StepOutcome,
    text: str,
    at: datetime,
    office: str = "",
    details: dict[str, object] | None = None,
    paper: PaperDecision | None = None,
) -> Opinion:
    """One opinion stands in the case, with its way (screen or paper) and for whom it was given.

    Raises: Forbidden (projects_seconded_cannot_sign) for a signing role in the hands of seconded staff.
    """
    require_not_seconded(acting.person, role)
    opinion: Opinion = Opinion.objects.create(
        case=case,
        round=case.round,
        step=step,
        role=role.value,
        office=office,
        outcome=outcome,
        text=clean_block(text) if text.strip() else "",
        details=details or {},
        author=acting.person,
        on_behalf_of=acting.principal,
        authority_number=acting.authority_number,
        at=at,
        decided_via=DecidedVia.SCREEN if paper is None else DecidedVia.PAPER,
        paper=paper,
    )
    return opinion


def opinion_facts(opinion: Opinion) -> dict[str, object]:
    """What the journal says of an opinion, the way it was given included."""
    facts: dict[str, object] = {
        "step": opinion.step,
        "outcome": opinion.outcome,
        "round": opinion.round,
        "via": opinion.decided_via,
        "text": opinion.text,
    }
    if opinion.office:
        facts["office"] = opinion.office
    if opinion.paper is not None:
        facts |= {
            "paper_dated_on": opinion.paper.dated_on.isoformat(),
            "entered_by": opinion.paper.entered_by.full_name,
            "compared_by": opinion.paper.compared_by.full_name if opinion.paper.compared_by else "",
            "scan_sha256": opinion.paper.scan.sha256,
        }
    if opinion.on_behalf_of is not None:
        facts |= {"on_behalf_of": opinion.on_behalf_of.full_name, "authority": opinion.authority_number}
    return facts
