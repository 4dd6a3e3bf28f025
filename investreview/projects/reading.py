"""Who reads a case, and as whom: by their own roles, else by the role that a waiting step lends to a substitute.

Which step waits is known to the room that runs the process; it says so when the site starts.
"""

from collections.abc import Callable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from investreview.accounts.models import User
from investreview.core.errors import NotVisible
from investreview.core.scope import Scope
from investreview.projects.models import Case
from investreview.projects.selectors import visible_cases

Lender = Callable[[User, Case, datetime], Scope | None]
_LENDERS: list[Lender] = []

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


def register_lender(lender: Lender) -> None:
    """From now on ``lender`` says with what scope a substitute reads a case; called once, when the site starts."""
    _LENDERS.append(lender)


def known_case(number: str, *, user: User, scope: Scope, at: datetime) -> tuple[Case, Scope]:
    """The case, and the scope with which this person reads it: their own, else a lent one.

    Raises: NotVisible (projects_case_not_visible), the same for a case that does not exist.
    Rule: DOMAIN §1, a substitute knows the case while the step they may do for somebody waits.
    """
    return _known(Q(number=number), user, scope, at)


def reading_scope(case_id: int, *, user: User, scope: Scope, at: datetime) -> Scope:
    """The scope with which this person reads the case: their own, else a lent one.

    Raises: NotVisible (projects_case_not_visible), the same for a case that does not exist.
    """
    if visible_cases(scope).filter(pk=case_id).exists():
        return scope
    return _known(Q(pk=case_id), user, scope, at)[1]


def _known(which: Q, user: User, scope: Scope, at: datetime) -> tuple[Case, Scope]:
    is_visible = Exists(visible_cases(scope).filter(pk=OuterRef("pk")))
    case = Case.objects.select_related(*_WITH).filter(which).annotate(is_visible=is_visible).first()
    if case is not None and case.is_visible:
        return case, scope
    if case is not None:
        for lender in _LENDERS:
            lent = lender(user, case, at)
            if lent is not None:
                return case, lent
    raise NotVisible("projects_case_not_visible")
