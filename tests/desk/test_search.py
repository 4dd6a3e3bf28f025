"""The search box: it finds by project, enterprise and number, and nothing that its reader may not open."""

import re
from typing import Any

import pytest

from investreview.documents.models import Document
from tests.desk.people import browser
from tests.states import kept
from tests.world import World, drive, wanted


@pytest.fixture
def numbers(world: World) -> dict[str, str]:
    return kept(lambda: _driven(world), "search")


def _driven(world: World) -> dict[str, str]:
    steps = {"sub": "delivered", "group": "draft", "other": "released"}
    names = {"sub": "子公司项目（示例）", "group": "草稿项目（示例）", "other": "乙项目（示例）"}
    cases = {
        body: drive(world, step, key=body, body=body, plan=wanted(world, body=body, name=names[body]))
        for body, step in steps.items()
    }
    return {body: case.number for body, case in cases.items()}


def found(world: World, who: str, text: str) -> Any:
    answer = browser(world.people[who]).get("/search/", {"q": text})
    assert answer.status_code == 200
    return answer.context["found"]


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("officer", {"sub", "other"}),
        ("group_drafter", {"sub", "group"}),
        ("sub_drafter", {"sub"}),
        ("sister_drafter", set()),
        ("other_releaser", {"other"}),
    ],
)
def test_cases_are_found_by_those_who_may_open_them(
    world: World, numbers: dict[str, str], who: str, seen: set[str]
) -> None:
    hits = found(world, who, "项目（示例")
    assert {row.number for row in hits.cases} == {numbers[body] for body in seen}
    assert {row.number for row in found(world, who, numbers["sub"]).cases} == (
        {numbers["sub"]} & {numbers[body] for body in seen}
    )


def test_an_enterprise_leads_to_its_cases(world: World, numbers: dict[str, str]) -> None:
    [hit] = found(world, "officer", "乙集团").enterprises
    answer = browser(world.officer).get(hit.url)
    assert re.findall(r'<div class="ir-hash">(LYG[^<]+)</div>', answer.content.decode()) == [numbers["other"]]
    assert found(world, "sub_drafter", "乙集团").enterprises == ()


def test_a_letter_is_found_by_its_number_where_it_may_be_read(world: World, numbers: dict[str, str]) -> None:
    letter = Document.objects.get(kind="FILING_LETTER")
    assert [hit.number for hit in found(world, "officer", letter.number).papers] == [letter.number]
    assert [hit.number for hit in found(world, "sub_drafter", letter.number).papers] == [letter.number]
    assert found(world, "other_releaser", letter.number).papers == ()
    assert found(world, "sister_drafter", letter.number).papers == ()


@pytest.mark.parametrize(("typed", "told"), [("", "请输入要查找的文字。"), ("港", "请至少输入两个字。")])
def test_a_word_too_short_is_told_at_the_field(world: World, typed: str, told: str) -> None:
    answer = browser(world.officer).get("/search/", {"q": typed})
    assert (answer.status_code, answer.context["form"].errors["q"]) == (422, [told])


def test_nothing_found_says_what_to_try(world: World) -> None:
    assert "没有找到" in browser(world.officer).get("/search/", {"q": "没有这个"}).content.decode()


def test_who_knows_no_cases_has_no_search(world: World) -> None:
    administrator = browser(world.system_admin)
    assert administrator.get("/search/", {"q": "LYG"}).status_code == 403
    assert "ir-search" not in administrator.get("/").content.decode()
    assert "ir-search" in browser(world.officer).get("/").content.decode()


def test_the_search_costs_the_same_for_one_hit_and_for_three(
    world: World, numbers: dict[str, str], django_assert_num_queries: Any
) -> None:
    officer = browser(world.officer)
    officer.get("/search/", {"q": "LYG-2024"})
    for text in (numbers["sub"], "LYG-2024"):
        with django_assert_num_queries(9):
            officer.get("/search/", {"q": text})
