"""Who looks after mails and short messages, who sends them, who calls people."""

from investreview.core.roles import DECIDING_ROLES, PANEL_ROLES, Role
from investreview.core.scope import Scope
from investreview.registry.models import Commission

SENDING_ROLES = PANEL_ROLES | DECIDING_ROLES | {Role.EVALUATION_OFFICER}
"""Whose acts send mails to people outside their office."""
CALLING_ROLES = frozenset({Role.CASE_OFFICER, Role.OFFICE_HEAD})


def can_keep_outbox(scope: Scope, commission: Commission | None) -> bool:
    """Whether this person is the system administrator of the commission."""
    return commission is not None and scope.holds(Role.SYSTEM_ADMIN, commission.path)


def can_see_outbox(scope: Scope, commission: Commission | None) -> bool:
    """Whether this person sends mails, or keeps the outbox of the commission."""
    return commission is not None and scope.holds_any(SENDING_ROLES | {Role.SYSTEM_ADMIN}, commission.path)


def can_call_people(scope: Scope, commission: Commission | None) -> bool:
    """Whether this person, of the office that handles the cases, calls those who have not read what is due."""
    return commission is not None and scope.holds_any(CALLING_ROLES, commission.path)
