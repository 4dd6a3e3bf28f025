"""Every page of every role answers; in a real browser: axe at 1440, width and console at 375, and all in English."""

from collections import Counter

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
from tests.browser.reach import ACTS_ONLY, BEFORE_SIGNING_IN, PAGES
from tests.browser.rounds import DOWNLOADS, looked_at, reached_by
from tests.browser.window import Window
from tests.world import PASSWORD

pytestmark = pytest.mark.browser
IN_CHINESE, IN_ENGLISH = looked_at(PAGES), looked_at(reversed(PAGES))


@pytest.fixture(scope="module")
def house(house_with_panels: str) -> str:
    """The house in which panels run."""
    return house_with_panels


@pytest.fixture(autouse=True)
def house_time(house: str, real_time: None) -> None:
    """It is the house's time, which the database tells."""
    clock.reset()


@pytest.mark.parametrize("role", PAGES)
def test_each_role_comes_to_its_pages(house: str, role: str) -> None:
    assert {view for view, _address in reached(role)} == PAGES[role]


@pytest.mark.parametrize("role", PAGES)
def test_pages_in_chinese_are_accessible_and_fit(browser: Browser, house: str, role: str) -> None:
    window = Window(browser, house, width=1440)
    window.sign_in(username(role), PASSWORD)

    faults = []
    for view, address in reached(role):
        if view in IN_CHINESE[role]:
            window.open(address)
            faults += [f"{address}: {fault}" for fault in axe_faults(window)]
            window.resize(375)
            window.look()
            window.resize(1440)

    assert faults == []
    window.close()


@pytest.mark.parametrize("role", PAGES)
def test_pages_in_english_hold_no_chinese_but_data(browser: Browser, house: str, role: str) -> None:
    data = chinese_data()
    window = Window(browser, house, width=375, language="en")
    window.sign_in(username(role), PASSWORD)

    leaks = set()
    for view, address in reached(role):
        if view in IN_ENGLISH[role]:
            window.open(address)
            leaks |= {f"{view}: {text}" for text in untranslated(window, data)}

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


@pytest.mark.parametrize("lookers", [IN_CHINESE, IN_ENGLISH])
def test_each_page_is_looked_at_by_two_roles_where_two_reach_it(lookers: dict[str, set[str]]) -> None:
    looking, reaching = (Counter(view for views in each.values() for view in views) for each in (lookers, PAGES))

    assert {view for view, count in reaching.items() if looking[view] < min(count, 2)} == set()
    assert all(lookers[role] <= PAGES[role] for role in PAGES)
    assert all("desk:home" in lookers[role] for role in PAGES)


def username(role: str) -> str:
    return usernames().get(role, f"lyg.{role}")


def reached(role: str) -> list[tuple[str, str]]:
    return reached_by(username(role), further_addresses().get(role, ()))


def _views(resolver: URLResolver, space: str = "") -> set[str]:
    found: set[str] = set()
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            found.add(f"{space}{one.name}")
        else:
            found |= _views(one, f"{one.namespace}:" if one.namespace else space)
    return found
