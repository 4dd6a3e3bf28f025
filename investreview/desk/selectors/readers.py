"""Who can see a case: by part on its page, and person by person with the reason on a page of its own."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from investreview.accounts.models import User
from investreview.accounts.selectors import memberships_reaching, substitutions_of
from investreview.core.roles import CASE_READING_ROLES, ENTERPRISE_ROLES, Role
from investreview.desk.selectors.viewing import Reading
from investreview.projects.models import Case
from investreview.projects.states import ENDED, CaseState
from investreview.registry.rules import ancestor_paths

_WITH_THE_ENTERPRISE = (CaseState.DRAFT, CaseState.AWAITING_RELEASE, CaseState.DISCARDED)


@dataclass(frozen=True)
class Reader:
    """One person who can open the case, for whom they stand in, and why they can."""

    name: str
    place: str
    on_behalf_of: str
    why: str


@dataclass(frozen=True)
class ReadersOfRole:
    """Everybody who reads the case in one part."""

    role: str
    people: tuple[Reader, ...]


def readers_by_role(reading: Reading) -> tuple[ReadersOfRole, ...]:
    """The people who can open the case now, by part; the enterprise reads the names of its own people only.

    Auditors are named to auditors only.

    The same parts as ``projects.selectors.visible_cases`` lets in, and those who stand in for them while a step of
    theirs waits (DOMAIN §1).
    """
    case = reading.case
    reasons = _reasons(case)
    shown = [role for role in reasons if reading.inside or role in ENTERPRISE_ROLES]
    asked = set(case.consultations.values_list("office", flat=True)) if Role.COUNTERSIGNER in shown else set()
    found: dict[Role, list[Reader]] = {role: [] for role in shown}
    principals: dict[tuple[int, Role], str] = {}
    for held in memberships_reaching(shown, ancestor_paths(case.path), reading.viewer.at):
        role, office = Role(held.body_role.role), held.body_role.office
        if role is not Role.COUNTERSIGNER or not office or office in asked:
            found[role].append(Reader(held.user.full_name, _place(held.user), "", reasons[role]))
            principals[(held.user_id, role)] = held.user.full_name
    for one in substitutions_of([person for person, _role in principals], reading.viewer.at):
        name = principals.get((one.principal_id, Role(one.role)))
        if name is not None:
            why = _("授权文号 %(number)s，在其待办期间") % {"number": one.authority_number}
            found[Role(one.role)].append(Reader(one.substitute.full_name, _place(one.substitute), name, why))
    if found.get(Role.AUDITOR) and not reading.viewer.scope.holds(Role.AUDITOR, case.path):
        found[Role.AUDITOR] = [Reader(_("（不列姓名）"), "", "", reasons[Role.AUDITOR])]
    return tuple(ReadersOfRole(str(role.label), tuple(dict.fromkeys(people))) for role, people in found.items())


def _place(user: User) -> str:
    if user.office is not None:
        return user.office.name
    return user.enterprise.short_name if user.enterprise is not None else ""


def _reasons(case: Case) -> dict[Role, str]:
    """Why each part reads the case at its present state."""
    own = _("本办件的申报企业或者其上级集团")
    reasons = dict.fromkeys(sorted(ENTERPRISE_ROLES), own)
    if case.state in _WITH_THE_ENTERPRISE and case.released_at is None:
        return reasons
    whole = _("办理或者监督本委全部已报送办件")
    reasons |= {role: whole for role in Role if role in CASE_READING_ROLES | {Role.DOCUMENT_OFFICER}}
    reasons[Role.COUNTERSIGNER] = _("本办件已送其处室会签")
    if case.state in ENDED:
        reasons[Role.ARCHIVIST] = _("办件已办结，供归档")
    return reasons


def reader_lines(case: Case) -> tuple[str, ...]:
    """Who can see this, by part: the same groups that ``projects.selectors.visible_cases`` lets in."""
    own = _("、").join(str(role.label) for role in sorted(ENTERPRISE_ROLES))
    lines = [_("%(group)s及本办件申报企业：%(roles)s人员") % {"group": case.group.short_name, "roles": own}]
    if case.state in _WITH_THE_ENTERPRISE:
        return (*lines, _("报送前，市国资委人员看不到本办件"))
    roles = _("、").join(str(role.label) for role in sorted(CASE_READING_ROLES | {Role.DOCUMENT_OFFICER}))
    return (
        *lines,
        _("%(commission)s：%(roles)s人员") % {"commission": case.commission.short_name, "roles": roles},
        _("送会签的处室：会签人员；办结后：档案人员"),
        *_lines_of_panel(case),
        _("办理意见、呈批表、文稿和操作日志只对%(commission)s人员开放") % {"commission": case.commission.short_name},
    )


def _lines_of_panel(case: Case) -> tuple[str, ...]:
    """Who knows of a case by its panel, and how little else of it they see."""
    if not case.needs_panel:
        return ()
    running = _("、").join(str(role.label) for role in (Role.DRAW_OPERATOR, Role.DRAW_SUPERVISOR, Role.PANEL_SECRETARY))
    return (
        _("%(roles)s：只看专家论证的抽取和会务页面，不看本办件") % {"roles": running},
        _("参加论证的专家：签署回避声明后、论证结束前，只看材料和本人的评分表"),
        _("论证结束前，专家姓名只有抽取人、监督人、论证会务和审计监督人员知道；企业始终不知道"),
    )
