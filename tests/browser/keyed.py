"""A window used with the keyboard alone: what cannot be reached by Tab fails the test, and a focus nobody can see."""

from datetime import datetime

from playwright.sync_api import Browser, ElementHandle, FilePayload, Locator, TimeoutError

from tests.browser.window import Window

MOST_STOPS = 400
SHOWS_FOCUS = """one => {
    const PLACES = [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.1], [0.5, 0.9]];
    const parts = [one, ...(one.labels || []), one.nextElementSibling].filter(Boolean);
    const isRinged = part => {
        const style = getComputedStyle(part);
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    };
    const isSeenAt = box => box.width >= 8 && box.height >= 8 && PLACES.some(([x, y]) => {
        const top = document.elementFromPoint(box.left + x * box.width, box.top + y * box.height);
        return parts.some(each => each.contains(top));
    });
    const isSeen = part => getComputedStyle(part).opacity !== "0" && [...part.getClientRects()].some(isSeenAt);
    return one.tabIndex < 0 || parts.some(part => isRinged(part) && isSeen(part));
}"""
"""A ring around the control, its label or what is drawn in its place, not covered by anything that stays on top.

What no key leads to (the body, the content as a whole) needs none.
"""
STOP = f"""wanted => {{
    const one = document.activeElement, shows = {SHOWS_FOCUS};
    return [one === wanted, one.type === "radio" && one.name === wanted.name, shows(one)];
}}"""
SHOWN_NOW = f"() => ({SHOWS_FOCUS})(document.activeElement)"
WHERE = """() => {
    const one = document.activeElement, box = one.getBoundingClientRect();
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return [one.outerHTML.slice(0, 300), JSON.stringify(box), top && top.outerHTML.slice(0, 300)].join(", at ");
}"""
KIND = "one => one.type || ''"
CHOSEN = "one => one.selectedOptions[0].label.trim()"


class KeyedWindow(Window):
    """Everything is done by Tab, Enter, Space, the arrows and typing; the mouse is not there."""

    def __init__(self, browser: Browser, base: str, *, width: int, language: str = "zh-hans") -> None:
        super().__init__(browser, base, width=width, language=language)
        # Playwright 1.65 catches choosers only while somebody listens, and begins to a moment after it was asked to.
        self.page.on("filechooser", lambda _chooser: None)

    def click(self, target: Locator) -> None:
        """It has the focus, seen by whoever looks, and was pressed by Enter."""
        self._reach(target)
        self.page.keyboard.press("Enter")

    def tick(self, target: Locator) -> None:
        """The box is ticked, the choice of its group is taken."""
        handle = self._reach(target)
        if not target.is_checked():
            self.page.keyboard.press("Space")
        assert handle.is_checked()

    def fill(self, target: Locator, text: str) -> None:
        """The field holds ``text``, typed; dates go into their parts as an English browser asks for them."""
        kind = self._reach(target).evaluate(KIND)
        if kind == "date":
            self._strike(datetime.fromisoformat(text).strftime("%m%d%Y"))
        elif kind == "datetime-local":
            moment = datetime.fromisoformat(text)
            self._strike(moment.strftime("%m%d%Y"))
            self.page.keyboard.press("ArrowRight")
            self._strike(moment.strftime("%I%M%p"))
        else:
            self.page.keyboard.press("ControlOrMeta+A")
            self._strike(text)
        assert target.input_value() == text

    def strike(self, target: Locator, text: str) -> None:
        """Typed key by key from this field on; where the fields go on by themselves, the next ones hold the rest."""
        self._reach(target)
        self._strike(text)

    def choose(self, label: str, choice: str, *, within: str = "main") -> None:
        """The list of this label shows ``choice``, come to by the arrow."""
        handle = self._reach(self.page.locator(within).get_by_label(label).first)
        self.page.keyboard.press("Home")
        for _ in range(MOST_STOPS):
            if handle.evaluate(CHOSEN) == choice:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{label} does not offer {choice}")

    def attach(self, target: Locator, file: FilePayload) -> None:
        """The file was chosen in the window that Space opens."""
        self._reach(target)
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Space")
        chooser.value.set_files(file)

    def _strike(self, text: str) -> None:
        self.page.keyboard.type(text)

    def _reach(self, target: Locator) -> ElementHandle:
        """The way by Tab from where the focus is, seen at every stop; within a group of choices by the arrow."""
        handle = target.element_handle()
        assert handle is not None
        is_choice = handle.evaluate(KIND) == "radio"
        for _ in range(MOST_STOPS):
            is_there, is_in_group, is_shown = handle.evaluate(STOP)
            if not is_shown:
                self._comes_to_sight()
            if is_there:
                return handle
            self.page.keyboard.press("ArrowDown" if is_choice and is_in_group else "Tab")
        raise AssertionError(f"{target} is not reached by keyboard")

    def _comes_to_sight(self) -> None:
        """What has the focus is scrolled to, or fades in."""
        try:
            self.page.wait_for_function(SHOWN_NOW)
        except TimeoutError:
            raise AssertionError(f"the focus is not seen: {self.page.evaluate(WHERE)}") from None
