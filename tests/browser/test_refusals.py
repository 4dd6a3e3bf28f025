"""Pages that refuse: they keep every promise of a page, say what to do, and keep what was typed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from investreview.core import clock
from investreview.projects.models import Case
from tests.browser.axe import axe_faults
from tests.browser.eyes import chinese_data, untranslated
from tests.browser.window import Window
from tests.workflows.doors import item_of
from tests.world import PASSWORD

pytestmark = pytest.mark.browser

TYPED = "被拒绝的页面上写下的内容"
EARLIER = "先保存的地点"
UNITS = ("万元", "元")
"""An amount is typed with its unit; there is no English one."""
Refusal = Callable[[Browser, str, str], Window]


@pytest.fixture(autouse=True)
def house_time(house: str, real_time: None) -> None:
    """It is the house's time, which the database tells."""
    clock.reset()


def _signed_in(browser: Browser, house: str, language: str, who: str) -> Window:
    window = Window(browser, house, width=1440, language=language)
    window.sign_in(f"lyg.{who}", PASSWORD)
    return window


def _draft() -> Case:
    return Case.objects.get(project__name="draft 改造项目（示例）")


def _wrong_password(browser: Browser, house: str, language: str) -> Window:
    window = Window(browser, house, width=1440, language=language)
    with window.refused(422):
        window.sign_in("lyg.nobody", "x")
    return window


def _wrong_facts(browser: Browser, house: str, language: str) -> Window:
    window = _signed_in(browser, house, language, "group_drafter")
    window.open(f"/cases/{_draft().number}/investment/")
    for name, text in (("phases-0-total_yuan", "1e+7"), ("own_funds_yuan", "٣٠٠٠"), ("irr_bps", "abc")):
        window.page.locator(f"[name={name}]").fill(text)
    with window.refused(422):
        window.leave_by("main .ir-bar-acts button")
    assert window.page.locator("[name=own_funds_yuan]").input_value() == "٣٠٠٠"
    assert window.page.locator("main .ir-error").count() == 3
    return window


def _stale_facts(browser: Browser, house: str, language: str) -> Window:
    window = _signed_in(browser, house, language, "group_drafter")
    address = f"/cases/{_draft().number}/facts/"
    window.open(address)
    other = _signed_in(browser, house, language, "group_drafter")
    other.open(address)
    _save_site(other, f"{EARLIER} {language}")
    other.close()
    with window.refused(409):
        _save_site(window, TYPED)
    assert TYPED in window.text()
    assert f"{EARLIER} {language}" in window.text()
    return window


def _save_site(window: Window, text: str) -> None:
    window.page.locator("[name=site]").fill(text)
    window.leave_by("main .ir-bar-acts button")


def _ended_session(browser: Browser, house: str, language: str) -> Window:
    window = _signed_in(browser, house, language, "group_drafter")
    window.open(f"/cases/{_draft().number}/facts/")
    window.context.clear_cookies(name="sessionid")
    with window.refused(403):
        _save_site(window, TYPED)
    assert TYPED in window.page.content()
    return window


def _empty_opinion(browser: Browser, house: str, language: str) -> Window:
    window = _signed_in(browser, house, language, "officer")
    case = Case.objects.get(project__name="confirmed 改造项目（示例）")
    window.open(f"/tasks/{item_of(case, 'opinion').task_id}/")
    window.page.locator("[name=proposal][value=FILE_WITH_RISK]").check()
    window.page.locator("#act-propose [name=text]").fill(TYPED)
    with window.refused(422):
        window.leave_by("#act-propose button")
    assert window.page.locator("#act-propose [name=text]").input_value() == TYPED
    return window


def _unknown_page(browser: Browser, house: str, language: str) -> Window:
    window = _signed_in(browser, house, language, "officer")
    with window.refused(404):
        window.open("/cases/LYG-2024-9999/")
    return window


def _forbidden_page(browser: Browser, house: str, language: str) -> Window:
    window = _signed_in(browser, house, language, "officer")
    with window.refused(403):
        window.open("/access-log/")
    return window


def _act_as_page(browser: Browser, house: str, language: str) -> Window:
    window = _signed_in(browser, house, language, "officer")
    with window.refused(405):
        window.open("/sign-out/")
    return window


REFUSALS: dict[str, Refusal] = {
    "wrong password": _wrong_password,
    "wrong facts": _wrong_facts,
    "stale facts": _stale_facts,
    "ended session": _ended_session,
    "empty opinion": _empty_opinion,
    "unknown page": _unknown_page,
    "forbidden page": _forbidden_page,
    "act opened as page": _act_as_page,
}


@pytest.mark.parametrize("name", REFUSALS)
def test_refusal_is_accessible_and_fits_a_phone(browser: Browser, house: str, name: str) -> None:
    window = REFUSALS[name](browser, house, "zh-hans")
    assert axe_faults(window) == []
    window.resize(375)
    window.look()
    window.close()


@pytest.mark.parametrize("name", REFUSALS)
def test_refusal_in_english_holds_no_chinese_but_data(browser: Browser, house: str, name: str) -> None:
    window = REFUSALS[name](browser, house, "en")
    assert sorted(untranslated(window, [TYPED, EARLIER, *UNITS, *chinese_data()])) == []
    window.close()


def test_form_of_an_ended_session_is_sent_after_signing_in_again(browser: Browser, house: str) -> None:
    window = _ended_session(browser, house, "zh-hans")
    window.page.locator("[name=username]").fill("lyg.group_drafter")
    window.page.locator("[name=password]").fill(PASSWORD)
    window.leave_by("main button")
    window.press("再次提交")
    assert "已保存。" in window.text()
    assert window.page.locator("[name=site]").input_value() == TYPED
    window.close()
