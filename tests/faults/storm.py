"""Whole filings over HTTP while the house burns, and the reckoning afterwards.

``python -m tests.faults.storm --broker redis --minutes 6``: two web processes, two workers with clocks, clients that
send until they are answered; processes are killed with SIGKILL all the while. Needs PostgreSQL and the broker.
Answers with a table and exit code 0 when nothing was lost and nothing was done twice.
"""

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import uuid4

if TYPE_CHECKING:
    from investreview.projects.models import Case
    from tests.faults.clients import Ledger, Step
    from tests.faults.reckoning import Reckoning
    from tests.faults.stack import Stack
    from tests.world import World

CALM_SECONDS = 0.2
DRAIN_SECONDS = 60.0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.storm", description=__doc__)
    parser.add_argument("--broker", choices=("redis", "rabbitmq"), default="redis")
    parser.add_argument("--minutes", type=float, default=6.0, help="how long cases begin and processes are killed")
    parser.add_argument("--clients", type=int, default=3)
    parser.add_argument("--worker-kills", type=int, default=10)
    parser.add_argument("--web-restarts", type=int, default=5)
    parser.add_argument("--cases", type=int, default=0, help="at most so many cases; 0 means as many as begin in time")
    parser.add_argument("--database", default="", help="an empty migrated database; without it one is made and dropped")
    parser.add_argument("--drain", type=float, default=DRAIN_SECONDS, help="seconds the workers have at the end")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


@contextmanager
def own_database(given: str) -> Iterator[str]:
    """The address of a database of this storm alone."""
    if given:
        yield given
        return
    import psycopg

    server = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
    name = f"investreview_storm_{uuid4().hex[:8]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def main() -> int:
    """The storm was let loose; 0 when the books agree."""
    asked = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(3))  # the processes it started end with it
    from tests import servers

    brokers = {"redis": servers.redis_url, "rabbitmq": servers.rabbitmq_url}
    with tempfile.TemporaryDirectory(prefix="storm-") as folder, own_database(asked.database) as database:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "tests.faults.house",
            "DATABASE_URL": database,
            "DATA_DIR": folder,
            "BROKER_URL": brokers[asked.broker](),
            "QUEUE": f"storm-{uuid4().hex[:8]}",
        }
        os.environ.pop("CRASH_AT", None)
        import django

        django.setup()
        if not asked.database:
            from django.core.management import call_command

            call_command("migrate", verbosity=0)
        report = _storm(asked, Path(folder))
    print(json.dumps(report, ensure_ascii=False, indent=1))
    return 0 if not (report["lost"] or report["doubled"] or report["faults"]) else 1


def _storm(asked: argparse.Namespace, folder: Path) -> dict[str, object]:
    from django.db import connections

    from investreview.core import clock
    from tests.faults.clients import Household, Ledger, steps_of_a_filing
    from tests.faults.reckoning import entries_of, outlast_leases, reckon
    from tests.faults.stack import Stack
    from tests.world import drive, found_world, later

    world = found_world()
    idle = drive(world, "checked", key="idle", name="搁置项目（示例）")
    clock.start_demonstration(later(43))
    steps, ledger = steps_of_a_filing(clock.today()), Ledger()
    stack = Stack(folder, random.Random(asked.seed))
    drafts: Queue[Case] = Queue(maxsize=asked.clients + 1)
    over = Event()
    began = time.monotonic()
    try:
        stack.start()
        first = _draft(world, 0)
        Household(world, stack.ports, ledger, asked.seed).file(first, steps)
        drafter = Thread(target=_keep_drafting, args=(world, drafts, over, asked.cases))
        clients = [
            Thread(target=_file_cases, args=(Household(world, stack.ports, ledger, n), drafts, steps, over))
            for n in range(2, 2 + asked.clients)
        ]
        for thread in (drafter, *clients):
            thread.start()
        emptied = _rage(stack, asked)
        over.set()
        while any(thread.is_alive() for thread in (drafter, *clients)):
            stack.look()
            time.sleep(CALM_SECONDS)
        _drain(stack, asked.drain)
    finally:
        over.set()
        stack.stop()
        _forget_queue()
    connections.close_all()
    outlast_leases()
    usual: Counter[str] = entries_of(first.number)
    reckoning = reckon(ledger, usual, world.commission.code, idle=idle.number)
    return _report(asked, stack, ledger, reckoning, seconds=time.monotonic() - began, emptied=emptied)


