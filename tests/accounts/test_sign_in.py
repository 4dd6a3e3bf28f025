from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.test import Client

from investreview.accounts import middleware
from investreview.accounts.models import User
from investreview.accounts.services import deactivate_user, reset_password, revoke_role
from investreview.core import clock
from investreview.core.roles import Role
from investreview.journal.models import Entry
from investreview.registry.models import Commission
from tests.accounts.factories import PASSWORD, give_role, make_holder, make_person
from tests.registry.factories import make_commission

pytestmark = pytest.mark.django_db

NOW = clock.machine_now()


@pytest.fixture
def commission() -> Commission:
    return make_commission()


@pytest.fixture
def person(commission: Commission) -> User:
    return make_person(commission, username="wang.ming", at=NOW)


def sign_in(client: Client, username: str = "wang.ming", password: str = PASSWORD, **extra: Any) -> Any:
    return client.post("/sign-in/", {"username": username, "password": password, **extra.pop("data", {})}, **extra)


def verbs() -> list[tuple[str, str, str]]:
    return list(Entry.objects.filter(chain__endswith=":access").order_by("pk").values_list("chain", "verb", "result"))


def test_sign_in_page_warns_of_state_secrets(client: Client) -> None:
    page = client.get("/sign-in/")
    assert page.status_code == 200
    assert "非涉密系统，严禁处理国家秘密" in page.content.decode()


@pytest.mark.parametrize("typed", ["wang.ming", " WANG.Ming ", "ｗａｎｇ．ｍｉｎｇ"])
def test_sign_in_leads_to_the_first_page_and_into_the_journal(typed: str, client: Client, person: User) -> None:
    answer = sign_in(client, typed)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert verbs() == [("LYG:access", "session.open", "DONE")]
    assert Entry.objects.get(verb="session.open").facts == {"address": "127.0.0.1"}


def test_sign_in_rotates_the_session(client: Client, person: User) -> None:
    client.get("/sign-in/")
    session = client.session
    session["kept"] = "1"
    session.save()
    client.cookies["sessionid"] = session.session_key
    sign_in(client)
    assert client.session.session_key != session.session_key


@pytest.mark.parametrize(
    ("username", "password"),
    [("wang.ming", "wrong"), ("nobody", PASSWORD), ("wang.ming", PASSWORD.lower())],
)
def test_sign_in_failure_tells_nothing_of_its_cause(username: str, password: str, client: Client, person: User) -> None:
    page = sign_in(client, username, password)
    assert page.status_code == 422
    assert "用户名或密码不正确" in page.content.decode()
    assert f'value="{username}"' in page.content.decode()
    assert password not in page.content.decode()


def test_sign_in_of_a_deactivated_person_tells_nothing(client: Client, commission: Commission, person: User) -> None:
    by = make_holder(Role.SECURITY_ADMIN, commission, at=NOW)
    deactivate_user(user=person, reason="调离（示例）", by=by, at=NOW)
    page = sign_in(client)
    assert (page.status_code, "用户名或密码不正确" in page.content.decode()) == (422, True)


def test_failed_sign_ins_are_in_the_access_journal(client: Client, person: User) -> None:
    sign_in(client, password="wrong")
    sign_in(client, "my-password-typed-here", "x")
    sign_in(client, "another-unknown", "x")
    assert verbs() == [("LYG:access", "session.refuse", "DENIED"), (":access", "ACCESS_DENIED", "DENIED")]
    assert not any(b"my-password" in bytes(entry.content) for entry in Entry.objects.all())


SPELLINGS = ["wang.ming", "WANG.MING", " wang.ming", "ｗａｎｇ．ｍｉｎｇ", "Wang．Ming "]


def test_fifth_failure_locks_the_name_however_it_is_typed(client: Client, person: User) -> None:
    answers = [
        sign_in(
            Client(),
            typed,
            "wrong",
            HTTP_X_FORWARDED_FOR=f"10.0.0.{n}",
            REMOTE_ADDR=f"10.1.0.{n}",
            HTTP_USER_AGENT=typed,
        )
        for n, typed in enumerate(SPELLINGS)
    ]
    assert [answer.status_code for answer in answers] == [422, 422, 422, 422, 429]
    for typed in SPELLINGS:
        answer = sign_in(client, typed, HTTP_X_FORWARDED_FOR="10.9.9.9")
        assert answer.status_code == 429
        assert "15分钟" in answer.content.decode()
        assert "_auth_user_id" not in client.session
    assert ("LYG:access", "session.open", "DONE") not in verbs()


