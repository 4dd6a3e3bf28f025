"""Takes the pictures of picture_list.py: serves a demonstration, walks to each page as the person named, looks."""

import argparse
import contextlib
import io
import math
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from urllib.parse import urljoin

from picture_list import BEHIND, IN_OLD_ENGINE, PICTURES, Picture
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Error, Page, Response, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--hide-scrollbars")
COLOURS = 64
BUILD_SECONDS = 900.0
STOP_SECONDS = 30.0
PATIENCE_MS = 10_000
STILL_TRIES = 40
STILL_MS = 250
SPOT = 64
"""Units: square pixels."""
OK = 200
MOVED = (301, 302, 303)
HEIGHTS = {1440: 900, 375: 812}
AREA = """selector => {
    const is_shown = one => one.getClientRects().length;
    const shown = [...document.querySelectorAll(selector)].find(is_shown);
    const box = shown.getBoundingClientRect();
    const ends = [...shown.children].filter(is_shown).map(one => one.getBoundingClientRect().bottom);
    const end = selector === "main" ? Math.max(...ends) + 20 : box.y + Math.max(box.height, shown.scrollHeight);
    return {x: box.x, y: box.y + window.scrollY, width: box.width, height: end - box.y};
}"""
"""Where the first visible element lies; of ``main`` without the empty rest below its last part."""
LANGUAGES = {"zh": "zh-hans", "en": "en"}
LACKING = """Element.prototype.checkVisibility = Element.prototype.checkVisibility || function () {
    return this.getClientRects().length > 0;
};"""
"""What Playwright 1.65 asks of a page and Chromium before 105 has not; it goes when the floor rises above that."""
PLAYWRIGHTS_WORLD = "__playwright_utility_world_"


class NotTaken(Exception):
    """A picture could not be taken; the text names it and says why."""


class Ended(Exception):
    """Somebody asked this script to end."""


def main() -> int:
    """0 when all wished pictures lie in their folders; 1 when one could not be taken, and then none was replaced."""
    wish = _parser().parse_args()
    known = IN_OLD_ENGINE if wish.engine else PICTURES
    chosen = [one for one in known if not wish.names or one.name in wish.names]
    if unknown := set(wish.names) - {one.name for one in chosen}:
        return _complain(f"没有这样的图片 / no such picture: {', '.join(sorted(unknown))}")
    chromium = wish.engine or os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if chromium is None:
        return _complain("没有 Chromium；安装，或用 CHROMIUM 指明 / no Chromium: install one or name it by CHROMIUM")
    signal.signal(signal.SIGTERM, _end)
    with tempfile.TemporaryDirectory(prefix="investreview-pictures-") as folder:
        try:
            with _served(Path(wish.dir) if wish.dir else Path(folder) / "demo") as site:
                taken = _take_all(chosen, site, chromium, Path(folder) / "taken")
        except NotTaken as error:
            return _complain(str(error))
        except (Ended, KeyboardInterrupt):
            return _complain("已停止，没有更换图片 / ended; no picture was replaced")
        _put(taken, is_whole=not wish.names and not wish.engine)
    print(f"{len(taken)} 张图片，{sum(file.stat().st_size for file in taken) / 1e6:.1f} MB / pictures taken")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bin/refresh-pictures")
    parser.add_argument("--dir", help="演示的目录，用后保留 / the folder of the demonstration, which is kept")
    parser.add_argument("--engine", help="旧内核，拍 chromium-88/ 各图 / an old engine, for chromium-88/")
    parser.add_argument("names", nargs="*", help="只拍这些 / only these pictures")
    return parser


def _complain(text: str) -> int:
    print(text, file=sys.stderr)
    return 1


def _end(signum: int, frame: FrameType | None) -> None:
    raise Ended


class Site:
    """A demonstration that answers at ``base``; ``accounts`` are the lines in which it introduced its people."""

    def __init__(self, base: str, accounts: list[tuple[str, str, str]]) -> None:
        self.base = base
        self.accounts = accounts

    def account(self, who: str) -> tuple[str, str]:
        """User name and password of ``who``: a user name, or words that stand beside one. Raises: NotTaken."""
        for name, password, part in self.accounts:
            if who == name or (not who.isascii() and who in part):
                return name, password
        raise NotTaken(f"演示没有介绍这样的账号 / the demonstration introduced no account for “{who}”")


