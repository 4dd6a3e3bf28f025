"""Reads for the overview: each table once, whatever the number of rows, within the reach of the person who looks."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from investreview.core.clock import legal_date
from investreview.core.gathering import gather
from investreview.core.once import told
from investreview.core.roles import Role
from investreview.core.scope import Scope
from investreview.core.workdays import WorkCalendar
from investreview.desk.overview import rows
from investreview.desk.overview.case_reading import cases_within, past_facts, read_cases
from investreview.desk.overview.counting import decided
from investreview.desk.overview.facts import (
    CaseFact,
    ConditionFact,
    Delay,
    DoneStep,
    FrameFact,
    Kind,
    OpenStep,
    PanelFact,
    PaperFact,
    first_due,
)
from investreview.desk.overview.period import Wish
from investreview.desk.overview.rows import done_steps
from investreview.evaluations.models import EvaluationYear, FrameRow
from investreview.evaluations.states import YearState
from investreview.projects.models import Case
from investreview.registry.selectors import calendar_as_read
from investreview.rulebook.selectors import in_force
from workflows.models import WorkItem


class Reading:
    """What the figures of one wish are counted from; each part is read when it is first asked for, and once.

    ``read_whole`` reads all of them by one statement, beside the cases themselves.
    """

    def __init__(self, wish: Wish, scope: Scope) -> None:
        self.wish = wish
        self._scope = scope
        self._read: dict[str, QuerySet[Any, Any]] = {}

    def read_whole(self) -> None:
        """Everything that a page of all figures asks for is at hand."""
        rules = in_force(self.wish.commission, self.wish.as_of)
        self._read_together(*_PARTS, beside=(rules,))
        if rules:
            told(("rule set in force", self.wish.commission.pk, self.wish.as_of), rules[0])

    def _read_together(self, *names: str, beside: Iterable[QuerySet[Any, Any]] = ()) -> None:
        read = {name: _PARTS[name](self) for name in names if name not in self._read}
        gather(*read.values(), *beside)
        self._read |= read

    def _rows(self, name: str) -> QuerySet[Any, Any]:
        """The rows of one part: as they were read with the others, else read alone."""
        return self._read[name] if name in self._read else _PARTS[name](self)

    @cached_property
    def calendar(self) -> WorkCalendar:
        """The commission's working days."""
        return calendar_as_read(self.wish.commission)

    @cached_property
    def cases(self) -> tuple[CaseFact, ...]:
        """What was decided or released in the period, what is under way now, and what the past holds of the period."""
        self._read_together("stops", "slips", "past")
        stops, slips = self._rows("stops"), self._rows("slips")
        now = read_cases(self.wish, self._scope, self.calendar, stops, slips)
        return (*now, *past_facts(self._rows("past")))

    def decided(self, kind: Kind) -> tuple[CaseFact, ...]:
        """What of a kind was decided in the period, the latest first."""
        if kind not in self._decided:
            self._decided[kind] = decided(self.cases, self.wish.period, kind)
        return self._decided[kind]

    @cached_property
    def _decided(self) -> dict[Kind, tuple[CaseFact, ...]]:
        return {}

    @cached_property
    def by_id(self) -> dict[int, CaseFact]:
        """The cases of this system by their id."""
        return {case.pk: case for case in self.cases if case.pk}

    @cached_property
    def under_way(self) -> tuple[CaseFact, ...]:
        """What is under way now; nothing for a period to which now does not belong."""
        return tuple(case for case in self.cases if case.kind is Kind.UNDER_WAY) if self.wish.is_current else ()

    @cached_property
    def delays(self) -> tuple[Delay, ...]:
        """What is due first of every case under way, the earliest first; nothing of cases on which no day runs."""
        steps, today = self.open_steps, self.wish.today
        dues = (first_due(case, steps.get(case.pk, []), today, self.calendar) for case in self.under_way)
        return tuple(sorted((due for due in dues if due is not None), key=lambda due: (due.due_on, due.case.number)))

    @cached_property
    def open_steps(self) -> dict[int, list[OpenStep]]:
        """The waiting steps of each open case."""
        waiting: dict[int, list[OpenStep]] = defaultdict(list)
        labels = {role.value: str(role.label) for role in Role}
        for case_id, node, role, place, name, due_on in self._rows("open_steps"):
            who = name if name and not place else labels[role]
            waiting[case_id].append(OpenStep(case_id, node, who, due_on))
        return waiting

    @cached_property
    def step_days(self) -> dict[str, Counter[int]]:
        """How often each step took so many working days; counted by the database day by day, not step by step."""
        found: dict[str, Counter[int]] = defaultdict(Counter)
        for node, arrived_on, done_on, count in self._rows("step_days"):
            found[node][self._days(arrived_on, done_on)] += count
        return found

    def steps_done(self, node: str) -> tuple[DoneStep, ...]:
        """One step as it was done in the period, in the order in which it was."""
        columns = ("case__number", "case__project__name", "case__group__short_name", "arrived_at", "done_at")
        return tuple(
            DoneStep(number, project, group, node, done_on, self._days(legal_date(arrived_at), done_on))
            for number, project, group, arrived_at, done_at in self._done()
            .filter(node=node)
            .order_by("done_at", "id")
            .values_list(*columns)
            for done_on in (legal_date(done_at),)
        )

    def _done(self) -> QuerySet[WorkItem]:
        """The steps done in the period on cases whose clock counts."""
        return done_steps(self.wish, self.within)

    @cached_property
    def papers(self) -> tuple[PaperFact, ...]:
        """The decisions that were made on paper in the period, and all that still wait for their comparison."""
        return tuple(
            PaperFact(number, project, group, node or "", decider, dated_on, compared_at is not None, is_late)
            for number, project, group, node, decider, dated_on, compared_at, is_late in self._rows("papers")
        )

    @cached_property
    def panels(self) -> tuple[PanelFact, ...]:
        """The panels whose members are being asked now."""
        return tuple(
            PanelFact(case_id, size, confirmed, legal_date(meets_at))
            for case_id, size, confirmed, meets_at in self._rows("panels")
        )

    @cached_property
    def conditions(self) -> tuple[ConditionFact, ...]:
        """The conditions of concluded panels for whose proof an enterprise is awaited, the earliest term first."""
        return tuple(ConditionFact(*row) for row in self._rows("conditions"))

    @cached_property
    def evaluation_year(self) -> EvaluationYear | None:
        """The evaluation year of the period's year, where the person sees it."""
        return next(iter(self._rows("years")), None)

    @cached_property
    def frame(self) -> tuple[FrameFact, ...]:
        """The frame from which the year's sample was published; empty before that."""
        year = self.evaluation_year
        if year is None or year.state != YearState.PUBLISHED:
            return ()
        rows = FrameRow.objects.filter(year=year, number__isnull=False).order_by("number")
        if self.wish.group is not None:
            rows = rows.filter(group_id=self.wish.group.pk)
        return tuple(
            FrameFact(*row)
            for row in rows.values_list(
                "project_id", "code", "project__name", "ent", "amount_yuan", "is_must", "is_picked"
            )
        )

    @property
    def within(self) -> QuerySet[Case]:
        """The cases that the person may know, of the group that was chosen."""
        return cases_within(self.wish, self._scope)

    @property
    def scope(self) -> Scope:
        """Within which reach is read."""
        return self._scope

    def _days(self, after: date, until: date) -> int:
        """Working days after one day up to and including another; each pair is counted once."""
        key = (after, until)
        if key not in self._counted:
            self._counted[key] = self.calendar.count(after, until)
        return self._counted[key]

    @cached_property
    def _counted(self) -> dict[tuple[date, date], int]:
        return {}


_PARTS: Mapping[str, Callable[[Reading], QuerySet[Any, Any]]] = {
    "stops": lambda reading: rows.stops(reading.wish, reading.scope),
    "slips": lambda reading: rows.slips(reading.wish, reading.scope),
    "past": lambda reading: rows.past(reading.wish, reading.scope),
    "open_steps": lambda reading: rows.open_steps(reading.within),
    "step_days": lambda reading: rows.step_days(reading.wish, reading.within),
    "papers": lambda reading: rows.papers(reading.wish, reading.within),
    "panels": lambda reading: rows.panels(reading.within),
    "conditions": lambda reading: rows.conditions(reading.within),
    "years": lambda reading: rows.years(reading.wish, reading.scope),
}
"""What is read beside the cases, part by part."""
