"""Jobs of the worker."""

import logging

from celery import shared_task

from investreview.journal import services

logger = logging.getLogger(__name__)


@shared_task(name="journal.seal_all", ignore_result=True)  # type: ignore[untyped-decorator]
def seal_all() -> None:
    """Everything recorded so far is sealed; running twice at once does no harm."""
    sealed = services.seal()
    if sealed:
        logger.info("sealed %d entries", sealed)
