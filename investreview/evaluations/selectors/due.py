"""The list of what is due, and the course of one project."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from investreview.core.errors import NotVisible
from investreview.core.roles import Role
from investreview.core.scope import Scope
from investreview.evaluations.models import Due
from investreview.evaluations.permissions import COURSE_ROLES, SEEING_ROLES
from investreview.evaluations.records import CARRIED_OUT, ProjectRecord, past_carried_out, records
from investreview.projects.models import Case, Milestone, PastDecision, Project
from investreview.projects.past.rules import number_key
from investreview.projects.past.selectors import counted_projects
from investreview.projects.services.milestones import ENTERING_ROLES

PAGE = 50
FOUND = 20


@dataclass(frozen=True)
class DueLine:
    """One reason for evaluation; ``taken_in`` is the year whose frame has it. Units: yuan."""

    due: Due
    code: str
    enterprise: str
    amount_yuan: Decimal | None
    is_backfilled: bool
    is_late: bool
    taken_in: int | None


@dataclass(frozen=True)
class DuePage:
    """Up to 50 lines, the earliest first; ``next_after`` begins the following page, empty at the end."""

    lines: tuple[DueLine, ...]
    next_after: str
    waiting_count: int
    late_count: int


def visible_dues(scope: Scope) -> QuerySet[Due]:
    """What is due at the commissions whose post-evaluation this person sees."""
    reach = Q(pk__in=[])
    for path in scope.paths_for(*SEEING_ROLES):
        reach |= Q(path__startswith=path)
    return Due.objects.filter(reach, dropped_at__isnull=True)


def due_page(scope: Scope, *, on: date, text: str = "", state: str = "", after: str = "") -> DuePage:
    """The reasons that fit, in the order of their days; five queries."""
    seen = visible_dues(scope)
    late = Q(taken_by__isnull=True, late_on__lte=on)
    found = seen
    if text:
        found = found.filter(Q(project__name__icontains=text) | Q(project__enterprise__short_name__icontains=text))
    if state == "WAITING":
        found = found.filter(taken_by__isnull=True)
    elif state == "LATE":
        found = found.filter(late)
    elif state == "TAKEN":
        found = found.filter(taken_by__isnull=False)
    day, key = _key(after)
    if day is not None:
        found = found.filter(Q(due_on__gt=day) | Q(due_on=day, pk__gt=key))
    rows = list(found.select_related("project__enterprise", "taken_by").order_by("due_on", "pk")[: PAGE + 1])
    shown = rows[:PAGE]
    known = records({due.project_id for due in shown})
    last = shown[-1] if shown else None
    return DuePage(
        lines=tuple(_line(due, known.get(due.project_id), on) for due in shown),
        next_after=f"{last.due_on.isoformat()}:{last.pk}" if last is not None and len(rows) > PAGE else "",
        waiting_count=seen.filter(taken_by__isnull=True).count(),
        late_count=seen.filter(late).count(),
    )


def _key(after: str) -> tuple[date | None, int]:
    day, _, key = after.partition(":")
    try:
        return date.fromisoformat(day), int(key) if key.isascii() and key.isdecimal() and len(key) < 16 else 0
    except ValueError:
        return None, 0


def _line(due: Due, known: ProjectRecord | None, on: date) -> DueLine:
    return DueLine(
        due=due,
        code=known.code if known is not None else "",
        enterprise=due.project.enterprise.short_name,
        amount_yuan=known.amount_yuan if known is not None else None,
        is_backfilled=known is not None and known.is_backfilled,
        is_late=due.taken_by_id is None and due.late_on is not None and due.late_on <= on,
        taken_in=due.taken_by.year if due.taken_by is not None else None,
    )


@dataclass(frozen=True)
class CoursePage:
    """One project with what became of it and what that makes due."""

    project: Project
    record: ProjectRecord | None
    milestones: tuple[Milestone, ...]
    dues: tuple[Due, ...]
    may_enter: bool


def project_by_id(scope: Scope, pk: int) -> Project:
    """The project, for somebody of the commission who sees its course.

    Raises: NotVisible (projects_project_not_visible).
    """
    project = counted_projects().select_related("commission", "enterprise").filter(pk=pk).first()
    if project is None or not scope.holds_any(COURSE_ROLES, project.path):
        raise NotVisible("projects_project_not_visible")
    return project


def course_page(scope: Scope, project: Project) -> CoursePage:
    """The course of a project; withdrawn milestones stand at the end."""
    rows = project.milestones.select_related("entered_by", "withdrawn_by")
    return CoursePage(
        project=project,
        record=records([project.pk]).get(project.pk),
        milestones=tuple(sorted(rows, key=lambda row: (row.withdrawn_at is not None, row.happened_on, row.pk))),
        dues=tuple(
            Due.objects.filter(project=project, dropped_at__isnull=True)
            .select_related("taken_by")
            .order_by("due_on", "pk")
        ),
        may_enter=scope.holds_any(ENTERING_ROLES, project.path),
    )


@dataclass(frozen=True)
class FoundProject:
    """A project that may be carried out, as the search shows it."""

    project_id: int
    name: str
    code: str
    enterprise: str
    is_backfilled: bool


def projects_found(scope: Scope, text: str) -> tuple[FoundProject, ...]:
    """Up to 20 projects that may be carried out, by number, name or enterprise, for whoever sees their course."""
    if not text:
        return ()
    reach = Q(pk__in=[])
    for path in scope.paths_for(*COURSE_ROLES):
        reach |= Q(path__startswith=path)
    named = Q(number__icontains=text) | Q(project__name__icontains=text) | Q(enterprise__short_name__icontains=text)
    cases = Case.objects.filter(reach, named, state__in=sorted(CARRIED_OUT)).order_by("-pk")
    past = past_carried_out().filter(reach, named).order_by("-pk")
    found: list[Case | PastDecision] = [*cases.select_related("project", "enterprise")[:FOUND]]
    found += past.select_related("project", "enterprise")[: FOUND - len(found)]
    return tuple(
        FoundProject(
            project_id=one.project_id,
            name=one.project.name,
            code=one.number,
            enterprise=one.enterprise.short_name,
            is_backfilled=isinstance(one, PastDecision),
        )
        for one in found
    )


def project_of_code(scope: Scope, code: str) -> int | None:
    """The project that was decided under a number, for the officer who adds it to a frame."""
    case = Case.objects.filter(number=code, state__in=sorted(CARRIED_OUT)).first()
    if case is not None:
        return case.project_id if scope.holds(Role.EVALUATION_OFFICER, case.path) else None
    codes = [path.rstrip("/") for path in scope.paths_for(Role.EVALUATION_OFFICER)]
    past = past_carried_out().filter(commission__code__in=codes, number_key=number_key(code)).first()
    return past.project_id if past is not None else None
