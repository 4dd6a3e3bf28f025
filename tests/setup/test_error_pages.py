"""Every error becomes a page that says what went wrong and what to do; what was typed survives."""

import pytest
from django.test import Client

from investreview.core.middleware import denied

pytestmark = pytest.mark.urls("tests.setup.pages")


@pytest.fixture(autouse=True)
def pages_alone(settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """No demonstration bar, no access journal: neither may touch a database here."""
    settings.ALLOW_DEMONSTRATION = False
    monkeypatch.setattr(denied, "receivers", [])
    denied.sender_receivers_cache.clear()


@pytest.fixture
def browser() -> Client:
    return Client(raise_request_exception=False, headers={"accept-language": "zh-hans"})


@pytest.mark.parametrize(
    ("kind", "status", "title"),
    [
        ("invalid", 422, "未能办理"),
        ("not-visible", 404, "没有找到"),
        ("forbidden", 403, "无权办理"),
        ("stale", 409, "内容已被他人修改"),
        ("busy", 503, "系统正忙"),
        ("locked", 503, "系统正忙"),
        ("deadlock", 503, "系统正忙"),
        ("gone", 500, "系统故障"),
        ("denied", 403, "无权办理"),
        ("fault", 500, "系统故障"),
    ],
)
def test_each_error_has_its_status_and_page(browser: Client, kind: str, status: int, title: str) -> None:
    response = browser.post(f"/fail/{kind}/", {"opinion": "同意"})
    text = response.content.decode()
    assert (response.status_code, f"<h1>{title}</h1>" in text, "canary" in text) == (status, True, False)


def test_an_unknown_address_has_a_page(browser: Client) -> None:
    response = browser.get("/nothing-here/")
    assert (response.status_code, "没有找到" in response.content.decode()) == (404, True)


@pytest.mark.parametrize("path", ["/fail/fault/", "/fail/stale/", "/nothing-here/"])
def test_every_page_carries_the_content_security_policy(browser: Client, path: str) -> None:
    policy = browser.get(path).headers["Content-Security-Policy"]
    assert sorted(part.strip() for part in policy.split(";")) == [
        "base-uri 'none'",
        "default-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    ]


def test_a_held_lock_keeps_what_was_typed_and_offers_to_send_it_again(browser: Client) -> None:
    text = browser.post("/fail/locked/", {"opinion": "建议<b>备案", "version": "3"}).content.decode()
    assert '<input type="hidden" name="opinion" value="建议&lt;b&gt;备案">' in text
    assert '<form method="post" action="/fail/locked/">' in text


def test_a_secret_is_never_shown_nor_sent_again(browser: Client) -> None:
    text = browser.post("/fail/locked/", {"username": "wang", "password": "s3cret"}).content.decode()
    assert ("s3cret" in text, "<form method" in text.split("<main")[1]) == (False, False)


def test_both_texts_of_a_stale_form_are_shown_escaped(browser: Client) -> None:
    text = browser.post("/fail/stale/", {"opinion": "x"}).content.decode()
    assert ("同意备案。" in text, "建议&lt;b&gt;退回" in text) == (True, True)


def test_the_citation_stands_behind_the_sentence(browser: Client) -> None:
    assert "（依据：规则集2024-1 §3.6）" in browser.get("/fail/invalid/").content.decode()


def test_english_pages_are_told_in_english(browser: Client) -> None:
    text = browser.get("/fail/busy/", headers={"accept-language": "en"}).content.decode()
    assert "The system is busy with another act." in text


@pytest.mark.parametrize(("kind", "count"), [("not-visible", 1), ("forbidden", 1), ("invalid", 0), ("busy", 0)])
def test_each_refusal_is_announced_once(browser: Client, kind: str, count: int) -> None:
    heard: list[object] = []

    def listen(sender: object, error: object, **_: object) -> None:
        heard.append(error)

    denied.connect(listen)
    try:
        browser.get(f"/fail/{kind}/")
    finally:
        denied.disconnect(listen)
    assert len(heard) == count


OWN = {"origin": "http://testserver"}


@pytest.fixture
def strict() -> Client:
    return Client(enforce_csrf_checks=True, headers={"accept-language": "zh-hans"})


def test_an_expired_form_keeps_what_was_typed(strict: Client) -> None:
    response = strict.post("/fail/fault/", {"opinion": "同意备案"}, headers=OWN)
    text = response.content.decode()
    assert (response.status_code, "页面已过期" in text, 'value="同意备案"' in text) == (403, True, True)


@pytest.mark.parametrize("headers", [{}, {"origin": "null"}, {"origin": "http://evil.example"}])
def test_a_form_of_another_site_is_never_offered_again(strict: Client, headers: dict[str, str]) -> None:
    response = strict.post("/fail/fault/", {"opinion": "canary"}, headers=headers)
    text = response.content.decode()
    assert (response.status_code, "canary" in text, "<form method" in text.split("<main")[1]) == (403, False, False)


def test_what_a_form_carries_for_the_machine_is_sent_again_but_not_shown(browser: Client) -> None:
    text = browser.post("/fail/locked/", {"rows-TOTAL_FORMS": "1", "version": "3"}).content.decode()
    assert ("<dt>" in text, 'name="version" value="3"' in text) == (False, True)


def test_an_address_that_only_takes_forms_has_a_page(browser: Client) -> None:
    response = browser.get("/only-post/")
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "此地址不能直接打开" in response.content.decode()
