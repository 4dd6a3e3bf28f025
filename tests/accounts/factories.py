"""People for tests, made through the same services the founding command uses."""

from datetime import date, datetime, timedelta
from itertools import count

from investreview.accounts.models import RoleMembership, User
from investreview.accounts.services import NewUser, RoleOffer, confirm_grant, found_role, found_user, grant_role
from investreview.core.actor import SYSTEM
from investreview.core.clock import legal_date
from investreview.core.roles import ADMIN_ROLES, ENTERPRISE_ROLES, Role
from investreview.registry.models import Commission, Enterprise, Office
from investreview.registry.services import found_office
from tests.registry.factories import AT

PASSWORD = "Zhengque-Mima-2024"
_numbers = count(1)
HELD_ROLES = tuple(role for role in Role if role is not Role.EXPERT)
"""The roles that somebody can hold on a body; an expert's seat is their right."""


def kind_of(role: Role) -> User.Kind:
    """The kind of account that can hold ``role``."""
    if role in ENTERPRISE_ROLES:
        return User.Kind.ENTERPRISE
    if role in ADMIN_ROLES:
        return User.Kind.ADMIN
    return User.Kind.AUDITOR if role == Role.AUDITOR else User.Kind.STAFF


def make_person(
    body: Commission | Enterprise,
    kind: User.Kind = User.Kind.STAFF,
    *,
    username: str = "",
    is_seconded: bool = False,
    at: datetime = AT,
) -> User:
    """An account without roles, whose password is PASSWORD and need not be changed."""
    number = next(_numbers)
    person = found_user(
        commission=body.commission if isinstance(body, Enterprise) else body,
        new=NewUser(
            username=username or f"person{number}",
            full_name=f"王{number}（示例）",
            kind=kind,
            enterprise=body if isinstance(body, Enterprise) else None,
            is_seconded=is_seconded,
        ),
        one_time_password=PASSWORD,
        actor=SYSTEM,
        at=at,
    )
    person.must_change_password = False
    person.save(update_fields=["must_change_password"])
    return person


def give_role(
    person: User,
    role: Role,
    body: Commission | Enterprise,
    *,
    office: Office | None = None,
    valid_from: date | None = None,
    valid_until: date | None = None,
    at: datetime = AT,
) -> RoleMembership:
    """The person holds the role, as a founding file would say."""
    offer = RoleOffer(role, body, valid_from or legal_date(at), valid_until, office)
    return found_role(user=person, offer=offer, actor=SYSTEM, at=at)


def make_holder(role: Role, body: Commission | Enterprise, *, office: Office | None = None, at: datetime = AT) -> User:
    """A person who holds ``role`` on ``body``; an auditor's account is granted by two administrators."""
    if role == Role.AUDITOR:
        return make_auditor(body, at=at)
    person = make_person(body, kind_of(role), at=at)
    give_role(person, role, body, office=office, at=at)
    return person


def make_auditor(body: Commission | Enterprise, *, at: datetime = AT) -> User:
    """An auditor for a year, granted by one administrator and confirmed by another."""
    commission = body.commission if isinstance(body, Enterprise) else body
    by, second = (make_holder(role, commission, at=at) for role in (Role.SECURITY_ADMIN, Role.AUDIT_ADMIN))
    auditor = make_person(commission, User.Kind.AUDITOR, at=at)
    today = legal_date(at)
    offer = RoleOffer(Role.AUDITOR, body, today, today + timedelta(days=365))
    membership = grant_role(user=auditor, offer=offer, by=by, at=at)
    confirm_grant(membership=membership, by=second, at=at)
    return auditor


def finance_office(commission: Commission, *, at: datetime = AT) -> Office:
    """The office that countersigns in these tests."""
    return found_office(
        commission=commission, code="CW", name="财务监管处", kind=Office.Kind.FINANCE, actor=SYSTEM, at=at
    )


def make_every_holder(commission: Commission, group: Enterprise) -> dict[Role, User]:
    """One person for each role, on the commission or, for enterprise roles, on the group."""
    office = finance_office(commission)
    return {
        role: make_holder(
            role,
            group if role in ENTERPRISE_ROLES else commission,
            office=office if role == Role.COUNTERSIGNER else None,
        )
        for role in HELD_ROLES
    }
