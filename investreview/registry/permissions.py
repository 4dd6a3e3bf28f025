"""Who may change what the registry holds."""

from investreview.core.errors import Forbidden
from investreview.core.roles import Role
from investreview.core.scope import Scope
from investreview.registry.models import Commission

CALENDAR_ROLES = frozenset({Role.SYSTEM_ADMIN, Role.RULE_KEEPER})


def can_edit_calendar(scope: Scope, commission: Commission) -> bool:
    """Whether this person keeps the commission's calendar of working days."""
    return scope.holds_any(CALENDAR_ROLES, commission.path)


def require_calendar_keeper(scope: Scope, commission: Commission) -> None:
    """Nothing happens for a keeper of the calendar. Raises: Forbidden (registry_calendar_keeper_only)."""
    if not can_edit_calendar(scope, commission):
        raise Forbidden("registry_calendar_keeper_only")
