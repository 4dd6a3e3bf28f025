"""Who has an inbox: everybody whose role has steps, reads cases, or is asked by a panel or an evaluation."""

from investreview.core.errors import Forbidden
from investreview.core.roles import PANEL_ROLES, Role
from investreview.core.scope import Scope
from investreview.desk.ways import CASE_ROLES

WITH_INBOX = CASE_ROLES | PANEL_ROLES | {Role.EVALUATION_OFFICER}


def has_inbox(scope: Scope) -> bool:
    """Whether this person has tabs; the others find at home where their work is."""
    return bool(scope.roles & WITH_INBOX)


def require_inbox(scope: Scope) -> None:
    """Nothing happens for who has an inbox. Raises: Forbidden (desk_no_cases_here)."""
    if not has_inbox(scope):
        raise Forbidden("desk_no_cases_here")
