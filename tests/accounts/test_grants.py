from datetime import date, datetime, timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from guardian.models import GroupObjectPermission, UserObjectPermission

from investreview.accounts.models import (
    BodyRole,
    CommissionGroupObjectPermission,
    EnterpriseGroupObjectPermission,
    RoleMembership,
    User,
)
from investreview.accounts.permissions import CODENAMES, create_codenames
from investreview.accounts.selectors import scope_of, users_holding
from investreview.accounts.services import (
    RoleOffer,
    deactivate_user,
    grant_role,
    revoke_role,
)
from investreview.core.actor import SYSTEM
from investreview.core.errors import DomainError, Forbidden, Invalid
from investreview.core.roles import ADMIN_ROLES, COMMISSION_ROLES, ENTERPRISE_ROLES, Role
from investreview.core.scope import Grant
from investreview.core.subject import Subject
from investreview.journal.selectors import entries_of
from investreview.registry.models import Commission, Enterprise, Office
from investreview.registry.services import found_office
from tests.accounts.factories import HELD_ROLES, finance_office, give_role, make_every_holder, make_holder, make_person
from tests.registry.factories import AT, make_commission, make_enterprise

pytestmark = pytest.mark.django_db

TODAY = date(2024, 8, 7)
LATER = AT + timedelta(days=1)


def test_nobody_holds_a_codename_globally_and_no_group_spans_two_bodies(
    commission: Commission, group: Enterprise
) -> None:
    make_every_holder(commission, group)
    make_holder(Role.ENTERPRISE_DRAFTER, make_enterprise(commission, parent=group))
    make_holder(Role.CASE_OFFICER, make_commission("XZ"))
    ours = Permission.objects.filter(codename__in=CODENAMES.values())
    assert not Group.objects.filter(permissions__in=ours).exists()
    assert not User.objects.filter(user_permissions__in=ours).exists()
    assert not User.groups.through.objects.exists()
    assert not User.objects.filter(is_superuser=True).exists()
    assert not GroupObjectPermission.objects.exists()
    assert not UserObjectPermission.objects.exists()
    for body_role in BodyRole.objects.select_related("group"):
        on_commissions = CommissionGroupObjectPermission.objects.filter(group=body_role.group)
        on_enterprises = EnterpriseGroupObjectPermission.objects.filter(group=body_role.group)
        held = [
            *on_commissions.values_list("permission__codename", "content_object__code"),
            *on_enterprises.values_list("permission__codename", "content_object__path"),
        ]
        where = body_role.path.rstrip("/") if "/" not in body_role.path.rstrip("/") else body_role.path
        assert held == [(CODENAMES[Role(body_role.role)], where)]


def test_create_codenames_again_changes_nothing() -> None:
    before = list(Permission.objects.values_list("codename", "content_type"))
    create_codenames()
    assert list(Permission.objects.values_list("codename", "content_type")) == before


@pytest.mark.parametrize("role", HELD_ROLES)
def test_scope_of_a_holder_is_that_one_grant(role: Role, commission: Commission, group: Enterprise) -> None:
    body = group if role in ENTERPRISE_ROLES else commission
    office = finance_office(commission) if role == Role.COUNTERSIGNER else None
    person = make_holder(role, body, office=office)
    scope = scope_of(person, AT)
    assert scope.grants == (Grant(role, body.path, office.code if office else ""),)
    assert (scope.user_id, scope.username, scope.name) == (person.pk, person.username, person.full_name)


def test_scope_of_takes_one_query_whatever_is_held(commission: Commission, django_assert_num_queries) -> None:
    person = make_person(commission)
    for role in (Role.CASE_OFFICER, Role.OFFICE_HEAD, Role.RULE_KEEPER):
        give_role(person, role, commission)
        with django_assert_num_queries(1):
            scope_of(person, AT)
    assert scope_of(person, AT).roles == {Role.CASE_OFFICER, Role.OFFICE_HEAD, Role.RULE_KEEPER}


def test_group_name_tells_body_and_role(commission: Commission, group: Enterprise) -> None:
    make_holder(Role.ENTERPRISE_DRAFTER, group)
    make_holder(Role.COUNTERSIGNER, commission, office=finance_office(commission))
    make_holder(Role.ENTERPRISE_DRAFTER, make_enterprise(make_commission("XZ"), "港控物流"))
    names = set(Group.objects.values_list("name", flat=True))
    assert names == {"港控物流/申报", "LYG市国资委（示例）/会签/财务监管处", "港控物流/申报（XZ/0001/）"}


