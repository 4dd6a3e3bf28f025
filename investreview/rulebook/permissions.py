"""Who may draft, publish and read rule sets."""

from investreview.core.errors import Forbidden, NotVisible
from investreview.core.roles import Role
from investreview.core.scope import Scope
from investreview.registry.models import Commission

DRAFT_READERS = frozenset({Role.RULE_KEEPER, Role.OFFICE_HEAD, Role.AUDITOR})


def require_keeper(scope: Scope, commission: Commission) -> None:
    """Nothing happens for the commission's rule keeper. Raises: Forbidden (rulebook_keeper_only)."""
    if not can_draft(scope, commission):
        raise Forbidden("rulebook_keeper_only")


def can_draft(scope: Scope, commission: Commission) -> bool:
    """Whether this person is the commission's rule keeper."""
    return scope.holds(Role.RULE_KEEPER, commission.path)


def can_publish(scope: Scope, commission: Commission) -> bool:
    """Whether this person is an office head, who publishes what another drafted."""
    return scope.holds(Role.OFFICE_HEAD, commission.path)


def require_draft_reader(scope: Scope) -> None:
    """Nothing happens for who drafts, publishes or audits rules. Raises: NotVisible (rulebook_draft_gone)."""
    if not scope.commissions_where(*DRAFT_READERS):
        raise NotVisible("rulebook_draft_gone")


def require_publisher(scope: Scope, commission: Commission, drafter_id: int | None) -> None:
    """Nothing happens for an office head who did not draft the set.

    Raises: Forbidden (rulebook_head_only, rulebook_same_person).
    """
    if not can_publish(scope, commission):
        raise Forbidden("rulebook_head_only")
    if scope.user_id == drafter_id:
        raise Forbidden("rulebook_same_person")
