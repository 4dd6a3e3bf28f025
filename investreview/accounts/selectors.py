"""Who holds what, who stands in for whom."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from investreview.accounts.models import PersonSession, RecoveryCode, RoleMembership, SecondFactor, Substitution, User
from investreview.accounts.permissions import effective, lent_to, people_holding, scope_of
from investreview.accounts.services.noting import subject_of
from investreview.core.clock import legal_date
from investreview.core.gathering import gathered
from investreview.core.roles import Role
from investreview.journal.models import Entry
from investreview.journal.services import access_chain
from investreview.registry.models import Commission
from investreview.registry.rules import ancestor_paths

__all__ = ["access_entries", "scope_of", "substitutions_for", "users_holding"]

ACCESS_PAGE_LENGTH = 50


def substitutions_for(user: User, at: datetime) -> list[Substitution]:
    """The written authorities in force at ``at`` under which ``user`` may act for somebody who is still active."""
    return lent_to(user, at)


def users_holding(role: Role, path: str, office: str = "", *, at: datetime) -> list[User]:
    """The active people whose ``role`` reaches ``path`` at ``at``."""
    return list(people_holding(role, ancestor_paths(path), office, at).select_related("office"))


def users_holding_any(roles: Iterable[Role], path: str, *, at: datetime) -> list[User]:
    """The same for one of ``roles``; one query."""
    found = gathered(*(people_holding(role, ancestor_paths(path), "", at).select_related("office") for role in roles))
    return list({user.pk: user for users in found for user in users}.values())


def memberships_reaching(roles: Iterable[Role], paths: Sequence[str], at: datetime) -> QuerySet[RoleMembership]:
    """Who holds one of ``roles`` on one of ``paths`` at ``at``, with person, office and enterprise; one query."""
    return (
        RoleMembership.objects.filter(effective(at), body_role__role__in=sorted(roles), body_role__path__in=paths)
        .select_related("user__office", "user__enterprise", "body_role")
        .order_by("pk")
    )


def substitutions_of(principals: Iterable[int], at: datetime) -> QuerySet[Substitution]:
    """The written authorities in force at ``at`` that these people gave, with who acts under them; one query."""
    today = legal_date(at)
    return (
        Substitution.objects.filter(
            principal__in=list(principals),
            substitute__is_active=True,
            valid_from__lte=today,
            valid_until__gte=today,
            ended_at__isnull=True,
        )
        .select_related("substitute__office", "substitute__enterprise")
        .order_by("pk")
    )


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


def last_sign_in(user: User) -> tuple[Entry, int] | None:
    """The person's latest sign-in and how often it failed since; None before the first. At most two queries."""
    subject = subject_of(user)
    entries = Entry.objects.filter(subject_kind=subject.kind, subject_key=subject.key)
    latest = entries.filter(verb="session.open").order_by("-pk").first()
    if latest is None:
        return None
    return latest, entries.filter(verb="session.refuse", pk__gt=latest.pk).count()


def sessions_of(user: User, *, now: datetime) -> list[PersonSession]:
    """Where the person is signed in at the machine's time ``now``, the latest used first."""
    limit: timedelta = settings.SESSION_IDLE_LIMIT
    return list(PersonSession.objects.filter(user=user, seen_at__gte=now - limit).order_by("-seen_at", "-pk"))


def second_factor_of(user: User) -> SecondFactor | None:
    """The person's second factor, never its key."""
    return second_factors(user).first()


def second_factors(user: User) -> QuerySet[SecondFactor]:
    """The same, still to be read: one or none."""
    return SecondFactor.objects.defer("sealed_key").filter(user=user)


def unused_code_count(factor: SecondFactor) -> int:
    """How many recovery codes are left."""
    return RecoveryCode.objects.filter(factor=factor, used_at__isnull=True).count()
