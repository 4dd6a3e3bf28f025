"""Who looks after the mails that do not leave."""

from investreview.core.roles import Role
from investreview.core.scope import Scope
from investreview.registry.models import Commission


def can_keep_outbox(scope: Scope, commission: Commission | None) -> bool:
    """Whether this person is the system administrator of the commission."""
    return commission is not None and scope.holds(Role.SYSTEM_ADMIN, commission.path)
