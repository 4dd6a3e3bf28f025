"""The pages of the rule book."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from investreview.accounts.models import User
from investreview.core import clock
from investreview.core.actor import SYSTEM
from investreview.core.roles import Role
from investreview.registry.models import Commission
from investreview.rulebook.models import RuleSet
from investreview.rulebook.services import load_rule_set
from tests.accounts.factories import make_holder
from tests.registry.factories import AT, make_commission, make_enterprise
from tests.rulebook.conftest import content_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_site")]

NOW = clock.machine_now()
PAGES = ["/rules/", "/rules/2024-1/", "/rules/2024-1/%C2%A73.6/"]


@pytest.fixture
def drafter(commission: Commission) -> User:
    return make_holder(Role.ENTERPRISE_DRAFTER, make_enterprise(commission), at=NOW)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return client


def text_of(client: Client, url: str, **headers: Any) -> str:
    answer = client.get(url, headers=headers)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_citation_opens_its_text_and_its_source(founded: RuleSet, drafter: User) -> None:
    url = reverse("rulebook:paragraph", args=["2024-1", "§3.6"])
    assert url == PAGES[2]
    page = text_of(signed_in(drafter), url)
    assert "投资额1000万以上(含1000万元)、3000万以下的项目报市国资委备案" in page
    assert "连云港市国资委党委关于巡察整改进展情况的通报（2024-08-07）" in page
    assert "判定条件：备案 → 备案，期限 10 个工作日" in page


def test_a_paragraph_shows_what_stands_below_it(founded: RuleSet, drafter: User) -> None:
    page = text_of(signed_in(drafter), reverse("rulebook:paragraph", args=["2024-1", "§3.4"]))
    assert "系统默认（示例规则，待委务会审定）" in page
    assert reverse("rulebook:paragraph", args=["2024-1", "§3.4.1"]) in page


def test_the_whole_set_shows_every_paragraph(founded: RuleSet, drafter: User) -> None:
    page = text_of(signed_in(drafter), PAGES[1])
    assert [one.key for one in founded.data.paragraphs if one.text not in page] == []


def test_the_list_names_sets_with_their_days(founded: RuleSet, drafter: User) -> None:
    page = text_of(signed_in(drafter), PAGES[0])
    assert "2024年1月1日" in page
    assert "2024-1" in page


def test_the_list_says_what_would_be_here(commission: Commission, drafter: User) -> None:
    assert "还没有规则集" in text_of(signed_in(drafter), PAGES[0])


def test_english_says_that_the_chinese_text_is_authentic(founded: RuleSet, drafter: User) -> None:
    page = text_of(signed_in(drafter), PAGES[2], accept_language="en")
    assert "Row: Filing → filing, 10 working days" in page
    assert 'lang="zh-CN"' in page


@pytest.mark.parametrize("url", PAGES)
def test_anonymous_is_asked_to_sign_in(founded: RuleSet, client: Client, url: str) -> None:
    answer = client.get(url)
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/sign-in/")


@pytest.mark.parametrize("url", PAGES)
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_only_read(founded: RuleSet, drafter: User, url: str, method: str) -> None:
    assert getattr(signed_in(drafter), method)(url).status_code == 405


@pytest.mark.parametrize("url", [*PAGES[1:], "/rules/2024-2/", "/rules/2024-2/%C2%A73.6/"])
def test_another_commission_and_drafts_do_not_exist(commission: Commission, founded: RuleSet, url: str) -> None:
    content = content_of("2024-2", date(2024, 10, 1))
    load_rule_set(commission=commission, content=content, actor=SYSTEM, at=AT)
    stranger = make_holder(Role.OFFICE_HEAD, make_commission("XZ"), at=NOW)
    assert signed_in(stranger).get(url).status_code == 404


def test_a_draft_does_not_exist_for_the_enterprise(commission: Commission, founded: RuleSet, drafter: User) -> None:
    content = content_of("2024-2", date(2024, 10, 1))
    load_rule_set(commission=commission, content=content, actor=SYSTEM, at=AT)
    assert signed_in(drafter).get("/rules/2024-2/").status_code == 404
    assert "2024-2" not in text_of(signed_in(drafter), PAGES[0])


@pytest.mark.parametrize("key", ["§3.99", "3.6", "§3", "<script>", "..", "%00"])
def test_an_unknown_paragraph_does_not_exist(founded: RuleSet, drafter: User, key: str) -> None:
    assert signed_in(drafter).get(reverse("rulebook:paragraph", args=["2024-1", key])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_three_sets_as_for_one(
    commission: Commission, founded: RuleSet, count: int
) -> None:
    for number in range(2, count + 1):
        content = content_of(f"2024-{number}", date(2024, 9 + number, 1))
        load_rule_set(commission=commission, content=content, actor=SYSTEM, at=AT)
    client = signed_in(make_holder(Role.RULE_KEEPER, commission, at=NOW))
    client.get(PAGES[0])
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = text_of(client, PAGES[0])
    assert page.count('href="/rules/2024-') == count
    assert len(queries) == 4
