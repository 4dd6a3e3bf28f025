"""What waits for the office head: proposals for the pools, hits to be dismissed, requests of recusal."""

from dataclasses import dataclass

from experts.models import DismissedHit, Membership, RecusalRequest
from experts.states import RecusalState
from investreview.registry.models import Commission


@dataclass(frozen=True)
class Queue:
    """The oldest first."""

    proposals: tuple[Membership, ...]
    dismissals: tuple[DismissedHit, ...]
    requests: tuple[RecusalRequest, ...]


def waiting_for_head(commission: Commission) -> Queue:
    """Everything of the commission that nobody has answered; three queries."""
    proposals = Membership.objects.filter(
        expert__commission=commission, admitted_on__isnull=True, removed_on__isnull=True
    ).select_related("expert", "proposed_by")
    dismissals = DismissedHit.objects.filter(expert__commission=commission, is_confirmed__isnull=True).select_related(
        "expert", "case__project", "proposed_by"
    )
    requests = RecusalRequest.objects.filter(case__commission=commission, state=RecusalState.OPEN).select_related(
        "case__project", "case__enterprise", "entered_by", "scan"
    )
    return Queue(tuple(proposals.order_by("id")), tuple(dismissals.order_by("id")), tuple(requests.order_by("id")))
