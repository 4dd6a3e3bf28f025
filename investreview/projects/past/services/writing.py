"""How past decisions become rows: the project and its decision together, many at once."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from investreview.core.errors import Invalid
from investreview.projects.models import Backfill, Case, PastDecision, Project
from investreview.projects.past.entry import PastEntry
from investreview.projects.past.rules import chained, number_key
from investreview.registry.models import Commission, Enterprise


@dataclass(frozen=True)
class NewPast:
    """One entry on its way to the database, with where it stood in the ledger."""

    ordinal: int
    entry: PastEntry
    group: Enterprise
    enterprise: Enterprise
    source_row: int | None = None
    source_cells: dict[str, str] | None = None

    @property
    def number(self) -> str:
        """The original number."""
        return self.entry.number


def write_past(backfill: Backfill, rows: Sequence[NewPast], at: datetime) -> None:
    """The rows exist, uncounted until the batch is accepted; the batch's hash covers them. In the caller's transaction.

    Raises: IntegrityError when a number is there already.
    """
    projects = Project.objects.bulk_create(
        Project(
            commission=backfill.commission,
            enterprise=row.enterprise,
            path=row.enterprise.path,
            name=row.entry.name,
            origin=Project.Origin.BACKFILLED,
            creation_key=f"past:{backfill.pk}:{row.ordinal}",
            created_by=backfill.entered_by,
            created_at=at,
        )
        for row in rows
    )
    PastDecision.objects.bulk_create(
        PastDecision(
            backfill=backfill,
            ordinal=row.ordinal,
            source_row=row.source_row,
            source_cells=row.source_cells or {},
            project=project,
            commission=backfill.commission,
            enterprise=row.enterprise,
            group=row.group,
            path=row.enterprise.path,
            number_key=number_key(row.entry.number),
            **_columns(row.entry),
        )
        for row, project in zip(rows, projects, strict=True)
    )
    for row in rows:
        backfill.content_sha256 = chained(backfill.content_sha256, row.entry.as_text(row.enterprise))


def rewrite_past(decision: PastDecision, row: NewPast) -> None:
    """A decision that was typed in says what was typed now; its project with it. In the caller's transaction."""
    for name, value in _columns(row.entry).items():
        setattr(decision, name, value)
    decision.number_key = number_key(row.entry.number)
    decision.group, decision.enterprise, decision.path = row.group, row.enterprise, row.enterprise.path
    decision.save()
    project = decision.project
    project.name, project.enterprise, project.path = row.entry.name, row.enterprise, row.enterprise.path
    project.save(update_fields=["name", "enterprise", "path"])


def _columns(entry: PastEntry) -> dict[str, object]:
    values = asdict(entry)
    del values["name"]
    return values


def entry_in(decision: PastDecision) -> PastEntry:
    """The entry as it stands in the row."""
    columns = {name: getattr(decision, name) for name in PastEntry.__dataclass_fields__ if name != "name"}
    return PastEntry(name=decision.project.name, **columns)


def taken_numbers(commission: Commission, *, besides: int = 0) -> dict[str, str]:
    """Every number that is in use, by its key: of other batches, and of what was filed here. Two queries."""
    others = PastDecision.objects.filter(commission=commission).exclude(backfill_id=besides)
    filed = Case.objects.filter(commission=commission).exclude(filing_number="")
    taken = {number_key(number): number for number in filed.values_list("filing_number", flat=True)}
    return taken | dict(others.values_list("number_key", "number"))


def require_free_number(commission: Commission, number: str, *, besides: int = 0) -> None:
    """Nothing happens when nobody else has the number.

    Raises: Invalid at number (past_number_taken).
    """
    key = number_key(number)
    filed = Case.objects.filter(commission=commission).exclude(filing_number="")
    numbers = filed.values_list("filing_number", flat=True)
    others = PastDecision.objects.filter(commission=commission, number_key=key).exclude(backfill_id=besides)
    if others.exists() or any(number_key(each) == key for each in numbers):
        raise Invalid("past_number_taken", field="number", given=number)
