"""The worker: every clocked job exists, a missing broker harms nobody, a file broker has one reader."""

import json
import uuid
from pathlib import Path

import pytest
from celery import Celery
from kombu import Connection

from investreview import celery as worker
from investreview.settings import config
from tests import servers

AWAY = ["redis://127.0.0.1:1/0", "amqp://guest:guest@127.0.0.1:1//"]


def app_on(url: str, tmp_path: Path) -> Celery:
    app = Celery("test", task_cls=worker.WakingTask, set_as_current=False)
    broker_url, options = config.broker(url)
    app.conf.update(
        broker_url=broker_url,
        broker_transport_options=options,
        broker_connection_timeout=2,
        task_ignore_result=True,
        task_publish_retry=True,
        task_publish_retry_policy={"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0},
        task_default_queue=f"test-{uuid.uuid4().hex[:8]}",
    )
    return app


def test_every_clocked_job_exists() -> None:
    worker.app.loader.import_default_modules()
    assert [name for name in worker.SCHEDULE if name not in worker.app.tasks] == []


def test_every_clocked_job_expires_so_that_none_piles_up() -> None:
    schedule = worker.app.conf.beat_schedule
    assert [name for name, entry in schedule.items() if entry["options"]["expires"] < entry["schedule"]] == []


@pytest.mark.parametrize("url", AWAY)
def test_waking_without_a_broker_harms_nobody(url: str, tmp_path: Path) -> None:
    app = app_on(url, tmp_path)

    @app.task(name="nothing", shared=False)
    def nothing() -> None: ...

    assert nothing.delay() is None


def test_waking_without_a_folder_harms_nobody(tmp_path: Path) -> None:
    app = app_on(f"filesystem://{tmp_path}/broker", tmp_path)
    (tmp_path / "broker" / "queue").rmdir()

    @app.task(name="nothing", shared=False)
    def nothing() -> None: ...

    assert nothing.delay() is None


def test_file_messages_appear_whole_under_their_name(tmp_path: Path) -> None:
    url, options = config.broker(f"filesystem://{tmp_path}/broker")
    with Connection(url, transport_options=options) as connection:
        queue = connection.SimpleQueue("q")
        queue.put({"id": 7})
        (file,) = (tmp_path / "broker" / "queue").iterdir()
        assert file.name.endswith(".q.msg")
        assert json.loads(file.read_text("utf-8"))["headers"] is not None
        message = queue.get(timeout=2)
        assert message.payload == {"id": 7}
        message.ack()
    assert list((tmp_path / "broker" / "queue").iterdir()) == []


def test_files_are_read_in_the_order_they_were_written(tmp_path: Path) -> None:
    url, options = config.broker(f"filesystem://{tmp_path}/broker")
    with Connection(url, transport_options=options) as connection:
        queue = connection.SimpleQueue("ordered")
        for number in range(5):
            queue.put(number)
        read = []
        for _ in range(5):
            message = queue.get(timeout=2)
            message.ack()
            read.append(message.payload)
    assert read == [0, 1, 2, 3, 4]


def test_a_second_worker_on_the_file_broker_is_refused(settings, tmp_path: Path) -> None:
    settings.CELERY_BROKER_URL = "filesystem://"
    settings.WORKER_LOCK = tmp_path / "worker.lock"
    worker.refuse_second_worker()
    try:
        with pytest.raises(SystemExit, match="已有一个后台进程"):
            worker.refuse_second_worker()
    finally:
        worker._lock.pop().close()


def test_a_second_worker_on_a_server_is_welcome(settings, tmp_path: Path) -> None:
    settings.CELERY_BROKER_URL = "redis://127.0.0.1/0"
    settings.WORKER_LOCK = tmp_path / "worker.lock"
    worker.refuse_second_worker()
    assert not (tmp_path / "worker.lock").exists()


@pytest.mark.parametrize(
    "url",
    [
        pytest.param(servers.redis_url(), marks=pytest.mark.redis, id="redis"),
        pytest.param(servers.rabbitmq_url(), marks=pytest.mark.rabbitmq, id="rabbitmq"),
    ],
)
def test_a_real_broker_carries_the_message(url: str, tmp_path: Path) -> None:
    app = app_on(url, tmp_path)

    @app.task(name="carry", shared=False)
    def carry(number: int) -> None: ...

    assert carry.delay(7) is not None
    with app.connection() as connection:
        queue = connection.SimpleQueue(app.conf.task_default_queue)
        message = queue.get(timeout=5)
        message.ack()
        queue.close()
        queue.queue.delete()
    assert message.payload[0] == [7]
