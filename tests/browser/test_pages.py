"""Every page of every role in a real browser: axe at 1440, width and console at 375, and all of it in English."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from playwright.sync_api import Browser

from investreview.accounts.mail_links import confirm_path
from investreview.accounts.models import User
from investreview.accounts.resets import reset_path
from investreview.core import clock
from tests.accounts.telephone import give_telephone
from tests.browser.axe import axe_faults
from tests.browser.eyes import chinese_data, untranslated
from tests.browser.house import further_addresses
from tests.browser.panels import usernames
from tests.browser.reach import ACTS_ONLY, BEFORE_SIGNING_IN, PAGES, SAME_FOR_ALL
from tests.browser.rounds import DOWNLOADS, pages_of
from tests.browser.window import Window
from tests.world import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def house(house_with_panels: str) -> str:
    """The house in which panels run."""
    return house_with_panels


@pytest.fixture(autouse=True)
def house_time(house: str, real_time: None) -> None:
    """It is the house's time, which the database tells."""
    clock.reset()


@pytest.mark.parametrize("role", PAGES)
def test_pages_in_chinese_are_accessible_and_fit(browser: Browser, house: str, role: str) -> None:
    window = Window(browser, house, width=1440)
    window.sign_in(usernames().get(role, f"lyg.{role}"), PASSWORD)

    met, faults = set(), []
    for view, address in pages_of(window, further_addresses().get(role, ())):
        met.add(view)
        faults += [f"{address}: {fault}" for fault in axe_faults(window)]
        window.resize(375)
        window.look()
        window.resize(1440)

    assert faults == []
    assert met == PAGES[role]
    window.close()


@pytest.mark.parametrize("role", PAGES)
def test_pages_in_english_hold_no_chinese_but_data(browser: Browser, house: str, role: str) -> None:
    data = chinese_data()
    window = Window(browser, house, width=375, language="en")
    window.sign_in(usernames().get(role, f"lyg.{role}"), PASSWORD)

    seen = SAME_FOR_ALL if role != "group_drafter" else ()
    pages = pages_of(window, further_addresses().get(role, ()), but=seen)
    leaks = {f"{view}: {text}" for view, _address in pages for text in untranslated(window, data)}

    assert sorted(leaks) == []
    window.close()


def test_pages_before_signing_in_are_accessible_and_fit(browser: Browser, house: str) -> None:
    person = User.objects.get(username="lyg.officer2")
    person.new_email, person.new_email_asked_at = "neu@example.cn", clock.now()
    person.save()
    give_telephone(person, clock.machine_now(), PASSWORD)
    links = (reset_path(person), confirm_path(person))
    for language, width in (("zh-hans", 1440), ("en", 375)):
        window = Window(browser, house, width=width, language=language)
        window.sign_in(person.username, PASSWORD)
        data, faults, met = chinese_data(), [], set()
        for address in ("/sign-in/code/", "/sign-in/", "/password/forgotten/", "/password/forgotten/sent/", *links):
            window.open(address)
            met.add(resolve(address).view_name)
            if language == "en":
                faults += [f"{address}: {text}" for text in untranslated(window, data)]
            else:
                faults += [f"{address}: {fault}" for fault in axe_faults(window)]
        assert (faults, met) == ([], BEFORE_SIGNING_IN)
        window.close()


def test_each_page_is_met_by_some_role() -> None:
    met = set().union(*PAGES.values())

    assert _views(get_resolver()) - met - DOWNLOADS - ACTS_ONLY == BEFORE_SIGNING_IN


def _views(resolver: URLResolver, space: str = "") -> set[str]:
    found: set[str] = set()
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            found.add(f"{space}{one.name}")
        else:
            found |= _views(one, f"{one.namespace}:" if one.namespace else space)
    return found
