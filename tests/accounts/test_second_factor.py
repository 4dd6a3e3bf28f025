from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.core.management import CommandError, call_command
from django.test import Client

from investreview.accounts.checks import second_factor_is_asked_of_known_people
from investreview.accounts.models import RecoveryCode, SecondFactor, User
from investreview.accounts.second_factor import (
    hash_of,
    key_in_groups,
    key_of,
    matched_step,
    offered_key,
    sealed_bytes,
    square_code,
)
from investreview.accounts.services import remove_lost_second_factor, remove_own_second_factor, use_code
from investreview.core import clock
from investreview.core.errors import Forbidden, Invalid
from investreview.core.roles import Role
from investreview.journal.models import Entry
from investreview.registry.models import Commission
from tests.accounts.factories import PASSWORD, make_holder, make_person
from tests.accounts.telephone import code_of, give_telephone, shown, type_password
from tests.registry.factories import AT

KEY = b"12345678901234567890"
NOW = clock.machine_now().replace(second=10, microsecond=0)
EARLIER = NOW - timedelta(minutes=10)


@pytest.fixture
def person(commission: Commission) -> User:
    return make_person(commission, username="wang.ming")


@pytest.fixture
def codes(person: User) -> tuple[str, ...]:
    return give_telephone(person, EARLIER)


def proof(code: str, password: str = PASSWORD) -> dict[str, Any]:
    return {"password": password, "code": code, "address": "", "now": clock.machine_now(), "at": AT}


# Codes, by RFC 6238.


@pytest.mark.parametrize(("seconds", "is_right"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_code_counts_half_a_minute_early_or_late(seconds: int, is_right: bool) -> None:
    code = shown(KEY, NOW + timedelta(seconds=seconds))
    assert (matched_step(KEY, code, last_step=0, now=NOW) is not None) is is_right


def test_code_and_earlier_ones_count_once() -> None:
    step = matched_step(KEY, shown(KEY, NOW), last_step=0, now=NOW)
    assert step is not None
    assert matched_step(KEY, shown(KEY, NOW), last_step=step, now=NOW) is None
    assert matched_step(KEY, shown(KEY, NOW - timedelta(seconds=30)), last_step=step, now=NOW) is None
    assert matched_step(KEY, shown(KEY, NOW + timedelta(seconds=30)), last_step=step, now=NOW) == step + 1


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "²²²²²²", "-12345", "\x00" * 6])
def test_what_is_no_code_is_refused(typed: str) -> None:
    assert matched_step(KEY, typed, last_step=0, now=NOW) is None


def test_code_may_be_typed_with_blanks_and_full_width() -> None:
    code = shown(KEY, NOW)
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code)
    assert matched_step(KEY, f" {code[:3]} {code[3:]} ", last_step=0, now=NOW) is not None
    assert matched_step(KEY, wide, last_step=0, now=NOW) is not None
    assert hash_of("abcde-fghjk") == hash_of("ＡＢＣＤＥ ＦＧＨＪＫ")


def test_key_is_sealed_for_its_person_and_shown_in_groups(person: User) -> None:
    sealed = sealed_bytes(offered_key(person))
    key = key_of(person, sealed)
    assert (len(key), key in sealed) == (20, False)
    assert [len(group) for group in key_in_groups(key).split()] == [4] * 8
    assert "style" not in square_code(person, key)
    with pytest.raises(Invalid, match="accounts_factor_seal_broken"):
        key_of(User(pk=person.pk + 1), sealed)


# Setting it up.


def test_page_offers_a_key_and_the_first_code_sets_it_up(client: Client, person: User) -> None:
    type_password(client, "wang.ming")
    elsewhere = Client()
    type_password(elsewhere, "wang.ming")
    page = client.get("/account/second-factor/")
    offered = page.context["offered"]
    key = key_of(person, sealed_bytes(offered))
    assert (key_in_groups(key) in page.content.decode(), SecondFactor.objects.count()) == (True, 0)
    sent = {"offered": offered, "otp_code": "000000", "password": PASSWORD}
    refused = client.post("/account/second-factor/set-up/", sent)
    assert (refused.status_code, refused.context["offered"], refused.context["key"]) == (
        422,
        offered,
        key_in_groups(key),
    )
    wrong = client.post(
        "/account/second-factor/set-up/", sent | {"otp_code": shown(key, clock.machine_now()), "password": "x"}
    )
    assert (wrong.status_code, SecondFactor.objects.count()) == (422, 0)
    done = client.post("/account/second-factor/set-up/", sent | {"otp_code": shown(key, clock.machine_now())})
    assert (done.status_code, len(done.context["codes"]), RecoveryCode.objects.count()) == (200, 10, 10)
    assert not RecoveryCode.objects.filter(hash__in=done.context["codes"]).exists()
    assert (client.get("/account/").status_code, elsewhere.get("/account/").status_code) == (200, 302)
    assert Entry.objects.filter(chain="LYG:access", verb="factor.set_up").count() == 1
    again = client.post("/account/second-factor/set-up/", sent | {"otp_code": "123456"})
    assert (again.status_code, "您已启用动态口令" in again.content.decode()) == (422, True)


