"""The job that shows that jobs are done."""

from celery import shared_task

from investreview.core import clock
from investreview.core.models import SignOfLife
from investreview.core.signs import give_sign

SIGN_TASK = "investreview.core.tasks.give_sign_of_life"


@shared_task(name=SIGN_TASK)  # type: ignore[untyped-decorator]
def give_sign_of_life() -> None:
    """The worker has given a sign of life."""
    give_sign(SignOfLife.Process.WORKER, now=clock.machine_now())
