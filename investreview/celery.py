"""The background worker: which jobs run by the clock, and how a job is woken."""

import fcntl
import logging
import os
from pathlib import Path
from typing import Any, TextIO

from celery import Celery, Task
from celery.signals import before_task_publish, worker_init
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from kombu.exceptions import OperationalError
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "investreview.settings.demo")

log = logging.getLogger(__name__)

# Seconds between two runs. Every job looks for rows that are due, so a run that is missed loses nothing.
SCHEDULE = {
    "journal.seal_all": 1.0,
    "investreview.core.tasks.give_sign_of_life": 30.0,
    "investreview.documents.tasks.render_pending": 10.0,
    "investreview.projects.tasks.make_pending_packs": 60.0,
    "investreview.draws.tasks.resume_draws": 60.0,
    "investreview.projects.tasks.work_pending_backfills": 10.0,
    "investreview.projects.tasks.sweep_old_uploads": 3600.0,
    "investreview.notices.tasks.send_pending_mail": 30.0,
    "investreview.notices.tasks.answer_password_requests": 30.0,
    "investreview.notices.tasks.tell_new_addresses": 30.0,
    "investreview.evaluations.tasks.publish_drawn_samples": 60.0,
    "investreview.evaluations.tasks.find_all_due": 3600.0,
    "workflows.tasks.sweep_due": 60.0,
    "workflows.tasks.find_stalled": 60.0,
}

TRANSPORT_ALIASES["filesystem"] = "investreview.filebroker:Transport"


class WakingTask(Task):
    """A job whose row is the queue of record: the message only wakes the worker."""

    def apply_async(self, *args: Any, **kwargs: Any) -> Any:
        """The worker is woken, or, while the broker is away, the log says that the next sweep will find the row."""
        try:
            return super().apply_async(*args, **kwargs)
        except (OperationalError, OSError) as error:
            log.warning("broker away, %s waits for its sweep: %s", self.name, type(error).__name__)
            return None


app = Celery("investreview", task_cls=WakingTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.add_defaults(
    {
        "beat_schedule": {
            name: {"task": name, "schedule": seconds, "options": {"expires": max(seconds, 5.0)}}
            for name, seconds in SCHEDULE.items()
        }
    }
)

_lock: list[TextIO] = []


@worker_init.connect
def refuse_demonstration_in_earnest(**_: object) -> None:
    """The database is none of a demonstration, or demonstrations are allowed here.

    Raises: SystemExit with what was found.
    """
    from django.db import connections

    from investreview.core.checks import refuse_demonstration

    try:
        refuse_demonstration()
    except ImproperlyConfigured as error:
        raise SystemExit(str(error)) from error
    finally:
        connections.close_all()  # the processes that the worker forks must not share a connection


@before_task_publish.connect(sender="investreview.core.tasks.give_sign_of_life")
def show_that_the_clock_runs(**_: object) -> None:
    """The clock, which alone sends this job, has given a sign of life, whether or not the broker takes the message."""
    from django.db import DatabaseError, connections

    from investreview.core.clock import machine_now
    from investreview.core.models import SignOfLife
    from investreview.core.signs import give_sign

    try:
        give_sign(SignOfLife.Process.CLOCK, now=machine_now())
    except DatabaseError as error:  # the next sign is given in a minute; the page says since when there is none
        log.warning("the clock could not give its sign of life: %s", type(error).__name__)
    finally:
        connections.close_all()


@worker_init.connect
def refuse_second_worker(**_: object) -> None:
    """This process is the only worker on the file broker.

    Raises: SystemExit with a sentence when another worker already reads it.
    """
    if not settings.CELERY_BROKER_URL.startswith("filesystem:"):
        return
    handle = Path(settings.WORKER_LOCK).open("w", encoding="ascii")  # noqa: SIM115 - held as long as the worker lives
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.close()
        raise SystemExit(
            "已有一个后台进程在处理此目录的消息；文件消息队列只允许一个。请先停止它，或设置 BROKER_URL。"
            " / Another worker already reads this folder; stop it first or set BROKER_URL."
        ) from None
    _lock.append(handle)
