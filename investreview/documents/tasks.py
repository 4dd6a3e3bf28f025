"""The worker's jobs: ids in, service call, log out. The row decides what is to be done; a message only wakes."""

import logging

from celery import shared_task

from investreview.core import clock
from investreview.documents import selectors, services

log = logging.getLogger(__name__)


@shared_task(name="investreview.documents.tasks.render_rendition")  # type: ignore[untyped-decorator]
def render_rendition(rendition_id: int) -> None:
    """The PDF of the row is made, or its failure is kept for a person to see."""
    try:
        rendition = services.make_rendition(rendition_id, at=clock.now())
    except Exception as error:
        failed = services.fail_rendition(rendition_id, error=error, at=clock.now())
        log.exception("rendition %s failed, attempt %s", rendition_id, failed.attempts)
        raise
    log.info("rendition %s is %s", rendition_id, rendition.state)


@shared_task(name="investreview.documents.tasks.render_pending")  # type: ignore[untyped-decorator]
def render_pending() -> int:
    """Every PDF that is due and not made is made known to the worker again; returns how many."""
    due = selectors.due_renditions(clock.now())
    for rendition_id in due:
        render_rendition.delay(rendition_id)
    return len(due)
