"""Which roles suit whom, and for how long. Pure: facts in, refusals out."""

from datetime import date

from investreview.core.errors import Invalid
from investreview.core.roles import ADMIN_ROLES, COMMISSION_ROLES, ENTERPRISE_ROLES, SIGNING_ROLES, Role

# By kind of account. An administrator's account never holds a case role, a case worker's never an administration.
ROLES_OF_KIND: dict[str, frozenset[Role]] = {
    "ENTERPRISE": ENTERPRISE_ROLES,
    "STAFF": COMMISSION_ROLES,
    "AUDITOR": frozenset({Role.AUDITOR}),
    "ADMIN": ADMIN_ROLES,
    "EXPERT": frozenset(),
}
ROLES_OF_AN_OFFICE = frozenset({Role.COUNTERSIGNER})
CONFIRMED_ROLES = frozenset({Role.AUDITOR})
SUBSTITUTED_ROLES = ENTERPRISE_ROLES | COMMISSION_ROLES


def require_role_suits(*, kind: str, is_seconded: bool, role: Role) -> None:
    """Nothing happens when an account of this kind can hold ``role``.

    Raises: Invalid (accounts_role_unsuited, accounts_seconded_never_sign). Rule: DOMAIN §1, 三员分立.
    """
    if role not in ROLES_OF_KIND[kind]:
        raise Invalid("accounts_role_unsuited", field="role", role=role.label)
    if is_seconded and role in SIGNING_ROLES:
        raise Invalid("accounts_seconded_never_sign", field="role", role=role.label)


def require_office_suits(*, role: Role, office: str) -> None:
    """Nothing happens when exactly the roles of an office name one.

    Raises: Invalid (accounts_office_missing, accounts_office_unsuited).
    """
    if role in ROLES_OF_AN_OFFICE and not office:
        raise Invalid("accounts_office_missing", field="office", role=role.label)
    if role not in ROLES_OF_AN_OFFICE and office:
        raise Invalid("accounts_office_unsuited", field="office", role=role.label)


def require_period_suits(*, role: Role, valid_from: date, valid_until: date | None, today: date) -> None:
    """Nothing happens when the period begins today or later, ends after it begins, and suits the role.

    Raises: Invalid (accounts_period_past, accounts_period_reversed, accounts_period_missing,
    accounts_period_unsuited). Rule: DOMAIN §1, an auditor's account is limited in time.
    """
    if valid_from < today:
        raise Invalid("accounts_period_past", field="valid_from", given=valid_from, today=today)
    if valid_until is not None and valid_until < valid_from:
        raise Invalid("accounts_period_reversed", field="valid_until", first=valid_from, last=valid_until)
    if role in CONFIRMED_ROLES and valid_until is None:
        raise Invalid("accounts_period_missing", field="valid_until", role=role.label)
    if role in ADMIN_ROLES and valid_until is not None:
        raise Invalid("accounts_period_unsuited", field="valid_until", role=role.label)


def require_leave_suits(*, first_on: date, last_on: date, today: date) -> None:
    """Nothing happens when a leave ends today or later and after it begins; one that has begun may be recorded late.

    Raises: Invalid (accounts_leave_past, accounts_period_reversed).
    """
    if last_on < first_on:
        raise Invalid("accounts_period_reversed", field="valid_until", first=first_on, last=last_on)
    if last_on < today:
        raise Invalid("accounts_leave_past", field="valid_until", given=last_on, today=today)


def require_place_suits(*, role: Role, own_path: str, path: str, tier: int) -> None:
    """Nothing happens when a person at ``own_path`` can hold ``role`` on the body at ``path``.

    ``tier`` is 0 for the commission itself.
    Raises: Invalid (accounts_body_unsuited, accounts_body_of_others, accounts_release_by_group_only).
    """
    is_enterprise_role = role in ENTERPRISE_ROLES
    if is_enterprise_role != (tier > 0) and role != Role.AUDITOR:
        raise Invalid("accounts_body_unsuited", field="body", role=role.label)
    if not path.startswith(own_path):
        raise Invalid("accounts_body_of_others", field="body")
    if role == Role.ENTERPRISE_RELEASER and tier != 1:
        raise Invalid("accounts_release_by_group_only", field="body")
