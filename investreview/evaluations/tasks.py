"""The worker's jobs; each is idempotent and may run in two beats at once."""

import logging
from datetime import datetime

from celery import shared_task

from investreview.core import clock
from investreview.core.errors import DomainError
from investreview.evaluations.services.finding import find_due
from investreview.evaluations.services.sampling import conclude_year, drawn_years
from investreview.registry.models import Commission

log = logging.getLogger(__name__)


@shared_task(name="investreview.evaluations.tasks.find_all_due", ignore_result=True)
def find_all_due() -> None:
    """Every commission's projects that are due today are found; one that has no rules in force keeps nobody else."""
    at = clock.now()
    for commission in Commission.objects.order_by("pk"):
        try:
            found = find_due(commission, at=at)
        except DomainError as error:
            log.info("commission %s was not looked through: %s", commission.pk, error.code)
            continue
        log.info("commission %s: %s due, %s moved, %s dropped", commission.pk, found.new, found.moved, found.dropped)


@shared_task(name="investreview.evaluations.tasks.publish_drawn_samples", ignore_result=True)
def publish_drawn_samples() -> None:
    """A sample whose numbers were entered is drawn and published, also when whoever entered them lost the line."""
    publish_drawn(at=clock.now())


def publish_drawn(*, at: datetime) -> int:
    """The same for a given moment; how many were published. One that cannot be keeps no other from its turn."""
    count = 0
    for year_id in drawn_years():
        try:
            conclude_year(year_id=year_id, at=at)
        except DomainError as error:
            log.error("the sample of year %s was not published: %s", year_id, error.code)
        else:
            count += 1
    if count:
        log.info("%s samples were published by the sweep", count)
    return count
