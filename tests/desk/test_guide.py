"""The guide on the site: one's own page first, nothing but the guide behind its addresses, and Markdown made safe."""

import re

import pytest
from django.test import Client

from investreview.accounts.models import User
from investreview.core.errors import NotVisible
from investreview.core.roles import Role
from investreview.desk.guide import pages
from investreview.desk.guide.rendering import written
from tests.desk.people import browser
from tests.world import World

EVIL = "# T\n\n<b>x</b> ![x](../pictures/zh/a.png) [out](https://example.cn/) [run](javascript:alert(1))"


def test_the_guide_opens_on_the_page_of_ones_own_role(world: World) -> None:
    answer = browser(world.deputy).get("/guide/")
    text = answer.content.decode()
    assert (answer.status_code, answer.context["name"]) == (200, "leader")
    assert "<h1>分管领导和主任</h1>" in text
    assert '<a href="/guide/leader/" aria-current="page">' in text


def test_whoever_holds_no_role_reads_what_everybody_needs(world: World) -> None:
    world.officer.memberships.all().delete()
    answer = browser(User.objects.get(pk=world.officer.pk)).get("/guide/")
    assert [entry.name for entry in answer.context["contents"].own] == ["common"]


@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_page_of_its_own_and_all_others_beside_it(role: Role) -> None:
    found = pages.contents_for({role})
    listed = [entry.name for entry in (*found.own, *found.others)]
    assert [entry.name for entry in found.own] == [pages.PAGE_OF[role], "common"]
    assert sorted(listed) == sorted(pages.NAMES)


def test_two_roles_with_one_page_have_it_once() -> None:
    found = pages.contents_for({Role.DEPUTY_DIRECTOR, Role.DIRECTOR})
    assert [entry.name for entry in found.own] == ["leader", "common"]


def test_the_page_speaks_the_language_in_use(world: World) -> None:
    client = browser(world.officer)
    client.cookies["django_language"] = "en"
    text = client.get("/guide/officer/").content.decode()
    assert "<h1>Case officer</h1>" in text
    assert "/guide/pictures/en/officer-desk.png" in text


def test_links_and_pictures_stay_on_the_site(world: World) -> None:
    client = browser(world.officer)
    body = client.get("/guide/administrator/").context["page"].body
    leads = set(re.findall(r'(?:href|src)="([^"]+)"', body))
    assert "/guide/common/" in leads
    assert {lead for lead in leads if not lead.startswith("/guide/")} == set()
    assert {lead for lead in leads if status_of(client, lead) != 200} == set()


def status_of(client: Client, address: str) -> int:
    """How the site answers; a file that it opened for the answer is closed."""
    answer = client.get(address)
    answer.close()
    status: int = answer.status_code
    return status


@pytest.mark.parametrize("name", pages.NAMES)
@pytest.mark.parametrize("language", pages.LANGUAGES)
def test_every_page_keeps_to_the_content_security_policy(name: str, language: str) -> None:
    body = pages._page(name, language).body
    assert not re.search(r"style=|<script|<style|\son\w+=|https?:|javascript:", body)


def test_a_picture_is_served_and_nothing_else_is(world: World) -> None:
    client = browser(world.officer)
    shown = client.get("/guide/pictures/zh/officer-desk.png")
    assert shown["Content-Type"] == "image/png"
    assert b"".join(shown.streaming_content).startswith(b"\x89PNG")
    shown.close()
    for address in ("zh/nothing.png", "fr/officer-desk.png", "zh/README.png"):
        assert client.get(f"/guide/pictures/{address}").status_code == 404


def test_a_page_that_is_not_there_is_not_found(world: World) -> None:
    assert browser(world.officer).get("/guide/README/").status_code == 404
    with pytest.raises(NotVisible):
        pages.page("../operations")


def test_nobody_reads_it_before_signing_in(world: World) -> None:
    answer = browser(None).get("/guide/")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=/guide/")


def test_html_is_shown_as_text_and_links_that_lead_out_as_words() -> None:
    page = written(EVIL)
    assert page.body == (
        '<p>&lt;b&gt;x&lt;/b&gt; <a href="/guide/pictures/zh/a.png"><img class="ir-shot" src="/guide/pictures/zh/a.png"'
        ' alt="x" loading="lazy"></a> out [run](javascript:alert(1))</p>\n'
    )
    assert (page.title, page.pictures) == ("T", ("a",))


def test_chinese_in_an_english_page_says_that_it_is_chinese() -> None:
    page = written("# T\n\nwrite 万元 here: `元`\n\n| a | b |\n|---|---|\n| 1 | 二 |\n")
    assert 'write <span lang="zh-CN">万元</span> here: <code><span lang="zh-CN">元</span></code>' in page.body
    assert '<table class="ir-table">' in page.body
    assert '<th scope="col">a</th>' in page.body


def test_a_page_costs_no_query_of_its_own(world: World, django_assert_num_queries) -> None:
    client = browser(world.officer)
    client.get("/guide/officer/")
    with django_assert_num_queries(4):
        client.get("/guide/officer/")
