"""Nothing typed is lost: another tab, a session that ends, a number nobody can read, the back button, two presses."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from investreview.core import clock
from investreview.demo.files import sample_pdf
from investreview.projects.models import Case, MaterialVersion
from tests.browser.serving import served
from tests.browser.window import Window
from tests.world import PASSWORD, drive, found_world, later

pytestmark = pytest.mark.browser


@pytest.fixture
def site(file_database: str) -> Iterator[str]:
    """A commission with one draft of its group, on 2 July 2024."""
    drive(found_world(), "draft")
    clock.start_demonstration(later(1))
    with served() as address:
        yield address
    clock.reset()


def test_nothing_typed_is_lost(browser: Browser, site: str) -> None:
    case = Case.objects.get()
    window = Window(browser, site, width=1440)
    window.sign_in("lyg.group_drafter", PASSWORD)
    _keeps_what_it_cannot_read(window, case)
    _stays_where_the_reader_is(window, case)
    _notices_the_second_tab(window, case)
    _signs_in_beside_the_page(window, case)
    _is_pressed_twice(window, case)
    _takes_several_files(window, case)
    window.close()


def _at(case: Case, step: str) -> str:
    return f"/cases/{case.number}/{step}/"


def _says(window: Window, words: str) -> None:
    window.page.locator("[data-saved]", has_text=words).wait_for()


def _keeps_what_it_cannot_read(window: Window, case: Case) -> None:
    window.open(_at(case, "investment"))
    own = window.page.locator("[name=own_funds_yuan]")
    own.fill("一千多")
    _says(window, "已按原样暂存")
    assert window.page.locator("[data-told-live]").count() == 1
    window.open(_at(case, "facts"))
    window.page.go_back()
    assert own.input_value() == "一千多"
    own.fill("1116")
    _says(window, "草稿已自动保存")


def _stays_where_the_reader_is(window: Window, case: Case) -> None:
    """Saved while the focus is on a link of a part that is made anew, it is still on that link."""
    window.open(_at(case, "investment"))
    way = window.page.locator("#route a")
    held = way.element_handle()
    window.page.locator("[name=own_funds_yuan]").fill("1117")
    way.focus()
    _says(window, "草稿已自动保存")
    assert held is not None
    assert not held.evaluate("one => one.isConnected")
    assert way.evaluate("one => one === document.activeElement")


def _notices_the_second_tab(window: Window, case: Case) -> None:
    window.open(_at(case, "facts"))
    other = window.context.new_page()
    other.goto(_at(case, "facts"))
    other.locator("[name=site]").fill("另一处（示例）")
    other.locator("[data-saved]", has_text="草稿已自动保存").wait_for()
    other.close()
    with window.refused(409):
        window.page.locator("[name=site]").fill("这一处（示例）")
        window.page.locator("#differences td", has_text="另一处（示例）").wait_for()
    assert window.page.locator("[name=site]").input_value() == "这一处（示例）"
    window.press("保存", within="main .ir-bar-acts")
    assert window.page.locator("[name=site]").input_value() == "这一处（示例）"


def _signs_in_beside_the_page(window: Window, case: Case) -> None:
    window.context.clear_cookies(name="sessionid")
    with window.refused(403):
        window.page.locator("[name=main_business]").fill("港口仓储（示例）")
        _says(window, "登录已失效")
        with window.context.expect_page() as opened:
            window.page.get_by_role("link", name="在新窗口重新登录").click()
        beside = opened.value
        beside.locator("[name=username]").fill("lyg.group_drafter")
        beside.locator("[name=password]").fill(PASSWORD)
        with beside.expect_navigation():
            beside.locator("main button").first.click()
        beside.close()
    window.page.evaluate("window.dispatchEvent(new Event('focus'))")
    _says(window, "草稿已自动保存")
    assert Case.objects.get().declaration.main_business == "港口仓储（示例）"


def _is_pressed_twice(window: Window, case: Case) -> None:
    window.type("联系人", "李××（示例）")
    with window.page.expect_navigation():
        window.page.get_by_role("button", name="下一步：投资与材料").dblclick()
    window.look()
    assert Case.objects.get().declaration.contact_name == "李××（示例）"


def _takes_several_files(window: Window, case: Case) -> None:
    files = [
        {"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": sample_pdf(name, 2)}
        for name in ("M01-备案报告", "董事会决议（示例）", "扫描件")
    ]
    files.append({"name": "M03.exe", "mimeType": "application/octet-stream", "buffer": b"MZ"})
    window.page.locator("[data-drop] input[type=file]").set_input_files(files)  # type: ignore[arg-type]
    window.page.locator(".ir-upload", has_text="已上传 M04").wait_for()
    window.page.locator(".ir-upload", has_text="已上传 M01").wait_for()
    window.page.locator(".ir-upload", has_text="这一项材料只接受").wait_for()
    asked = window.page.locator(".ir-upload", has_text="扫描件")
    asked.locator("select").select_option(label="M07 法律意见书")
    asked.get_by_role("button", name="上传").click()
    asked.get_by_text("已上传 M07").wait_for()
    filled = MaterialVersion.objects.filter(case=case, is_current=True).order_by("slot")
    assert list(filled.values_list("slot", flat=True)) == ["M01", "M04", "M07"]
    window.page.locator("[data-slot-row=M07]", has_text="扫描件.pdf").wait_for()
    window.look()
