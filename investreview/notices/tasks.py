"""Jobs of the notices room."""

import logging

from celery import shared_task

from investreview.core import clock
from investreview.notices import services

log = logging.getLogger(__name__)


@shared_task(name="investreview.notices.tasks.send_pending_mail")  # type: ignore[untyped-decorator]
def send_pending_mail() -> None:
    """Every mail that is due was tried once."""
    sent = services.send_due_mail(now=clock.machine_now())
    if sent:
        log.info("%d mails left", sent)
