"""What a person can reach by following links from the desk on, and who looks at which of it with a browser."""

import json
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import resolve

from investreview.accounts.models import User
from tests import depth, pool
from tests.browser.reach import PAGES

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
LOOKERS = 2
"""How many roles look at a view with a browser, in each language; in --all, everybody who reaches it."""
LOOKED_AT_BY_ALL = frozenset({"desk:home", "desk:case"})
"""Pages that are another one for each role."""


def reached_by(username: str, starts: Iterable[str] = ()) -> list[tuple[str, str]]:
    """View and address of each page this person comes to; ``starts`` are met first. Asked once in a run.

    A page that does not answer fails.
    """
    place = pool.place_of(("reached by", username))
    with pool.alone_at(place):
        if not place.exists():
            place.write_text(json.dumps(list(_round(username, starts))))
    return [(view, address) for view, address in json.loads(place.read_text())]


def _round(username: str, starts: Iterable[str]) -> Iterator[tuple[str, str]]:
    client = Client()
    client.force_login(User.objects.get(username=username))
    met: Counter[str] = Counter()
    waiting = deque([*starts, "/"])
    known = set(waiting)
    while waiting:
        address = waiting.popleft()
        view = resolve(urlsplit(address).path).view_name
        if view in DOWNLOADS or met[view] >= FACES.get(view, 1):
            continue
        met[view] += 1
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, f"{username}: {answer.status_code} at {address}"
        for found in _links_in(answer.content.decode(), answer.request["PATH_INFO"]):
            if found not in known:
                known.add(found)
                waiting.append(found)
        yield view, address


def _links_in(page: str, address: str) -> list[str]:
    """Addresses of this site that the page links to, in the order of the page."""
    reader = _Links()
    reader.feed(page)
    parts = [urlsplit(urljoin(address, link)) for link in reader.found]
    return [part.path + (f"?{part.query}" if part.query else "") for part in parts if not (part.scheme or part.netloc)]


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        target = dict(attrs).get("href")
        if tag == "a" and target:
            self.found.append(target)


def looked_at(roles: Iterable[str]) -> dict[str, set[str]]:
    """At which views each of ``roles`` looks with a browser; rare ones are given out first, to those who have fewest.

    Another order of the roles gives other lookers.
    """
    order = list(roles)
    if depth.IS_ALL:
        return {role: PAGES[role] for role in order}
    found = {role: PAGES[role] & LOOKED_AT_BY_ALL for role in order}
    reaching = {view: [role for role in order if view in PAGES[role]] for view in sorted(set().union(*PAGES.values()))}
    for view, able in sorted(reaching.items(), key=lambda one: len(one[1])):
        for role in sorted(able, key=lambda one: len(found[one]))[:LOOKERS]:
            found[role] = found[role] | {view}
    return found
