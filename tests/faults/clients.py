"""People at their browsers: each sends until it is answered, and keeps a ledger of what was acknowledged."""

import random
import re
import time
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPException, HTTPResponse
from threading import Lock
from urllib.parse import urlencode

from django.db import connections
from django.test import Client

from investreview.accounts.models import User
from investreview.core import clock
from investreview.demo.files import sample_pdf
from investreview.notices.services import notify
from investreview.projects.models import Case
from tests.world import World
from workflows.models import WorkItem

TRIES = 400
PAUSE_SECONDS = 0.25
FOUND, SERVER_ERROR = 302, 500
DOUBLE_CLICK, HANG_UP = 0.15, 0.15
BOUNDARY = "----storm-7d9f"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
Fields = dict[str, str]


class Refused(Exception):
    """An answer that no honest submission should get."""


@dataclass(frozen=True)
class Step:
    """One act of a filing: the open step, whose it is, what is typed."""

    node: str
    person: str
    act: str
    typed: Fields = field(default_factory=dict)
    has_file: bool = False


def steps_of_a_filing(today: date) -> tuple[Step, ...]:
    """What people do from the group's release to the receipt."""
    day = today.isoformat()
    return (
        Step("release", "group_releaser", "release"),
        Step("check_completeness", "officer", "confirm_completeness"),
        Step("opinion", "officer", "propose", {"proposal": "FILE", "text": "材料齐备，建议备案。"}),
        Step("check", "head", "check", {"text": "同意。"}),
        Step("sign", "deputy", "sign", {"text": "同意。"}),
        Step(
            "deliver",
            "document_officer",
            "deliver",
            {"sealed_on": day, "channel": "ONLINE", "delivered_on": day},
            has_file=True,
        ),
        Step("acknowledge", "group_releaser", "acknowledge"),
    )


@dataclass(frozen=True)
class Acknowledged:
    """One line of the ledger: the site said that this act was carried out."""

    number: str
    node: str
    act: str
    key: str
    username: str


@dataclass
class Ledger:
    """What was acknowledged, and how the wire behaved."""

    lines: list[Acknowledged] = field(default_factory=list)
    finished: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    lost_answers: int = 0
    repeats: int = 0
    _lock: Lock = field(default_factory=Lock)

    def acknowledge(self, line: Acknowledged) -> None:
        """The act counts from now on."""
        with self._lock:
            self.lines.append(line)

    def count_lost_answer(self) -> None:
        """A submission got no answer."""
        with self._lock:
            self.lost_answers += 1

    def count_repeat(self) -> None:
        """A submission was sent again although it may have been carried out."""
        with self._lock:
            self.repeats += 1


