"""One founded commission for all tests of a module, in a transaction that is rolled back at its end.

Founding costs more than most tests. Each test works in a savepoint of it, that of pytest-django's ``db``.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from pytest_django import DjangoDbBlocker

from investreview.core import clock
from tests.world import World, found_world, later


@contextmanager
def founded_for_module(blocker: DjangoDbBlocker) -> Iterator[World]:
    """The commission, on the twelfth day of the story: every step of ``drive`` lies in the past of the pages."""
    with blocker.unblock():
        with transaction.atomic():
            world = found_world(names="本委")
            clock.reset()
            clock.start_demonstration(later(12))
            yield world
            transaction.set_rollback(True)
        clock.reset()
