"""Eight clients in a process of their own (``python -m bench.clients``), so that their work is not the server's.

Each line that comes in is a batch: the port, what to ask, and the status that every answer must have. Each line that
goes out says how many seconds all of it took, or what else was answered.
"""

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.client import HTTPConnection
from typing import Any

CLIENTS = 8


def _ask(asked: list[dict[str, Any]], port: int, expected: int) -> list[str]:
    """One client asks one after the other over one connection. Returns the answers of another status."""
    wire = HTTPConnection("127.0.0.1", port, timeout=120)
    wrong = []
    for one in asked:
        wire.request(one["method"], one["path"], one["body"] or None, one["headers"])
        answer = wire.getresponse()
        text = answer.read().decode()
        if answer.status != expected:
            wrong.append(f"{one['method']} {one['path']}: {answer.status} {text[:200]}")
    wire.close()
    return wrong


def main() -> None:
    """Every batch was asked."""
    with ThreadPoolExecutor(CLIENTS) as clients:
        for line in sys.stdin:
            batch = json.loads(line)
            shares = [batch["asked"][number::CLIENTS] for number in range(CLIENTS)]
            began = time.perf_counter()
            found = list(clients.map(partial(_ask, port=batch["port"], expected=batch["expected"]), shares))
            seconds = time.perf_counter() - began
            wrong = [one for share in found for one in share]
            print(json.dumps({"seconds": seconds, "wrong": wrong}), flush=True)


if __name__ == "__main__":
    main()
