"""What axe finds on a page. Nearly all its time goes into the contrast of texts, so that is looked at by kinds of text.

A kind is a colour, a size and a weight on a certain ground: what contrast is made of. Of a kind that this run has found
good, on whatever page and by whichever worker, no text is measured again; every other rule sees every page whole.
"""

from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT

from tests import pool
from tests.browser.window import Window

CONTRAST = "color-contrast"
EXAMINE = (Path(__file__).parent / "axe.js").read_text()


def axe_faults(window: Window) -> list[str]:
    """What axe finds on the page, of whatever impact. A fault of contrast names the first text that has it."""
    window.page.evaluate(AXE_SCRIPT)
    found: dict[str, Any] = window.page.evaluate(EXAMINE, _good_kinds())
    if CONTRAST not in {one["id"] for one in found["violations"]}:
        _remember(found["fresh"])
    return [f"{one['id']} ({one['impact']}) {one['nodes'][0]['html'][:200]}" for one in found["violations"]]


def _kinds() -> Path:
    return pool.place_of("kinds of text")


def _good_kinds() -> list[str]:
    return _kinds().read_text().splitlines() if _kinds().exists() else []


def _remember(kinds: list[str]) -> None:
    with pool.alone_at(_kinds()), _kinds().open("a") as file:
        file.writelines(f"{kind}\n" for kind in kinds)
