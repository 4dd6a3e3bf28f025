"""Cases, promises, instructions of one person go to another (工作交接); the engine writes the journal (DOMAIN §1)."""

from datetime import datetime

from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of
from investreview.core.errors import Invalid
from investreview.core.roles import Role
from investreview.core.scope import Scope
from investreview.projects.models import Case, FormerHolder, Instruction, Opinion, PhoneNote
from investreview.projects.permissions import holders
from investreview.projects.services.common import lock_case, save_case
from investreview.projects.services.contacts import NOTING_ROLES
from investreview.projects.states import OPEN

Part = FormerHolder.Part
ROLE_OF_PART: dict[str, Role] = {Part.DRAFTER: Role.ENTERPRISE_DRAFTER, Part.OFFICER: Role.CASE_OFFICER}
_OTHERS: dict[str, tuple[str, ...]] = {
    Part.DRAFTER: ("releaser", "officer", "head", "signer"),
    Part.OFFICER: ("drafter", "releaser", "head", "signer"),
}


def hand_over_part(*, case_id: int, part: str, giver: User, to: User, handover: str, at: datetime) -> Case:
    """The receiver is officer or drafter of the open case; the giver stays apart from its other duties for ever.

    In the caller's transaction, which writes the journal. Raises: Invalid (projects_not_held,
    projects_receiver_lacks_role, projects_receiver_in_conflict). Rule: DOMAIN §1.
    """
    case = lock_case(case_id)
    field = part.lower()
    if case.state not in OPEN or getattr(case, f"{field}_id") != giver.pk:
        raise Invalid("projects_not_held", number=case.number, who=giver.full_name)
    require_may_hold(case, part, to, scope=scope_of(to, at))
    setattr(case, field, to)
    FormerHolder.objects.create(case=case, part=part, person=giver, successor=to, handover=handover, at=at)
    save_case(case)
    return case


def require_may_hold(case: Case, part: str, person: User, *, scope: Scope) -> None:
    """Nothing happens for an active person of the role who has no other duty on the case.

    Raises: Invalid (projects_receiver_lacks_role, projects_receiver_in_conflict).
    """
    role = ROLE_OF_PART[part]
    if not person.is_active or not scope.holds(role, case.path):
        raise Invalid("projects_receiver_lacks_role", who=person.full_name, role=role.label, number=case.number)
    others = {one.pk for one in holders(case, *_OTHERS[part]) if one is not None}
    others |= set(Opinion.objects.filter(case=case, role=Role.COUNTERSIGNER).values_list("author_id", flat=True))
    if person.pk in others:
        raise Invalid("projects_receiver_in_conflict", who=person.full_name, duty=role.label, number=case.number)


def hand_over_promise(*, note_id: int, giver: User, to: User, at: datetime) -> PhoneNote:
    """The receiver keeps what was promised on the telephone.

    In the caller's transaction. Raises: Invalid (projects_not_held, projects_receiver_lacks_role).
    """
    note = PhoneNote.objects.select_for_update(of=("self",)).select_related("case").get(pk=note_id)
    number = note.case.number
    if note.keeper_id != giver.pk or note.settled_at is not None:
        raise Invalid("projects_not_held", number=number, who=giver.full_name)
    if not to.is_active or not scope_of(to, at).holds_any(NOTING_ROLES, note.case.path):
        role = Role.CASE_OFFICER.label
        raise Invalid("projects_receiver_lacks_role", who=to.full_name, role=role, number=number)
    note.keeper = to
    note.save(update_fields=["keeper"])
    return note


def hand_over_instruction(*, instruction_id: int, giver: User, to: User) -> Instruction:
    """The receiver carries out what a leader asked of the giver, by the same day; reports stay as they are.

    In the caller's transaction. Raises: Invalid (projects_not_held, projects_receiver_lacks_role,
    projects_instruction_to_oneself).
    """
    case_id = Instruction.objects.values_list("case_id", flat=True).get(pk=instruction_id)
    number = lock_case(case_id).number
    instruction: Instruction = Instruction.objects.select_for_update(of=("self",)).get(pk=instruction_id)
    if instruction.person_id != giver.pk or instruction.state not in Instruction.UNSETTLED:
        raise Invalid("projects_not_held", number=number, who=giver.full_name)
    if not to.is_active or to.kind != User.Kind.STAFF or to.commission_id != giver.commission_id:
        role = User.Kind.STAFF.label
        raise Invalid("projects_receiver_lacks_role", who=to.full_name, role=role, number=number)
    if to.pk in (instruction.given_by_id, instruction.given_for_id):
        raise Invalid("projects_instruction_to_oneself")
    instruction.person = to
    instruction.save(update_fields=["person"])
    return instruction
