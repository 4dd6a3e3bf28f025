"""Scans of the past, chosen together: each goes by itself, and what broke is sent again alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Route

from investreview.core import clock
from investreview.demo.files import sample_pdf
from investreview.projects.models import PastPaper
from tests.browser.serving import served
from tests.browser.window import Window
from tests.projects.past_ledgers import ledger, row, stored
from tests.world import PASSWORD, found_world, later

pytestmark = pytest.mark.browser
BROKEN = "连接中断，没有上传；可以重新上传。"


@pytest.fixture
def site(file_database: str) -> Iterator[str]:
    """A commission with a ledger of two decisions of its past, on 2 July 2024."""
    stored(found_world().officer, ledger([row(1), row(2)]))
    clock.start_demonstration(later(1))
    with served() as address:
        yield address
    clock.reset()


def scan(folder: Path, name: str) -> Path:
    place = folder / name
    place.write_bytes(sample_pdf(name, 2))
    return place


def row_of(window: Window, file: Path) -> Locator:
    return window.page.locator(".ir-upload", has_text=file.name)


def test_line_that_breaks_costs_one_scan(browser: Browser, site: str, tmp_path: Path) -> None:
    window = Window(browser, site, width=1440)
    window.sign_in("lyg.archivist", PASSWORD)
    window.open("/past/papers/")
    first, second, stranger = (scan(tmp_path, f"国资备〔2022〕{number}号.pdf") for number in (1, 2, 9))
    tries: list[str] = []

    def second_breaks_once(route: Route) -> None:
        tries.append(route.request.url)
        if len(tries) == 2:
            route.abort("connectionfailed")
        else:
            route.continue_()

    window.page.route("**/past/papers/", second_breaks_once)
    window.page.locator("[name=papers]").set_input_files([first, second, stranger])
    window.page.get_by_role("button", name="上传并挂接").click()

    row_of(window, first).get_by_text("✓ 已挂接到 国资备〔2022〕1号。").wait_for()
    row_of(window, stranger).get_by_text("没有与文件名").wait_for()
    row_of(window, second).get_by_text(BROKEN).wait_for()
    assert (PastPaper.objects.count(), len(tries)) == (1, 3)

    row_of(window, second).get_by_role("button", name="重新上传").click()
    window.page.locator(".ir-upload").last.get_by_text("✓ 已挂接到 国资备〔2022〕2号。").wait_for()
    assert (PastPaper.objects.count(), len(tries)) == (2, 4)
    assert row_of(window, second).count() == 1
    assert all("net::ERR" in fault or "422" in fault for fault in window.faults)
    window.faults.clear()
    window.resize(375)
    window.look()
    window.close()
