"""What a browser fetches for the home desk: the page and everything it names, headers included, with gzip accepted."""

import re
from collections.abc import Iterator
from http import HTTPStatus
from urllib.parse import urljoin

from django.http import HttpResponseBase
from django.test import Client

from bench.databases import at
from bench.table import Row, counted
from bench.world import World
from investreview.accounts.models import User

NAMED_BY_PAGE = re.compile(r'<(?:link|script|img|use)\b[^>]*?\s(?:href|src)="([^"#]+)', re.IGNORECASE)
NAMED_BY_SHEET = re.compile(r"url\([\"']?([^\"')#]+)")
KILO = 1000
FIRST_GOAL, AGAIN_GOAL = 200.0, 60.0


class Browser:
    """A browser with a cache: what may be kept is not asked for again, the rest is asked for with its validators."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._kept: set[str] = set()
        self._validators: dict[str, dict[str, str]] = {}
        self.received = self.page = self.requests = 0

    def load(self, url: str) -> None:
        """The page and everything it names have been fetched or were in the cache; ``received`` is in bytes."""
        self.received = self.page = self.requests = 0
        waiting, seen = [url], {url}
        while waiting:
            address = waiting.pop()
            names = self._get(address)
            self.page = self.page or self.received
            for name in names:
                found = urljoin(address, name)
                if found.startswith("/") and found not in seen:
                    seen.add(found)
                    waiting.append(found)

    def _get(self, url: str) -> list[str]:
        if url in self._kept:
            return []
        headers = {"Accept-Encoding": "gzip"} | self._validators.get(url, {})
        response = self._client.get(url, headers=headers)
        body = b"".join(response) if response.streaming else response.content
        if response.status_code not in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
            raise ValueError(f"{url} answered {response.status_code}")
        self.requests += 1
        self.received += len(body) + sum(len(f"{name}: {value}\r\n") for name, value in response.items())
        self._keep(url, response)
        return self._names(response, url)

    def _keep(self, url: str, response: HttpResponseBase) -> None:
        age = re.search(r"max-age=(\d+)", response.get("Cache-Control", ""))
        if age and int(age[1]) > 0:
            self._kept.add(url)
        names = (("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since"))
        self._validators[url] = {asked: response[given] for given, asked in names if given in response}

    def _names(self, response: HttpResponseBase, url: str) -> list[str]:
        """What the page or style sheet names, read from it unpacked."""
        kind = response.get("Content-Type", "")
        if response.status_code != HTTPStatus.OK or not kind.startswith(("text/html", "text/css")):
            return []
        plain = self._client.get(url, headers={"Accept-Encoding": "identity"})
        text = (b"".join(plain) if plain.streaming else plain.content).decode()
        return (NAMED_BY_PAGE if kind.startswith("text/html") else NAMED_BY_SHEET).findall(text)


def measure(world: World) -> Iterator[Row]:
    """Two rows: the officer's desk with a full inbox, first and again."""
    with at("large"):
        client = Client()
        client.force_login(User.objects.get(pk=world.cast["officer"].pk))
        browser = Browser(client)
        for key, figure, goal in (
            ("weight_first", "经办人工作台，首次", FIRST_GOAL),
            ("weight_again", "经办人工作台，再次", AGAIN_GOAL),
        ):
            browser.load("/")
            yield counted(
                key=key,
                figure=figure,
                goal=goal,
                value=browser.received / KILO,
                unit="kB",
                baseline=f"{browser.requests} 次请求 requests",
                note=f"/ itself {browser.page / KILO:.1f} kB, as our server sends it; static files with gzip",
            )
