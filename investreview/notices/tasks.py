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


@shared_task(name="investreview.notices.tasks.answer_password_requests")  # type: ignore[untyped-decorator]
def answer_password_requests() -> None:
    """Every request for a new password that waits was answered."""
    answered = services.answer_password_requests(now=clock.machine_now(), at=clock.now())
    if answered:
        log.info("%d password requests answered", answered)


@shared_task(name="investreview.notices.tasks.tell_new_addresses")  # type: ignore[untyped-decorator]
def tell_new_addresses() -> None:
    """Every mail address that waits for its confirmation was told."""
    services.tell_new_addresses(now=clock.machine_now(), at=clock.now())
