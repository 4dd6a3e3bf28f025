"""A window used with the keyboard alone: what cannot be reached by Tab, or does not show that it is, fails the test."""

from datetime import datetime

from playwright.sync_api import ElementHandle, FilePayload, Locator, TimeoutError

from tests.browser.window import Window

MOST_STOPS = 400
RING_MS = 5_000
HAS_FOCUS = "one => one === document.activeElement"
IN_GROUP = "one => document.activeElement.type === 'radio' && document.activeElement.name === one.name"
SHOWS_FOCUS = """one => {
    const parts = [one, ...(one.labels || []), one.nextElementSibling].filter(Boolean);
    const isRinged = part => {
        const style = getComputedStyle(part);
        return (style.outlineStyle !== "none" && style.outlineWidth !== "0px") || style.boxShadow !== "none";
    };
    const isSeen = part => {
        const box = part.getBoundingClientRect();
        if (box.width < 8 || box.height < 8 || getComputedStyle(part).opacity === "0") return false;
        const places = [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.1], [0.5, 0.9]];
        return places.some(([x, y]) => {
            const top = document.elementFromPoint(box.left + x * box.width, box.top + y * box.height);
            return parts.some(each => each.contains(top));
        });
    };
    return parts.some(part => isRinged(part) && isSeen(part));
}"""
"""A ring around the control, its label or what is drawn in its place, not covered by anything that stays on top."""
WHERE = """one => {
    const box = one.getBoundingClientRect();
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return [one.outerHTML, getComputedStyle(one).outline, JSON.stringify(box), top && top.outerHTML.slice(0, 200),
        String(document.hasFocus()), String(one === document.activeElement)].join("\\n");
}"""
KIND = "one => one.type || ''"
CHOSEN = "one => one.selectedOptions[0].label.trim()"


class KeyedWindow(Window):
    """Everything is done by Tab, Enter, Space, the arrows and typing; the mouse is not there."""

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
        """The way by Tab from where the focus is; within a group of choices by the arrow."""
        handle = target.element_handle()
        assert handle is not None
        is_choice = handle.evaluate(KIND) == "radio"
        for _ in range(MOST_STOPS):
            if handle.evaluate(HAS_FOCUS):
                self._is_shown(handle)
                return handle
            in_group = is_choice and handle.evaluate(IN_GROUP)
            self.page.keyboard.press("ArrowDown" if in_group else "Tab")
        raise AssertionError(f"{target} is not reached by keyboard")

    def _is_shown(self, handle: ElementHandle) -> None:
        """The focus is seen; it may fade in."""
        try:
            self.page.wait_for_function(SHOWS_FOCUS, arg=handle, timeout=RING_MS)
        except TimeoutError:
            raise AssertionError(f"the focus is not seen: {handle.evaluate(WHERE)}") from None
