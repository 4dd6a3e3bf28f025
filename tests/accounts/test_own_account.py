from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from investreview.accounts.devices import device_of
from investreview.accounts.entering import PERSON_SESSION
from investreview.accounts.mail_links import confirm_path
from investreview.accounts.models import PersonSession, User
from investreview.core import clock
from investreview.core.roles import Role
from investreview.journal.models import Entry
from investreview.registry.models import Commission
from tests.accounts.factories import PASSWORD, make_holder, make_person

BACKEND = "django.contrib.auth.backends.ModelBackend"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/88.0 Safari/537.36"


@pytest.fixture
def person(commission: Commission) -> User:
    return make_person(commission, username="wang.ming")


def sign_in(client: Client, password: str = PASSWORD, agent: str = WINDOWS) -> Any:
    return client.post("/sign-in/", {"username": "wang.ming", "password": password}, HTTP_USER_AGENT=agent)


# Profile.


def test_profile_shows_roles_and_asks_few_queries(
    client: Client, commission: Commission, django_assert_num_queries: Any
) -> None:
    officer = make_holder(Role.CASE_OFFICER, commission)
    client.force_login(officer, BACKEND)
    client.get("/account/")
    with django_assert_num_queries(5):
        page = client.get("/account/")
    assert (page.status_code, "经办" in page.content.decode()) == (200, True)


def test_profile_keeps_telephone_and_language(client: Client, person: User) -> None:
    client.force_login(person, BACKEND)
    assert client.post("/account/", {"phone": "0518-1234567", "language": "en"}).status_code == 302
    person.refresh_from_db()
    assert (person.phone, person.language) == ("0518-1234567", "en")
    client.post("/account/", {"phone": "0518-1234567", "language": "en"})
    told = Entry.objects.get(verb="user.change_profile")
    assert told.facts == {"fields": ["phone", "language"]}
    refused = client.post("/account/", {"phone": "1" * 50, "language": "xx"})
    assert (refused.status_code, "1" * 50 in refused.content.decode()) == (422, True)


def test_new_mail_address_counts_once_confirmed(client: Client, person: User) -> None:
    client.force_login(person, BACKEND)
    sent = {"email": "new@example.cn", "password": "wrong"}
    refused = client.post("/account/email/", sent)
    assert (refused.status_code, "new@example.cn" in refused.content.decode()) == (422, True)
    assert client.post("/account/email/", sent | {"email": "new.example", "password": PASSWORD}).status_code == 422
    assert client.post("/account/email/", sent | {"password": PASSWORD}).status_code == 302
    person.refresh_from_db()
    assert (person.email, person.new_email) == ("", "new@example.cn")
    link = confirm_path(person)
    visitor = Client()
    assert visitor.get(link).status_code == 200
    person.refresh_from_db()
    assert person.email == ""
    assert visitor.post(link).status_code == 302
    person.refresh_from_db()
    assert (person.email, person.new_email, person.new_email_asked_at) == ("new@example.cn", "", None)
    assert visitor.post(link).status_code == 422
    assert client.post("/account/email/", sent | {"password": PASSWORD}).status_code == 422, "the present address"


def test_link_for_an_earlier_address_is_dead(client: Client, person: User) -> None:
    client.force_login(person, BACKEND)
    client.post("/account/email/", {"email": "first@example.cn", "password": PASSWORD})
    person.refresh_from_db()
    link = confirm_path(person)
    client.post("/account/email/", {"email": "second@example.cn", "password": PASSWORD})
    assert client.get(link).status_code == 422


def test_without_a_mail_server_the_address_counts_at_once(client: Client, person: User, settings: Any) -> None:
    settings.MAIL_IS_CONFIGURED = False
    client.force_login(person, BACKEND)
    client.post("/account/email/", {"email": "new@example.cn", "password": PASSWORD})
    person.refresh_from_db()
    assert (person.email, person.new_email) == ("new@example.cn", "")