@contextlib.contextmanager
def _served(folder: Path) -> Iterator[Site]:
    """Inside, the demonstration in ``folder`` answers; afterwards its processes have ended, whatever happened."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-u", "-m", "investreview.demo", "--dir", str(folder), "--port", str(port)]
    with tempfile.TemporaryFile("w+") as said:
        running = subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=subprocess.STDOUT, start_new_session=True)
        try:
            yield Site(f"http://127.0.0.1:{port}", _introduced(running, said))
        finally:
            running.terminate()
            try:
                running.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(running.pid, signal.SIGKILL)
                running.wait()


def _introduced(running: "subprocess.Popen[bytes]", said: io.TextIOBase) -> list[tuple[str, str, str]]:
    until = time.monotonic() + BUILD_SECONDS
    while time.monotonic() < until:
        said.seek(0)
        text = said.read()
        if "zj01 on, have nothing to do now" in text:
            lines = (line.split(maxsplit=2) for line in text.splitlines() if line.startswith("  "))
            return [(name, password, part) for name, password, part in lines]
        if running.poll() is not None:
            raise NotTaken(f"演示没有启动 / the demonstration did not start:\n{text[-2000:]}")
        time.sleep(0.5)
    raise NotTaken("演示没有按时启动 / the demonstration did not start in time")


def _take_all(pictures: list[Picture], site: Site, chromium: str, folder: Path) -> dict[Path, Path]:
    """Where each picture belongs, and where it lies now. Raises: NotTaken, with all that could not be taken."""
    taken: dict[Path, Path] = {}
    faults: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        for who, language in dict.fromkeys((one.account, each) for one in pictures for each in one.languages):
            mine = [one for one in pictures if one.account == who and language in one.languages]
            with _signed_in(browser, site, who, language) as page:
                for picture in mine:
                    target = ROOT / "docs" / picture.place(language)
                    taken[target] = folder / f"{len(taken)}.png"
                    taken[target].parent.mkdir(exist_ok=True)
                    try:
                        _take(picture, page, taken[target])
                    except NotTaken as fault:
                        faults.append(f"{fault} ({language})")
        browser.close()
    if faults:
        raise NotTaken("\n".join(["没有拍成，没有更换图片 / not taken, and none was replaced:", *faults]))
    return taken


@contextlib.contextmanager
def _signed_in(browser: Browser, site: Site, who: str, language: str) -> Iterator[Page]:
    """A window of this person in this language."""
    context = browser.new_context(base_url=site.base, locale="zh-CN", reduced_motion="reduce")
    context.set_default_timeout(PATIENCE_MS)
    context.add_cookies([{"name": "django_language", "value": LANGUAGES[language], "url": site.base}])
    page = context.new_page()
    _give_what_is_lacking(page)
    if who:
        name, password = site.account(who)
        page.goto("/sign-in/")
        page.fill("[name=username]", name)
        page.fill("[name=password]", password)
        page.click("main form button.btn-primary")
        page.wait_for_load_state("load")
        if "/sign-in/" in page.url:
            raise NotTaken(f"{name} 未能登录 / could not sign in")
    yield page
    context.close()


def _give_what_is_lacking(page: Page) -> None:
    """Playwright finds in an old engine what it asks of each page, in the world of its own; the page's is untouched."""
    worlds: list[str] = []
    session = page.context.new_cdp_session(page)
    session.on("Runtime.executionContextCreated", lambda event: worlds.append(event["context"]["name"]))
    session.send("Page.enable")
    session.send("Runtime.enable")
    for name in {world for world in worlds if world.startswith(PLAYWRIGHTS_WORLD)}:
        session.send("Page.addScriptToEvaluateOnNewDocument", {"source": LACKING, "worldName": name})


def _take(picture: Picture, page: Page, target: Path) -> None:
    """The picture lies at ``target``. Raises: NotTaken when a page is not there or lacks what is to be seen."""
    answers: list[Response] = []

    def keep(answer: Response) -> None:
        if answer.request.is_navigation_request() and answer.frame == page.main_frame:
            answers.append(answer)

    page.on("response", keep)
    page.set_viewport_size({"width": picture.width, "height": HEIGHTS[picture.width]})
    try:
        page.goto(picture.address)
        for step in picture.steps:
            if step.startswith("./"):
                page.goto(urljoin(page.url, step))
            else:
                page.locator(step).locator("visible=true").first.click()
                page.wait_for_load_state("load")
        page.locator(picture.must).locator("visible=true").first.wait_for()
        if wrong := [one for one in answers if one.status != OK and one.status not in MOVED]:
            raise NotTaken(f"{picture.name}：{wrong[0].url} {wrong[0].status}")
        _save(_looked_at(picture, page), target)
    except Error as error:
        reason = error.message.splitlines()[0]
        raise NotTaken(f"{picture.name}：{page.url}：{reason}") from error
    finally:
        page.remove_listener("response", keep)


def _looked_at(picture: Picture, page: Page) -> Image.Image:
    """The picture once it stands still: fonts are there, charts are drawn, nothing behind the scenes is shown."""
    page.evaluate("document.fonts.ready.then(() => true)")
    page.evaluate("all => document.querySelectorAll(all).forEach(one => one.remove())", ", ".join(BEHIND))
    page.mouse.move(0, 0)
    seen = _shot(picture, page)
    for _try in range(STILL_TRIES):
        page.wait_for_timeout(STILL_MS)
        now = _shot(picture, page)
        if _is_same(now, seen):
            return now
        seen = now
    raise NotTaken(f"{picture.name}：页面没有静止 / the page does not stand still")


def _is_same(one: Image.Image, other: Image.Image) -> bool:
    """Whether nothing moved but a spot: the corner of a text field is drawn in one of two ways."""
    if one.size != other.size:
        return False
    box = ImageChops.difference(one, other).getbbox()
    return box is None or (box[2] - box[0]) * (box[3] - box[1]) <= SPOT


def _shot(picture: Picture, page: Page) -> Image.Image:
    """The window, or the part of the page asked for; the window is as high as what is shown, so that bars lie below."""
    if not picture.crop:
        return _read(page.screenshot())
    area = page.evaluate(AREA, picture.crop)
    area["height"] = min(area["height"], picture.tall)
    page.set_viewport_size({"width": picture.width, "height": math.ceil(area["y"] + area["height"])})
    return _read(page.screenshot(clip=area))


def _read(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")


def _save(image: Image.Image, target: Path) -> None:
    """The picture in few colours, which is a fifth of its bytes."""
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)


def _put(taken: dict[Path, Path], *, is_whole: bool) -> None:
    """Every picture is where it belongs; after a whole run the guide's folders hold no other."""
    for target, file in taken.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    if is_whole:
        for file in (ROOT / "docs" / "guide" / "pictures").rglob("*.png"):
            if file not in taken:
                file.unlink()


if __name__ == "__main__":
    sys.exit(main())
