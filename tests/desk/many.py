"""Many rows for lists: copies of one case at its step, not a story of their own."""

from copy import copy
from typing import Any

from django.db.models.base import ModelState

from investreview.projects.models import Case
from workflows.models import WorkItem


def more_cases(case: Case, count: int, *, first: int = 0) -> None:
    """``count`` more cases like ``case``, each at the same step: rows of the lists, not of a story.

    They are numbered from ``first``; a draft has no step yet.
    """
    step = WorkItem.objects.select_related("task", "process").filter(case=case, state=WorkItem.State.OPEN).first()
    filed = case.filing_number and f"{case.filing_number}-"
    for number in range(first, first + count):
        name = f"{case.pk:04d}{number:03d}"
        project = copied(case.project, creation_key=f"more-{name}")
        filing = {"filing_number": f"{filed}{number}"} if filed else {}
        more = copied(case, project=project, number=f"LYG-2024-9{name}", **filing)
        copied(case.declaration, case=more)
        if step is not None:
            process = copied(step.process, process_ptr_id=None, case=more)
            copied(step, task=copied(step.task, process=process), process=process, case=more)


def copied(row: Any, **values: object) -> Any:
    """A row like ``row`` with other values."""
    new = copy(row)
    new.pk = new.id = None
    new._state = ModelState()
    for name, value in values.items():
        setattr(new, name, value)
    new.save()
    return new