# Sessions.


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (WINDOWS, "Windows · Chrome"),
        (WINDOWS + " Edg/120.0", "Windows · Edge"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0", "Linux · Firefox"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) MicroMessenger/8.0 Safari/604.1", "iPhone · 微信"),
        ("Mozilla/5.0 (Linux; Android 10; HarmonyOS) Chrome/99 Mobile", "HarmonyOS · Chrome"),
        ("", ""),
    ],
)
def test_device_in_words(agent: str, words: str) -> None:
    assert device_of(agent).words == words


def test_sessions_are_listed_and_ended(client: Client, person: User, django_assert_num_queries: Any) -> None:
    elsewhere, third = Client(), Client()
    for each in (client, elsewhere, third):
        sign_in(each)
    with django_assert_num_queries(3):
        page = client.get("/account/sessions/")
    assert [row["is_this"] for row in page.context["rows"]] == [False, False, True]
    assert "Windows · Chrome" in page.content.decode()
    other = elsewhere.session[PERSON_SESSION]
    assert client.post(f"/account/sessions/{other}/end/").status_code == 302
    assert [each.get("/account/").status_code for each in (client, elsewhere, third)] == [200, 302, 200]
    assert client.post(f"/account/sessions/{other}/end/").status_code == 404
    client.post("/account/sessions/end/")
    assert [each.get("/account/").status_code for each in (client, third)] == [200, 302]
    told = Entry.objects.filter(verb="session.end").order_by("pk")
    assert [(entry.chain, entry.facts["count"]) for entry in told] == [("LYG:access", 1), ("LYG:access", 1)]


def test_sessions_of_others_are_nobodys_business(client: Client, commission: Commission, person: User) -> None:
    theirs = Client()
    sign_in(theirs)
    client.force_login(make_person(commission), BACKEND)
    assert client.post(f"/account/sessions/{theirs.session[PERSON_SESSION]}/end/").status_code == 404
    assert theirs.get("/account/").status_code == 200


def test_session_leaves_the_list_when_it_ends(client: Client, person: User) -> None:
    for end in ("out", "idle"):
        sign_in(client)
        if end == "out":
            client.post("/sign-out/")
        else:
            session = client.session
            session["last_seen"] -= 31 * 60
            session.save()
            client.get("/account/")
        assert PersonSession.objects.count() == 0
    sign_in(client)
    PersonSession.objects.update(seen_at=clock.machine_now() - timedelta(minutes=31))
    sign_in(Client())
    assert PersonSession.objects.count() == 1


def test_password_change_keeps_this_session_only(client: Client, person: User) -> None:
    elsewhere = Client()
    for each in (client, elsewhere):
        sign_in(each)
    new = "Xinde-Mima-2024"
    client.post("/password/", {"old_password": PASSWORD, "new_password": new, "repeated_password": new})
    row = PersonSession.objects.get()
    assert (row.pk, row.session_key) == (client.session[PERSON_SESSION], client.session.session_key)


def test_a_refused_password_is_asked_for_again_not_said_to_be_kept(client: Client, person: User) -> None:
    client.force_login(person)
    answer = client.post("/password/", {"old_password": "wrong", "new_password": "x", "repeated_password": "y"})

    told = answer.content.decode()
    assert answer.status_code == 422
    assert "密码请重新填写" in told
    assert "您填写的内容没有丢失" not in told


# The sign-in before.


def test_last_sign_in_tells_of_failures(client: Client, person: User) -> None:
    sign_in(client)
    assert client.get("/account/").context["last_sign_in"] is None
    for _ in range(2):
        sign_in(Client(), password="wrong")
    again = Client()
    sign_in(again)
    page = again.get("/account/")
    assert (page.context["last_sign_in"].address, page.context["last_sign_in"].failed_count) == ("127.0.0.1", 2)
    assert "期间登录失败 2 次" in page.content.decode()
