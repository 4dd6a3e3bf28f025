from datetime import timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction

from investreview.accounts.models import User
from investreview.accounts.services import (
    NewUser,
    change_password,
    create_user,
    deactivate_user,
    found_user,
    reset_password,
)
from investreview.core.actor import SYSTEM, Actor
from investreview.core.errors import DomainError, Forbidden, Invalid
from investreview.core.roles import ENTERPRISE_ROLES, Role
from investreview.core.subject import Subject
from investreview.journal.selectors import entries_of
from investreview.registry.models import Commission, Office
from investreview.registry.services import found_office
from tests.accounts.factories import HELD_ROLES, PASSWORD, make_holder, make_person
from tests.registry.factories import AT, make_commission, make_enterprise

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(days=1)
Kind = User.Kind


def office_of(commission: Commission) -> Office:
    return found_office(
        commission=commission, code="GH", name="规划发展处", kind=Office.Kind.BUSINESS, actor=SYSTEM, at=AT
    )


def test_as_actor_is_id_and_name() -> None:
    assert User(pk=7, full_name="王×（示例）").as_actor() == Actor(id="7", name="王×（示例）")


def test_user_is_never_deleted(commission: Commission) -> None:
    person = make_person(commission)
    for delete in (person.delete, User.objects.all().delete, User.objects.filter(pk=person.pk).delete):
        with pytest.raises(Invalid) as refused:
            delete()
        assert refused.value.code == "accounts_never_deleted"
    assert User.objects.filter(pk=person.pk).exists()


@pytest.mark.parametrize("typed", ["wang.ming", "WANG.Ming", "ｗａｎｇ．ｍｉｎｇ"])
def test_username_has_one_spelling(typed: str, commission: Commission) -> None:
    person = make_person(commission, username="Wang.Ming")
    assert User.objects.get_by_natural_key(typed) == person
    with pytest.raises(Invalid) as refused:
        make_person(commission, username=typed)
    assert refused.value.code == "accounts_username_taken"


@pytest.mark.parametrize("typed", ["a", "wang ming", "wang/ming", "a" * 65, "", "wang\u202eming", "wang\x00"])
def test_username_that_cannot_be_typed_again_is_refused(typed: str, commission: Commission) -> None:
    with pytest.raises(Invalid):
        found_user(
            commission=commission,
            new=NewUser(typed, "王×（示例）", Kind.STAFF),
            one_time_password=PASSWORD,
            actor=SYSTEM,
            at=AT,
        )


def test_get_by_natural_key_of_nobody() -> None:
    with pytest.raises(ObjectDoesNotExist):
        User.objects.get_by_natural_key("nobody")


def test_created_user_must_change_the_password_and_holds_nothing(commission: Commission, security_admin: User) -> None:
    new = NewUser(
        "li.si", "李×（示例）", Kind.STAFF, phone="0518-00000000", email="li@example.cn", office=office_of(commission)
    )
    person = create_user(commission=commission, new=new, one_time_password=PASSWORD, by=security_admin, at=AT)
    person.refresh_from_db()
    assert (person.must_change_password, person.memberships.count(), person.check_password(PASSWORD)) == (True, 0, True)
    entry = entries_of(Subject("user", "li.si")).get()
    assert (entry.verb, entry.actor_name, entry.facts["office"]) == ("user.create", security_admin.full_name, "GH")


@pytest.mark.parametrize("role", HELD_ROLES)
def test_accounts_are_managed_by_the_security_administrator_only(role: Role, commission: Commission) -> None:
    body = make_enterprise(commission) if role in ENTERPRISE_ROLES else commission
    by = make_holder(role, body, office=office_of(commission) if role == Role.COUNTERSIGNER else None)
    person = make_person(commission)
    acts = [
        lambda: create_user(
            commission=commission, new=NewUser("neu", "王×（示例）", Kind.STAFF), one_time_password="x", by=by, at=AT
        ),
        lambda: reset_password(user=person, one_time_password="x", by=by, at=AT),
        lambda: deactivate_user(user=person, reason="调离（示例）", by=by, at=AT),
    ]
    for act in acts:
        if role == Role.SECURITY_ADMIN:
            act()
            continue
        with pytest.raises(Forbidden) as refused:
            act()
        assert refused.value.code == "accounts_security_admin_only"


def test_security_administrator_does_nothing_to_their_own_account(security_admin: User) -> None:
    for act in (
        lambda: reset_password(user=security_admin, one_time_password="x", by=security_admin, at=AT),
        lambda: deactivate_user(user=security_admin, reason="×", by=security_admin, at=AT),
    ):
        with pytest.raises(Forbidden) as refused:
            act()
        assert refused.value.code == "accounts_not_oneself"


