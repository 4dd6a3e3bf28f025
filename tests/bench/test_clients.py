"""The eight clients ask everything once, and tell of every answer that is not the expected one."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest


class _Teller(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    asked: list[tuple[str, str, bytes]] = []

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"]))
        self.asked.append((self.path, self.headers["Cookie"], sent))
        self.send_response(404 if self.path == "/7" else 302)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"no")

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def port() -> Iterator[int]:
    _Teller.asked.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Teller)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


def told(port: int, count: int) -> dict[str, Any]:
    asked = [
        {"method": "POST", "path": f"/{number}", "body": f"text={number}", "headers": {"Cookie": f"of={number}"}}
        for number in range(count)
    ]
    batch = json.dumps({"port": port, "asked": asked, "expected": 302})
    done = subprocess.run([sys.executable, "-m", "bench.clients"], input=f"{batch}\n", capture_output=True, text=True)
    return json.loads(done.stdout)


def test_each_request_is_sent_once_with_its_own_cookie_and_body(port: int) -> None:
    answer = told(port, 7)
    assert answer["wrong"] == []
    assert answer["seconds"] > 0
    assert sorted(_Teller.asked) == [(f"/{number}", f"of={number}", f"text={number}".encode()) for number in range(7)]


def test_an_answer_of_another_status_is_told(port: int) -> None:
    assert told(port, 20)["wrong"] == ["POST /7: 404 no"]
    assert len(_Teller.asked) == 20