def _draft(world: "World", number: int) -> "Case":
    from investreview.core import clock
    from investreview.demo import hands
    from tests.world import wanted

    drafter, at = world.people["group_drafter"], clock.now()
    case = hands.draft(wanted(world, name=f"改造项目{number}（示例）"), drafter, f"storm-{number}", at)
    hands.gather_materials(case, drafter, at)
    return hands.fresh(case)


def _keep_drafting(world: "World", drafts: "Queue[Case]", over: Event, most: int) -> None:
    from django.db import connections

    number = 0
    while not over.is_set() and (not most or number < most):
        number += 1
        case = _draft(world, number)
        while not over.is_set():
            try:
                drafts.put(case, timeout=CALM_SECONDS)
                break
            except Full:
                continue
    connections.close_all()


def _file_cases(household: object, drafts: "Queue[Case]", steps: "tuple[Step, ...]", over: Event) -> None:
    from tests.faults.clients import Household

    assert isinstance(household, Household)
    while not over.is_set() or not drafts.empty():
        try:
            case = drafts.get(timeout=CALM_SECONDS)
        except Empty:
            continue
        household.file(case, steps)


def _rage(stack: "Stack", asked: argparse.Namespace) -> int:
    """The kills are spread over the time given; returns how often the broker was emptied meanwhile (Redis only)."""
    emptied = 2 if asked.broker == "redis" else 0
    kinds = ["worker"] * asked.worker_kills + ["web"] * asked.web_restarts + ["broker"] * emptied
    stack.chance.shuffle(kinds)
    pause = asked.minutes * 60 / (len(kinds) + 1)
    for kind in kinds:
        _wait(stack, pause)
        if kind == "broker":
            _empty_redis()
        else:
            stack.kill(kind)
    _wait(stack, pause)
    return emptied


def _wait(stack: "Stack", seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        stack.look()
        time.sleep(CALM_SECONDS)


def _empty_redis() -> None:
    import redis

    with redis.Redis.from_url(os.environ["BROKER_URL"]) as broker:
        broker.flushdb()


def _forget_queue() -> None:
    """The broker keeps nothing of this storm."""
    from investreview.celery import app

    with app.connection_for_write() as connection, connection.channel() as channel:
        channel.queue_delete(os.environ["QUEUE"])


def _drain(stack: "Stack", seconds: float) -> None:
    """The clocks have reminded, and for ``seconds`` at most the workers that are left did what is due.

    What they did not get to, and what the dead had leased, is done when the leases are outlasted.
    """
    from investreview.core import clock
    from investreview.documents.kinds import RenditionState
    from investreview.documents.models import Rendition
    from investreview.journal.models import Unsealed
    from investreview.notices.models import Notice
    from workflows.models import Escalation

    began = time.monotonic()
    while time.monotonic() < began + DRAIN_SECONDS:
        stack.look()
        pdfs = Rendition.objects.filter(state=RenditionState.PENDING, next_try_at__lte=clock.now())
        mails = Notice.objects.filter(mail_state=Notice.Mail.PENDING, mail_next_try_at__lte=clock.machine_now())
        is_quiet = not pdfs.exists() and not mails.exists() and not Unsealed.objects.exists()
        if Escalation.objects.exists() and (is_quiet or time.monotonic() > began + seconds):
            return
        time.sleep(CALM_SECONDS)


def _report(
    asked: argparse.Namespace,
    stack: "Stack",
    ledger: "Ledger",
    reckoning: "Reckoning",
    *,
    seconds: float,
    emptied: int,
) -> dict[str, object]:
    return {
        "broker": asked.broker,
        "seconds": round(seconds),
        "clients": asked.clients,
        "cases finished": len(ledger.finished),
        "worker kills": stack.deaths("worker"),
        "web restarts": stack.deaths("web"),
        "of these at a crash point": stack.crashed_at,
        "broker emptied": emptied,
        "answers lost": ledger.lost_answers,
        "submissions repeated": ledger.repeats,
        **reckoning.figures,
        "lost": reckoning.lost,
        "doubled": reckoning.doubled,
        "faults": ledger.faults,
    }


if __name__ == "__main__":
    sys.exit(main())
