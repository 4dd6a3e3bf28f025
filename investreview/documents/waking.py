"""Waking the worker: the row is the queue of record, the message only says "look"."""

from celery import signature
from django.db import transaction


def wake(task: str, row_id: int) -> None:
    """After the commit the worker is told of the row; a broker that is away is logged, and the sweep finds the row.

    ``task`` is the task's full name, so that services need not import the tasks that call them.
    """

    def publish() -> None:  # a function, not a partial: Django 5.2 logs its __qualname__
        _publish(task, row_id)

    transaction.on_commit(publish, robust=True)


def _publish(task: str, row_id: int) -> None:
    signature(task, args=(row_id,)).apply_async()
