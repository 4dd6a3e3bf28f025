"""Two at once have one effect: grants, confirmations, names, calendar, notices."""

from datetime import date, timedelta

import pytest
from django.test import Client

from investreview.accounts.models import BodyRole, RoleMembership, User
from investreview.accounts.selectors import scope_of
from investreview.accounts.services import (
    NewUser,
    RoleOffer,
    confirm_grant,
    found_user,
    grant_role,
    revoke_role,
    use_code,
)
from investreview.core import clock
from investreview.core.actor import SYSTEM
from investreview.core.roles import Role
from investreview.registry.models import CalendarDay, Enterprise
from investreview.registry.selectors import work_calendar
from investreview.registry.services import edit_calendar_day, seed_calendar
from tests.accounts.factories import PASSWORD, give_role, make_holder, make_person
from tests.accounts.telephone import code_of, give_telephone
from tests.accounts.threads import at_once
from tests.registry.factories import AT, make_commission, make_enterprise

pytestmark = pytest.mark.both_databases

TODAY = date(2024, 8, 7)
CLICKS = 4


def test_one_role_granted_by_many_clicks_is_held_once(file_database: str) -> None:
    commission = make_commission()
    by, person = make_holder(Role.SECURITY_ADMIN, commission), make_person(commission)
    offer = RoleOffer(Role.CASE_OFFICER, commission, TODAY)
    answers = at_once([lambda: grant_role(user=person, offer=offer, by=by, at=AT).pk] * CLICKS)
    assert answers.count("accounts_role_already_held") == CLICKS - 1
    assert RoleMembership.objects.filter(user=person).count() == 1


def test_first_grants_of_many_on_one_body_share_its_group(file_database: str) -> None:
    commission = make_commission()
    by = make_holder(Role.SECURITY_ADMIN, commission)
    people = [make_person(commission) for _ in range(CLICKS)]
    offer = RoleOffer(Role.CASE_OFFICER, commission, TODAY)
    at_once([lambda person=person: grant_role(user=person, offer=offer, by=by, at=AT).pk for person in people])
    assert BodyRole.objects.filter(role=Role.CASE_OFFICER).count() == 1
    assert [scope_of(person, AT).roles for person in people] == [{Role.CASE_OFFICER}] * CLICKS


def test_two_administrations_at_once_are_one(file_database: str) -> None:
    commission = make_commission()
    by, person = make_holder(Role.SECURITY_ADMIN, commission), make_person(commission, User.Kind.ADMIN)
    offers = [RoleOffer(role, commission, TODAY) for role in (Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN)]
    at_once([lambda offer=offer: grant_role(user=person, offer=offer, by=by, at=AT).pk for offer in offers])
    assert RoleMembership.objects.filter(user=person).count() == 1


def test_confirmed_and_revoked_by_many_clicks_once(file_database: str) -> None:
    commission = make_commission()
    by, second = make_holder(Role.SECURITY_ADMIN, commission), make_holder(Role.AUDIT_ADMIN, commission)
    auditor, officer = make_person(commission, User.Kind.AUDITOR), make_person(commission)
    offer = RoleOffer(Role.AUDITOR, commission, TODAY, date(2024, 12, 31))
    waiting = grant_role(user=auditor, offer=offer, by=by, at=AT)
    confirmed = at_once([lambda: confirm_grant(membership=waiting, by=second, at=AT).pk] * CLICKS)
    held = give_role(officer, Role.CASE_OFFICER, commission)
    revoked = at_once([lambda: revoke_role(membership=held, reason="轮岗（示例）", by=by, at=AT).pk] * CLICKS)
    assert confirmed.count("accounts_nothing_to_confirm") == CLICKS - 1
    assert revoked.count("accounts_already_revoked") == CLICKS - 1


def test_one_username_taken_at_once_is_one_account(file_database: str) -> None:
    commission = make_commission()
    spellings = ["wang.ming", "WANG.MING", "ｗａｎｇ．ｍｉｎｇ", "Wang.Ming"]
    answers = at_once(
        [
            lambda name=name: (
                found_user(
                    commission=commission,
                    new=NewUser(name, "王×（示例）", User.Kind.STAFF),
                    one_time_password=PASSWORD,
                    actor=SYSTEM,
                    at=AT,
                ).pk
            )
            for name in spellings
        ]
    )
    assert answers.count("accounts_username_taken") == len(spellings) - 1
    assert User.objects.count() == 1


def test_enterprises_founded_at_once_have_paths_of_their_own(file_database: str) -> None:
    commission = make_commission()
    group = make_enterprise(commission, "甲集团")
    at_once([lambda n=n: make_enterprise(commission, f"甲{n}公司", parent=group).pk for n in range(CLICKS)])
    paths = Enterprise.objects.filter(parent=group).order_by("path").values_list("path", flat=True)
    assert list(paths) == [f"LYG/0001/{n:04d}/" for n in range(1, CLICKS + 1)]


def test_calendar_edited_at_once_is_read_as_it_stands(file_database: str) -> None:
    commission = make_commission()
    seed_calendar(commission=commission, first_year=2024, last_year=2024, actor=SYSTEM, at=AT)
    keeper = scope_of(make_holder(Role.RULE_KEEPER, commission), AT)
    days = [date(2024, 8, day) for day in (12, 13, 14, 15)]

    def edit(day: date) -> bool:
        edit_calendar_day(
            commission=commission,
            day=day,
            is_working_day=False,
            reason="××（示例）",
            scope=keeper,
            actor=SYSTEM,
            at=AT,
        )
        return work_calendar(commission).is_working_day(day)

    assert at_once([lambda day=day: edit(day) for day in days]) == [False] * len(days)
    assert [work_calendar(commission).is_working_day(day) for day in days] == [False] * len(days)
    assert CalendarDay.objects.filter(source="EDITED").count() == len(days)


def test_wrong_passwords_sent_at_once_lock_the_name(file_database: str) -> None:
    make_person(make_commission(), username="wang.ming", at=clock.machine_now())
    wrong = {"username": "wang.ming", "password": "wrong"}
    statuses = at_once([lambda: Client().post("/sign-in/", wrong).status_code] * 6)
    assert set(statuses) <= {422, 429}
    assert Client().post("/sign-in/", wrong | {"password": PASSWORD}).status_code == 429


def test_one_code_sent_by_many_requests_opens_once(file_database: str) -> None:
    person = make_person(make_commission())
    now = clock.machine_now()
    paper = give_telephone(person, now - timedelta(minutes=10))[0]
    for code in (paper, code_of(person, now)):
        answers = at_once([lambda code=code: use_code(user=person, code=code, now=now)] * CLICKS)  # type: ignore[misc]
        assert answers.count("accounts_factor_code_wrong") == CLICKS - 1