def test_lock_is_of_one_name_only(client: Client, commission: Commission, person: User) -> None:
    make_person(commission, username="li.si", at=NOW)
    for _ in range(5):
        sign_in(client, password="wrong")
    assert sign_in(client, "li.si").status_code == 302


def test_lock_of_an_unknown_name_looks_the_same(client: Client) -> None:
    statuses = [sign_in(client, "nobody", "wrong").status_code for _ in range(6)]
    assert statuses == [422, 422, 422, 422, 429, 429]


@pytest.mark.parametrize(("minutes", "status"), [(14, 429), (16, 302)])
def test_lock_ends_after_a_quarter_of_an_hour(minutes: int, status: int, client: Client, person: User) -> None:
    for _ in range(7):
        sign_in(client, password="wrong")
    for attempt in AccessAttempt.objects.all():
        AccessAttempt.objects.filter(pk=attempt.pk).update(
            attempt_time=attempt.attempt_time - timedelta(minutes=minutes)
        )
    assert sign_in(client).status_code == status


def test_fourth_failure_does_not_lock_and_success_forgets_it(client: Client, person: User) -> None:
    for _ in range(2):
        for _ in range(4):
            sign_in(Client(), password="wrong")
        assert sign_in(Client()).status_code == 302


def test_reset_password_lifts_the_lock(client: Client, commission: Commission, person: User) -> None:
    for _ in range(5):
        sign_in(client, password="wrong")
    by = make_holder(Role.SECURITY_ADMIN, commission, at=NOW)
    reset_password(user=person, one_time_password="Yici-Mima-2024", by=by, at=NOW)
    assert sign_in(client, password="Yici-Mima-2024").status_code == 302


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("/calendar/", "/calendar/"),
        ("//evil.example/", "/"),
        ("https://evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_sign_in_leads_only_to_pages_of_this_site(wanted: str, expected: str, client: Client, person: User) -> None:
    assert sign_in(client, data={"next": wanted})["Location"] == expected


@pytest.mark.parametrize("field", ["username", "password"])
@pytest.mark.parametrize("text", ["", "\x00", "a" * 300, "\ud83d", "\u202e"])
def test_sign_in_with_odd_text_is_an_answer_never_a_fault(field: str, text: str, client: Client, person: User) -> None:
    typed = {"username": "wang.ming", "password": PASSWORD} | {field: text.encode("utf-8", "surrogatepass")}
    assert client.post("/sign-in/", typed).status_code in (422, 429)


def test_sign_out_is_a_post_and_ends_the_session(client: Client, person: User) -> None:
    sign_in(client)
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert "_auth_user_id" not in client.session
    assert [verb for _chain, verb, _result in verbs()] == ["session.open", "session.close"]
    assert client.post("/sign-out/").status_code == 302


def test_password_and_sign_in_need_their_csrf_token(person: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/sign-in/", {"username": "wang.ming", "password": PASSWORD}).status_code == 403
    strict.force_login(person, "django.contrib.auth.backends.ModelBackend")
    assert strict.post("/password/", {}).status_code == 403


# The password that must be changed first.


@pytest.fixture
def newcomer(person: User) -> User:
    User.objects.filter(pk=person.pk).update(must_change_password=True)
    return person


def test_newcomer_sees_only_the_password_page(client: Client, newcomer: User) -> None:
    sign_in(client)
    for method, path in (("get", "/"), ("get", "/calendar/"), ("post", "/calendar/day/"), ("get", "/people/")):
        answer = getattr(client, method)(path)
        assert (answer.status_code, answer["Location"]) == (302, "/password/")
    assert client.get("/password/").status_code == 200
    assert client.post("/sign-out/").status_code == 302


def test_newcomer_changes_the_password_and_goes_on(client: Client, newcomer: User) -> None:
    sign_in(client)
    new = "Xinde-Mima-2024"
    answer = client.post("/password/", {"old_password": PASSWORD, "new_password": new, "repeated_password": new})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/").status_code == 200
    assert sign_in(Client(), password=PASSWORD).status_code == 422
    assert sign_in(Client(), password=new).status_code == 302


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"old_password": "wrong"}, "当前密码不正确"),
        ({"repeated_password": "Bie-de-Mima-2024"}, "两次输入的新密码不一致"),
        ({"new_password": "short", "repeated_password": "short"}, "新密码不符合要求"),
        ({"new_password": "", "repeated_password": ""}, "有 2 处需要修改"),
    ],
)
def test_password_form_says_what_is_wrong(typed: dict[str, str], expected: str, client: Client, newcomer: User) -> None:
    sign_in(client)
    right = {"old_password": PASSWORD, "new_password": "Xinde-Mima-2024", "repeated_password": "Xinde-Mima-2024"}
    page = client.post("/password/", right | typed)
    assert (page.status_code, expected in page.content.decode()) == (422, True)


