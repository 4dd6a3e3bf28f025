"""Who may do what to a draw. Each question answers with the code of the denial, or "" when it is allowed."""

from investreview.core.errors import Forbidden
from investreview.core.roles import ENTERPRISE_ROLES, PANEL_ROLES, SIGNING_ROLES, Role
from investreview.core.scope import Scope
from investreview.draws.kinds import DrawKind, DrawState
from investreview.draws.models import Draw
from investreview.registry.models import Commission, Office

READING_ROLES = PANEL_ROLES | SIGNING_ROLES | {Role.OFFICE_HEAD, Role.AUDITOR}
"""Who sees a ceremony, by number. The case officer reads only that so many have confirmed (DOMAIN §6)."""
SAMPLE_READING_ROLES = READING_ROLES | {Role.CASE_OFFICER, Role.EVALUATION_OFFICER}
"""A sample has nothing to hide."""
NAME_ROLES = PANEL_ROLES
EVIDENCE_ROLES = frozenset({Role.DRAW_OPERATOR, Role.DRAW_SUPERVISOR, Role.AUDITOR})
"""Who may have the confidential evidence, with the names, once the draw has ended."""


def require(denial: str) -> None:
    """Nothing happens when there is no denial.

    Raises: Forbidden with its code.
    """
    if denial:
        raise Forbidden(denial)


def can_read(scope: Scope, draw: Draw) -> str:
    """Both hands of the ceremony, the secretary, the head, the leaders and the auditor; a sample the officers too,
    and once it is published the people of every enterprise of the commission."""
    roles = SAMPLE_READING_ROLES if draw.kind == DrawKind.SAMPLE else READING_ROLES
    if scope.holds_any(roles, draw.commission.path) or is_published_to(scope, draw):
        return ""
    return "draws_not_visible"


def is_published_to(scope: Scope, draw: Draw) -> bool:
    """Whether somebody acts for an enterprise from whose commission's projects a published sample was drawn."""
    is_public = draw.kind == DrawKind.SAMPLE and draw.state == DrawState.DISCLOSED
    return is_public and any(path.startswith(draw.commission.path) for path in scope.paths_for(*ENTERPRISE_ROLES))


def can_operate(scope: Scope, commission: Commission) -> str:
    """The draw operator (抽取人) freezes, announces, asks for names and waves."""
    return "" if scope.holds(Role.DRAW_OPERATOR, commission.path) else "draws_operator_only"


def can_witness(scope: Scope, commission: Commission) -> str:
    """The draw supervisor (监督人) enters the numbers and lets names and waves take effect."""
    return "" if scope.holds(Role.DRAW_SUPERVISOR, commission.path) else "draws_supervisor_only"


def can_countersign(scope: Scope, commission: Commission) -> str:
    """The discipline office: another supervisor, or whoever countersigns for an office of discipline."""
    if scope.holds(Role.DRAW_SUPERVISOR, commission.path):
        return ""
    offices = Office.objects.filter(commission=commission, kind=Office.Kind.DISCIPLINE).values_list("code", flat=True)
    holds = any(
        grant.role == Role.COUNTERSIGNER and commission.path.startswith(grant.path) and grant.office in set(offices)
        for grant in scope.grants
    )
    return "" if holds else "draws_discipline_only"


def can_close(scope: Scope, commission: Commission) -> str:
    """Both hands and the secretary end a round; an opinion that was signed ends it by itself."""
    return "" if scope.holds_any(PANEL_ROLES, commission.path) else "draws_closers_only"


def can_see_names(scope: Scope, draw: Draw) -> str:
    """Operator, supervisor and secretary: the only ones who know names before the meeting."""
    return "" if scope.holds_any(NAME_ROLES, draw.commission.path) else "draws_names_hidden"


def can_have_names_as_evidence(scope: Scope, draw: Draw) -> str:
    """The confidential evidence, which opens every name of the pool."""
    return "" if scope.holds_any(EVIDENCE_ROLES, draw.commission.path) else "draws_names_hidden"