def test_offer_of_somebody_else_sets_nothing_up(client: Client, commission: Commission, person: User) -> None:
    other = make_person(commission)
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    sent = {"offered": offered_key(other), "otp_code": "000000", "password": PASSWORD}
    assert client.post("/account/second-factor/set-up/", sent).status_code == 422
    assert not SecondFactor.objects.exists()


# Signing in.


def test_sign_in_asks_for_the_code_after_the_password(client: Client, person: User, codes: tuple[str, ...]) -> None:
    first: Any = type_password(client, "wang.ming", next="/calendar/")
    assert (first.status_code, "_auth_user_id" in client.session) == (200, False)
    assert client.get("/account/").status_code == 302
    assert client.get("/sign-in/code/").status_code == 200
    wrong = client.post("/sign-in/code/", {"otp_code": "000000"})
    assert (wrong.status_code, "口令不正确" in wrong.content.decode()) == (422, True)
    right = client.post("/sign-in/code/", {"otp_code": code_of(person, clock.machine_now())})
    assert (right.status_code, right["Location"]) == (302, "/calendar/")
    told = Entry.objects.filter(subject_key="wang.ming", verb__startswith="session.").order_by("pk")
    assert [(entry.verb, entry.facts.get("factor")) for entry in told] == [
        ("session.refuse", "wrong"),
        ("session.open", "telephone"),
    ]


def test_same_code_opens_once(person: User, codes: tuple[str, ...]) -> None:
    code = code_of(person, clock.machine_now())
    answers = []
    for _ in range(2):
        client = Client()
        type_password(client, "wang.ming")
        answers.append(client.post("/sign-in/code/", {"otp_code": code}).status_code)
    assert answers == [302, 422]


def test_recovery_code_opens_once_and_is_counted(person: User, codes: tuple[str, ...]) -> None:
    answers = []
    for _ in range(2):
        client = Client()
        type_password(client, "wang.ming")
        answers.append(client.post("/sign-in/code/", {"otp_code": codes[3].lower().replace("-", "")}).status_code)
    assert (answers, RecoveryCode.objects.filter(used_at__isnull=False).count()) == ([302, 422], 1)


def test_wrong_codes_and_wrong_passwords_lock_together(client: Client, person: User, codes: tuple[str, ...]) -> None:
    for _ in range(3):
        client.post("/sign-in/", {"username": "wang.ming", "password": "wrong"})
    type_password(client, "wang.ming")
    answers = [client.post("/sign-in/code/", {"otp_code": "000000"}).status_code for _ in range(2)]
    assert answers == [422, 429]
    right = client.post("/sign-in/code/", {"otp_code": codes[0]})
    assert (right.status_code, "_auth_user_id" in client.session) == (429, False)
    assert RecoveryCode.objects.filter(used_at__isnull=False).count() == 0
    assert not any("000000" in attempt.post_data for attempt in AccessAttempt.objects.all())


def test_code_without_a_password_leads_to_the_first_step(client: Client, person: User, codes: tuple[str, ...]) -> None:
    assert client.get("/sign-in/code/")["Location"] == "/sign-in/"
    assert client.post("/sign-in/code/", {"otp_code": codes[0]})["Location"] == "/sign-in/"


@pytest.mark.parametrize("change", ["late", "password", "inactive"])
def test_code_comes_too_late(change: str, client: Client, person: User, codes: tuple[str, ...]) -> None:
    type_password(client, "wang.ming")
    if change == "late":
        session = client.session
        session["waiting_for_second_factor"] |= {"since": clock.machine_now().timestamp() - 301}
        session.save()
    elif change == "password":
        person.set_password("Lingyige-Mima-2024")
        person.save()
    else:
        User.objects.filter(pk=person.pk).update(is_active=False, deactivated_at=AT)
    assert client.post("/sign-in/code/", {"otp_code": codes[0]}).status_code == 302
    assert "_auth_user_id" not in client.session


def test_form_kept_over_both_steps_is_offered_again(client: Client, person: User, codes: tuple[str, ...]) -> None:
    kept = '{"address": "/calendar/day/", "typed": [["reason", "国庆调休"]], "may_resend": true}'
    first: Any = type_password(client, "wang.ming", kept_form=kept)
    assert ("国庆调休" in first.content.decode(), first.context["kept"].address) == (True, "/calendar/day/")
    refused = client.post("/sign-in/code/", {"otp_code": "000000", "kept_form": kept})
    assert (refused.status_code, refused.context["kept"].address) == (422, "/calendar/day/")
    page = client.post("/sign-in/code/", {"otp_code": codes[0], "kept_form": kept})
    assert (page.status_code, 'action="/calendar/day/"' in page.content.decode()) == (200, True)


# Who must have one.


