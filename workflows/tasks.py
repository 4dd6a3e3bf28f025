"""Jobs that open or move processes; each is idempotent and may run in two beats at once."""

import logging
from datetime import datetime

from celery import shared_task
from django.db import DatabaseError
from django.db.models import QuerySet

from investreview.core import clock
from investreview.core.clock import legal_date
from investreview.core.errors import DomainError
from investreview.projects.acting import SYSTEM_ACTING
from investreview.projects.models import Case
from investreview.projects.services.checking import return_unanswered
from investreview.projects.services.countersigning import record_no_answer
from investreview.projects.services.deciding import resume
from investreview.projects.states import CaseState
from workflows import engine
from workflows.clocks import escalate_due
from workflows.models import WorkItem
from workflows.watchdog import MOST_REFUSALS, note_refusal
from workflows.watchdog import find_stalled as report_stalled

logger = logging.getLogger(__name__)


@shared_task(ignore_result=True)
def sweep_due() -> None:
    """What the calendar does by itself has happened: deferrals end, unanswered steps are closed, people are told."""
    sweep(clock.now())


@shared_task(ignore_result=True)
def find_stalled() -> None:
    """Processes that stand still are recorded, and the system administrators know of them."""
    found = report_stalled(clock.now())
    if found:
        logger.error("%d stalled processes were found", found)


def sweep(at: datetime) -> int:
    """The same for a given moment; how many processes moved and people were told."""
    return _end_deferrals(at) + _return_unanswered(at) + _close_countersigning(at) + escalate_due(at)


def _end_deferrals(at: datetime) -> int:
    items = _tried_items().filter(node="deferral", due_on__lte=legal_date(at))
    return sum(_moved(item, at, resume, {}) for item in items)


def _close_countersigning(at: datetime) -> int:
    items = _tried_items().filter(node="countersign", due_on__lt=legal_date(at))
    return sum(_moved(item, at, record_no_answer, {"office": item.office}) for item in items)


def _tried_items() -> QuerySet[WorkItem]:
    """Open steps that the calendar still tries to end; those refused too often wait for a person."""
    return WorkItem.objects.filter(state=WorkItem.State.OPEN, refused_count__lt=MOST_REFUSALS)


def _moved(item: WorkItem, at: datetime, service: engine.Service, facts: dict[str, object]) -> int:
    """One step was ended or its refusal noted: a step that cannot be ended keeps no other from its turn."""
    try:
        engine.perform_by_system(task_id=item.task_id, at=at, service=service, facts=facts)
    except DatabaseError:
        raise
    except DomainError as error:
        logger.info("item %s was not moved: %s", item.pk, error.code)
        note_refusal(item, error.code)
        return 0
    except Exception as error:
        logger.exception("item %s was not moved", item.pk)
        note_refusal(item, type(error).__name__)
        return 0
    return 1


def _return_unanswered(at: datetime) -> int:
    waiting = Case.objects.filter(
        state__in=[CaseState.SUPPLEMENTING, CaseState.AWAITING_RELEASE], supplement_due_on__lt=legal_date(at)
    )
    count = 0
    for case_id in waiting.values_list("pk", flat=True):
        try:
            engine.cancel(record_id=case_id, acting=SYSTEM_ACTING, at=at, version=None, service=return_unanswered)
        except DatabaseError:
            raise
        except DomainError as error:
            logger.info("case %s was not returned: %s", case_id, error.code)
        except Exception:  # one case that cannot be returned keeps no other from its turn
            logger.exception("case %s was not returned", case_id)
        else:
            count += 1
    return count
