"""The ledger of the past 备案台账: how its rows are judged, and what becomes of them."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from investreview.core.clock import legal_date
from investreview.core.errors import Invalid
from investreview.core.tables import Fault, TableRow
from investreview.projects.models import Backfill, PastDecision, PastPaper, Project
from investreview.projects.past.entry import PastEntry, entry_faults
from investreview.projects.past.kinds import JudgedRow, LedgerKind, Numbers, Removed
from investreview.projects.past.ledger import LEDGER, Bodies, bodies_of, entry_of
from investreview.projects.past.services.writing import NewPast, taken_numbers, write_past
from investreview.registry.models import Enterprise


class PastJudge:
    """Reads rows as past decisions; remembers the numbers it has seen."""

    def __init__(self, backfill: Backfill, at: datetime) -> None:
        self._today = legal_date(at)
        self._bodies: Bodies = bodies_of(backfill.commission)
        taken = frozenset(taken_numbers(backfill.commission, besides=backfill.pk))
        self._numbers = Numbers("number", taken, "past_number_twice", "past_number_taken")
        self._count = 0

    def judged(self, row: TableRow) -> JudgedRow:
        """The row with everything that is wrong with it; places are those of its cells."""
        self._count += 1
        faults = [*row.faults, *self._numbers.faults(row)]
        bodies: tuple[Enterprise, Enterprise] | None = None
        if row.values["group"] is not None:
            try:
                bodies = self._bodies.found(row.values["group"], row.values["enterprise"])
            except Invalid as error:
                faults.append(Fault.of(row.at(error.field or ""), error))
        entry: PastEntry | None = None
        if not row.faults:
            entry = entry_of(row.values)
            faults += [Fault.of(row.at(each.field or ""), each) for each in entry_faults(entry, today=self._today)]
        if faults or entry is None or bodies is None:
            return JudgedRow.faulty(faults)
        cells = {row.at(key).title: text for key, text in row.typed.items() if text}
        return JudgedRow(NewPast(self._count, entry, *bodies, row.place.row, cells), ())


def remove_past(backfill: Backfill, limit: int) -> Removed:
    """Up to ``limit`` decisions of the batch are gone, with their projects and scans. In the caller's transaction."""
    left = PastDecision.objects.filter(backfill=backfill).order_by("pk")
    rows = list(left.values_list("pk", "project_id")[:limit])
    papers = PastPaper.objects.filter(decision__in=[decision for decision, _project in rows])
    files = tuple(papers.values_list("storage_name", flat=True))
    papers.delete()
    PastDecision.objects.filter(pk__in=[decision for decision, _project in rows]).delete()
    Project.objects.filter(pk__in=[project for _decision, project in rows]).delete()
    return Removed(len(rows), files)


PAST_LEDGER = LedgerKind(
    shape=LEDGER, blank=_("备案台账（补录模板）.xlsx"), judge=PastJudge, write=write_past, remove=remove_past
)
