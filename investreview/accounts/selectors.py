"""Who holds what, who stands in for whom."""

from datetime import datetime

from investreview.accounts.models import Substitution, User
from investreview.accounts.permissions import people_holding, scope_of
from investreview.core.clock import legal_date
from investreview.core.roles import Role
from investreview.journal.models import Entry
from investreview.journal.services import access_chain
from investreview.registry.models import Commission
from investreview.registry.rules import ancestor_paths

__all__ = ["access_entries", "scope_of", "substitutions_for", "users_holding"]

ACCESS_PAGE_LENGTH = 50


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


def access_entries(commission: Commission, *, before: int | None) -> tuple[list[Entry], int | None]:
    """A page of the access journal, newest first, and the key from which the next page goes on.

    Entries of nobody's chain (unknown names, visitors who are not signed in) stand among those of the commission.
    """
    chains = (access_chain(commission.code), access_chain(""))
    entries = Entry.objects.filter(chain__in=chains)
    if before is not None:
        entries = entries.filter(pk__lt=before)
    found = list(entries.order_by("-pk")[: ACCESS_PAGE_LENGTH + 1])
    shown = found[:ACCESS_PAGE_LENGTH]
    return shown, shown[-1].pk if len(found) > ACCESS_PAGE_LENGTH else None
