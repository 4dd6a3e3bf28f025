"""One request, its answer in the words of the matrix, and what it wrote to the database; then all is as before."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from investreview.journal.models import Entry
from tests.documents.reading import flat_text

_WRITE = re.compile(r"^(?:INSERT (?:OR IGNORE )?INTO|UPDATE|DELETE FROM) \"(\w+)\"")
JOURNAL = {"journal_entry": 1, "journal_unsealed": 1}
ANONYMOUS = (JOURNAL, JOURNAL | {"journal_denialwindow": 1})


@dataclass(frozen=True)
class Answer:
    """What came back and what it changed, before everything was taken back."""

    status: int
    said: str
    text: str
    written: dict[str, int]
    entry: Entry | None


class _Writes:
    """Counts the statements that change a table."""

    def __init__(self) -> None:
        self.tables: Counter[str] = Counter()

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        found = _WRITE.match(sql)
        if found:
            self.tables[found[1]] += 1
        return execute(sql, params, many, context)


def as_of_a_test(block: transaction.Atomic) -> transaction.Atomic:
    """The transaction counts as a test's own: what must be outermost, such as the numbers of a draw, may be inside."""
    block._from_testcase = True
    return block


def ask(client: Client, method: str, url: str, sent: dict[str, Any] | None = None) -> Answer:
    """The answer of the site; whatever it did is rolled back."""
    writes = _Writes()
    before = {name: morsel.value for name, morsel in client.cookies.items()}
    with as_of_a_test(transaction.atomic()):
        last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        with connection.execute_wrapper(writes):
            response = client.get(url) if method == "GET" else client.post(url, sent or {})
            content = _content(response)
        entry = Entry.objects.filter(pk__gt=last).order_by("pk").last()
        transaction.set_rollback(True)
    _restore(client, before)
    return Answer(response.status_code, _said(response), _headers(response) + content, dict(writes.tables), entry)


def _restore(client: Client, cookies: dict[str, str]) -> None:
    """The browser is as before, also after signing out or changing the language."""
    client.cookies.clear()
    for name, value in cookies.items():
        client.cookies[name] = value


def _content(response: Any) -> str:
    if response.streaming:
        data = b"".join(response.streaming_content)  # the test client closes it then
        if data.startswith(b"%PDF"):
            return flat_text(data)
        return "" if data.startswith(b"PK") else data.decode("utf-8", "replace")
    return str(response.content.decode("utf-8", "replace"))


def _headers(response: Any) -> str:
    lines = [f"{name}: {value}" for name, value in response.items()]
    cookies = response.cookies.output()
    return unquote("\n".join([*lines, cookies, ""]))


def _said(response: Any) -> str:
    if response.status_code != 302:
        return str(response.status_code)
    to_sign_in = response["Location"].startswith(reverse(settings.LOGIN_URL))
    return "in" if to_sign_in else "done"
