"""Recall 收回: whoever acted last takes the act back while nobody has opened the next step (DOMAIN §5)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from investreview.core.errors import Invalid
from investreview.projects.acting import Acting
from investreview.projects.models import Case, ClockStop, Opinion, Submission
from investreview.projects.rules import Verb
from investreview.projects.services.chain import unask_offices
from investreview.projects.services.common import lock_case, note, save_case

_FIELDS = (
    "state",
    "chain",
    "chain_position",
    "round",
    "proposal",
    "risks",
    "unanswered",
    "refusal_reason",
    "drafter_id",
    "releaser_id",
    "officer_id",
    "head_id",
    "deviation_reason",
    "deviation_minutes",
)


def remember(case: Case) -> dict[str, Any]:
    """What a recall of the next act would have to put back; plain data."""
    open_stop = ClockStop.objects.filter(case=case, until_on__isnull=True).first()
    last_opinion = Opinion.objects.filter(case=case).order_by("-id").first()
    last_submission = Submission.objects.filter(case=case).order_by("-id").first()
    return {
        "fields": {name: getattr(case, name) for name in _FIELDS},
        "released_at": case.released_at.isoformat() if case.released_at else None,
        "first_released_at": case.first_released_at.isoformat() if case.first_released_at else None,
        "open_stop": open_stop.pk if open_stop else None,
        "last_opinion": last_opinion.pk if last_opinion else 0,
        "last_submission": last_submission.pk if last_submission else 0,
    }


def recall(*, acting: Acting, case_id: int, before: dict[str, Any], act: str, at: datetime) -> Case:
    """The case is as before the act; the opinion or submission it made stays, marked as recalled.

    Raises: Invalid (projects_recall_impossible) once the case is decided. Journal: case.recall.
    """
    with transaction.atomic():
        case = lock_case(case_id)
        if case.signed_at is not None or case.ended_at is not None:
            raise Invalid("projects_recall_impossible", why=_("办件已经办结。"))
        for name, value in before["fields"].items():
            setattr(case, name, value)
        released, first = before["released_at"], before.get("first_released_at", before["released_at"])
        case.released_at = datetime.fromisoformat(released) if released else None
        case.first_released_at = datetime.fromisoformat(first) if first else None
        Opinion.objects.filter(case=case, pk__gt=before["last_opinion"]).update(recalled_at=at)
        Submission.objects.filter(case=case, pk__gt=before["last_submission"]).update(recalled_at=at)
        if before["open_stop"]:
            ClockStop.objects.filter(pk=before["open_stop"]).update(until_on=None)
        save_case(case)
        unask_offices(case)
        note(case, Verb.RECALL, acting=acting, at=at, facts={"act": act})
        return case
