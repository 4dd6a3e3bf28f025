"""Several at once, with real threads and commits."""

from collections.abc import Callable, Sequence
from threading import Barrier, Thread

from django.db import connections

from investreview.core.errors import DomainError


def at_once(acts: Sequence[Callable[[], object]]) -> list[object]:
    """Every act in a thread of its own, begun together; what each returned, or its domain error's code."""
    start = Barrier(len(acts))
    answers: list[object] = [None] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        start.wait()
        try:
            answers[place] = act()
        except DomainError as error:
            answers[place] = error.code
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
