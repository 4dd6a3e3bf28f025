"""Who may do what to a case: the one answer that list, button, service and engine share."""

from copy import copy
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of, substitutions_for
from investreview.core.errors import Forbidden, Invalid
from investreview.core.once import once
from investreview.core.roles import CASE_READING_ROLES, ENTERPRISE_ROLES, SIGNING_ROLES, Role
from investreview.core.scope import Grant, Scope
from investreview.projects.acting import Acting
from investreview.projects.models import Case, Instruction
from investreview.projects.record import listed
from investreview.projects.rules import Verb, is_allowed
from investreview.projects.states import WITH_ENTERPRISE
from investreview.rulebook.chain import StepKind

APART_AT_STEP: dict[StepKind, tuple[str, ...]] = {
    StepKind.CHECK: ("officer", "drafter", "releaser"),
    StepKind.REVIEW: ("officer", "drafter", "releaser"),
    StepKind.COUNTERSIGN: ("officer",),
    StepKind.WORDING: ("officer",),
    StepKind.SIGN: ("officer", "head", "drafter", "releaser"),
}
"""Kind of a step of the chain → who of the case never does it (DOMAIN §1), on screen, on paper and before a take-over;
whoever was one of them before a hand-over counts too."""

ENTERING_ROLES = frozenset({Role.CASE_OFFICER, Role.DOCUMENT_OFFICER, Role.OFFICE_HEAD})
"""Who may print the 呈批表 and bring its decisions back into the system."""

ASKING_ROLES = frozenset({Role.CASE_OFFICER, Role.OFFICE_HEAD})
"""Who asks the enterprise on a case."""

PRINTING_ROLES = ENTERING_ROLES | SIGNING_ROLES
"""Who may print the 呈批表; a leader prints what waits for their own hand."""

INSTRUCTION_READERS = CASE_READING_ROLES | {Role.DOCUMENT_OFFICER}
"""Who reads every 批示 on a case, besides whom it is addressed to; never the enterprise, never an expert."""

TAKING_OVER = frozenset({Role.CASE_OFFICER})
"""Who enters a case that is under way on paper, for another person to compare."""
CHECKING = frozenset({Role.CASE_OFFICER, Role.OFFICE_HEAD})
"""Who compares it; never the one who entered it."""
TAKEOVER_READERS = CHECKING | {Role.AUDITOR}
SHEET_READERS = TAKEOVER_READERS | CASE_READING_ROLES | {Role.DOCUMENT_OFFICER}
"""Who reads the sheet of a case that has gone on: whoever decides or dispatches on what it states."""


def acting_as(
    *,
    user: User,
    role: Role,
    path: str,
    office: str = "",
    route: str = "",
    amount_yuan: Decimal | None = None,
    at: datetime,
    scope: Scope | None = None,
) -> Acting:
    """The acting person for an act of ``role`` on ``path``: in their own name, else as a valid substitute.

    ``scope`` is what the person holds where a page has read it already; an act reads it afresh.
    Raises: Forbidden (projects_role_missing) when neither holds; seconded staff never reach a signing role.
    """
    scope = scope or scope_of(user, at)
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
                scope=replace(copy(scope), grants=(*scope.grants, lent)),  # a request's scope is lazy, its copy is not
                principal=substitution.principal,
                authority_number=substitution.authority_number,
            )
    raise Forbidden("projects_role_missing", role=role.label)


def may_ask(scope: Scope, case: Case) -> bool:
    """Whether this person may ask the enterprise on the case now."""
    return is_allowed(Verb.ASK_QUESTION, case.state) and scope.holds_any(ASKING_ROLES, case.path)


def may_answer(scope: Scope, case: Case) -> bool:
    """Whether this person may answer now: until the delivery, so that it tells nothing of the decision."""
    if case.delivered_at is not None or not is_allowed(Verb.ANSWER_QUESTION, case.state):
        return False
    return scope.holds_any(ENTERPRISE_ROLES, case.path)


def may_instruct(scope: Scope, case: Case) -> bool:
    """Whether this person may give an instruction on the case now."""
    return is_allowed(Verb.INSTRUCT, case.state) and scope.holds_any(SIGNING_ROLES, case.path)


def is_addressed(user: User, instruction: Instruction) -> bool:
    """Whether the instruction is this person's to carry out: theirs by name, or their office's."""
    if not user.is_active or user.kind != User.Kind.STAFF:
        return False
    is_of_office = instruction.office_id is not None and instruction.office_id == user.office_id
    return is_of_office or instruction.person_id == user.pk


