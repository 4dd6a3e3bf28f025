"""A round through the pages a person can reach by following links, from the desk on."""

from collections import Counter, deque
from collections.abc import Collection, Iterable, Iterator
from urllib.parse import urlsplit

from django.urls import resolve

from tests.browser.window import Window

DOWNLOADS = frozenset(
    {
        "projects:file", "documents:pdf", "documents:original", "core:source_archive", "draws:evidence",
        "draws:verifier", "panel:file", "seats:paper", "past:template", "past:ongoing_template", "past:export",
        "past:faults", "past:source", "past:paper", "desk:bpmn", "desk:export_inbox", "projects:archive",
        "projects:content", "review:takeover_paper", "accounts:roster_template", "evaluations:evidence",
        "notices:sms_file", "desk:overview_workbook", "desk:overview_word", "desk:overview_pdf", "documents:word",
        "projects:report_file", "projects:meeting_pack", "desk:guide_picture", "rulebook:file",
    }
)  # fmt: skip
FACES = {
    "desk:home": 3,
    "evaluations:year": 2,
    "evaluations:notice": 5,
    "past:batch": 5,
    "desk:case": 2,
    "review:task": 4,
    "documents:document": 2,
    "panel:panel": 2,
    "panel_case:panel": 2,
}
"""Of how many addresses a view is looked at; of every other, the first that is met."""


def pages_of(window: Window, starts: Iterable[str] = (), *, but: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """View and address of each page; the window shows it when it is handed out.

    ``starts`` are met first; the views ``but`` are passed over.
    """
    met: Counter[str] = Counter()
    waiting = deque([*starts, "/"])
    known = set(waiting)
    while waiting:
        address = waiting.popleft()
        view = resolve(urlsplit(address).path).view_name
        if view in DOWNLOADS or view in but or met[view] >= FACES.get(view, 1):
            continue
        met[view] += 1
        window.open(address)
        for found in _links_on(window):
            if found not in known:
                known.add(found)
                waiting.append(found)
        yield view, address


def _links_on(window: Window) -> list[str]:
    """Addresses of this site that the page links to, in the order of the page."""
    written: list[str] = window.page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)")
    parts = [urlsplit(link) for link in written if link.startswith(window.base)]
    return [part.path + (f"?{part.query}" if part.query else "") for part in parts]
