"""The rules of duties, asked of the database."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction

from investreview.accounts.models import (
    BodyRole,
    RoleMembership,
    User,
)
from investreview.core.roles import ADMIN_ROLES, COMMISSION_ROLES, ENTERPRISE_ROLES, Role
from investreview.registry.models import Commission
from tests.accounts.factories import make_holder, make_person
from tests.registry.factories import AT

pytestmark = pytest.mark.django_db

TODAY = date(2024, 8, 7)
LATER = AT + timedelta(days=1)


def membership_row(commission: Commission, **changes: object) -> RoleMembership:
    person = make_person(commission)
    body_role = BodyRole.objects.create(
        group=Group.objects.create(name=f"组{person.pk}"), role=Role.CASE_OFFICER, path="LYG/", office=str(person.pk)
    )
    values: dict[str, object] = {
        "user": person,
        "body_role": body_role,
        "role": Role.CASE_OFFICER,
        "user_kind": "STAFF",
        "user_is_seconded": False,
        "valid_from": TODAY,
        "granted_at": AT,
    }
    return RoleMembership.objects.create(**values | changes)


@pytest.mark.parametrize("kind", list(User.Kind))
@pytest.mark.parametrize("role", list(Role))
def test_database_knows_which_role_suits_whom(kind: str, role: Role, commission: Commission) -> None:
    granter = make_person(commission)
    changes = {"user_kind": kind, "role": role, "granted_by": granter}
    if role == Role.AUDITOR:
        changes["valid_until"] = TODAY
    suits = {
        "ENTERPRISE": ENTERPRISE_ROLES,
        "STAFF": COMMISSION_ROLES,
        "AUDITOR": {Role.AUDITOR},
        "ADMIN": ADMIN_ROLES,
        "EXPERT": set(),
    }
    if role in suits[kind]:
        assert membership_row(commission, **changes).pk
        return
    with pytest.raises(IntegrityError), transaction.atomic():
        membership_row(commission, **changes)


@pytest.mark.parametrize(
    ("changes", "is_right"),
    [
        ({"user_is_seconded": True}, True),
        ({"user_is_seconded": True, "role": Role.DIRECTOR}, False),
        ({"user_is_seconded": False, "role": Role.DIRECTOR}, True),
        ({"user_is_seconded": True, "role": Role.DEPUTY_DIRECTOR}, False),
        ({"valid_until": TODAY}, True),
        ({"valid_until": TODAY - timedelta(days=1)}, False),
        ({"revoked_at": AT}, False),
        ({"confirmed_at": AT}, False),
        ({"user_kind": "ADMIN", "role": Role.AUDIT_ADMIN}, True),
        ({"user_kind": "ADMIN", "role": Role.AUDIT_ADMIN, "valid_until": TODAY}, False),
        ({"user_kind": "AUDITOR", "role": Role.AUDITOR, "valid_until": TODAY}, False),
    ],
)
def test_database_knows_the_duties(changes: dict[str, object], is_right: bool, commission: Commission) -> None:
    if is_right:
        assert membership_row(commission, **changes).pk
        return
    with pytest.raises(IntegrityError), transaction.atomic():
        membership_row(commission, **changes)


@pytest.mark.parametrize(
    ("granted", "confirmed", "is_right"),
    [
        ("first", "second", True),
        ("first", "first", False),
        ("first", "user", False),
        ("user", "second", False),
        (None, "second", False),
    ],
)
def test_database_knows_that_two_stand_for_an_auditor(
    granted: str | None, confirmed: str, is_right: bool, commission: Commission
) -> None:
    people = {name: make_person(commission) for name in ("first", "second", "user")}
    changes = {
        "user": people["user"],
        "user_kind": "AUDITOR",
        "role": Role.AUDITOR,
        "valid_until": TODAY,
        "granted_by": people[granted] if granted else None,
        "confirmed_by": people[confirmed],
        "confirmed_at": AT,
    }
    if is_right:
        assert membership_row(commission, **changes).pk
        return
    with pytest.raises(IntegrityError), transaction.atomic():
        membership_row(commission, **changes)


def test_database_refuses_two_administrations_of_one_person(commission: Commission) -> None:
    person = make_holder(Role.SYSTEM_ADMIN, commission)
    with pytest.raises(IntegrityError), transaction.atomic():
        membership_row(commission, user=person, user_kind="ADMIN", role=Role.AUDIT_ADMIN)
