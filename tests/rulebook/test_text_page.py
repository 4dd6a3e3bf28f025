"""The rules as people read them: in order, with what rests on them, found by words, and two versions compared."""

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from investreview.core.actor import SYSTEM
from investreview.core.differing import Change
from investreview.core.roles import Role
from investreview.registry.models import Commission
from investreview.rulebook.models import RuleSet
from investreview.rulebook.names import LIMITS
from investreview.rulebook.services import load_rule_set
from investreview.rulebook.text_page import differences, parts_of
from tests.accounts.factories import make_holder
from tests.registry.factories import AT, make_enterprise
from tests.rulebook.conftest import content_of
from tests.rulebook.factories import rules_2024
from tests.rulebook.test_views import NOW, signed_in, text_of


def keys(search: str) -> list[str]:
    return [one.key for part in parts_of(rules_2024(), search=search) for one in part.paragraphs]


def test_paragraphs_stand_in_order_by_their_parts() -> None:
    parts = parts_of(rules_2024())
    assert [part.key for part in parts] == [f"§{number}" for number in range(1, 9)]
    assert [one.key for part in parts for one in part.paragraphs] == [one.key for one in rules_2024().paragraphs]


def test_every_limit_has_a_name_and_stands_at_its_paragraph() -> None:
    assert set(LIMITS) == set(rules_2024().limit_citations)
    (found,) = (one for part in parts_of(rules_2024()) for one in part.paragraphs if one.key == "§4.8")
    assert found.uses[0] == "期限和比例：齐备核对 3 个工作日"
    (change,) = (one for part in parts_of(rules_2024()) for one in part.paragraphs if one.key == "§3.10")
    assert "期限和比例：投资额累计增加 20%" in change.uses


def test_search_needs_every_word_and_marks_each() -> None:
    assert keys("二次论证 会签") == ["§5.2"]
    assert keys("没有这样的词") == []
    (only,) = (
        one for part in parts_of(rules_2024(), search="会签 核稿") for one in part.paragraphs if one.key == "§5.2"
    )
    assert [one.text for one in only.text if one.is_hit] == ["会签", "核稿", "会签"]
    assert "".join(one.text for one in only.text).startswith("二次论证和收购民营企业，")


def test_differences_show_texts_and_what_rests_on_them() -> None:
    before = rules_2024()
    first, *rest = before.paragraphs
    changed = replace(rest[0], text=rest[0].text.replace("退回补正的", "补正的"))
    after = replace(before, paragraphs=(changed, *rest[1:]), completeness_days=5)
    found = {one.key: one for one in differences(before, after)}
    assert (found[first.key].change, found[changed.key].change) == (Change.REMOVED, Change.CHANGED)
    assert (found["§4.8"].gone, found["§4.8"].new) == (
        ("期限和比例：齐备核对 3 个工作日",),
        ("期限和比例：齐备核对 5 个工作日",),
    )
    assert set(found) == {first.key, changed.key, "§4.8"}
    assert differences(before, before) == ()


@pytest.mark.django_db
@pytest.mark.usefixtures("own_site")
def test_pages_search_and_compare(commission: Commission, founded: RuleSet, client: Client) -> None:
    load_rule_set(commission=commission, content=content_of("2024-2", date(2024, 10, 1)), actor=SYSTEM, at=AT)
    keeper = signed_in(make_holder(Role.RULE_KEEPER, commission, at=NOW))
    page = text_of(keeper, "/rules/2024-1/?q=会签")
    assert "<mark>会签</mark>" in page and "现行" in page
    assert "没有同时含有这些词的条文" in text_of(keeper, "/rules/2024-1/?q=%3Cscript%3E")
    assert "/rules/2024-2/since/2024-1/" in text_of(keeper, "/rules/2024-2/")
    assert "规则集 2024-2 与 2024-1 比对" in text_of(keeper, "/rules/2024-2/since/2024-1/")
    drafter = signed_in(make_holder(Role.ENTERPRISE_DRAFTER, make_enterprise(commission), at=NOW))
    assert drafter.get("/rules/2024-2/since/2024-1/").status_code == 404
