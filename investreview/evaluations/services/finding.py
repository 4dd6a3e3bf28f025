"""The nightly job: what is due is found, once, whatever day it runs and however often."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from investreview.accounts.selectors import users_holding
from investreview.core.actor import SYSTEM
from investreview.core.clock import legal_date
from investreview.core.subject import Subject
from investreview.evaluations.models import Due, FrameRow
from investreview.evaluations.permissions import OFFICER
from investreview.evaluations.records import ProjectRecord, projects_with_a_course, records, terms_of
from investreview.evaluations.rules import DueDate, Terms, due_dates
from investreview.evaluations.services.common import lock_dues
from investreview.evaluations.states import FIXED
from investreview.evaluations.words import tell_of_due
from investreview.journal.services import record
from investreview.registry.models import Commission
from investreview.rulebook.selectors import rule_set_in_force

PIECE = 200
"""Projects looked through in one transaction, so that on SQLite nobody waits long (ARCHITECTURE)."""


@dataclass(frozen=True)
class Found:
    """How many reasons are new or back, have another day, or have lost their evidence."""

    new: int = 0
    moved: int = 0
    dropped: int = 0

    def __add__(self, other: "Found") -> "Found":
        return Found(self.new + other.new, self.moved + other.moved, self.dropped + other.dropped)


def find_due(commission: Commission, *, at: datetime) -> Found:
    """Every project that is due on the day of ``at`` has its rows, one a reason, and nothing else stands.

    What a frame has taken stays as it was. Run twice, on a later day or by two beats at once, the rows are the same.
    Raises: Invalid (rulebook_none_in_force). Rule: DOMAIN §10. Journal: evaluation.find_due, when something changed.
    """
    today = legal_date(at)
    terms = terms_of(rule_set_in_force(commission, today).data)
    waiting = Due.objects.filter(commission=commission, dropped_at__isnull=True, taken_by__isnull=True)
    asked = {*projects_with_a_course(commission).values_list("pk", flat=True)}
    asked |= {*waiting.values_list("project_id", flat=True)}
    ordered = sorted(asked)
    pieces = [ordered[start : start + PIECE] for start in range(0, len(ordered), PIECE)]
    return sum((_find_piece(commission, piece, terms, today, at) for piece in pieces), Found())


def _find_piece(commission: Commission, projects: Sequence[int], terms: Terms, today: date, at: datetime) -> Found:
    with transaction.atomic():
        lock_dues(commission.pk)
        known = records(projects)
        rows: dict[int, dict[str, Due]] = {}
        for row in Due.objects.filter(project__in=projects):
            rows.setdefault(row.project_id, {})[row.reason] = row
        found, new = Found(), []
        for project in projects:
            wanted = _wanted(known.get(project), terms, today)
            held = rows.get(project, {})
            fresh = [_put(commission, known[project], due, held.get(reason), at) for reason, due in wanted.items()]
            new += [row for row, change in fresh if change.new]
            found = sum((change for _row, change in fresh), found)
            found += _drop([row for reason, row in held.items() if reason not in wanted], at)
        if found != Found():
            facts = {"new": found.new, "moved": found.moved, "dropped": found.dropped, "on": today.isoformat()}
            subject = Subject("evaluation", f"{commission.case_prefix}-{today.year}")
            record(chain=commission.code, verb="evaluation.find_due", actor=SYSTEM, subject=subject, at=at, facts=facts)
        if new:
            tell_of_due(users_holding(OFFICER, commission.path, at=at), count=len(new), last=new[-1].pk, at=at)
        return found


def _wanted(known: ProjectRecord | None, terms: Terms, today: date) -> dict[str, DueDate]:
    if known is None:
        return {}
    return {due.reason.value: due for due in due_dates(known.course, terms) if due.due_on <= today}


def _put(
    commission: Commission, known: ProjectRecord, due: DueDate, row: Due | None, at: datetime
) -> tuple[Due, Found]:
    """The reason stands with its days; a row that a frame has taken is left alone."""
    if row is None:
        taken = _planned_in(known.project_id, due.basis_on)
        row = Due.objects.create(
            commission=commission,
            project_id=known.project_id,
            path=known.path,
            reason=due.reason,
            basis_on=due.basis_on,
            due_on=due.due_on,
            late_on=due.late_on,
            found_at=at,
            taken_by_id=taken,
        )
        return row, Found(new=1)
    if row.taken_by_id is not None:
        return row, Found()
    is_back = row.dropped_at is not None
    days = (due.basis_on, due.due_on, due.late_on)
    if not is_back and (row.basis_on, row.due_on, row.late_on) == days:
        return row, Found()
    row.basis_on, row.due_on, row.late_on = days
    row.dropped_at = None
    row.save(update_fields=["basis_on", "due_on", "late_on", "dropped_at"])
    return row, Found(new=1) if is_back else Found(moved=1)


def _planned_in(project_id: int, basis_on: date) -> int | None:
    """The year in whose frame the project stood, by hand, before it was due: it is not evaluated once more."""
    rows = FrameRow.objects.filter(
        project=project_id,
        added_by__isnull=False,
        number__isnull=False,
        year__state__in=sorted(FIXED),
        year__frozen_at__date__gte=basis_on,
    )
    return rows.order_by("year__year").values_list("year_id", flat=True).first()


def _drop(rows: Sequence[Due], at: datetime) -> Found:
    """The reasons that the project's record does not give any more are dropped, unless a frame has taken them."""
    open_rows = [row for row in rows if row.dropped_at is None and row.taken_by_id is None]
    for row in open_rows:
        row.dropped_at = at
        row.save(update_fields=["dropped_at"])
    return Found(dropped=len(open_rows))
