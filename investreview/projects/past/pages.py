"""What the pages of the past show, prepared: a batch with its faults, a decision with its papers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Count, Model, QuerySet

from investreview.accounts.models import User
from investreview.core.messages import sentence
from investreview.core.scope import Scope
from investreview.core.tables import Fault
from investreview.projects.models import Backfill, BackfillFault, PastDecision, PastPaper, Takeover
from investreview.projects.past.permissions import may_enter
from investreview.projects.past.selectors import faults_of, reads_inside, standing_takeovers
from investreview.projects.past.services.papers import OPEN_TO_PAPERS

FAULTS_SHOWN = 100
ROWS_SHOWN = 100
State = Backfill.State
TONES = {
    State.READING: "blue",
    State.FAULTY: "red",
    State.CLEAN: "green",
    State.STORING: "blue",
    State.WAITING: "amber",
    State.RETURNED: "red",
    State.ACCEPTED: "green",
    State.PURGING: "grey",
    State.DISCARDED: "grey",
}


@dataclass(frozen=True)
class FaultLine:
    """One fault as a person reads it."""

    place: str
    text: str


@dataclass(frozen=True)
class BatchPage:
    """A batch and what this person may do with it now."""

    backfill: Backfill
    tone: str
    is_working: bool
    is_broken_off: bool
    may_retry: bool
    faults: tuple[FaultLine, ...]
    may_store: bool
    may_discard: bool
    may_check: bool
    may_correct: bool
    may_attach: bool
    is_own: bool
    is_ongoing: bool

    @property
    def more_faults(self) -> int:
        """How many faults are not shown."""
        return max(0, self.backfill.fault_count - len(self.faults))


def batch_page(backfill: Backfill, *, user: User, scope: Scope) -> BatchPage:
    """The page of a batch; readers who do not enter see it without buttons."""
    enters = may_enter(scope, backfill.commission, backfill.source)
    is_ongoing = backfill.source == Backfill.Source.ONGOING
    is_own = backfill.entered_by_id == user.pk
    state = backfill.state
    is_broken_off = state in Backfill.WORKING and backfill.next_try_at is None
    has_faults = state == State.FAULTY
    return BatchPage(
        backfill=backfill,
        tone=TONES[State(state)],
        is_working=state in Backfill.WORKING and backfill.next_try_at is not None,
        is_broken_off=is_broken_off,
        may_retry=enters and is_broken_off,
        faults=tuple(fault_line(each) for each in faults_of(backfill)[:FAULTS_SHOWN]) if has_faults else (),
        may_store=enters and state == State.CLEAN,
        may_discard=enters and state in (State.FAULTY, State.CLEAN, State.WAITING, State.RETURNED),
        may_check=enters and not is_own and state == State.WAITING and not is_ongoing,
        may_correct=is_own
        and enters
        and backfill.source == Backfill.Source.FORM
        and state in (State.WAITING, State.RETURNED),
        may_attach=enters and state in ((State.WAITING,) if is_ongoing else sorted(OPEN_TO_PAPERS)),
        is_own=is_own,
        is_ongoing=is_ongoing,
    )


def fault_line(kept: BackfillFault) -> FaultLine:
    """The fault in the language of the page; one of the whole table stands at no row."""
    fault = Fault.from_plain(kept.fault)
    return FaultLine(str(fault.place) if fault.place.row else fault.place.sheet, sentence(fault.error))


@dataclass(frozen=True)
class DecisionPage:
    """A past decision as this side may know it; scans and persons are the commission's own."""

    decision: PastDecision
    inside: bool
    counts: bool
    papers: tuple[PastPaper, ...]

    @property
    def source(self) -> tuple[tuple[str, str], ...]:
        """The cells of the ledger as they were sent, title by title."""
        return tuple(self.decision.source_cells.items())


def decision_page(decision: PastDecision, *, scope: Scope) -> DecisionPage:
    """The page of a past decision."""
    inside = reads_inside(scope, decision)
    return DecisionPage(
        decision=decision,
        inside=inside,
        counts=decision.backfill.state == State.ACCEPTED,
        papers=tuple(decision.papers.select_related("uploaded_by")) if inside else (),
    )


@dataclass(frozen=True)
class RowsPage:
    """Some rows of a batch in its order: decisions, or take-overs; ``next_after`` begins the following page, 0 at the
    end."""

    rows: tuple[PastDecision, ...] = ()
    takeovers: tuple[Takeover, ...] = ()
    next_after: int = 0


def rows_page(backfill: Backfill, *, after: int) -> RowsPage:
    """Up to 100 rows behind ``after``."""
    if backfill.source == Backfill.Source.ONGOING:
        standing = standing_takeovers().filter(backfill=backfill, source_row__gt=after)
        told = standing.select_related("enterprise", "case", "checked_by").annotate(scans=Count("papers"))
        takeovers, next_after = _piece(told.order_by("source_row"), lambda row: row.source_row or 0)
        return RowsPage(takeovers=takeovers, next_after=next_after)
    found = backfill.decisions.filter(ordinal__gt=after).select_related("project", "group", "enterprise")
    rows, next_after = _piece(found.order_by("ordinal"), lambda row: row.ordinal)
    return RowsPage(rows=rows, next_after=next_after)


Row = TypeVar("Row", bound=Model)


def _piece(found: QuerySet[Row], place: Callable[[Row], int]) -> tuple[tuple[Row, ...], int]:
    """The first of them, and where the following begin."""
    rows = list(found[: ROWS_SHOWN + 1])
    shown = tuple(rows[:ROWS_SHOWN])
    return shown, place(shown[-1]) if len(rows) > ROWS_SHOWN else 0
