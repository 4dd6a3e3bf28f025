"""Auditors: limited in time, granted by two."""

from datetime import date, timedelta

import pytest

from investreview.accounts.models import (
    User,
)
from investreview.accounts.selectors import scope_of
from investreview.accounts.services import (
    RoleOffer,
    confirm_grant,
    found_role,
    grant_role,
)
from investreview.core.actor import SYSTEM
from investreview.core.errors import Forbidden, Invalid
from investreview.core.roles import Role
from investreview.core.subject import Subject
from investreview.journal.selectors import entries_of
from investreview.registry.models import Commission, Enterprise
from tests.accounts.factories import (
    HELD_ROLES,
    give_role,
    make_auditor,
    make_every_holder,
    make_holder,
    make_person,
)
from tests.registry.factories import AT, make_enterprise

pytestmark = pytest.mark.django_db

TODAY = date(2024, 8, 7)
LATER = AT + timedelta(days=1)


def offer_audit(commission: Commission) -> RoleOffer:
    return RoleOffer(Role.AUDITOR, commission, TODAY, date(2024, 12, 31))


def test_auditor_holds_nothing_before_a_second_person_confirms(commission: Commission, security_admin: User) -> None:
    auditor = make_person(commission, User.Kind.AUDITOR)
    second = make_holder(Role.AUDIT_ADMIN, commission)
    membership = grant_role(user=auditor, offer=offer_audit(commission), by=security_admin, at=AT)
    assert scope_of(auditor, AT).grants == ()
    confirm_grant(membership=membership, by=second, at=LATER)
    assert scope_of(auditor, AT).grants == ()
    assert scope_of(auditor, LATER).roles == {Role.AUDITOR}
    assert [entry.verb for entry in entries_of(Subject("user", auditor.username))] == [
        "user.create",
        "role.grant",
        "role.confirm",
    ]
    with pytest.raises(Invalid) as refused:
        confirm_grant(membership=membership, by=second, at=LATER)
    assert refused.value.code == "accounts_nothing_to_confirm"


def test_auditor_is_not_confirmed_by_who_granted(commission: Commission, security_admin: User) -> None:
    auditor = make_person(commission, User.Kind.AUDITOR)
    membership = grant_role(user=auditor, offer=offer_audit(commission), by=security_admin, at=AT)
    with pytest.raises(Forbidden) as refused:
        confirm_grant(membership=membership, by=security_admin, at=AT)
    assert refused.value.code == "accounts_confirmed_by_another"


CONFIRMERS = {Role.SECURITY_ADMIN, Role.AUDIT_ADMIN}


@pytest.mark.parametrize("role", HELD_ROLES)
def test_confirm_grant_is_for_security_and_audit_administrators(
    role: Role, commission: Commission, group: Enterprise, security_admin: User
) -> None:
    by = make_every_holder(commission, group)[role]
    auditor = make_person(commission, User.Kind.AUDITOR)
    membership = grant_role(user=auditor, offer=offer_audit(commission), by=security_admin, at=AT)
    if role in CONFIRMERS:
        assert confirm_grant(membership=membership, by=by, at=AT).confirmed_by == by
        return
    with pytest.raises(Forbidden) as refused:
        confirm_grant(membership=membership, by=by, at=AT)
    assert refused.value.code == "accounts_confirmers_only"


def test_confirm_grant_of_another_role_is_refused(commission: Commission, security_admin: User) -> None:
    membership = give_role(make_person(commission), Role.CASE_OFFICER, commission)
    with pytest.raises(Invalid):
        confirm_grant(membership=membership, by=security_admin, at=AT)


def test_auditor_is_not_founded(commission: Commission) -> None:
    auditor = make_person(commission, User.Kind.AUDITOR)
    with pytest.raises(Invalid) as refused:
        found_role(user=auditor, offer=offer_audit(commission), actor=SYSTEM, at=AT)
    assert refused.value.code == "accounts_confirmed_role_not_founded"


def test_auditor_of_one_group_reaches_only_it(commission: Commission, group: Enterprise) -> None:
    other = make_enterprise(commission)
    scope = scope_of(make_auditor(group), AT)
    assert [scope.covers(path) for path in (group.path, other.path, commission.path)] == [True, False, False]
