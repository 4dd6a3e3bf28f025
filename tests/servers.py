"""Which servers and browsers answer here; what is REQUIREd and does not answer fails, the rest is skipped."""

import os
import shutil
import socket
from functools import cache
from urllib.parse import urlsplit

CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The engine without the programme around it comes first: a page costs it half."""


def required() -> frozenset[str]:
    """The names in REQUIRE (postgres, redis, rabbitmq, browser): a missing one is a failure."""
    return frozenset(filter(None, os.environ.get("REQUIRE", "").split(",")))


def redis_url() -> str:
    """The Redis of the tests; a database number of its own."""
    return os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9")


def rabbitmq_url() -> str:
    """The RabbitMQ of the tests."""
    return os.environ.get("TEST_RABBITMQ_URL", "amqp://guest:guest@127.0.0.1:5672//")


def postgres_url() -> str:
    """The PostgreSQL of this run, or nothing: a run is on one database, named by DATABASE_URL."""
    url = os.environ.get("DATABASE_URL", "")
    return url if url.startswith("postgres") else ""


def chromium() -> str | None:
    """Where the browser is."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


@cache
def missing(name: str) -> str:
    """Why a test marked ``name`` cannot run here; empty when it can."""
    if name == "browser":
        return "" if chromium() else "no Chromium on this machine"
    url = {"redis": redis_url, "rabbitmq": rabbitmq_url}[name]()
    return "" if _answers(url) else f"no {name} answers at {urlsplit(url).hostname}"


def _answers(url: str) -> bool:
    parts = urlsplit(url)
    try:
        with socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 0), timeout=1):
            return True
    except OSError:
        return False