def test_deactivated_twice_is_refused(commission: Commission, security_admin: User) -> None:
    person = make_person(commission)
    deactivate_user(user=person, reason="调离（示例）", by=security_admin, at=LATER)
    for act in (
        lambda: deactivate_user(user=person, reason="调离（示例）", by=security_admin, at=LATER),
        lambda: reset_password(user=person, one_time_password="x", by=security_admin, at=LATER),
    ):
        with pytest.raises(Invalid) as refused:
            act()
        assert refused.value.code == "accounts_inactive"


def test_place_of_a_person_suits_the_kind(commission: Commission) -> None:
    group, office = make_enterprise(commission), office_of(commission)
    other = make_commission("XZ")
    wrong = [
        (Kind.ENTERPRISE, None, None, False, "accounts_kind_needs_enterprise"),
        (Kind.ENTERPRISE, group, office, False, "accounts_kind_unsuited"),
        (Kind.ENTERPRISE, group, None, True, "accounts_only_staff_is_seconded"),
        (Kind.STAFF, group, None, False, "accounts_kind_unsuited"),
        (Kind.AUDITOR, group, None, False, "accounts_kind_unsuited"),
        (Kind.ADMIN, group, None, False, "accounts_kind_unsuited"),
        (Kind.ADMIN, None, None, True, "accounts_only_staff_is_seconded"),
        (Kind.EXPERT, group, None, False, "accounts_kind_unsuited"),
        (Kind.EXPERT, None, office, False, "accounts_kind_unsuited"),
        (Kind.EXPERT, None, None, True, "accounts_only_staff_is_seconded"),
        (Kind.ENTERPRISE, make_enterprise(other), None, False, "accounts_body_of_others"),
        (Kind.STAFF, None, office_of(other), False, "accounts_body_of_others"),
    ]
    for kind, enterprise, place, is_seconded, code in wrong:
        new = NewUser("li.si", "李×（示例）", kind, enterprise=enterprise, office=place, is_seconded=is_seconded)
        with pytest.raises(Invalid) as refused:
            found_user(commission=commission, new=new, one_time_password=PASSWORD, actor=SYSTEM, at=AT)
        assert refused.value.code == code


@pytest.mark.parametrize("email", ["li", "li@", "li@example", "a b@example.cn"])
def test_email_that_is_none_is_refused(email: str, commission: Commission) -> None:
    with pytest.raises(Invalid) as refused:
        found_user(
            commission=commission,
            new=NewUser("li.si", "李×（示例）", Kind.STAFF, email=email),
            one_time_password=PASSWORD,
            actor=SYSTEM,
            at=AT,
        )
    assert (refused.value.code, refused.value.field) == ("accounts_email_not_read", "email")


@pytest.mark.parametrize(
    "wrong",
    [
        {"username": ""},
        {"full_name": ""},
        {"kind": "ENTERPRISE"},
        {"commission": None},
        {"is_active": False},
        {"deactivated_at": AT},
        {"kind": "ADMIN", "is_seconded": True},
        {"kind": "UNKNOWN"},
    ],
)
def test_user_row_that_is_no_account_is_refused_by_the_database(
    wrong: dict[str, object], commission: Commission
) -> None:
    person = make_person(commission)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=person.pk).update(**wrong)


def test_user_row_of_seconded_staff_is_accepted_by_the_database(commission: Commission) -> None:
    person = make_person(commission)
    assert User.objects.filter(pk=person.pk).update(is_seconded=True, is_active=False, deactivated_at=AT) == 1


def test_change_password_keeps_the_new_one(commission: Commission) -> None:
    person = make_person(commission)
    User.objects.update(must_change_password=True)
    change_password(user=person, old_password=PASSWORD, new_password="Xinde-Mima-2024", at=AT)
    person.refresh_from_db()
    assert (person.check_password("Xinde-Mima-2024"), person.must_change_password) == (True, False)
    assert entries_of(Subject("user", person.username)).last().verb == "user.change_password"


@pytest.mark.parametrize(
    ("old", "new", "code", "field"),
    [
        ("wrong", "Xinde-Mima-2024", "accounts_password_wrong", "old_password"),
        (PASSWORD, PASSWORD, "accounts_password_same", "new_password"),
        (PASSWORD, "short", "accounts_password_weak", "new_password"),
        (PASSWORD, "1234567890123", "accounts_password_weak", "new_password"),
        (PASSWORD, "password1234", "accounts_password_weak", "new_password"),
        (PASSWORD, "wang.xiaoming", "accounts_password_weak", "new_password"),
    ],
)
def test_change_password_wrong_or_weak_is_refused(
    old: str, new: str, code: str, field: str, commission: Commission
) -> None:
    person = make_person(commission, username="wang.xiaoming")
    with pytest.raises(DomainError) as refused:
        change_password(user=person, old_password=old, new_password=new, at=AT)
    assert (refused.value.code, refused.value.field) == (code, field)
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
