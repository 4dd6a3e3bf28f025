"""The whole site behind the server of the product, in this process, so that a test may look into its database."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.db import connection
from waitress.server import create_server

GLANCE_SECONDS = 0.2


@contextmanager
def served() -> Iterator[str]:
    """Inside, the site answers at the address given, on the database of this moment; no connection lasts."""
    lasting = connection.settings_dict["CONN_MAX_AGE"]
    connection.settings_dict["CONN_MAX_AGE"] = 0
    server = create_server(StaticFilesHandler(get_wsgi_application()), host="127.0.0.1", port=0, threads=8, ident="")
    has_ended = threading.Event()
    thread = threading.Thread(target=_answer, args=(server, has_ended))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        has_ended.set()
        thread.join()
        server.task_dispatcher.shutdown()
        server.asyncore.close_all(server._map)
        connection.settings_dict["CONN_MAX_AGE"] = lasting


def _answer(server, has_ended: threading.Event) -> None:
    while not has_ended.is_set():
        server.asyncore.loop(timeout=GLANCE_SECONDS, map=server._map, count=1)
