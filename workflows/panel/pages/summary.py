"""三页摘要: the case's facts for an expert who has declared, one page each: project, money, risk and papers."""

from dataclasses import dataclass
from datetime import datetime

from experts.permissions import require_papers_open
from experts.selectors.papers import papers_at
from experts.selectors.parties import PartyLine, case_parties
from experts.selectors.seat_pages import own_seat
from investreview.accounts.models import User
from investreview.core.clock import legal_date
from investreview.projects.models import Case, Phase
from investreview.projects.record import read_record
from investreview.projects.routing import case_facts
from workflows.review.page import ReasonRow, facts_of, routed


@dataclass(frozen=True)
class Summary:
    """What the three pages say."""

    seat_id: int
    case: Case
    facts: tuple[tuple[str, str], ...]
    amount: object
    total: object
    phases: tuple[Phase, ...]
    parties: tuple[PartyLine, ...]
    reasons: tuple[ReasonRow, ...]
    paper_count: int


def summary_of(user: User, seat_id: int, *, at: datetime) -> Summary:
    """The summary of the case that the own seat reviews.

    Raises: NotVisible (experts_seat_not_visible), Forbidden (experts_declaration_needed, experts_conflict_declared,
    experts_seat_not_sitting).
    """
    seat = own_seat(user, seat_id)
    require_papers_open(seat)
    case = Case.objects.select_related("project", "group", "enterprise", "declaration", "rule_set", "commission").get(
        pk=seat.panel.case_id
    )
    read_record(case)
    facts = case_facts(case)
    return Summary(
        seat_id=seat.pk,
        case=case,
        facts=facts_of(case),
        amount=facts.routing_amount_yuan,
        total=facts.total_investment_yuan,
        phases=tuple(case.declaration.phases.all()),
        parties=tuple(line for line in case_parties(case) if line.role != "GROUP"),
        reasons=routed(case, legal_date(at))[1],
        paper_count=len({paper.file_id for paper in papers_at(seat)}),
    )
