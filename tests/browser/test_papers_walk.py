"""Scans of the commission's: of the past each by itself, large ones in pieces before their form."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Locator, Route

from investreview.core import clock
from investreview.demo import hands
from investreview.documents.models import SealedOriginal
from investreview.projects.models import ArrivingScan, Case, PastPaper
from tests.browser.scans import large, small
from tests.browser.serving import served
from tests.browser.window import Window
from tests.projects.past_ledgers import ledger, row, stored
from tests.world import PASSWORD, drive, found_world, later

pytestmark = pytest.mark.browser
BROKEN = "连接中断，没有上传；可以重新上传。"


@pytest.fixture
def site(file_database: str) -> Iterator[str]:
    """A commission with a ledger of two decisions of its past and a letter to be sealed."""
    world = found_world()
    stored(world.officer, ledger([row(1), row(2)]))
    drive(world, "signed")
    clock.start_demonstration(later(7))
    with served() as address:
        yield address
    clock.reset()


def row_of(window: Window, file: Path) -> Locator:
    return window.page.locator(".ir-upload", has_text=file.name)


def test_line_that_breaks_costs_one_scan(browser: Browser, site: str, tmp_path: Path) -> None:
    window = Window(browser, site, width=1440)
    window.sign_in("lyg.archivist", PASSWORD)
    window.open("/past/papers/")
    first, second, stranger = (small(tmp_path / f"国资备〔2022〕{number}号.pdf") for number in (1, 2, 9))
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


def pieces_break_once(window: Window) -> list[str]:
    """The second piece that the window sends does not arrive; answers where each went."""
    tries: list[str] = []

    def second_breaks(route: Route) -> None:
        tries.append(route.request.url)
        if len(tries) == 2:
            route.abort("connectionfailed")
        else:
            route.continue_()

    window.page.route("**/scans/*/?offset=*", second_breaks)
    return tries


def test_large_scan_of_the_past_goes_on_where_it_broke(browser: Browser, site: str, tmp_path: Path) -> None:
    window = Window(browser, site, width=1440)
    window.sign_in("lyg.archivist", PASSWORD)
    window.open("/past/papers/")
    tries = pieces_break_once(window)

    window.page.locator("[name=papers]").set_input_files(large(tmp_path / "国资备〔2022〕2号.pdf", 9))
    window.page.get_by_role("button", name="上传并挂接").click()

    window.page.get_by_text("✓ 已挂接到 国资备〔2022〕2号。").wait_for()
    assert [address.split("=")[1] for address in tries] == ["0", "4194304", "4194304", "8388608"]
    assert (PastPaper.objects.get().size > 9_000_000, ArrivingScan.objects.count()) == (True, 0)
    window.close()


def test_large_sealed_original_goes_before_its_form(browser: Browser, site: str, tmp_path: Path) -> None:
    window = Window(browser, site, width=375)
    window.sign_in("lyg.document_officer", PASSWORD)
    window.open(reverse("review:seal", args=[hands.task_of(Case.objects.get(), "deliver")]))
    tries = pieces_break_once(window)

    window.page.locator("[name=sealed]").set_input_files(large(tmp_path / "复函（盖章）.pdf", 9))
    window.page.get_by_role("button", name="登记原件").click()

    window.page.get_by_text("盖章原件已登记，可以送达。").wait_for()
    original = SealedOriginal.objects.get()
    assert (original.name, original.size > 9_000_000, len(tries)) == ("复函（盖章）.pdf", True, 4)
    assert ArrivingScan.objects.count() == 0
    window.faults.clear()
    window.look()
    window.close()
