"""A large file: the connection breaks, the page is reloaded, the session ends; it goes on from where it was."""

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings as configured
from playwright.sync_api import Browser, Locator, Route

from investreview.core import clock
from investreview.projects import unfinished
from investreview.projects.models import Case, MaterialVersion, UnfinishedUpload
from tests.browser.scans import MEGABYTE, large
from tests.browser.serving import served
from tests.browser.window import Window
from tests.world import PASSWORD, drive, found_world, later

pytestmark = pytest.mark.browser
PIECE = configured.UPLOAD_PIECE_BYTES
PIECES = "**/uploads/*/*/?offset=*"
BEGINNINGS = "**/uploads/"
ENDLESS = 10**6
PATIENCE_MS = 30_000
"""What passes through the test's hands is slow: about a second for a piece."""


@pytest.fixture
def site(file_database: str, settings: Any, tmp_path: Path) -> Iterator[str]:
    """A commission with one draft of its group, on 2 July 2024."""
    settings.UNFINISHED_ROOT = tmp_path / "unfinished"
    drive(found_world(), "draft")
    clock.start_demonstration(later(1))
    with served() as address:
        yield address
    clock.reset()


class Line:
    """The connection between page and server as it takes pieces: it can break, and it can hold them back.

    ``offsets`` is where each piece began since the line was last whole.
    """

    def __init__(self, window: Window) -> None:
        self.window = window
        self.offsets: list[int] = []
        self.held: list[Route] = []
        self._is_holding = False
        self._passes = ENDLESS
        window.page.route(PIECES, self._piece)
        window.page.route(BEGINNINGS, lambda route: route.continue_() if self._is_up() else route.abort())

    def breaks_after(self, count: int) -> None:
        """So many pieces pass; then nothing gets through, no announcement either."""
        self.is_whole()
        self._passes = count

    def holds(self) -> None:
        """Pieces are held back until the line is whole."""
        self.is_whole()
        self._is_holding = True

    def is_whole(self) -> None:
        """Everything gets through, also what was held back."""
        self._is_holding, self._passes = False, ENDLESS
        self.offsets.clear()
        held, self.held = self.held, []
        for route in held:
            route.continue_()

    def has_held(self, count: int) -> None:
        """So many pieces are held back now."""
        while len(self.held) < count:
            self.window.page.wait_for_timeout(20)
        assert len(self.held) == count

    def was_broken(self) -> None:
        """What the console said of it is known and forgotten."""
        assert self.window.faults and all("net::ERR" in fault for fault in self.window.faults)
        self.window.faults.clear()

    def _piece(self, route: Route) -> None:
        self.offsets.append(int(parse_qs(urlsplit(route.request.url).query)["offset"][0]))
        if self._is_holding:
            self.held.append(route)
        elif self._is_up():
            route.continue_()
        else:
            route.abort("connectionfailed")

    def _is_up(self) -> bool:
        return len(self.offsets) <= self._passes


