"""Who may do what to a case: the one answer that list, button, service and engine share."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of, substitutions_for
from investreview.core.errors import Forbidden
from investreview.core.roles import Role
from investreview.core.scope import Grant
from investreview.projects.acting import Acting
from investreview.projects.models import Case

ENTERING_ROLES = frozenset({Role.CASE_OFFICER, Role.DOCUMENT_OFFICER, Role.OFFICE_HEAD})
"""Who may print the 呈批表 and bring its decisions back into the system."""


def acting_as(
    *,
    user: User,
    role: Role,
    path: str,
    office: str = "",
    route: str = "",
    amount_yuan: Decimal | None = None,
    at: datetime,
) -> Acting:
    """The acting person for an act of ``role`` on ``path``: in their own name, else as a valid substitute.

    Raises: Forbidden (projects_role_missing) when neither holds; seconded staff never reach a signing role.
    """
    scope = scope_of(user, at)
    if scope.holds(role, path, office or None):
        return Acting(user=user, scope=scope)
    for substitution in substitutions_for(user, at):
        if substitution.role != role or not path.startswith(substitution.path):
            continue
        if substitution.routes and route and route not in substitution.routes:
            continue
        limit = substitution.max_amount_yuan
        if limit is not None and amount_yuan is not None and amount_yuan > limit:
            continue
        if scope_of(substitution.principal, at).holds(role, path, office or None):
            lent = Grant(role=role, path=substitution.path, office=office)
            return Acting(
                user=user,
                scope=replace(scope, grants=(*scope.grants, lent)),
                principal=substitution.principal,
                authority_number=substitution.authority_number,
            )
    raise Forbidden("projects_role_missing", role=role.label)


def require_role(acting: Acting, role: Role, case: Case, *, office: str = "") -> None:
    """Nothing happens when the acting person holds ``role`` for this case (a substitute holds what was lent).

    Raises: Forbidden (projects_role_missing). The engine has asked the same for the task; a service asks again for
    the record, so that no other door lets an unauthorised act through.
    """
    if not acting.scope.holds(role, case.path, office or None):
        raise Forbidden("projects_role_missing", role=role.label)


def require_apart(acting: Acting, *others: User | None, duty: Role) -> None:
    """Nothing happens when the acting person and their principal are none of ``others``.

    Raises: Forbidden (projects_duty_conflict). Rule: DOMAIN §1, one person never holds on the same case.
    """
    for other in others:
        if other is not None and other.pk in acting.person_ids:
            raise Forbidden("projects_duty_conflict", duty=duty.label, who=other.full_name)
