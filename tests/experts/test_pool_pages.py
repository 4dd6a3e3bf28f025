"""The pages of the pools: who opens them, what they show, what they cost."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from experts.models import Membership
from experts.selectors import pool
from experts.services.membership import propose_member
from investreview.core import clock
from investreview.core.clock import legal_date
from investreview.core.roles import Role
from investreview.demo.hands import acting
from investreview.journal.models import Entry
from investreview.rulebook.vocabulary import PoolKind
from tests.desk.people import auditor_of, browser, let_stand_in
from tests.experts.cases import ON, on_day
from tests.experts.pool import employ, found_pool, fresh, organisation, registered
from tests.world import World

READERS = ("pool_keeper", "head")
OTHERS = (
    "officer", "finance", "document_officer", "deputy", "director", "draw_operator", "draw_supervisor",
    "panel_secretary", "rule_keeper", "archivist", "group_drafter", "group_releaser", "system_admin",
    "security_admin", "audit_admin",
)  # fmt: skip


def opened(client: Client, url: str) -> int:
    return client.get(url).status_code


# Who


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_learns_who_is_in_the_pool(world: World, who: str) -> None:
    [expert] = found_pool(world, 1, with_accounts=False)
    client = browser(world.people[who])
    pages = [
        "/experts/",
        "/experts/new/",
        "/experts/queue/",
        f"/experts/pool/{expert.number}/",
        "/experts/pool/NOBODY/",
    ]
    answers = [client.get(page) for page in pages]
    assert [answer.status_code for answer in answers] == [403] * 5
    assert not any(expert.name in answer.content.decode() for answer in answers)


def test_an_expert_does_not_learn_who_is_in_the_pool(world: World) -> None:
    first, second = found_pool(world, 2)
    assert first.user is not None
    client = browser(first.user)
    assert [opened(client, url) for url in ("/experts/", f"/experts/pool/{second.number}/")] == [403, 403]


@pytest.mark.parametrize(
    ("who", "expected"),
    [("pool_keeper", [200, 200, 200, 200, 403]), ("head", [200, 200, 403, 403, 200])],
)
def test_keeper_and_head_open_their_pages(world: World, who: str, expected: list[int]) -> None:
    [expert] = found_pool(world, 1, with_accounts=False)
    client = browser(world.people[who])
    page = f"/experts/pool/{expert.number}/"
    urls = ["/experts/", page, "/experts/new/", f"{page}facts/", "/experts/queue/"]
    assert [opened(client, url) for url in urls] == expected


def test_an_unknown_number_and_one_of_another_commission_are_not_found(world: World, elsewhere: World) -> None:
    [stranger] = found_pool(elsewhere, 1, with_accounts=False)
    client = browser(world.pool_keeper)
    assert [opened(client, f"/experts/pool/{number}/") for number in ("NOBODY", stranger.number)] == [404, 404]
    assert stranger.name not in client.get("/experts/").content.decode()


def test_the_auditor_reads_without_contacts_and_is_noted(world: World) -> None:
    [expert] = found_pool(world, 1, with_accounts=False)
    client = browser(auditor_of(world))
    page = client.get(f"/experts/pool/{expert.number}/")
    text = page.content.decode()
    assert (page.status_code, expert.phone in text, "138********" in text) == (200, False, True)
    assert '<form method="post" action="/experts/' not in text
    assert [opened(client, url) for url in ("/experts/", "/experts/new/", "/experts/queue/")] == [200, 403, 403]
    assert Entry.objects.filter(verb="expert.read", subject_key=expert.number).count() == 1


def test_keeper_s_reading_is_not_noted(world: World) -> None:
    [expert] = found_pool(world, 1, with_accounts=False)
    browser(world.pool_keeper).get(f"/experts/pool/{expert.number}/")
    assert not Entry.objects.filter(verb="expert.read").exists()


def test_a_substitute_of_the_head_opens_the_queue(world: World) -> None:
    let_stand_in(world, world.officer, world.head, Role.OFFICE_HEAD)
    client = browser(world.officer)
    assert [opened(client, url) for url in ("/experts/", "/experts/queue/", "/experts/new/")] == [200, 200, 403]


@pytest.mark.parametrize("url", ["/experts/", "/experts/queue/", "/experts/pool/LYG-ZJ-0001/"])
def test_a_stranger_is_asked_to_sign_in(world: World, url: str) -> None:
    assert Client().get(url)["Location"] == f"/sign-in/?next={url}"


# The list


def listed(client: Client, query: str = "") -> list[str]:
    page = client.get(f"/experts/{query}").context["page"]
    return [row.number for row in page.rows]


def test_the_list_is_narrowed_by_text_pool_and_standing(world: World) -> None:
    found_pool(world, 3)
    proposed = registered(world, 3)
    propose_member(
        acting=acting(world.pool_keeper, on_day(ON)),
        expert_id=proposed.pk,
        version=1,
        pool=PoolKind.SUPERVISION,
        at=on_day(ON),
    )
    registered(world, 4)
    employ(world, fresh(proposed), None, from_on=date(2010, 1, 1), stated_name="某某大学")
    client = browser(world.pool_keeper)
    everybody = [f"LYG-ZJ-{n:04d}" for n in range(1, 6)]
    assert listed(client) == everybody
    assert listed(client, "?q=甲二") == ["LYG-ZJ-0002"]
    assert listed(client, "?q=0003") == ["LYG-ZJ-0003"]
    assert listed(client, "?q=某某大学") == ["LYG-ZJ-0004"]
    assert listed(client, "?q=研究院2") == ["LYG-ZJ-0002"]
    assert listed(client, "?pool=INVESTMENT") == everybody[:3]
    assert listed(client, "?pool=SUPERVISION") == ["LYG-ZJ-0004"]
    assert listed(client, "?standing=MEMBER") == everybody[:3]
    assert listed(client, "?standing=MEMBER&pool=SUPERVISION") == []
    assert listed(client, "?standing=PROPOSED") == ["LYG-ZJ-0004"]
    assert listed(client, "?standing=ENDED") == []
    assert listed(client, "?standing=SUSPENDED") == []
    assert listed(client, "?standing=UNMATCHED") == ["LYG-ZJ-0004"]


def test_the_list_shows_ended_terms_and_suspensions(world: World) -> None:
    first, second = found_pool(world, 2, with_accounts=False)
    today = legal_date(clock.now())
    Membership.objects.filter(expert=first).update(admitted_on=date(2020, 1, 1), term_until=date(2022, 12, 31))
    second.suspensions.create(reason="请假（示例）", from_on=today, noted_by=world.pool_keeper, noted_at=clock.now())
    client = browser(world.head)
    assert listed(client, "?standing=ENDED") == [first.number]
    assert listed(client, "?standing=SUSPENDED") == [second.number]
    text = client.get("/experts/").content.decode()
    assert ("投资论证专家库 · 任期届满" in text, "暂停中" in text) == (True, True)


def test_an_unread_filter_is_told_and_shows_nothing(world: World) -> None:
    found_pool(world, 1, with_accounts=False)
    page = browser(world.pool_keeper).get("/experts/?pool=FRIENDS")
    assert (page.status_code, page.context["page"].rows) == (422, ())


def test_the_list_goes_on_by_key(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "PAGE", 2)
    experts = found_pool(world, 5, with_accounts=False)
    client = browser(world.pool_keeper)
    seen, query = [], ""
    for _ in range(3):
        page = client.get(f"/experts/?q=专家{query}")
        seen.append([row.number for row in page.context["page"].rows])
        query = f"&after={page.context['page'].next_after}"
    numbers = [expert.number for expert in experts]
    assert seen == [numbers[:2], numbers[2:4], numbers[4:]]
    assert page.context["page"].next_after == 0


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_costs_the_same_for_one_and_for_twelve(
    world: World, count: int, django_assert_num_queries: Any
) -> None:
    found_pool(world, count, with_accounts=False)
    client = browser(world.pool_keeper)
    client.get("/experts/")
    with django_assert_num_queries(11):
        page = client.get("/experts/")
    assert len(page.context["page"].rows) == count


@pytest.mark.parametrize("count", [1, 6])
def test_the_page_of_an_expert_costs_the_same_for_one_and_many_records(
    world: World, count: int, django_assert_num_queries: Any
) -> None:
    [expert] = found_pool(world, 1, with_accounts=False)
    for number in range(count):
        employ(world, expert, organisation(f"单位{number}"), from_on=date(2010, 1, 1))
    client = browser(world.pool_keeper)
    client.get(f"/experts/pool/{expert.number}/")
    with django_assert_num_queries(10):
        page = client.get(f"/experts/pool/{expert.number}/")
    assert len(page.context["page"].employers) == count + 1
