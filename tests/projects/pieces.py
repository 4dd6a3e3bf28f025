"""How the tests send a file in pieces, as the script of the page does."""

from pathlib import Path
from typing import Any

from django.test import Client

from investreview.demo.files import sample_pdf
from investreview.projects.models import Case, UnfinishedUpload

BACKGROUND = {"X-Background": "upload"}
CONTENT = sample_pdf("示例", 10)
PIECE = 5000
"""Bytes of a piece in these tests; the last one of CONTENT is shorter."""


def announced(client: Client, case: Case, content: bytes = CONTENT, **fields: Any) -> Any:
    """The answer to the announcement of a file for slot M01."""
    said = {"slot": "M01", "name": "备案报告.pdf", "size": len(content), "changed": 1_720_000_000_000}
    sent = said | {"mark": "INTERNAL"} | fields
    return client.post(f"/cases/{case.number}/uploads/", sent, headers=BACKGROUND)


def sent(client: Client, where: dict[str, Any], offset: int, content: bytes = CONTENT, length: int = PIECE) -> Any:
    """The answer to the piece of ``content`` that begins at ``offset``."""
    piece = content[offset : offset + length]
    address = f"{where['piece']}?offset={offset}"
    return client.post(address, piece, content_type="application/octet-stream", headers=BACKGROUND)


def sent_to_the_end(client: Client, where: dict[str, Any], offset: int = 0, content: bytes = CONTENT) -> Any:
    """The answer to the last piece, after all those from ``offset`` on."""
    answer = None
    while offset < len(content):
        answer = sent(client, where, offset, content)
        if answer.status_code != 200:
            return answer
        offset = answer.json()["received"]
    return answer


def received() -> int:
    """How much of the one unfinished file has come."""
    return UnfinishedUpload.objects.get().received


def parts(folder: Path) -> list[str]:
    """The names of what lies where pieces arrive."""
    return [place.name for place in folder.glob("*")]