@pytest.mark.parametrize(
    ("first", "last", "day", "is_held"),
    [
        (TODAY, None, TODAY, True),
        (TODAY + timedelta(days=1), None, TODAY, False),
        (TODAY + timedelta(days=1), None, TODAY + timedelta(days=1), True),
        (TODAY, TODAY + timedelta(days=3), TODAY + timedelta(days=3), True),
        (TODAY, TODAY + timedelta(days=3), TODAY + timedelta(days=4), False),
    ],
)
def test_grant_holds_from_its_first_day_to_its_last(
    first: date, last: date | None, day: date, is_held: bool, commission: Commission
) -> None:
    person = make_person(commission)
    give_role(person, Role.CASE_OFFICER, commission, valid_from=first, valid_until=last)
    at = datetime.fromisoformat(f"{day}T23:59:59+08:00")
    assert scope_of(person, at).holds(Role.CASE_OFFICER, "LYG/") is is_held


def test_revoke_role_ends_it_at_once(commission: Commission, security_admin: User) -> None:
    person = make_person(commission)
    membership = give_role(person, Role.CASE_OFFICER, commission)
    revoke_role(membership=membership, reason="轮岗（示例）", by=security_admin, at=LATER)
    assert scope_of(person, LATER).grants == ()
    assert entries_of(Subject("user", person.username)).last().verb == "role.revoke"
    with pytest.raises(Invalid) as refused:
        revoke_role(membership=membership, reason="再次", by=security_admin, at=LATER)
    assert refused.value.code == "accounts_already_revoked"
    grant_role(
        user=person, offer=RoleOffer(Role.CASE_OFFICER, commission, date(2024, 8, 8)), by=security_admin, at=LATER
    )
    assert scope_of(person, LATER).roles == {Role.CASE_OFFICER}


def test_row_of_guardian_is_what_counts(commission: Commission) -> None:
    person = make_holder(Role.CASE_OFFICER, commission)
    CommissionGroupObjectPermission.objects.all().delete()
    assert scope_of(person, AT).grants == ()


def test_deactivated_person_holds_nothing(commission: Commission, security_admin: User) -> None:
    person = make_holder(Role.CASE_OFFICER, commission)
    deactivate_user(user=person, reason="调离（示例）", by=security_admin, at=LATER)
    assert scope_of(person, LATER).grants == ()
    assert users_holding(Role.CASE_OFFICER, "LYG/", at=LATER) == []
    with pytest.raises(Invalid) as refused:
        grant_role(
            user=person, offer=RoleOffer(Role.CASE_OFFICER, commission, date(2024, 8, 8)), by=security_admin, at=LATER
        )
    assert refused.value.code == "accounts_inactive"


GRANTERS = {Role.SECURITY_ADMIN}


@pytest.mark.parametrize("role", HELD_ROLES)
def test_grant_role_is_for_the_security_administrator_only(
    role: Role, commission: Commission, group: Enterprise
) -> None:
    person = make_person(commission)
    by = make_every_holder(commission, group)[role]
    offer = RoleOffer(Role.CASE_OFFICER, commission, TODAY)
    if role in GRANTERS:
        assert grant_role(user=person, offer=offer, by=by, at=AT).granted_by == by
        return
    with pytest.raises(Forbidden) as refused:
        grant_role(user=person, offer=offer, by=by, at=AT)
    assert refused.value.code == "accounts_security_admin_only"


def test_grant_role_by_the_security_administrator_of_another_commission_is_refused(commission: Commission) -> None:
    by = make_holder(Role.SECURITY_ADMIN, make_commission("XZ"))
    with pytest.raises(Forbidden):
        grant_role(user=make_person(commission), offer=RoleOffer(Role.CASE_OFFICER, commission, TODAY), by=by, at=AT)


def test_grant_role_to_oneself_is_refused(commission: Commission, security_admin: User) -> None:
    with pytest.raises(Forbidden) as refused:
        grant_role(user=security_admin, offer=RoleOffer(Role.SYSTEM_ADMIN, commission, TODAY), by=security_admin, at=AT)
    assert refused.value.code == "accounts_not_oneself"


