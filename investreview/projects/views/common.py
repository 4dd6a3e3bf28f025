"""What the pages of a case share."""


from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from investreview.accounts.http import ScopedRequest
from investreview.core.errors import Forbidden, Invalid
from investreview.core.roles import ENTERPRISE_ROLES, Role
from investreview.core.scope import Scope
from investreview.projects.acting import Acting
from investreview.projects.models import Case
from investreview.projects.rules import Verb, is_allowed
from investreview.projects.selectors import case_by_number
from investreview.projects.states import CaseState

ENDED_UNDECIDED = frozenset({CaseState.RETURNED, CaseState.WITHDRAWN, CaseState.DISCARDED})
"""Ends after which the same project may be reported again; the enterprise knows of each as it happens."""


def steps_to_submission(case: Case, on: str) -> list[dict[str, object]]:
    """The steps of a draft for the steps component; ``on`` is the page that is open."""
    pages = (("facts", _("内容与投资额")), ("materials", _("材料")))
    shown: list[dict[str, object]] = [
        {
            "label": label,
            "url": reverse(f"projects:{name}", args=[case.number]),
            "state": "on" if name == on else "todo",
        }
        for name, label in pages
    ]
    return [*shown, {"label": _("送审"), "url": "", "state": "todo"}]


def acting_of(request: ScopedRequest) -> Acting:
    """The signed-in person in their own name."""
    return Acting(user=request.user, scope=request.scope)


def enterprise_case(request: ScopedRequest, number: str) -> Case:
    """The case, for a person of the enterprise side.

    Raises: NotVisible, Forbidden (projects_role_missing) for everybody who only reads it.
    """
    case = case_by_number(request.scope, number)
    if not request.scope.holds_any(ENTERPRISE_ROLES, case.path):
        raise Forbidden("projects_role_missing", role=Role.ENTERPRISE_DRAFTER.label)
    return with_rows(case)


def with_rows(case: Case) -> Case:
    """The case with its declared rows read once, however often the page asks for them."""
    rows = ("phases", "commitments", "parties__organisation")
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
