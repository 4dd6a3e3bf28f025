"""Who may do what to pools and panels: the one answer that list, button, service and engine share.

Experts hold no grants: the seat's person and state are the right (ARCHITECTURE, Who reaches what).
"""

from datetime import datetime

from experts.models import ConflictDeclaration, Panel, Seat
from experts.selectors.places import seat_at, signed_sheet, takes_part_on_screen
from experts.states import REVIEWING, PanelState, SeatState, SheetStage
from investreview.accounts.models import User
from investreview.accounts.selectors import scope_of
from investreview.core.errors import Forbidden, NotVisible
from investreview.core.roles import ENTERPRISE_ROLES, Role
from investreview.core.scope import Scope
from investreview.projects.acting import Acting
from investreview.projects.models import Case
from investreview.projects.permissions import acting_as, former_holders, holders, require_apart, require_role
from investreview.registry.models import Commission

POOL_READERS = frozenset({Role.POOL_KEEPER, Role.OFFICE_HEAD, Role.AUDITOR})
"""Who may know who is in the pools (DOMAIN §1): nobody else, least of all those whose cases are reviewed."""
POOL_WRITERS = frozenset({Role.POOL_KEEPER, Role.OFFICE_HEAD})
FOR_PLACES = (Role.PANEL_SECRETARY, Role.DRAW_OPERATOR)
"""Who may act on a place besides its expert: the secretary from paper, the operator when a member leaves."""
NAMING_ROLES = frozenset({Role.DRAW_OPERATOR, Role.DRAW_SUPERVISOR, Role.PANEL_SECRETARY, Role.AUDITOR})
"""Who may know the names before the meeting; the auditor reads the draw (DOMAIN §1)."""
RECUSAL_ROLES = ENTERPRISE_ROLES | {Role.CASE_OFFICER, Role.OFFICE_HEAD}
"""Who asks that people stand aside, enters a letter that asks, and answers."""
AVOIDANCE_READERS = frozenset({Role.DRAW_OPERATOR, Role.AUDITOR})
"""Who may know who is left out of a draw before it is frozen, and why (DRAW, The ceremony on screen).

Not the office head: who is left out because they sit on other panels tells who sits there.
"""


def can_read_pool(scope: Scope, commission: Commission) -> bool:
    """Whether this person may know the experts of the commission."""
    return scope.holds_any(POOL_READERS, commission.path)


def can_keep_pool(scope: Scope, commission: Commission) -> bool:
    """Whether this person keeps the experts' records."""
    return scope.holds(Role.POOL_KEEPER, commission.path)


def can_admit(scope: Scope, commission: Commission) -> bool:
    """Whether this person admits to the pools and removes from them."""
    return scope.holds(Role.OFFICE_HEAD, commission.path)


def require_pool_reader(scope: Scope, commission: Commission) -> None:
    """Nothing happens for somebody who may know the pool. Raises: NotVisible (experts_pool_not_visible)."""
    if not can_read_pool(scope, commission):
        raise NotVisible("experts_pool_not_visible")


def require_pool_role(acting: Acting, commission: Commission, *roles: Role) -> None:
    """Nothing happens when the acting person holds one of ``roles`` (a substitute holds what was lent).

    Raises: NotVisible (experts_pool_not_visible) for somebody who may not know the pool, else Forbidden
    (experts_role_missing).
    """
    require_pool_reader(acting.scope, commission)
    if not acting.scope.holds_any(frozenset(roles), commission.path):
        raise Forbidden("experts_role_missing", role=" / ".join(str(role.label) for role in roles))


def acting_on_place(*, user: User, case: Case, place: str, at: datetime, scope: Scope | None = None) -> Acting:
    """The acting person for an act on a place: the seat's own expert, else secretary or operator, also substituting.

    ``scope`` is what the person holds where a page has read it already.
    Raises: Forbidden (experts_place_of_another).
    """
    if is_own_place(user, case, place):
        return Acting(user=user, scope=scope or scope_of(user, at))
    for role in FOR_PLACES:
        try:
            return acting_as(user=user, role=role, path=case.path, at=at, scope=scope)
        except Forbidden:
            continue
    raise Forbidden("experts_place_of_another")


def is_own_place(user: User, case: Case, place: str) -> bool:
    """Whether the person is the expert who holds the place and takes part on screen."""
    if user.kind != User.Kind.EXPERT:
        return False
    try:
        seat = seat_at(case, place)
    except NotVisible:
        return False
    return owns(user, seat)


def owns(user: User | None, seat: Seat) -> bool:
    """Whether the person is the seat's expert and acts from an own sign-in."""
    return user is not None and seat.expert.user_id == user.pk and user.is_active


def require_own(user: User | None, seat: Seat) -> None:
    """Nothing happens when the seat is the person's own. Raises: Forbidden (experts_place_of_another)."""
    if not owns(user, seat):
        raise Forbidden("experts_place_of_another")


