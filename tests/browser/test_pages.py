"""Every page of every role in a real browser: axe at 1440, width and console at 375, and all of it in English."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Browser

from investreview.core import clock
from tests.browser.eyes import axe_faults, chinese_data, untranslated
from tests.browser.house import further_addresses
from tests.browser.rounds import DOWNLOADS, pages_of
from tests.browser.window import Window
from tests.world import PASSWORD

pytestmark = pytest.mark.browser

ACTS_ONLY = {
    "set_language",
    "accounts:sign_out",
    "accounts:deactivate",
    "accounts:reset_password",
    "accounts:grant",
    "accounts:substitute",
    "accounts:revoke",
    "accounts:end_substitution",
    "accounts:confirm",
    "documents:retry",
    "desk:check_journal",
    "notices:open",
    "notices:read_all",
    "notices:retry",
    "projects:again",
    "projects:discard",
    "projects:registration_form",
    "registry:calendar_add_year",
    "registry:calendar_confirm_year",
    "registry:calendar_edit_day",
    "review:hand_over",
    "review:print_sheet",
    "review:recall",
    "core:money_reading",
}
"""Addresses that only take a form, or answer a script."""
EVERYBODY = {
    "desk:home",
    "notices:notices",
    "documents:verify",
    "rulebook:rule_sets",
    "rulebook:rule_set",
    "rulebook:paragraph",
    "registry:calendar",
    "core:source",
    "accounts:password",
}
SAME_FOR_ALL = EVERYBODY - {"desk:home", "notices:notices", "registry:calendar"}
CASES = EVERYBODY | {"desk:cases", "desk:case", "documents:document"}
INSIDE = CASES | {"documents:numbers", "documents:versions"}
WORKING = INSIDE | {"documents:failed", "review:task", "review:transfer"}
PAGES: dict[str, set[str]] = {
    "group_drafter": CASES
    | {
        "projects:new_project",
        "projects:facts",
        "projects:materials",
        "review:task",
        "review:transfer",
        "desk:submissions",
    },
    "group_releaser": CASES | {"review:task", "review:transfer", "review:withdraw"},
    "officer": WORKING
    | {
        "desk:submissions",
        "documents:edit",
        "review:paper_list",
        "review:compare_paper",
        "review:paper",
        "review:return",
        "projects:phone_notes",
        "projects:incoming",
    },
    "head": WORKING | {"review:paper_list", "review:compare_paper", "review:paper"},
    "finance": EVERYBODY | {"desk:cases"},
    "document_officer": WORKING
    | {"review:paper_list", "review:compare_paper", "projects:phone_notes", "projects:incoming"},
    "deputy": WORKING,
    "director": INSIDE | {"documents:failed"},
    "rule_keeper": EVERYBODY,
    "archivist": INSIDE,
    "auditor": INSIDE,
    "system_admin": EVERYBODY | {"documents:failed", "notices:outbox"},
    "security_admin": EVERYBODY
    | {"accounts:people", "accounts:person", "accounts:new_person", "accounts:confirmations"},
    "audit_admin": EVERYBODY | {"accounts:confirmations", "accounts:access_log"},
}
"""Which pages each role comes to by following links."""


@pytest.fixture(autouse=True)
def house_time(house: str, real_time: None) -> None:
    """It is the house's time, which the database tells."""
    clock.reset()


@pytest.fixture(scope="module")
def examined() -> set[str]:
    """Contents that axe has seen: what is the same for all roles is examined once."""
    return set()


@pytest.mark.parametrize("role", PAGES)
def test_pages_in_chinese_are_accessible_and_fit(browser: Browser, house: str, examined: set[str], role: str) -> None:
    window = Window(browser, house, width=1440)
    window.sign_in(f"lyg.{role}", PASSWORD)

    met, faults = set(), []
    for view, address in pages_of(window, further_addresses().get(role, ())):
        met.add(view)
        faults += [f"{address}: {fault}" for fault in axe_faults(window, examined)]
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
    window.sign_in(f"lyg.{role}", PASSWORD)

    seen = SAME_FOR_ALL if role != "group_drafter" else ()
    pages = pages_of(window, further_addresses().get(role, ()), but=seen)
    leaks = {f"{view}: {text}" for view, _address in pages for text in untranslated(window, data)}

    assert sorted(leaks) == []
    window.close()


def test_each_page_is_met_by_some_role() -> None:
    met = set().union(*PAGES.values())

    assert sorted(_views(get_resolver()) - met - DOWNLOADS - ACTS_ONLY) == ["accounts:sign_in"]


def _views(resolver: URLResolver, space: str = "") -> set[str]:
    found: set[str] = set()
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            found.add(f"{space}{one.name}")
        else:
            found |= _views(one, f"{one.namespace}:" if one.namespace else space)
    return found
