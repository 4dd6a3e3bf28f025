"""Two web processes, two workers, each worker with a clock of its own; killed without warning and started again."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from django.conf import settings

WEB_CRASHES = ("start.before_commit", "start.after_commit", "act.before_commit", "act.after_commit")
WORKER_CRASHES = (
    "render.before_lease",
    "render.after_lease",
    "render.after_render",
    "store.before_rename",
    "render.after_store",
    "render.after_commit",
    "mail.after_lease",
    "mail.after_send",
    "mail.after_commit",
)
LOOK_SECONDS = 0.1
START_SECONDS = 90.0


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@dataclass
class Place:
    """One process of the stack: how it is started, and the one that runs now."""

    name: str
    command: list[str]
    crashes: tuple[str, ...]
    running: subprocess.Popen[bytes] | None = None
    crash_at: str = ""
    deaths: int = 0


@dataclass
class Stack:
    """The four processes. ``folder`` takes their output; a process that died is started again by ``look``."""

    folder: Path
    chance: random.Random
    ports: tuple[int, ...] = ()
    places: list[Place] = field(default_factory=list)
    crashed_at: dict[str, int] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def start(self) -> None:
        """All four run, and both web processes listen."""
        self.ports = (free_port(), free_port())
        for port in self.ports:
            web = ["-m", "waitress", f"--listen=127.0.0.1:{port}", "--threads=6", "--ident="]
            self._place(f"web-{port}", [*web, "investreview.wsgi:application"], WEB_CRASHES)
        for number in (1, 2):
            worker = ["-m", "celery", "--quiet", "-A", "investreview", "worker", "-B", "--pool=solo"]
            own = ["-s", str(self.folder / f"beat-{number}"), "-n", f"worker{number}@%h", "--loglevel=WARNING"]
            calm = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
            self._place(f"worker-{number}", [*worker, *own, *calm], WORKER_CRASHES)
        for port in self.ports:
            self.wait_for(port)

    def _place(self, name: str, arguments: list[str], crashes: tuple[str, ...]) -> None:
        place = Place(name, [sys.executable, "-W", "ignore", *arguments], crashes)
        self.places.append(place)
        self._run(place)

    def _run(self, place: Place, crash_at: str = "") -> None:
        environment = {**os.environ, "CRASH_AT": crash_at, "TMPDIR": str(settings.FILE_UPLOAD_TEMP_DIR)}
        with (self.folder / f"{place.name}.log").open("ab") as log:
            place.running = subprocess.Popen(
                place.command, cwd=settings.BASE_DIR, env=environment, stdout=log, stderr=log, start_new_session=True
            )
        place.crash_at = crash_at

    def wait_for(self, port: int) -> None:
        """Somebody listens on the port.

        Raises: TimeoutError.
        """
        for _look in range(int(START_SECONDS / LOOK_SECONDS)):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(LOOK_SECONDS)
        raise TimeoutError(f"nobody listens on {port}")

    def look(self) -> None:
        """Whoever died, by a crash point or otherwise, runs again without one."""
        with self._lock:
            for place in self.places:
                if place.running is not None and place.running.poll() is not None:
                    if place.crash_at:
                        self.crashed_at[place.crash_at] = self.crashed_at.get(place.crash_at, 0) + 1
                    self._end(place)
                    self._run(place)

    def kill(self, kind: str) -> None:
        """One of this kind (web, worker) was killed and started again; it may carry a crash point with it."""
        with self._lock:
            place = self.chance.choice([one for one in self.places if one.name.startswith(kind)])
            self._end(place)
            self._run(place, self.chance.choice((*place.crashes, "")))

    def _end(self, place: Place) -> None:
        """The process and all it forked are gone at once, without a chance to tidy up."""
        if place.running is not None:
            _kill_session(place.running)
            place.deaths += 1

    def deaths(self, kind: str) -> int:
        """How often processes of this kind died."""
        return sum(place.deaths for place in self.places if place.name.startswith(kind))

    def stop(self) -> None:
        """None of the processes runs."""
        with self._lock:
            for place in self.places:
                if place.running is not None:
                    _kill_session(place.running)
                    place.running = None


def _kill_session(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
