"""What the pages of a case share."""

from django.db.models import prefetch_related_objects

from investreview.accounts.http import ScopedRequest
from investreview.core import clock
from investreview.core.errors import Forbidden, Invalid
from investreview.core.roles import ENTERPRISE_ROLES, Role
from investreview.core.scope import Scope
from investreview.projects.acting import Acting
from investreview.projects.models import Case
from investreview.projects.reading import known_case
from investreview.projects.record import read_draft
from investreview.projects.rules import Verb, is_allowed
from investreview.projects.states import CaseState

BACKGROUND = "X-Background"
"""The header by which a script of ours asks for a short answer instead of a page: ``save`` or ``upload``."""

ENDED_UNDECIDED = frozenset({CaseState.RETURNED, CaseState.WITHDRAWN, CaseState.DISCARDED})
"""Ends after which the same project may be reported again; the enterprise knows of each as it happens."""


def acting_of(request: ScopedRequest) -> Acting:
    """The signed-in person in their own name."""
    return Acting(user=request.user, scope=request.scope)


def enterprise_case(request: ScopedRequest, number: str) -> Case:
    """The case, for a person of the enterprise side.

    Raises: NotVisible, Forbidden (projects_role_missing) for everybody who only reads it.
    """
    case = enterprise_reading(request, number)
    read_draft(case)
    return case


def enterprise_reading(request: ScopedRequest, number: str) -> Case:
    """The same without its declared rows. Raises: NotVisible, Forbidden (projects_role_missing)."""
    case, _scope = known_case(number, user=request.user, scope=request.scope, at=clock.now())
    if not request.scope.holds_any(ENTERPRISE_ROLES, case.path):
        raise Forbidden("projects_role_missing", role=Role.ENTERPRISE_DRAFTER.label)
    return case


def with_rows(case: Case, *rows: str) -> Case:
    """The case with these of its declared rows read once, however often the page asks for them."""
    prefetch_related_objects([case], *(f"declaration__{name}" for name in rows))
    return case


def may_write_facts(scope: Scope, case: Case) -> bool:
    """Whether this person may change the declared facts now."""
    return is_allowed(Verb.SAVE, case.state) and scope.holds(Role.ENTERPRISE_DRAFTER, case.path)


def may_discard(scope: Scope, case: Case) -> bool:
    """Whether this person may throw the draft away now."""
    if case.handed_over_at is not None:
        return False
    return is_allowed(Verb.DISCARD, case.state) and scope.holds(Role.ENTERPRISE_DRAFTER, case.path)


def may_begin_again(scope: Scope, case: Case) -> bool:
    """Whether this person may begin the project's next case; the service looks at the project's last one."""
    return case.state in ENDED_UNDECIDED and scope.holds(Role.ENTERPRISE_DRAFTER, case.path)


def may_write_materials(scope: Scope, case: Case) -> bool:
    """Whether this person may provide materials now."""
    return is_allowed(Verb.SAVE, case.state) and scope.holds_any(ENTERPRISE_ROLES, case.path)


def require_not_frozen(case: Case) -> None:
    """Nothing happens while the enterprise may write; the state itself is not told before its letter is delivered.

    Raises: Invalid (projects_content_frozen).
    """
    if not is_allowed(Verb.SAVE, case.state):
        raise Invalid("projects_content_frozen")
