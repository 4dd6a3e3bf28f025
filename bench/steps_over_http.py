"""One approval step as a browser sends it, by eight clients at once, beside the least that the same server answers."""

import json
import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from itertools import islice
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import eight_steps
from bench.clients import CLIENTS
from bench.measure import PAIRS, Pairs
from bench.table import Row, counted, timed
from bench.world import World
from tests.browser.serving import served
from workflows.models import WorkItem

BEFORE_THE_CHECK = 4
"""Hand-over, release, completeness and opinion; the head's check is the step that is measured."""
STEPS, HELLOS = 3 * CLIENTS, 50 * CLIENTS
NUMBERS_FROM = 1000
"""Cases of other rows have the numbers below."""
TIME_GOAL, QUERIES_GOAL = 20.0, 20.0
"""At least 5 % of the rate of the least answer."""
FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
Asked = dict[str, Any]


def measure(world: World) -> Iterator[Row]:
    """Two rows: the time of a step under eight clients, and its statements."""
    heads = [_signed_in(world) for _ in range(CLIENTS)]
    rounds = PAIRS + 1
    ready = iter([_step(world, number, heads[number % CLIENTS]) for number in range(STEPS * rounds + 2)])
    first = _statements(next(ready))
    with _clients() as clients:
        pairs = _pairs(clients, [list(islice(ready, STEPS)) for _ in range(rounds)])
    last = _statements(next(ready))
    yield timed(
        key="step",
        figure=f"审核一步，HTTP，{CLIENTS} 个客户端同时",
        goal=TIME_GOAL,
        pairs=pairs,
        baseline="hello",
        note="time of one request among eight at once; ratio 20 is 5 % of the rate of a page that says hello",
    )
    yield counted(
        key="step_queries",
        figure="审核一步，查询数",
        goal=QUERIES_GOAL,
        value=max(first, last),
        unit="SQL",
        baseline=f"第一件 first {first} SQL, 最后一件 last {last} SQL",
    )


def _pairs(clients: "_Clients", batches: list[list[Asked]]) -> Pairs:
    """Steps and hellos in turns, every second time in the other order; the first of each is not counted."""
    hello = [{"method": "GET", "path": "/hello/", "body": "", "headers": {}}] * HELLOS
    steps, hellos = [], []
    for number, batch in enumerate(batches):
        if number % 2:
            hellos.append(clients.seconds(hello, HTTPStatus.OK))
        steps.append(clients.seconds(batch, HTTPStatus.FOUND))
        if number % 2 == 0:
            hellos.append(clients.seconds(hello, HTTPStatus.OK))
    return Pairs(tuple(steps[1:]), tuple(hellos[1:]))


def _signed_in(world: World) -> Client:
    client = Client()
    client.force_login(world.cast["head"])
    return client


def _step(world: World, number: int, head: Client) -> Asked:
    """A case that waits for the head's check, and the check as the head's browser sends it."""
    case = eight_steps.ready(world, NUMBERS_FROM + number)
    for _done in islice(eight_steps.steps(world, case, b""), BEFORE_THE_CHECK):
        pass
    item = WorkItem.objects.get(case=case, node="check", state=WorkItem.State.OPEN)
    path = f"/tasks/{item.task_id}/"
    page = head.get(path).content.decode()
    fields = next(one for one in map(_hidden, FORM.findall(page)) if one.get("act") == "check")
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in head.cookies.items())
    return {
        "method": "POST",
        "path": path,
        "body": urlencode(fields | {"text": "同意。"}),
        "headers": {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookies},
    }


def _hidden(form: str) -> dict[str, str]:
    return dict(HIDDEN.findall(form))


def _statements(asked: Asked) -> int:
    """How many statements the step takes in this process, from the request to its answer.

    Raises: ValueError when it is not carried out.
    """
    client = Client(enforce_csrf_checks=True, headers={"Cookie": asked["headers"]["Cookie"]})
    kind = asked["headers"]["Content-Type"]
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(asked["path"], asked["body"], content_type=kind)
    if answer.status_code != HTTPStatus.FOUND:
        raise ValueError(f"the step was answered with {answer.status_code}")
    return len(queries)


class _Clients:
    """The eight, in their process, who ask the server at ``address``."""

    def __init__(self, process: "subprocess.Popen[str]", address: str) -> None:
        if process.stdin is None or process.stdout is None:
            raise ValueError("the clients cannot be spoken to")
        self._sends, self._hears, self._port = process.stdin, process.stdout, urlsplit(address).port

    def seconds(self, asked: list[Asked], expected: HTTPStatus) -> float:
        """What one request took, when the eight had asked for all of it.

        Raises: ValueError when an answer had another status.
        """
        self._sends.write(json.dumps({"port": self._port, "asked": asked, "expected": expected}) + "\n")
        self._sends.flush()
        told = json.loads(self._hears.readline())
        if told["wrong"]:
            raise ValueError(told["wrong"][0])
        return float(told["seconds"]) / len(asked)


@contextmanager
def _clients() -> Iterator[_Clients]:
    """Inside, the site is served and the clients wait to be told what to ask."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # eight at once is what is measured
    command = [sys.executable, "-m", "bench.clients"]
    with (
        served() as address,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process,
    ):
        yield _Clients(process, address)