def require_operator(acting: Acting, panel: Panel) -> None:
    """Nothing happens for an operator who is not this panel's supervisor.

    Raises: Forbidden (projects_role_missing, projects_duty_conflict). Rule: DOMAIN §1.
    """
    require_role(acting, Role.DRAW_OPERATOR, panel.case)
    require_apart(acting, panel.supervisor, *former_holders(panel.case, "supervisor"), duty=Role.DRAW_OPERATOR)


def require_supervisor(acting: Acting, panel: Panel) -> None:
    """Nothing happens for a supervisor who is not this panel's operator.

    Raises: Forbidden (projects_role_missing, projects_duty_conflict). Rule: DOMAIN §1.
    """
    require_role(acting, Role.DRAW_SUPERVISOR, panel.case)
    require_apart(acting, panel.operator, *former_holders(panel.case, "operator"), duty=Role.DRAW_SUPERVISOR)


def require_secretary(acting: Acting, panel: Panel) -> None:
    """Nothing happens for a panel secretary who acts nowhere on the case itself.

    Raises: Forbidden (projects_role_missing, projects_duty_conflict). Rule: DOMAIN §1.
    """
    case = panel.case
    require_role(acting, Role.PANEL_SECRETARY, case)
    require_apart(acting, *holders(case, "officer", "head"), duty=Role.PANEL_SECRETARY)


def require_caller(acting: Acting, panel: Panel) -> None:
    """Nothing happens for operator or secretary, who telephone the experts. Raises: Forbidden."""
    if acting.scope.holds(Role.DRAW_OPERATOR, panel.case.path):
        require_operator(acting, panel)
    else:
        require_secretary(acting, panel)


def require_enterprise(acting: Acting, case: Case) -> None:
    """Nothing happens for drafter or releaser of the case's own group. Raises: Forbidden (projects_role_missing)."""
    if not acting.scope.holds_any(ENTERPRISE_ROLES, case.path):
        raise Forbidden("projects_role_missing", role=Role.ENTERPRISE_DRAFTER.label)


def may_know_names(scope: Scope, panel: Panel) -> bool:
    """Whether names of this panel may be shown to the person while it runs."""
    return scope.holds_any(NAMING_ROLES, panel.case.path)


def conflict_declaration(seat: Seat) -> ConflictDeclaration | None:
    """The seat's signed declaration, if there is one."""
    declaration: ConflictDeclaration | None = getattr(seat, "declaration", None)
    return declaration


def may_read_papers(seat: Seat) -> bool:
    """Whether the case's materials are open to the seat's expert: declared without conflict, the whole panel seated.

    They close again when the seat is left or the panel has ended. Rule: DOMAIN §6, closed until the declaration.
    """
    declaration = conflict_declaration(seat)
    is_seated = seat.state == SeatState.CONFIRMED and seat.seated_at is not None and not is_leaving(seat)
    is_reviewing = is_seated and seat.panel.state in REVIEWING | {PanelState.OPINION}
    return is_reviewing and declaration is not None and not declaration.has_conflict


def is_leaving(seat: Seat) -> bool:
    """Whether operator and supervisor have recorded that the member leaves, and only the act itself is outstanding."""
    return any(one.confirmed_at is not None and one.rejected_at is None for one in seat.departures.all())


def require_papers_open(seat: Seat) -> None:
    """Nothing happens when the seat's expert may see the case and judge it.

    Raises: Forbidden (experts_declaration_needed, experts_conflict_declared, experts_seat_not_sitting).
    """
    declaration = conflict_declaration(seat)
    if declaration is None:
        raise Forbidden("experts_declaration_needed")
    if declaration.has_conflict:
        raise Forbidden("experts_conflict_declared")
    if not may_read_papers(seat):
        raise Forbidden("experts_seat_not_sitting")


def may_read_colleagues_sheets(seat: Seat, stage: SheetStage) -> bool:
    """Whether a member sees the other members' sheets of a stage.

    Independent ones from the meeting on and only beside an own signed one, final ones once the opinion is drafted;
    a stage that can be read can no longer be corrected. After the panel has ended everybody has only their own.
    Rule: DOMAIN §1 and §6, nobody sees a colleague's before all have signed.
    """
    if not may_read_papers(seat):
        return False
    if stage == SheetStage.FINAL:
        return seat.panel.state == PanelState.OPINION
    is_open = seat.panel.state in (PanelState.FINALISING, PanelState.OPINION)
    return is_open and signed_sheet(seat, SheetStage.INDEPENDENT) is not None


def may_answer_invitation(user: User, seat: Seat) -> bool:
    """Whether the person may confirm or decline the seat from their own sign-in, while it is offered."""
    return owns(user, seat) and takes_part_on_screen(seat)
