"""The two processes of an installation without servers: web (threads) and worker (with beat)."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

STOP_SECONDS = 15.0
AS_ROOT = "ignore:You're running the worker with superuser privileges"
"""In a container everybody is root; on one machine, for itself only, celery's warning would only hide the accounts."""


def web_command(port: int) -> list[str]:
    """The web server: one process, eight threads, this machine only, uploads up to the limit and their form."""
    limit = settings.MAX_UPLOAD_BYTES + 16 * 1024 * 1024
    return [
        sys.executable, "-m", "waitress", f"--listen=127.0.0.1:{port}", "--threads=8",
        f"--max-request-body-size={limit}", "--ident=", "investreview.wsgi:application",
    ]  # fmt: skip


def worker_command() -> list[str]:
    """The worker: one job at a time, the clock of repeated jobs beside it."""
    return [
        sys.executable, "-W", AS_ROOT, "-m", "celery", "--quiet", "-A", "investreview", "worker", "-B", "--pool=solo",
        "--loglevel=WARNING", "--without-gossip", "--without-mingle", "--without-heartbeat",
    ]  # fmt: skip


def start(command: list[str]) -> subprocess.Popen[bytes]:
    """The process runs, in a session of its own, so that only its starter ends it."""
    environment = os.environ | {"TMPDIR": str(settings.FILE_UPLOAD_TEMP_DIR)}
    return subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, start_new_session=True)


def stop(*processes: subprocess.Popen[bytes]) -> None:
    """None of the processes runs; each had time to finish what it was doing."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def running_worker() -> Iterator[subprocess.Popen[bytes]]:
    """Inside, a worker process of this demonstration runs; afterwards it has ended."""
    worker = start(worker_command())
    try:
        yield worker
    finally:
        stop(worker)
