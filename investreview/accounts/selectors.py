"""Who holds what, who stands in for whom."""

from datetime import datetime

from investreview.accounts.models import Substitution, User
from investreview.accounts.permissions import people_holding, scope_of
from investreview.core.clock import legal_date
from investreview.core.roles import Role
from investreview.registry.rules import ancestor_paths

__all__ = ["scope_of", "substitutions_for", "users_holding"]


def substitutions_for(user: User, at: datetime) -> list[Substitution]:
    """The written authorities in force at ``at`` under which ``user`` may act for somebody who is still active."""
    today = legal_date(at)
    return list(
        Substitution.objects.filter(
            substitute=user,
            substitute__is_active=True,
            principal__is_active=True,
            valid_from__lte=today,
            valid_until__gte=today,
            ended_at__isnull=True,
        )
        .select_related("principal")
        .order_by("pk")
    )


def users_holding(role: Role, path: str, office: str = "", *, at: datetime) -> list[User]:
    """The active people whose ``role`` reaches ``path`` at ``at``."""
    return list(people_holding(role, ancestor_paths(path), office, at))
