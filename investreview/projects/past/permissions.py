"""Who may enter, check and read the past."""

from investreview.core.errors import Forbidden
from investreview.core.roles import CASE_READING_ROLES, ENTERPRISE_ROLES, Role
from investreview.core.scope import Scope
from investreview.projects.models import Backfill
from investreview.projects.permissions import TAKEOVER_READERS, TAKING_OVER
from investreview.registry.models import Commission

ENTERING = frozenset({Role.CASE_OFFICER, Role.ARCHIVIST})
"""Who enters what was decided on paper; another of them checks it."""
BATCH_READERS = ENTERING | {Role.OFFICE_HEAD, Role.AUDITOR}
READERS = CASE_READING_ROLES | {Role.DOCUMENT_OFFICER, Role.ARCHIVIST}
"""Who reads accepted past decisions of the whole commission; the enterprise reads its own."""
ALL_READERS = READERS | ENTERPRISE_ROLES


def entering_roles(source: str) -> frozenset[Role]:
    """Who brings in batches of this source; the archivist enters what is decided, not what is under way."""
    return TAKING_OVER if source == Backfill.Source.ONGOING else ENTERING


def reading_roles(source: str) -> frozenset[Role]:
    """Who reads the batches of this source."""
    return TAKEOVER_READERS if source == Backfill.Source.ONGOING else BATCH_READERS


def may_enter(scope: Scope, commission: Commission, source: str = Backfill.Source.FORM) -> bool:
    """Whether this person enters and checks batches of this source in the commission."""
    return scope.holds_any(entering_roles(source), commission.path)


def require_entering(scope: Scope, commission: Commission, source: str = Backfill.Source.FORM) -> None:
    """Nothing happens when this person enters and checks batches of this source in the commission.

    Raises: Forbidden (projects_role_missing).
    """
    if may_enter(scope, commission, source):
        return
    if source == Backfill.Source.ONGOING:
        raise Forbidden("projects_role_missing", role=Role.CASE_OFFICER.label)
    raise Forbidden("projects_role_missing", role=f"{Role.CASE_OFFICER.label}/{Role.ARCHIVIST.label}")