def may_settle(user: User, scope: Scope, instruction: Instruction) -> bool:
    """Whether this person judges reports on the instruction: a leader of the case whom it is not addressed to."""
    return scope.holds_any(SIGNING_ROLES, instruction.case.path) and not is_addressed(user, instruction)


def may_read_instruction(user: User, scope: Scope, instruction: Instruction) -> bool:
    """Whether this person reads the instruction with its reports."""
    return is_addressed(user, instruction) or scope.holds_any(INSTRUCTION_READERS, instruction.case.path)


def may_begin_like(scope: Scope, case: Case) -> bool:
    """Whether this person may begin another project from what this case declares: once it has been submitted."""
    return scope.holds(Role.ENTERPRISE_DRAFTER, case.path) and case.state not in WITH_ENTERPRISE


def require_like(scope: Scope, case: Case) -> None:
    """Nothing happens when ``may_begin_like`` says so.

    Raises: Forbidden (projects_role_missing), Invalid (projects_not_allowed_in_state).
    """
    if may_begin_like(scope, case):
        return
    if not scope.holds(Role.ENTERPRISE_DRAFTER, case.path):
        raise Forbidden("projects_role_missing", role=Role.ENTERPRISE_DRAFTER.label)
    raise Invalid("projects_not_allowed_in_state", state=case.get_state_display())


def require_role(acting: Acting, role: Role, case: Case, *, office: str = "") -> None:
    """Nothing happens when the acting person holds ``role`` for this case (a substitute holds what was lent).

    Raises: Forbidden (projects_role_missing). The engine has asked the same for the task; a service asks again for
    the record, so that no other door lets an unauthorised act through.
    """
    if not acting.scope.holds(role, case.path, office or None):
        raise Forbidden("projects_role_missing", role=role.label)


def holders(case: Case, *parts: str) -> tuple[User | None, ...]:
    """Who is, and who was before a hand-over, each of ``parts`` (drafter, releaser, officer, head, signer)."""
    _read_people(case, parts)
    present: tuple[User | None, ...] = tuple(getattr(case, part) for part in parts)
    return (*present, *former_holders(case, *parts))


def _read_people(case: Case, parts: tuple[str, ...]) -> None:
    """Those of ``parts`` that were not read along with the case are read at once."""
    unread = [part for part in parts if part not in case._state.fields_cache and getattr(case, f"{part}_id")]
    people = User.objects.in_bulk({getattr(case, f"{part}_id") for part in unread}) if unread else {}
    for part in unread:
        setattr(case, part, people[getattr(case, f"{part}_id")])


def former_holders(case: Case, *parts: str) -> tuple[User, ...]:
    """Who was, before a hand-over, each of ``parts`` of the case or of its panels."""
    names = {part.upper() for part in parts}
    former = once(("former holders", case.pk), lambda: listed(case, "former_holders"))
    return tuple(one.person for one in former if one.part in names)


def kept_apart(case: Case, kind: StepKind) -> tuple[User | None, ...]:
    """Who has done something on the case that keeps them from a step of this kind; who countersigned never signs."""
    others = holders(case, *APART_AT_STEP.get(kind, ()))
    return (*others, *countersigners(case)) if kind is StepKind.SIGN else others


def countersigners(case: Case) -> list[User]:
    """Who countersigned in this round."""
    opinions = case.opinions.filter(round=case.round, role=Role.COUNTERSIGNER, recalled_at__isnull=True)
    return [opinion.author for opinion in opinions.select_related("author")]


def require_not_seconded(person: User, role: Role) -> None:
    """Nothing happens for a person who may sign in this role: seconded staff (借调) never do.

    Raises: Forbidden (projects_seconded_cannot_sign). Rule: DOMAIN §1.
    """
    if role in SIGNING_ROLES and person.is_seconded:
        raise Forbidden("projects_seconded_cannot_sign")


def require_apart(acting: Acting, *others: User | None, duty: Role) -> None:
    """Nothing happens when the acting person and their principal are none of ``others``.

    Raises: Forbidden (projects_duty_conflict). Rule: DOMAIN §1, one person never holds on the same case.
    """
    for other in others:
        if other is not None and other.pk in acting.person_ids:
            raise Forbidden("projects_duty_conflict", duty=duty.label, who=other.full_name)