def test_large_file_goes_on_where_it_broke(
    browser: Browser, site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = Case.objects.get()
    window = Window(browser, site, width=1440)
    window.context.set_default_timeout(PATIENCE_MS)
    window.sign_in("lyg.group_drafter", PASSWORD)
    line = Line(window)
    window.open(f"/cases/{case.number}/materials/")
    study = large(tmp_path / "M05-可研报告.pdf", 30)
    _breaks_and_is_reloaded(window, line, study)
    _goes_on_from_the_same_file(window, line, study, case)
    _waits_and_goes_on_by_itself(window, line, large(tmp_path / "M01-备案报告.pdf", 9))
    _signs_in_beside_the_page(window, line, large(tmp_path / "M03-合同.pdf", 10))
    _is_cancelled(window, line, large(tmp_path / "M04-决议.pdf", 11))
    _begins_anew_when_the_content_is_another(window, line, tmp_path)
    _waits_for_room(window, line, large(tmp_path / "M13-图纸.pdf", 5), monkeypatch)
    _sends_two_at_once(window, line, tmp_path)
    window.look()
    window.close()


def chosen(window: Window, *files: Path) -> Locator:
    """The rows of the files, the last of them."""
    window.page.locator("[data-drop] input[type=file]").set_input_files(files)
    return window.page.locator(".ir-upload", has_text=files[-1].name)


def done(row: Locator, slot: str, ordinal: int = 1) -> None:
    row.get_by_text(f"✓ 已上传 {slot}，第 {ordinal} 版。").wait_for()


def _breaks_and_is_reloaded(window: Window, line: Line, file: Path) -> None:
    line.breaks_after(3)
    row = chosen(window, file)
    row.get_by_text("连接中断，已传 12.0 MB").wait_for()
    assert row.get_by_role("button").all_inner_texts() == ["继续上传", "取消"]
    assert (UnfinishedUpload.objects.get().received, line.offsets) == (3 * PIECE, [0, PIECE, 2 * PIECE, 3 * PIECE])
    line.was_broken()
    line.is_whole()
    window.page.reload()
    window.look()
    window.faults.clear()
    assert "已传 12.0 MB，共 30.0 MB" in window.text("#unfinished")
    assert MaterialVersion.objects.count() == 0


def _goes_on_from_the_same_file(window: Window, line: Line, file: Path, case: Case) -> None:
    line.holds()
    row = chosen(window, file)
    row.get_by_text("已传 12.0 MB，继续上传").wait_for()
    line.has_held(1)
    assert line.offsets == [3 * PIECE]
    line.is_whole()
    done(row, "M05")
    version = MaterialVersion.objects.select_related("file").get()
    assert (version.case_id, version.file.sha256) == (case.pk, sha256(file.read_bytes()).hexdigest())
    assert line.offsets == [n * PIECE for n in range(4, 8)]
    window.page.locator("#unfinished", has_not_text="未传完").wait_for(state="attached")
    window.page.locator("#M05", has_text="第 1 版").or_(window.page.locator("#M05", has_text="已上传")).first.wait_for()


def _waits_and_goes_on_by_itself(window: Window, line: Line, file: Path) -> None:
    line.breaks_after(1)
    row = chosen(window, file)
    row.get_by_text("秒后自动继续").wait_for()
    line.is_whole()
    done(row, "M01")
    line.was_broken()
    assert line.offsets == [PIECE, 2 * PIECE]


def _signs_in_beside_the_page(window: Window, line: Line, file: Path) -> None:
    line.holds()
    row = chosen(window, file)
    line.has_held(1)
    window.context.clear_cookies(name="sessionid")
    with window.refused(403):
        line.is_whole()
        row.get_by_text("登录已失效，已传 0.0 MB 保留").wait_for()
        beside = window.context.new_page()
        beside.goto("/sign-in/")
        beside.locator("[name=username]").fill("lyg.group_drafter")
        beside.locator("[name=password]").fill(PASSWORD)
        with beside.expect_navigation():
            beside.locator("main button").first.click()
        beside.close()
    row.get_by_role("button", name="继续上传").click()
    done(row, "M03")


def _is_cancelled(window: Window, line: Line, file: Path) -> None:
    line.holds()
    row = chosen(window, file)
    line.has_held(1)
    row.get_by_role("button", name="取消").click()
    row.wait_for(state="detached")
    line.is_whole()
    assert UnfinishedUpload.objects.filter(version=None).count() == 0
    window.faults[:] = [fault for fault in window.faults if "net::ERR" not in fault]


def _begins_anew_when_the_content_is_another(window: Window, line: Line, folder: Path) -> None:
    file = large(folder / "M04-纪要.pdf", 9)
    line.breaks_after(1)
    row = chosen(window, file)
    row.get_by_text("连接中断，已传 4.0 MB").wait_for()
    line.was_broken()
    line.is_whole()
    window.page.reload()
    stat, content = file.stat(), bytearray(file.read_bytes())
    content[2 * MEGABYTE] ^= 1
    file.write_bytes(bytes(content))
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    window.faults.clear()
    row = chosen(window, file)
    done(row, "M04")
    assert line.offsets == [0, PIECE, 2 * PIECE]
    assert MaterialVersion.objects.get(slot="M04").file.sha256 == sha256(content).hexdigest()


def _waits_for_room(window: Window, line: Line, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch, window.refused(503):
        patch.setattr(unfinished, "has_room_for", lambda size: False)
        row = chosen(window, file)
        row.get_by_text("存储空间不足").wait_for()
        assert "秒后再试" in row.inner_text()
    row.get_by_role("button", name="继续上传").click()
    done(row, file.name[:3])


def _sends_two_at_once(window: Window, line: Line, folder: Path) -> None:
    line.holds()
    files = [large(folder / f"{slot}-附件.pdf", 5) for slot in ("M06", "M07", "M08")]
    third = chosen(window, *files)
    third.get_by_text("排队等候").wait_for()
    line.has_held(2)
    assert line.offsets == [0, 0]
    line.is_whole()
    for file, slot in zip(files, ("M06", "M07", "M08"), strict=True):
        done(window.page.locator(".ir-upload", has_text=file.name), slot)
