"""A session ends while somebody types: the form waits on the page until they are signed in again."""

import json
from typing import Any

import pytest
from django.test import Client

from investreview.accounts.models import User
from investreview.core import clock
from investreview.core.kept import FIELD
from investreview.core.roles import Role
from tests.accounts.factories import PASSWORD, make_holder
from tests.registry.factories import make_commission

pytestmark = pytest.mark.django_db

TYPED = {"full_name": "新来的人（示例）", "username": "xin.lai", "kind": "STAFF"}
OWN = {"origin": "http://testserver"}


@pytest.fixture
def admin() -> User:
    return make_holder(Role.SECURITY_ADMIN, make_commission(), at=clock.machine_now())


@pytest.fixture
def client() -> Client:
    """A browser that has been here; its session is over."""
    browser = Client(headers={"accept-language": "zh-hans"})
    browser.get("/sign-in/")
    return browser


def kept_on(page: Any) -> str:
    packed: str = page.context["kept"].packed
    return packed


def test_form_of_an_ended_session_is_kept_on_the_sign_in_page(client: Client) -> None:
    page = client.post("/people/new/", TYPED)

    assert page.status_code == 403
    assert "您填写的内容没有丢失" in page.content.decode()
    assert "新来的人（示例）" in page.content.decode()
    assert json.loads(kept_on(page))["address"] == "/people/new/"
    assert not User.objects.filter(username="xin.lai").exists()


def test_signed_in_again_the_form_is_offered_and_carried_out_once_sent(client: Client, admin: User) -> None:
    kept = kept_on(client.post("/people/new/", TYPED))
    again = {"username": admin.username, "password": PASSWORD, FIELD: kept}

    page = client.post("/sign-in/", again)

    assert page.status_code == 200
    assert (page.context["kept"].address, dict(page.context["kept"].typed)) == ("/people/new/", TYPED)
    assert not User.objects.filter(username="xin.lai").exists()
    assert client.post(page.context["kept"].address, dict(page.context["kept"].typed)).status_code == 302
    assert User.objects.filter(username="xin.lai").exists()


def test_wrong_password_keeps_the_form(client: Client, admin: User) -> None:
    kept = kept_on(client.post("/people/new/", TYPED))

    page = client.post("/sign-in/", {"username": admin.username, "password": "wrong", FIELD: kept})

    assert (page.status_code, kept_on(page)) == (422, kept)


def test_signed_in_in_another_tab_the_form_is_offered_all_the_same(client: Client, admin: User) -> None:
    kept = kept_on(client.post("/people/new/", TYPED))
    client.post("/sign-in/", {"username": admin.username, "password": PASSWORD})

    page = client.post("/sign-in/", {"username": admin.username, "password": PASSWORD, FIELD: kept})

    assert dict(page.context["kept"].typed) == TYPED


def test_form_kept_on_a_page_that_ran_out_is_offered_as_it_was(client: Client) -> None:
    kept = kept_on(client.post("/people/new/", TYPED))
    strict = Client(enforce_csrf_checks=True)

    page = strict.post("/sign-in/", {"username": "x", "password": "x", FIELD: kept}, headers=OWN)

    assert (page.status_code, page.context["kept"].address) == (403, "/people/new/")


def test_password_is_never_kept(client: Client) -> None:
    page = client.post("/password/", {"old_password": "canary-1", "new_password": "canary-2"})

    assert (page.status_code, page["Location"]) == (302, "/sign-in/?next=/password/")


def test_browser_that_never_was_here_is_sent_to_sign_in() -> None:
    assert Client().post("/people/new/", TYPED).status_code == 302


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "x",
        "[]",
        "{}",
        '{"address": 1, "typed": 1}',
        '{"address": "//evil.example/", "typed": [], "may_resend": true}',
        '{"address": "https://evil.example/", "typed": [], "may_resend": true}',
        '{"address": "/\\\\evil.example/", "typed": [], "may_resend": true}',
    ],
)
def test_form_that_is_none_or_leads_elsewhere_is_dropped(client: Client, admin: User, kept: str) -> None:
    answer = client.post("/sign-in/", {"username": admin.username, "password": PASSWORD, FIELD: kept})

    assert (answer.status_code, answer["Location"]) == (302, "/")
