"""Who may do what in post-evaluation: the one answer that page, button and service share."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from investreview.accounts.models import Substitution, User
from investreview.accounts.selectors import scope_of, substitutions_for
from investreview.core.errors import Forbidden
from investreview.core.roles import CASE_READING_ROLES, Role
from investreview.core.scope import Grant, Scope
from investreview.evaluations.models import SampleNotice
from investreview.evaluations.states import NoticeState
from investreview.projects.acting import Acting

OFFICER = Role.EVALUATION_OFFICER
DRAWING_ROLES = frozenset({Role.DRAW_OPERATOR, Role.DRAW_SUPERVISOR})
SEEING_ROLES = CASE_READING_ROLES | DRAWING_ROLES | {OFFICER}
"""Who sees what is due, the frame, the draw and its list; a sample has nothing to hide (DRAW)."""
NOTICE_ROLES = CASE_READING_ROLES | {OFFICER, Role.DOCUMENT_OFFICER}
"""Who sees the notices before the enterprise has them."""
COURSE_ROLES = CASE_READING_ROLES | {OFFICER, Role.ARCHIVIST}
"""Who sees what became of single projects."""

STEP_ROLES = frozenset({OFFICER, Role.OFFICE_HEAD, Role.DEPUTY_DIRECTOR, Role.DOCUMENT_OFFICER})
"""Who has a step of a notice on the commission's side; each can be stood in for under a written authority."""

NEXT_ROLE = {
    NoticeState.DRAFTED: OFFICER,
    NoticeState.HANDED_IN: Role.OFFICE_HEAD,
    NoticeState.CHECKED: Role.DEPUTY_DIRECTOR,
    NoticeState.SIGNED: Role.DOCUMENT_OFFICER,
}
"""Who has the next step of a notice on the commission's side."""


BARRED = {NoticeState.HANDED_IN: ("officer",), NoticeState.CHECKED: ("officer", "head", "head_for")}
"""Who, of those on a notice, never takes its next step: drafter, checker and signer are three people (DOMAIN §1)."""


def barred_people(notice: SampleNotice) -> tuple[User | None, ...]:
    """The people on the notice whose own acts keep them from its next step."""
    return tuple(getattr(notice, part) for part in BARRED.get(NoticeState(notice.state), ()))


def with_lent_steps(
    user: User,
    scope: Scope,
    at: datetime,
    *,
    roles: Collection[Role] = STEP_ROLES,
    authorities: Iterable[Substitution] | None = None,
) -> Scope:
    """What somebody holds, and those of ``roles`` that are theirs as substitute for somebody who holds them.

    ``authorities`` are those in force for this person where a page has read them already.
    """
    lent = tuple(
        Grant(role=Role(one.role), path=one.path)
        for one in (substitutions_for(user, at) if authorities is None else authorities)
        if one.role in roles and scope_of(one.principal, at).holds(Role(one.role), one.path)
    )
    if not lent:
        return scope
    own = scope_of(user, at)  # a request's scope is lazy and cannot be replaced in
    return replace(own, grants=(*own.grants, *lent))


def require_role(acting: Acting, role: Role, path: str) -> None:
    """Nothing happens when the acting person holds ``role`` on ``path`` (a substitute holds what was lent).

    Raises: Forbidden (projects_role_missing).
    """
    if not acting.scope.holds(role, path):
        raise Forbidden("projects_role_missing", role=role.label)


def may_see_years(scope: Scope, path: str) -> bool:
    """Whether somebody sees the evaluation years of the commission at ``path``."""
    return scope.holds_any(SEEING_ROLES, path)


def may_prepare(scope: Scope, path: str) -> bool:
    """Whether somebody prepares the frame."""
    return scope.holds(OFFICER, path)


def may_operate(scope: Scope, path: str) -> bool:
    """Whether somebody freezes and announces the draw."""
    return scope.holds(Role.DRAW_OPERATOR, path)


def may_supervise(scope: Scope, path: str) -> bool:
    """Whether somebody enters the numbers of the draw."""
    return scope.holds(Role.DRAW_SUPERVISOR, path)
