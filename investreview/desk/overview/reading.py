"""Reads for the overview: each table once, whatever the number of rows, within the reach of the person who looks."""

from collections import Counter, defaultdict
from datetime import date
from functools import cached_property

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate

from experts.models import Panel
from experts.selectors.conditions import awaited_conditions, on_case, read_from_case
from experts.states import PanelState, SeatState
from investreview.core.clock import SHANGHAI, legal_date
from investreview.core.roles import Role
from investreview.core.scope import Scope
from investreview.core.workdays import WorkCalendar
from investreview.desk.overview.case_reading import cases_within, read_cases, read_past
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
from investreview.evaluations.models import EvaluationYear, FrameRow
from investreview.evaluations.selectors.years import visible_years
from investreview.evaluations.states import YearState
from investreview.projects.models import Case, PaperDecision, Project
from investreview.registry.selectors import work_calendar
from workflows.models import WorkItem


class Reading:
    """What the figures of one wish are counted from; each part is read when it is first asked for, and once."""

    def __init__(self, wish: Wish, scope: Scope) -> None:
        self.wish = wish
        self._scope = scope

    @cached_property
    def calendar(self) -> WorkCalendar:
        """The commission's working days."""
        return work_calendar(self.wish.commission)

    @cached_property
    def cases(self) -> tuple[CaseFact, ...]:
        """What was decided or released in the period, what is under way now, and what the past holds of the period."""
        now = read_cases(self.wish, self._scope, self.calendar)
        return (*now, *read_past(self.wish, self._scope))

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
        items = WorkItem.objects.filter(state=WorkItem.State.OPEN, case__in=self._within().values("pk"))
        for case_id, node, role, place, name, due_on in items.order_by("id").values_list(
            "case_id", "node", "role", "place", "assignee__full_name", "due_on"
        ):
            who = name if name and not place else str(Role(role).label)
            waiting[case_id].append(OpenStep(case_id, node, who, due_on))
        return waiting

    @cached_property
    def step_days(self) -> dict[str, Counter[int]]:
        """How often each step took so many working days; counted by the database day by day, not step by step."""
        arrived, done = (TruncDate(column, tzinfo=SHANGHAI) for column in ("arrived_at", "done_at"))
        days = self._done().order_by().values_list("node", arrived, done).annotate(count=Count("pk"))
        found: dict[str, Counter[int]] = defaultdict(Counter)
        for node, arrived_on, done_on, count in days:
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
        period = self.wish.period
        measured = self._within().filter(project__origin=Project.Origin.NATIVE)
        return WorkItem.objects.filter(
            state=WorkItem.State.DONE,
            done_at__gte=period.begins_at,
            done_at__lt=period.ends_at,
            case__in=measured.values("pk"),
        )

    @cached_property
    def papers(self) -> tuple[PaperFact, ...]:
        """The decisions that were made on paper in the period, and all that still wait for their comparison."""
        period = self.wish.period
        dated = Q(dated_on__gte=period.first, dated_on__lte=period.last)
        found = PaperDecision.objects.filter(
            dated | Q(compared_at__isnull=True), rejected_at__isnull=True, case__in=self._within().values("pk")
        )
        node = WorkItem.objects.filter(task_id=OuterRef("task_id")).values("node")[:1]
        columns = (
            "case__number", "case__project__name", "case__group__short_name", "node", "decider__full_name", "dated_on",
            "compared_at", "is_late",
        )  # fmt: skip
        rows = found.annotate(node=Subquery(node)).order_by("-dated_on", "-id").values_list(*columns)
        return tuple(
            PaperFact(number, project, group, node or "", decider, dated_on, compared_at is not None, is_late)
            for number, project, group, node, decider, dated_on, compared_at, is_late in rows
        )

    @cached_property
    def panels(self) -> tuple[PanelFact, ...]:
        """The panels whose members are being asked now."""
        inviting = Panel.objects.filter(state=PanelState.INVITING, case__in=self._within().values("pk"))
        counted = inviting.annotate(confirmed=Count("seats", filter=Q(seats__state=SeatState.CONFIRMED)))
        return tuple(
            PanelFact(case_id, size, confirmed, legal_date(meets_at))
            for case_id, size, confirmed, meets_at in counted.order_by("meets_at", "pk").values_list(
                "case_id", "size", "confirmed", "meets_at"
            )
        )

    @cached_property
    def conditions(self) -> tuple[ConditionFact, ...]:
        """The conditions of concluded panels for whose proof an enterprise is awaited, the earliest term first."""
        columns = ("number", "project__name", "group__short_name")
        found = awaited_conditions().filter(on_case(pk__in=self._within().values("pk")))
        told = found.order_by().annotate(**{f"of_{name}": read_from_case(name) for name in columns})
        counted = told.values_list(*(f"of_{name}" for name in columns), "due_on").annotate(count=Count("pk"))
        return tuple(ConditionFact(*row) for row in counted.order_by("due_on", "of_number"))

    @cached_property
    def evaluation_year(self) -> EvaluationYear | None:
        """The evaluation year of the period's year, where the person sees it."""
        years = visible_years(self._scope).filter(commission=self.wish.commission, year=self.wish.period.year)
        return years.first()

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

    def _within(self) -> QuerySet[Case]:
        return cases_within(self.wish, self._scope)

    def _days(self, after: date, until: date) -> int:
        """Working days after one day up to and including another; each pair is counted once."""
        key = (after, until)
        if key not in self._counted:
            self._counted[key] = self.calendar.count(after, until)
        return self._counted[key]

    @cached_property
    def _counted(self) -> dict[tuple[date, date], int]:
        return {}
