"""Who looks, and from which side: the commission reads everything of a case, the enterprise what concerns it.

Rule: DOMAIN §1 and §12. A decision is made when it is signed and effective towards the enterprise when it is
delivered; until then the enterprise sees that its case is being handled, at which step, until when, and whom to ask.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Case as CaseExpression
from django.db.models import CharField, F, Q, QuerySet, Value, When

from investreview.accounts.http import ScopedRequest
from investreview.accounts.models import User
from investreview.core import clock
from investreview.core.clock import legal_date
from investreview.core.errors import NotVisible
from investreview.core.roles import ENTERPRISE_ROLES, Role
from investreview.core.scope import Scope
from investreview.projects.models import Case
from investreview.projects.reading import known_case
from investreview.projects.selectors import visible_cases
from investreview.projects.states import DECIDED, CaseState

_NOT_DELIVERED = Q(state__in=sorted(DECIDED), delivered_at__isnull=True)


@dataclass(frozen=True)
class Viewer:
    """The person at the desk, what they hold, and the moment they look."""

    user: User
    scope: Scope
    at: datetime

    @property
    def today(self) -> date:
        """The legal date of the moment."""
        return legal_date(self.at)

    @property
    def is_enterprise(self) -> bool:
        """Whether this person sits at a desk of an enterprise."""
        return bool(self.scope.roles & ENTERPRISE_ROLES)

    def reads_inside(self, path: str) -> bool:
        """Whether opinions, drafts and the journal of a case on ``path`` are for this person: the commission's side."""
        return bool(self.scope.roles_on(path) - ENTERPRISE_ROLES)

    def only_audits(self, path: str) -> bool:
        """Whether this person reads a case on ``path`` as auditor and in no other role."""
        return self.scope.roles_on(path) == {Role.AUDITOR}


def viewer_of(request: ScopedRequest) -> Viewer:
    """Whoever asks for a page, at this moment."""
    return Viewer(user=request.user, scope=request.scope, at=clock.now())


def shown_state(case: Case, *, inside: bool) -> CaseState:
    """The state as this side may know it: to the enterprise a decision shows once it is delivered."""
    if not inside and case.state in DECIDED and case.delivered_at is None:
        return CaseState.REVIEWING
    return CaseState(case.state)


def with_shown_state(cases: QuerySet[Case], viewer: Viewer) -> QuerySet[Any]:
    """The cases with ``shown_state`` as a column, so that no filter tells more than the page."""
    if not viewer.is_enterprise:
        return cases.annotate(shown_state=F("state"))
    masked = When(_NOT_DELIVERED, then=Value(CaseState.REVIEWING.value))
    return cases.annotate(shown_state=CaseExpression(masked, default=F("state"), output_field=CharField()))


@dataclass(frozen=True)
class Reading:
    """A case somebody may read, and whether they read it from the commission's side."""

    case: Case
    viewer: Viewer
    inside: bool

    @property
    def state(self) -> CaseState:
        """The state as this side may know it."""
        return shown_state(self.case, inside=self.inside)


def read_case(viewer: Viewer, number: str) -> Reading:
    """The case, if this person may know it: by their own role, or because a step of it is theirs as substitute.

    Raises: NotVisible (projects_case_not_visible), the same for a case that does not exist.
    """
    case, scope = known_case(number, user=viewer.user, scope=viewer.scope, at=viewer.at)
    reader = replace(viewer, scope=scope)
    return Reading(case=case, viewer=reader, inside=reader.reads_inside(case.path))


def case_reading_scope(user: User, scope: Scope, key: str, at: datetime) -> Scope | None:
    """The scope with which this person reads a case, or nothing; pages of documents ask this first."""
    try:
        return known_case(key, user=user, scope=scope, at=at)[1]
    except NotVisible:
        return None


def known_numbers(scope: Scope) -> QuerySet[Case, str]:
    """The numbers of all cases that somebody may know in their own name; lists of documents are held to them."""
    return visible_cases(scope).values_list("number", flat=True)
