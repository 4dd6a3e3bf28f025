"""Who may draft, publish and read rule sets."""

from investreview.core.errors import Forbidden
from investreview.core.roles import Role
from investreview.core.scope import Scope
from investreview.registry.models import Commission

DRAFT_READERS = frozenset({Role.RULE_KEEPER, Role.OFFICE_HEAD, Role.AUDITOR})


def require_keeper(scope: Scope, commission: Commission) -> None:
    """Nothing happens for the commission's rule keeper. Raises: Forbidden (rulebook_keeper_only)."""
    if not scope.holds(Role.RULE_KEEPER, commission.path):
        raise Forbidden("rulebook_keeper_only")


def require_publisher(scope: Scope, commission: Commission, drafter_id: int | None) -> None:
    """Nothing happens for an office head who did not draft the set.

    Raises: Forbidden (rulebook_head_only, rulebook_same_person).
    """
    if not scope.holds(Role.OFFICE_HEAD, commission.path):
        raise Forbidden("rulebook_head_only")
    if scope.user_id == drafter_id:
        raise Forbidden("rulebook_same_person")