@pytest.mark.parametrize(("required", "leads"), [({"STAFF"}, True), ({"CASE_OFFICER"}, True), ({"ADMIN"}, False)])
def test_who_must_have_one_sees_only_the_set_up_page(
    required: set[str], leads: bool, client: Client, commission: Commission, settings: Any
) -> None:
    officer = make_holder(Role.CASE_OFFICER, commission, at=NOW)
    settings.SECOND_FACTOR_REQUIRED = frozenset(required)
    client.force_login(officer, "django.contrib.auth.backends.ModelBackend")
    answer = client.get("/calendar/")
    assert answer.status_code == (302 if leads else 200)
    if leads:
        assert answer["Location"] == "/account/second-factor/"
        assert [client.get(path).status_code for path in ("/account/second-factor/", "/password/")] == [200, 200]
        give_telephone(officer, EARLIER)
        assert client.get("/calendar/")["Location"] == "/sign-in/", "a session older than the telephone is over"


def test_misspelt_requirement_stops_the_start(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = frozenset({"ADMIN", "DRAW_OPERATOR", "NONE"})
    assert second_factor_is_asked_of_known_people() == []
    settings.SECOND_FACTOR_REQUIRED = frozenset({"ADMINS"})
    assert [error.id for error in second_factor_is_asked_of_known_people()] == ["accounts.E001"]


# Taking it away.


def test_person_removes_it_with_password_and_code(client: Client, person: User, codes: tuple[str, ...]) -> None:
    type_password(client, "wang.ming")
    client.post("/sign-in/code/", {"otp_code": codes[0]})
    assert client.get("/account/second-factor/").context["unused_code_count"] == 9
    sent = {"remove-password": "wrong", "remove-otp_code": codes[1]}
    assert client.post("/account/second-factor/removal/", sent).status_code == 422
    sent["remove-password"] = PASSWORD
    assert client.post("/account/second-factor/removal/", sent | {"remove-otp_code": codes[0]}).status_code == 422
    assert client.post("/account/second-factor/removal/", sent).status_code == 302
    assert (SecondFactor.objects.count(), RecoveryCode.objects.count()) == (0, 0)
    assert Entry.objects.filter(verb="factor.remove").get().actor_name == person.full_name


def test_new_recovery_codes_void_the_old(client: Client, person: User, codes: tuple[str, ...]) -> None:
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    sent = {"renew-password": PASSWORD, "renew-otp_code": codes[0]}
    page = client.post("/account/second-factor/codes/", sent)
    assert (page.status_code, len(page.context["codes"]), RecoveryCode.objects.count()) == (200, 10, 10)
    with pytest.raises(Invalid, match="accounts_factor_code_wrong"):
        use_code(user=person, code=codes[1], now=NOW)


def test_administrator_needs_another_to_remove_it(security_admin: User, commission: Commission) -> None:
    codes = give_telephone(security_admin, EARLIER)
    with pytest.raises(Forbidden, match="accounts_factor_of_administrator"):
        remove_own_second_factor(user=security_admin, **proof(codes[0]))
    with pytest.raises(Forbidden, match="accounts_not_oneself"):
        remove_lost_second_factor(user=security_admin, reason="遗失（示例）", by=security_admin, at=AT)
    another = make_holder(Role.SECURITY_ADMIN, commission)
    remove_lost_second_factor(user=security_admin, reason="遗失（示例）", by=another, at=AT)
    assert not SecondFactor.objects.exists()


def test_security_administrator_helps_who_lost_the_telephone(
    client: Client, person: User, codes: tuple[str, ...], security_admin: User
) -> None:
    theirs = Client()
    type_password(theirs, "wang.ming")
    theirs.post("/sign-in/code/", {"otp_code": codes[0]})
    client.force_login(security_admin, "django.contrib.auth.backends.ModelBackend")
    assert "解除动态口令" in client.get(f"/people/{person.pk}/").content.decode()
    assert client.post(f"/people/{person.pk}/second-factor/", {"reason": ""}).status_code == 422
    assert client.post(f"/people/{person.pk}/second-factor/", {"reason": "遗失（示例）"}).status_code == 302
    assert theirs.get("/account/").status_code == 302
    told = Entry.objects.get(verb="factor.remove")
    assert (told.chain, told.actor_name, told.facts) == (
        "LYG:access",
        security_admin.full_name,
        {"reason": "遗失（示例）"},
    )
    gone = client.post(f"/people/{person.pk}/second-factor/", {"reason": "再次（示例）"})
    assert (gone.status_code, "没有启用动态口令" in gone.content.decode()) == (422, True)


def test_console_helps_the_last_security_administrator(security_admin: User) -> None:
    give_telephone(security_admin, EARLIER)
    call_command("remove_second_factor", security_admin.username, reason="遗失（示例）")
    assert not SecondFactor.objects.exists()
    with pytest.raises(CommandError, match="没有启用动态口令"):
        call_command("remove_second_factor", security_admin.username, reason="遗失（示例）")
    with pytest.raises(CommandError, match="没有用户"):
        call_command("remove_second_factor", "nobody", reason="遗失（示例）")
