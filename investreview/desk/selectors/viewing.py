"""Who looks, and from which side: the commission reads everything of a case, the enterprise what concerns it.

Rule: DOMAIN §1 and §12. A decision is made when it is signed and effective towards the enterprise when it is
delivered; until then the enterprise sees that its case is being handled, at which step, until when, and whom to ask.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Case as CaseExpression
from django.db.models import CharField, F, Q, QuerySet, Value, When

from investreview.accounts.models import User
from investreview.core.clock import legal_date
from investreview.core.errors import DomainError, NotVisible
from investreview.core.roles import ENTERPRISE_ROLES, Role
from investreview.core.scope import Scope
from investreview.projects.models import Case
from investreview.projects.selectors import visible_cases
from investreview.projects.states import DECIDED, CaseState
from workflows.permissions import acting_for
from workflows.selectors import inbox

_WITH = (
    "project",
    "commission",
    "enterprise__organisation",
    "group__organisation",
    "declaration",
    "rule_set",
    "drafter",
    "releaser",
    "officer__office",
    "head",
    "signer",
    "signer_for",
)
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
    """The case, if this person may know it: by their own role, or because a step of it waits for them as substitute.

    Raises: NotVisible (projects_case_not_visible), the same for a case that does not exist.
    """
    case = visible_cases(viewer.scope).select_related(*_WITH).filter(number=number).first()
    if case is not None:
        return Reading(case=case, viewer=viewer, inside=viewer.reads_inside(case.path))
    return _read_as_substitute(viewer, number)


def _read_as_substitute(viewer: Viewer, number: str) -> Reading:
    waiting = inbox(user=viewer.user, scope=viewer.scope, at=viewer.at).filter(case__number=number)
    for item in waiting:
        try:
            acting = acting_for(user=viewer.user, item=item, at=viewer.at)
        except DomainError:
            continue
        case = Case.objects.select_related(*_WITH).get(pk=item.case_id)
        lent = replace(viewer, scope=acting.scope)
        return Reading(case=case, viewer=lent, inside=lent.reads_inside(case.path))
    raise NotVisible("projects_case_not_visible")


def may_read_case(user: User, scope: Scope, key: str, at: datetime) -> bool:
    """Whether this person may know the case; document pages ask this before they ask for the document."""
    try:
        read_case(Viewer(user=user, scope=scope, at=at), key)
    except NotVisible:
        return False
    return True


def known_numbers(scope: Scope) -> QuerySet[Case, str]:
    """The numbers of all cases that somebody may know in their own name; lists of documents are held to them."""
    return visible_cases(scope).values_list("number", flat=True)