class _Forms(HTMLParser):
    """The hidden fields of every form of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[Fields] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        have = dict(attrs)
        if tag == "form":
            self.forms.append({})
        if tag == "input" and have.get("type") == "hidden" and self.forms:
            self.forms[-1][have.get("name") or ""] = have.get("value") or ""


def _multipart(fields: Fields, file: bytes) -> bytes:
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="sealed"; filename="sealed.pdf"\r\n'
    return b"".join([*parts, f"{head}Content-Type: application/pdf\r\n\r\n".encode(), file, b"\r\n"]) + (
        f"--{BOUNDARY}--\r\n".encode()
    )


class Person:
    """A signed-in browser that asks whichever web process answers."""

    def __init__(self, user: User, ports: tuple[int, ...], ledger: Ledger, chance: random.Random) -> None:
        signed_in = Client()
        signed_in.force_login(user)
        self.user = user
        self._session = signed_in.cookies["sessionid"].value
        self._ports, self._ledger, self._chance = ports, ledger, chance
        self._token_cookie = ""

    def page(self, path: str) -> str:
        """The page as it is shown.

        Raises: Refused when it is not.
        """
        for _try in range(TRIES):
            answer = self._ask("GET", path)
            if answer is not None and answer[0] < SERVER_ERROR:
                status, _location, text = answer
                if status != 200:
                    raise Refused(f"GET {path} as {self.user.username}: {status} {_words(text)}")
                return text
            time.sleep(PAUSE_SECONDS)
        raise Refused(f"GET {path}: no answer")

    def send(self, path: str, fields: Fields, *, file: bytes = b"") -> None:
        """The submission was acknowledged; until then it is sent again, as it is.

        Raises: Refused for any other answer than that it was carried out.
        """
        body = _multipart(fields, file) if file else urlencode(fields).encode()
        kind = f"multipart/form-data; boundary={BOUNDARY}" if file else "application/x-www-form-urlencoded"
        tries = 0
        must_repeat = self._chance.random() < DOUBLE_CLICK
        while tries < TRIES:
            tries += 1
            hangs_up = tries == 1 and self._chance.random() < HANG_UP
            answer = self._ask("POST", path, body, kind, hangs_up=hangs_up)
            if tries > 1:
                self._ledger.count_repeat()
            if answer is None or answer[0] >= SERVER_ERROR:
                self._ledger.count_lost_answer()
                time.sleep(PAUSE_SECONDS)
                continue
            status, location, text = answer
            if status != FOUND or "sign-in" in location:
                raise Refused(f"POST {path} {fields} as {self.user.username}: {status} {location} {_words(text)}")
            if not must_repeat:
                return
            must_repeat = False
        raise Refused(f"POST {path}: no answer")

    def _ask(
        self, method: str, path: str, body: bytes = b"", kind: str = "", *, hangs_up: bool = False
    ) -> tuple[int, str, str] | None:
        """Status, where it leads, text; nothing when the answer was lost."""
        wire = HTTPConnection("127.0.0.1", self._chance.choice(self._ports), timeout=60)
        headers = {"Cookie": f"sessionid={self._session}; csrftoken={self._token_cookie}"}
        if body:
            headers["Content-Type"] = kind
        try:
            wire.request(method, path, body or None, headers)
            if hangs_up:
                return None
            answer = wire.getresponse()
            self._keep_token(answer)
            return answer.status, answer.getheader("Location", "") or "", answer.read().decode()
        except (OSError, HTTPException):
            return None
        finally:
            wire.close()

    def _keep_token(self, answer: HTTPResponse) -> None:
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _equals, value = cookie.split(";", 1)[0].partition("=")
            if name == "csrftoken":
                self._token_cookie = value


def _words(text: str) -> str:
    found = re.search(r"<main.*?</main>", text, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found.group() if found else text).split())[:400]


class Household:
    """The people of a world, signed in for one client thread."""

    def __init__(self, world: World, ports: tuple[int, ...], ledger: Ledger, seed: int) -> None:
        chance = random.Random(seed)
        names = {"group_drafter", "group_releaser", "officer", "head", "deputy", "document_officer"}
        self._people = {name: Person(world.people[name], ports, ledger, chance) for name in sorted(names)}
        self._ledger = ledger

    def file(self, case: Case, steps: tuple[Step, ...]) -> None:
        """The case went from the draft to the receipt, each act acknowledged; a fault is kept in the ledger."""
        try:
            self._hand_over(case)
            for step in steps:
                self._do(case, step)
            self._ledger.finished.append(case.number)
        except Refused as error:
            self._ledger.faults.append(f"{case.number}: {error}")
        finally:
            connections.close_all()

    def _hand_over(self, case: Case) -> None:
        drafter = self._people["group_drafter"]
        token = TOKEN.search(drafter.page(f"/cases/{case.number}/"))
        assert token is not None
        fields = {"csrfmiddlewaretoken": token.group(1), "version": str(case.version)}
        drafter.send(f"/cases/{case.number}/hand-over/", fields)
        self._ledger.acknowledge(Acknowledged(case.number, "begin", "hand_over", "", drafter.user.username))

    def _do(self, case: Case, step: Step) -> None:
        person = self._people[step.person]
        item = WorkItem.objects.get(case=case, node=step.node, state=WorkItem.State.OPEN)
        path = f"/tasks/{item.task_id}/"
        forms = _Forms(person.page(path)).forms
        fields = next(one for one in forms if one.get("act") == step.act) | step.typed
        person.send(path, fields, file=sample_pdf("用印件（示例）", 1) if step.has_file else b"")
        self._ledger.acknowledge(Acknowledged(case.number, step.node, step.act, fields["key"], person.user.username))
        told = f"storm:{case.number}:{step.node}"
        notify(users=[person.user], text="已办理（示例）。", url="/", dedupe_key=told, at=clock.now())
