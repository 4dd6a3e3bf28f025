"""Several people at the same moment, each in a thread with a connection of its own; no sleeping, no timing.

``at_once`` lets them start together. ``overtake`` (PostgreSQL) stops one act in the middle of its transaction, lets
another run until it is done or waits for a lock, and goes on: the one interleaving that matters, every time.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from threading import Barrier, Thread
from types import ModuleType
from typing import Any

import pytest
from django.db import connection, connections

from investreview.core.errors import DomainError

Act = Callable[[], object]


class Runner(Thread):
    """One act in a thread: what it returned or which domain error it met; any other error is raised on ``answer``."""

    def __init__(self, act: Act, start: Barrier | None = None) -> None:
        super().__init__(daemon=True)
        self._act, self._start = act, start
        self._answer: object = None
        self._fault: BaseException | None = None

    def run(self) -> None:
        try:
            connection.ensure_connection()
            if self._start is not None:
                self._start.wait()
            self._answer = self._act()
        except DomainError as error:
            self._answer = error
        except BaseException as error:
            self._fault = error
        finally:
            connections.close_all()

    def answer(self) -> object:
        """Waits for the end of the act."""
        self.join()
        if self._fault is not None:
            raise self._fault
        return self._answer


def at_once(acts: Iterable[Act]) -> list[Any]:
    """What each act answered, in the order given; all have begun at the same moment."""
    every = list(acts)
    start = Barrier(len(every))
    runners = [Runner(act, start) for act in every]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join()
    return [runner.answer() for runner in runners]


def codes(answers: Iterable[object]) -> Counter[str]:
    """How often each error was answered; what succeeded counts as ``done``."""
    return Counter(answer.code if isinstance(answer, DomainError) else "done" for answer in answers)


def overtake(
    monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str, *, act: Act, intruder: Act
) -> tuple[object, object]:
    """What ``act`` and ``intruder`` answered, when the intruder came as ``act`` was about to call ``module.name``.

    The intruder runs until it has ended or waits for a lock that ``act`` holds.
    """
    original = getattr(module, name)
    runner = Runner(intruder)

    def stopped(*args: Any, **kwargs: Any) -> Any:
        if runner.ident is None:
            runner.start()
            while runner.is_alive() and not _somebody_waits_for_a_lock():
                runner.join(timeout=0.01)
        return original(*args, **kwargs)

    monkeypatch.setattr(module, name, stopped)
    first = Runner(act)
    first.start()
    first.join()
    assert runner.ident is not None, f"{name} was never called"
    return first.answer(), runner.answer()


def _somebody_waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return bool(cursor.fetchone()[0])
