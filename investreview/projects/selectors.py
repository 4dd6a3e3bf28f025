"""Reads of projects and cases, limited by a scope; and what the clock of a case shows."""

from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from investreview.accounts.models import User
from investreview.accounts.selectors import users_holding
from investreview.core.clock import legal_date
from investreview.core.roles import CASE_READING_ROLES, ENTERPRISE_ROLES, Role
from investreview.core.scope import Scope
from investreview.core.workdays import WorkCalendar
from investreview.projects.models import Case, Consultation, Project
from investreview.projects.routing import rule_set_for
from investreview.projects.rules import ClockReading, Lateness, Stop, lateness, read_clock
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
            reach |= below & Exists(_asked(grant.office)) & _HANDED_IN
        elif grant.role == Role.ARCHIVIST:
            reach |= below & Q(state__in=sorted(ENDED & SEEN_BY_COMMISSION))
    return Case.objects.filter(reach)


def _asked(office: str) -> QuerySet[Consultation]:
    """The countersignatures that ``office`` (or whichever) was asked for on the case around."""
    asked = Consultation.objects.filter(case=OuterRef("pk"))
    return asked.filter(office=office) if office else asked


def rules_of(case: Case, on: date) -> RuleSetData:
    """The rules that judge the case on a day."""
    return rule_set_for(case, on).data


def measured_cases(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Those of the cases whose clock and route count in statistics: begun here, not taken over from paper.

    What was decided on paper before the system has no case at all (DOMAIN §16).
    """
    return cases.filter(project__origin=Project.Origin.NATIVE)


def clock_begins_on(case: Case) -> date | None:
    """The day after which this system counts: that of completeness, or that of the take-over."""
    if case.taken_over_on is not None:
        return case.taken_over_on
    return legal_date(case.complete_at) if case.complete_at is not None else None


def lateness_of(case: Case) -> Lateness | None:
    """How the first release compares with its dates; nothing before there is one."""
    if case.first_released_at is None:
        return None
    declaration = case.declaration
    return lateness(
        released_on=legal_date(case.first_released_at),
        report_by=case.report_by,
        contract_on=declaration.contract_on,
        payment_on=declaration.payment_on,
    )


def clock_of(case: Case, on: date, calendar: WorkCalendar | None = None) -> ClockReading | None:
    """The whole clock of the case on a day, stopped at its end; nothing before completeness is confirmed.

    ``calendar`` is the commission's where a page has read it already.
    """
    if case.complete_at is None or case.clock_days is None or case.clock_days == 0:
        return None
    ended_on = legal_date(case.ended_at) if case.ended_at is not None else on
    return read_clock(
        complete_on=clock_begins_on(case) or on,
        elapsed=case.elapsed_days,
        limit=case.clock_days,
        stops=[Stop(stop.from_on, stop.until_on) for stop in case.clock_stops.all()],
        until=min(on, ended_on),
        calendar=calendar or work_calendar(case.commission),
    )


def enterprise_people(case: Case, at: datetime) -> list[User]:
    """Everybody who drafts or releases for the enterprise of the case: who is told what concerns it."""
    people = {user.pk: user for role in ENTERPRISE_ROLES for user in users_holding(role, case.path, at=at)}
    return [people[key] for key in sorted(people)]
