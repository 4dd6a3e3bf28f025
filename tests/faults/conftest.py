"""A house on files: its own database, its own folder, messages as files, and a real worker process."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from kombu import pools

from investreview.celery import app
from investreview.demo import processes
from investreview.settings import config
from tests.databases import database_url
from tests.faults.watching import watch
from tests.world import World, found_world


def _forget_connections() -> None:
    app._pool = None
    app.amqp._producer_pool = None
    pools.reset()


@pytest.fixture
def file_broker(tmp_path: Path) -> Iterator[Path]:
    """The folder in which messages wait; whatever the product publishes goes there."""
    before = {name: app.conf[name] for name in ("broker_url", "broker_transport_options")}
    url, options = config.broker(f"filesystem://{tmp_path}/broker")
    app.conf.update(broker_url=url, broker_transport_options=options)
    _forget_connections()
    yield tmp_path / "broker" / "queue"
    app.conf.update(before)
    _forget_connections()


@pytest.fixture
def world(file_database: str, settings, tmp_path: Path, file_broker: Path) -> World:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.HEADS_LOG = tmp_path / "heads.log"
    return found_world()


@pytest.fixture
def worker_until(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[Callable[[], bool]], None]:
    """Runs the real worker, without its clock, on this test's house until something is so."""
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "investreview.settings.demo")
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", database_url())
    monkeypatch.delenv("BROKER_URL", raising=False)
    command = [part for part in processes.worker_command() if part != "-B"]
    monkeypatch.setattr(processes, "worker_command", lambda: command)

    def run(done: Callable[[], bool]) -> None:
        with processes.running_worker() as worker:
            watch(worker, done)

    return run
