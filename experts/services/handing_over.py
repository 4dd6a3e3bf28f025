"""The posts of a running panel pass on (工作交接); one act of the engine writes the journal (DOMAIN §1)."""

from collections.abc import Callable
from datetime import datetime

from experts.models import Panel
from experts.permissions import require_operator, require_secretary, require_supervisor
from experts.selectors.places import running_panel
from experts.services.common import lock_case_and_panel, save
from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of
from investreview.core.errors import Invalid
from investreview.core.roles import Role
from investreview.draws import services as draws
from investreview.projects.acting import Acting
from investreview.projects.models import Case, FormerHolder

Part = FormerHolder.Part
ROLE_OF_POST: dict[str, Role] = {
    Part.OPERATOR: Role.DRAW_OPERATOR,
    Part.SUPERVISOR: Role.DRAW_SUPERVISOR,
    Part.SECRETARY: Role.PANEL_SECRETARY,
}
_FITS: dict[Role, Callable[[Acting, Panel], None]] = {
    Role.DRAW_OPERATOR: require_operator,
    Role.DRAW_SUPERVISOR: require_supervisor,
    Role.PANEL_SECRETARY: require_secretary,
}


def hand_over_post(*, case_id: int, part: str, giver: User, to: User, handover: str, at: datetime) -> Panel:
    """The receiver holds the post of the running panel; the giver stays apart from the draw's other side for ever.

    What the draw has recorded still names who did it. In the caller's transaction, which writes the journal.
    Raises: Invalid (projects_not_held, projects_receiver_lacks_role), Forbidden (projects_duty_conflict,
    draws_two_people). Rule: DOMAIN §1, operator and supervisor are two people on one case.
    """
    case, panel = lock_case_and_panel(case_id, None)
    field = part.lower()
    if getattr(panel, f"{field}_id") != giver.pk:
        raise Invalid("projects_not_held", number=case.number, who=giver.full_name)
    require_may_take(case, ROLE_OF_POST[part], to, at=at)
    setattr(panel, field, to)
    FormerHolder.objects.create(case=case, part=part, person=giver, successor=to, handover=handover, at=at)
    save(panel)
    return panel


def require_may_take(case: Case, role: Role, person: User, *, at: datetime) -> None:
    """Nothing happens for an active person of the role who never stood on the other side of the running panel's draw.

    Raises: Invalid (projects_receiver_lacks_role), Forbidden (projects_duty_conflict, draws_two_people).
    """
    scope = scope_of(person, at)
    if not person.is_active or not scope.holds(role, case.path):
        raise Invalid("projects_receiver_lacks_role", who=person.full_name, role=role.label, number=case.number)
    panel = running_panel(case)
    if panel is None:
        return
    _FITS[role](Acting(user=person, scope=scope), panel)
    if role is Role.DRAW_OPERATOR:
        draws.require_not_witness(panel.draw, person)
    if role is Role.DRAW_SUPERVISOR:
        draws.require_not_operator(panel.draw, person)
