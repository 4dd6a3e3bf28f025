"""Reads of projects and cases, limited by a scope; and what the clock of a case shows."""

from datetime import date

from django.db.models import Q, QuerySet

from investreview.core.clock import legal_date
from investreview.core.errors import NotVisible
from investreview.core.roles import CASE_READING_ROLES, ENTERPRISE_ROLES, Role
from investreview.core.scope import Scope
from investreview.projects.models import Case
from investreview.projects.routing import rule_set_for
from investreview.projects.rules import ClockReading, Stop, read_clock
from investreview.projects.states import ENDED, SEEN_BY_COMMISSION, CaseState
from investreview.registry.selectors import work_calendar
from investreview.rulebook.ruleset import RuleSetData

_WHOLE_COMMISSION = CASE_READING_ROLES | {Role.DOCUMENT_OFFICER}

_HANDED_IN = Q(state__in=sorted(SEEN_BY_COMMISSION)) | Q(state=CaseState.AWAITING_RELEASE, released_at__isnull=False)
"""What the commission has seen once it keeps seeing, also while a supplement waits for the group's releaser."""


def visible_cases(scope: Scope) -> QuerySet[Case]:
    """The cases this person may know: their own group's, or their commission's once released (DOMAIN §1).

    A countersigning office sees what was sent to it, the archivist what is closed, administrators nothing.
    """
    reach = Q(pk__in=[])
    for grant in scope.grants:
        below = Q(path__startswith=grant.path)
        if grant.role in ENTERPRISE_ROLES:
            reach |= below
        elif grant.role in _WHOLE_COMMISSION:
            reach |= below & _HANDED_IN
        elif grant.role == Role.COUNTERSIGNER:
            asked = Q(consultations__office=grant.office) if grant.office else Q(consultations__isnull=False)
            reach |= below & asked & _HANDED_IN
        elif grant.role == Role.ARCHIVIST:
            reach |= below & Q(state__in=sorted(ENDED & SEEN_BY_COMMISSION))
    return Case.objects.filter(pk__in=Case.objects.filter(reach).values("pk"))


def case_by_number(scope: Scope, number: str) -> Case:
    """The case, if this person may know it.

    Raises: NotVisible (projects_case_not_visible), the same for a case that does not exist.
    """
    found = (
        visible_cases(scope)
        .select_related(
            "project", "commission", "enterprise", "group", "declaration", "rule_set", "drafter", "releaser", "officer"
        )
        .filter(number=number)
        .first()
    )
    if found is None:
        raise NotVisible("projects_case_not_visible")
    return found


def rules_of(case: Case, on: date) -> RuleSetData:
    """The rules that judge the case on a day."""
    return rule_set_for(case, on).data


def clock_of(case: Case, on: date) -> ClockReading | None:
    """The whole clock of the case on a day, stopped at its end; nothing before completeness is confirmed."""
    if case.complete_at is None or case.clock_days is None or case.clock_days == 0:
        return None
    ended_on = legal_date(case.ended_at) if case.ended_at is not None else on
    return read_clock(
        complete_on=legal_date(case.complete_at),
        limit=case.clock_days,
        stops=[Stop(stop.from_on, stop.until_on) for stop in case.clock_stops.all()],
        until=min(on, ended_on),
        calendar=work_calendar(case.commission),
    )