@pytest.mark.parametrize("first", sorted(ADMIN_ROLES))
@pytest.mark.parametrize("second", sorted(ADMIN_ROLES | COMMISSION_ROLES | {Role.AUDITOR}))
def test_administrator_never_holds_a_second_role(first: Role, second: Role, commission: Commission) -> None:
    person = make_holder(Role(first), commission)
    office = finance_office(commission) if second == Role.COUNTERSIGNER else None
    by = make_holder(Role.SECURITY_ADMIN, commission)
    until = date(2025, 1, 1) if second == Role.AUDITOR else None
    with pytest.raises(Invalid) as refused:
        grant_role(user=person, offer=RoleOffer(Role(second), commission, TODAY, until, office), by=by, at=AT)
    expected = "accounts_one_administration" if second in ADMIN_ROLES else "accounts_role_unsuited"
    assert refused.value.code == expected


@pytest.mark.parametrize("role", ["DEPUTY_DIRECTOR", "DIRECTOR"])
def test_seconded_staff_never_get_a_signing_role(role: str, commission: Commission) -> None:
    person = make_person(commission, is_seconded=True)
    with pytest.raises(Invalid) as refused:
        give_role(person, Role(role), commission)
    assert refused.value.code == "accounts_seconded_never_sign"


def test_same_role_twice_is_refused_until_it_is_over(commission: Commission, security_admin: User) -> None:
    person = make_person(commission)
    give_role(person, Role.CASE_OFFICER, commission, valid_until=TODAY)
    with pytest.raises(Invalid) as refused:
        give_role(person, Role.CASE_OFFICER, commission)
    assert refused.value.code == "accounts_role_already_held"
    give_role(person, Role.CASE_OFFICER, commission, valid_from=TODAY + timedelta(days=1))
    assert person.memberships.count() == 2


def test_office_of_another_commission_is_refused(commission: Commission) -> None:
    person = make_person(commission)
    with pytest.raises(Invalid) as refused:
        give_role(person, Role.COUNTERSIGNER, commission, office=finance_office(make_commission("XZ")))
    assert refused.value.code == "accounts_body_of_others"


# Who holds a role that reaches a body.


def test_users_holding_are_those_whose_grant_reaches(commission: Commission, group: Enterprise) -> None:
    below = make_enterprise(commission, parent=group)
    sister = make_enterprise(commission, parent=group)
    drafters = {each.path: make_holder(Role.ENTERPRISE_DRAFTER, each) for each in (group, below, sister)}
    officer = make_holder(Role.CASE_OFFICER, commission)
    assert users_holding(Role.ENTERPRISE_DRAFTER, below.path, at=AT) == [drafters[group.path], drafters[below.path]]
    assert users_holding(Role.ENTERPRISE_DRAFTER, group.path, at=AT) == [drafters[group.path]]
    assert users_holding(Role.CASE_OFFICER, below.path, at=AT) == [officer]
    assert users_holding(Role.CASE_OFFICER, "XZ/0001/", at=AT) == []


def test_users_holding_of_an_office_are_its_own(commission: Commission, django_assert_num_queries) -> None:
    finance = finance_office(commission)
    law = found_office(commission=commission, code="FG", name="法规处", kind=Office.Kind.LAW, actor=SYSTEM, at=AT)
    holders = [make_holder(Role.COUNTERSIGNER, commission, office=office) for office in (finance, law)]
    with django_assert_num_queries(1):
        assert users_holding(Role.COUNTERSIGNER, "LYG/0001/", "CW", at=AT) == [holders[0]]
    assert users_holding(Role.COUNTERSIGNER, "LYG/0001/", at=AT) == holders


def test_refusals_leave_nothing_behind(commission: Commission, security_admin: User) -> None:
    person = make_person(commission)
    before = (
        RoleMembership.objects.count(),
        Group.objects.count(),
        entries_of(Subject("user", person.username)).count(),
    )
    for offer in (
        RoleOffer(Role.DIRECTOR, commission, TODAY - timedelta(days=1)),
        RoleOffer(Role.AUDITOR, commission, TODAY),
    ):
        with pytest.raises(DomainError):
            grant_role(user=person, offer=offer, by=security_admin, at=AT)
    after = (
        RoleMembership.objects.count(),
        Group.objects.count(),
        entries_of(Subject("user", person.username)).count(),
    )
    assert after == before
