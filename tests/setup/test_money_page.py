"""How an amount reads, asked while it is typed."""

from types import SimpleNamespace

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils.translation import override

from investreview.core import money_page

PERSON = SimpleNamespace(is_authenticated=True)


def ask(rf: RequestFactory, **query: str) -> str:
    request: HttpRequest = rf.get("/money/", query)
    request.user = PERSON
    with override("zh-hans"):
        response = money_page.reading(request)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "text/plain; charset=utf-8")
    return response.content.decode()


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ({"amount": "1860"}, "1,860.00 万元 = 18,600,000.00 元（人民币壹仟捌佰陆拾万元整）"),
        ({"amount": "18600000", "unit": "YUAN"}, "1,860.00 万元 = 18,600,000.00 元（人民币壹仟捌佰陆拾万元整）"),
        ({"amount": "  "}, ""),
        ({}, ""),
    ],
)
def test_an_amount_reads_in_both_units_and_capitals(rf: RequestFactory, query: dict[str, str], text: str) -> None:
    assert ask(rf, **query) == text


def test_what_cannot_be_read_is_explained(rf: RequestFactory) -> None:
    assert "1e7" in ask(rf, amount="1e7")


def test_only_signed_in_people_may_ask(rf: RequestFactory, settings) -> None:
    settings.LOGIN_URL = "/sign-in/"
    request = rf.get("/money/", {"amount": "1"})
    request.user = SimpleNamespace(is_authenticated=False)
    assert money_page.reading(request).status_code == 302
