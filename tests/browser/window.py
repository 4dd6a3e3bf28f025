"""One person's browser window: each page it comes to keeps what every page promises, or the test fails there."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Error, FilePayload, Locator, Page, Request, Response

PATIENCE_MS = 45_000
"""What a page may take on a machine that does much else at the same time."""
HEIGHTS = {1440: 900, 375: 812}


class Window:
    """A window of the given width on the site at ``base``, with cookies of its own.

    Every page: status below 400, nothing said on the console (a breach of the CSP is said there), no request to
    another host, nothing wider than the window.
    """

    def __init__(self, browser: Browser, base: str, *, width: int, language: str = "zh-hans") -> None:
        self.base = base
        self.context = browser.new_context(
            base_url=base,
            viewport={"width": width, "height": HEIGHTS[width]},
            locale="zh-CN",
            reduced_motion="reduce",
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.context.add_cookies([{"name": "django_language", "value": language, "url": base}])
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.refusal = 0
        self.refusal_count = 0
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)

    def close(self) -> None:
        """The window is gone."""
        self.context.close()

    def resize(self, width: int) -> None:
        """The window is as wide as told."""
        self.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})

    def open(self, path: str) -> None:
        """The page at ``path`` is shown."""
        self.page.goto(path)
        self.look()

    def follow(self, name: str, *, within: str = "body") -> None:
        """The visible link of this name was followed."""
        self._leave_by(self.page.locator(within).get_by_role("link", name=name).locator("visible=true").first)

    def press(self, name: str, *, within: str = "body") -> None:
        """The button of this name was pressed and the page it leads to is shown."""
        self._leave_by(self.page.locator(within).get_by_role("button", name=name, exact=True).first)

    @contextmanager
    def refused(self, status: int) -> Iterator[None]:
        """Inside, a page of this status comes; it keeps every other promise."""
        self.refusal, self.refusal_count = status, 0
        yield
        assert self.refusal_count, f"no page of status {status} came"
        self.refusal = 0

    def leave_by(self, selector: str) -> None:
        """The first of these was clicked and the page it leads to is shown."""
        self._leave_by(self.page.locator(selector).first)

    def _leave_by(self, way: Locator) -> None:
        with self.page.expect_navigation():
            self.click(way)
        self.look()

    def click(self, target: Locator) -> None:
        """It was pressed."""
        target.click()

    def tick(self, target: Locator) -> None:
        """The box is ticked, the choice of its group is taken."""
        target.check()

    def fill(self, target: Locator, text: str) -> None:
        """The field holds ``text``."""
        target.fill(text)

    def strike(self, target: Locator, text: str) -> None:
        """Typed key by key from this field on; where the fields go on by themselves, the next ones hold the rest."""
        target.focus()
        self.page.keyboard.type(text)

    def attach(self, target: Locator, file: FilePayload) -> None:
        """The file is chosen."""
        target.set_input_files(file)

    def type(self, label: str, text: str, *, within: str = "main") -> None:
        """The field of this label holds ``text``."""
        self.fill(self.page.locator(within).get_by_label(label).first, text)

    def choose(self, label: str, choice: str, *, within: str = "main") -> None:
        """The list of this label shows ``choice``."""
        self.page.locator(within).get_by_label(label).first.select_option(label=choice)

    def text(self, within: str = "main") -> str:
        """What can be read there."""
        return self.page.locator(within).first.inner_text()

    def sign_in(self, username: str, password: str) -> None:
        """The person is signed in."""
        self.open("/sign-in/")
        self.fill(self.page.locator("[name=username]"), username)
        self.fill(self.page.locator("[name=password]"), password)
        self.leave_by("main button")

    def look(self) -> None:
        """This page keeps what every page promises, with the parts that it fetches by itself."""
        self.page.wait_for_load_state("load")
        self.page.locator("[hx-trigger=load]").first.wait_for(state="detached")
        address = urlsplit(self.page.url).path
        too_wide = self.overflow()
        assert not too_wide, f"{address} is {too_wide} px wider than the window"
        assert self.faults == [], f"{address}: {self.faults}"

    def overflow(self) -> int:
        """By how much the page is wider than the window. Units: CSS pixels.

        A page that polls may make itself anew while it is measured; then the new one is measured.
        """
        try:
            return self._measured()
        except Error as destroyed:
            if "context was destroyed" not in destroyed.message:
                raise
            self.page.wait_for_load_state("load")
            return self._measured()

    def _measured(self) -> int:
        wider: int = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return wider

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and f"status of {self.refusal}" not in message.text:
            self.faults.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.base, "data:")):
            self.faults.append(f"another host: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status == self.refusal:
            self.refusal_count += 1
        elif response.status >= 400:
            self.faults.append(f"{response.status}: {urlsplit(response.url).path}")
