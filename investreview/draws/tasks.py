"""The worker's job: a draw that died between its numbers and its panel is brought to the same panel."""

import logging

from celery import shared_task

from investreview.core import clock
from investreview.draws import selectors, services

log = logging.getLogger(__name__)


@shared_task(name="investreview.draws.tasks.resume_draws")  # type: ignore[untyped-decorator]
def resume_draws() -> int:
    """Every draw whose numbers were entered has its result; returns how many were brought to it.

    One that cannot be brought to its result keeps no other back: it is logged and tried again by the next sweep.
    """
    done = 0
    for draw_pk in selectors.stalled_draws():
        try:
            services.conclude(draw_pk=draw_pk, at=clock.now())
        except Exception:
            log.exception("draw %s could not be concluded", draw_pk)
        else:
            done += 1
            log.info("draw %s was concluded by the sweep", draw_pk)
    return done
