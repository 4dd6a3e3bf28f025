"""The frame of every page: it stands without navigation, and shows what it is given."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

PERSON = SimpleNamespace(is_authenticated=True, full_name="王××（示例）", get_username=lambda: "wang")
NAVIGATION = [
    {
        "heading": "工作台",
        "items": [
            {"label": "我的待办", "url": "/tasks/", "icon": "tasks", "count": 6, "is_on": True},
            {"label": "项目库", "url": "/cases/", "icon": "folder", "count": 0, "is_on": False},
        ],
    }
]


@pytest.fixture(autouse=True)
def real_time(settings) -> None:
    settings.ALLOW_DEMONSTRATION = False


def frame(rf: RequestFactory, **context: object) -> str:
    with override("zh-hans"):
        return render_to_string("base.html", context, request=rf.get("/"))


def test_the_frame_stands_without_navigation(rf: RequestFactory) -> None:
    html = frame(rf)
    assert ('href="#content"' in html, '<main id="content"' in html, "ir-item" in html) == (True, True, False)


def test_every_page_links_to_its_source_and_warns_of_secrets(rf: RequestFactory) -> None:
    foot = frame(rf).split('<footer class="ir-foot">')[1]
    assert ('href="/source/"' in foot, "非涉密系统，严禁处理国家秘密" in foot) == (True, True)


def test_navigation_marks_where_one_is_and_counts_what_waits(rf: RequestFactory) -> None:
    side = frame(rf, navigation=NAVIGATION, user=PERSON).split("</nav>")[0]
    assert (side.count('aria-current="page"'), side.count("ir-count")) == (1, 1)
    assert '<a class="ir-item ir-on" href="/tasks/" aria-current="page">' in side


def test_the_phone_gets_its_bar_and_the_whole_menu(rf: RequestFactory) -> None:
    html = frame(rf, navigation=NAVIGATION, phone_navigation=NAVIGATION[0]["items"], user=PERSON)
    assert ('<nav class="ir-phone"' in html, html.count('href="/cases/"')) == (True, 3)


def test_the_demonstration_clock_is_told_on_every_page(rf: RequestFactory) -> None:
    html = frame(rf, demonstration_now=datetime(2024, 8, 7, 1, tzinfo=UTC))
    assert "演示时钟：2024年8月7日 09:00" in html


def test_the_name_of_a_person_is_escaped(rf: RequestFactory) -> None:
    person = SimpleNamespace(is_authenticated=True, full_name="<b>王", get_username=lambda: "wang")
    html = frame(rf, user=person)
    assert ("<b>王" in html, "&lt;b&gt;王" in html) == (False, True)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_names_its_language(rf: RequestFactory, language: str) -> None:
    with override(language):
        html = render_to_string("base.html", {}, request=rf.get("/"))
    assert f'<html lang="{"en" if language == "en" else "zh-CN"}"' in html