# Sessions end.


def test_sessions_elsewhere_end_when_the_password_changes(client: Client, person: User) -> None:
    elsewhere = Client()
    for each in (client, elsewhere):
        sign_in(each)
    new = "Xinde-Mima-2024"
    client.post("/password/", {"old_password": PASSWORD, "new_password": new, "repeated_password": new})
    assert client.get("/password/").status_code == 200
    assert elsewhere.get("/password/")["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("act", ["deactivate", "reset"])
def test_sessions_end_when_the_administrator_says_so(
    act: str, client: Client, commission: Commission, person: User
) -> None:
    by = make_holder(Role.SECURITY_ADMIN, commission, at=NOW)
    sign_in(client)
    if act == "deactivate":
        deactivate_user(user=person, reason="调离（示例）", by=by, at=clock.now())
    else:
        reset_password(user=person, one_time_password="Yici-Mima-2024", by=by, at=clock.now())
    assert client.get("/password/")["Location"].startswith("/sign-in/")


@pytest.mark.parametrize(("minutes", "is_over"), [(29, False), (31, True)])
def test_session_nobody_used_is_over(minutes: int, is_over: bool, client: Client, person: User) -> None:
    sign_in(client)
    session = client.session
    session[middleware.LAST_SEEN] -= minutes * 60
    session.save()
    answer = client.get("/password/")
    assert answer.status_code == (302 if is_over else 200)
    if not is_over:
        assert client.session[middleware.LAST_SEEN] > session[middleware.LAST_SEEN]


def test_idle_limit_is_a_setting(client: Client, person: User, settings: Any) -> None:
    settings.SESSION_IDLE_LIMIT = timedelta(minutes=2)
    sign_in(client)
    session = client.session
    session[middleware.LAST_SEEN] -= 180
    session.save()
    assert client.get("/password/").status_code == 302


# What is held, at each request.


def test_scope_is_what_is_held_at_this_request(client: Client, commission: Commission, person: User) -> None:
    assert client.get("/").content == b"nobody"
    sign_in(client)
    assert client.get("/").content == b"nobody"
    membership = give_role(person, Role.CASE_OFFICER, commission, at=NOW)
    assert client.get("/").content == b"CASE_OFFICER"
    by = make_holder(Role.SECURITY_ADMIN, commission, at=NOW)
    revoke_role(membership=membership, reason="轮岗（示例）", by=by, at=clock.now())
    assert client.get("/").content == b"nobody"


def test_denials_are_in_the_access_journal(client: Client, person: User) -> None:
    for path in ("/refuse/", "/hide/", "/refuse/"):
        client.get(path)
    assert verbs() == [(":access", "ACCESS_DENIED", "DENIED")]
    sign_in(client)
    assert [client.get(path).status_code for path in ("/refuse/", "/hide/")] == [403, 404]
    entries = Entry.objects.filter(verb="access.deny").order_by("pk")
    assert [(entry.subject_key, entry.facts["code"], entry.actor_name) for entry in entries] == [
        ("/refuse/", "accounts_security_admin_only", person.full_name),
        ("/hide/", "accounts_person_not_visible", person.full_name),
    ]


# Language.


@pytest.mark.parametrize(
    ("wanted", "expected"), [("/calendar/", "/calendar/"), ("//evil.example/", "/"), ("https://evil.example/", "/")]
)
def test_language_leads_only_to_pages_of_this_site(wanted: str, expected: str, client: Client) -> None:
    answer = client.post("/language/", {"language": "en", "next": wanted})
    assert (answer["Location"], client.cookies["django_language"].value) == (expected, "en")


def test_language_is_remembered_for_the_next_sign_in(client: Client, person: User) -> None:
    sign_in(client)
    client.post("/language/", {"language": "en", "next": "/"})
    person.refresh_from_db()
    assert person.language == "en"
    other = Client()
    sign_in(other)
    assert other.cookies["django_language"].value == "en"


@pytest.mark.parametrize("language", ["xx", "", "en\x00"])
def test_language_nobody_speaks_changes_nothing(language: str, client: Client, person: User) -> None:
    sign_in(client)
    client.post("/language/", {"language": language, "next": "/"})
    person.refresh_from_db()
    assert person.language == "zh-hans"


def test_language_switch_can_be_off(client: Client, settings: Any) -> None:
    settings.LANGUAGE_SWITCH = False
    client.post("/language/", {"language": "en", "next": "/"})
    assert "django_language" not in client.cookies
    assert client.get("/language/").status_code == 405
