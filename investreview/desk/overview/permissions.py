"""Who has the overview."""

from investreview.core.errors import Forbidden
from investreview.core.roles import CASE_READING_ROLES
from investreview.core.scope import Scope

OVERVIEW_ROLES = CASE_READING_ROLES
"""Officer, head, deputy, director and auditor: who reads every case and the samples of the commission (DOMAIN §1).

So no number here can tell more than the lists it opens. A countersigning office (the discipline office among them)
reads what was sent to it, the document office papers and not samples, the archivist closed cases: a sum over all cases
is not theirs. Enterprises and experts see their own cases, the three administrators none.
"""


def overview_scope(scope: Scope) -> Scope:
    """The part of somebody's reach that the overview counts; other roles of theirs widen no figure.

    Raises: Forbidden (desk_overview_not_yours).
    """
    grants = tuple(grant for grant in scope.grants if grant.role in OVERVIEW_ROLES)
    if not grants:
        raise Forbidden("desk_overview_not_yours")
    return Scope(user_id=scope.user_id, username=scope.username, name=scope.name, grants=grants)
