"""Reading cases for the overview: those of this system with their clocks, and what the past holds."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from investreview.core.clock import legal_date
from investreview.core.scope import Scope
from investreview.core.workdays import WorkCalendar
from investreview.desk.overview.facts import CaseFact, Kind, kind_of
from investreview.desk.overview.period import Wish
from investreview.desk.selectors.amounts import total_investment
from investreview.projects.models import Case, ClockStop, Project, RoutingRecord
from investreview.projects.models.past import PastDecision
from investreview.projects.rules import ClockReading, Stop, lateness, read_clock
from investreview.projects.selectors import visible_cases
from investreview.projects.shown import PROJECT_NAME
from investreview.projects.states import DECIDED, OPEN, CaseState

_COLUMNS = (
    "pk", "number", "project__name", "project__origin", "group_id", "group__short_name", "enterprise_id",
    "enterprise__short_name", "state", "route", "needs_panel", "panel_conclusion", "signed_at", "ended_at",
    "complete_at", "taken_over_on", "elapsed_days", "clock_days", "first_released_at", "report_by",
    "declaration__contract_on", "declaration__payment_on", "amount", "routed",
)  # fmt: skip
BY_SLIP = {
    PROJECT_NAME: "project__name",
    "contract_on": "declaration__contract_on",
    "payment_on": "declaration__payment_on",
}
"""What a correction slip may have put right, and the column in which it is read."""


@dataclass(frozen=True, slots=True)
class Stood:
    """When a clock stood, and why."""

    reason: str
    stop: Stop


class Clocks:
    """The whole clocks of many cases: those that began, stood and ended on the same days are read once."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self.calendar = calendar
        self._read: dict[tuple[Any, ...], ClockReading] = {}

    def read(self, begins_on: date, elapsed: int, limit: int, stops: tuple[Stop, ...], until: date) -> ClockReading:
        """What such a clock says on ``until``."""
        key = (begins_on, elapsed, limit, stops, until)
        if key not in self._read:
            self._read[key] = read_clock(
                complete_on=begins_on, elapsed=elapsed, limit=limit, stops=stops, until=until, calendar=self.calendar
            )
        return self._read[key]


def cases_within(wish: Wish, scope: Scope) -> QuerySet[Case]:
    """The cases this person may know, of the commission and of the group that was chosen."""
    cases = visible_cases(scope).filter(commission=wish.commission)
    return cases.filter(group_id=wish.group.pk) if wish.group is not None else cases


def read_cases(
    wish: Wish, scope: Scope, calendar: WorkCalendar, stops: Iterable[Any], slips: Iterable[Any]
) -> Iterator[CaseFact]:
    """What was decided or first released in the period, and what is under way now where now belongs to it; one query.

    ``stops`` and ``slips`` are the rows of these cases.
    """
    wanted = wanted_cases(wish, scope)
    stood: dict[int, list[Stood]] = defaultdict(list)
    for case_id, reason, from_on, until_on in stops:
        stood[case_id].append(Stood(reason, Stop(from_on, until_on)))
    routed = RoutingRecord.objects.filter(case=OuterRef("pk")).order_by("-id").values("amount_yuan_text")[:1]
    cases = wanted.annotate(amount=total_investment("pk"), routed=Subquery(routed))
    rows = {row["pk"]: row for row in cases.order_by("-pk").values(*_COLUMNS)}
    _correct(rows, slips)
    clocks = Clocks(calendar)
    for row in rows.values():
        yield _case(row, stood.get(row["pk"], []), wish.today, clocks)


def wanted_cases(wish: Wish, scope: Scope) -> QuerySet[Case]:
    """What was decided or released in the period, and what is under way now where now belongs to it."""
    period = wish.period
    wanted = Q(state__in=sorted(DECIDED), signed_at__gte=period.begins_at, signed_at__lt=period.ends_at)
    wanted |= Q(state=CaseState.ENTERPRISE_DECIDED, ended_at__gte=period.begins_at, ended_at__lt=period.ends_at)
    wanted |= Q(first_released_at__gte=period.begins_at, first_released_at__lt=period.ends_at)
    if wish.is_current:
        wanted |= Q(state__in=sorted(OPEN))
    return cases_within(wish, scope).filter(wanted)


def _correct(rows: dict[int, dict[str, Any]], slips: Iterable[Any]) -> None:
    """What a confirmed slip of a decided case says stands in the rows in place of what was declared."""
    for case_id, field, after in slips:
        if case_id in rows:  # another act may have come between the two queries
            is_day = field != PROJECT_NAME and bool(after)
            rows[case_id][BY_SLIP[field]] = date.fromisoformat(str(after)) if is_day else after


def _case(row: dict[str, Any], stops: list[Stood], today: date, clocks: Clocks) -> CaseFact:
    kind = kind_of(row["state"], needs_panel=row["needs_panel"])
    decided_at = row["ended_at"] if kind is Kind.SELF_DECIDED else row["signed_at"]
    decided_on = legal_date(decided_at) if decided_at and kind is not Kind.UNDER_WAY else None
    released_on = legal_date(row["first_released_at"]) if row["first_released_at"] else None
    late = released_on and lateness(
        released_on=released_on,
        report_by=row["report_by"],
        contract_on=row["declaration__contract_on"],
        payment_on=row["declaration__payment_on"],
    )
    group, enterprise = row["group__short_name"], row["enterprise__short_name"]
    return CaseFact(
        number=row["number"],
        project=row["project__name"],
        group_id=row["group_id"],
        group=group,
        applicant=group if row["enterprise_id"] == row["group_id"] else f"{group} · {enterprise}",
        kind=kind,
        state=row["state"],
        route=row["route"],
        origin=row["project__origin"],
        amount_yuan=row["amount"],
        routing_yuan=Decimal(row["routed"]) if row["routed"] else row["amount"],
        decided_on=decided_on,
        needs_panel=row["needs_panel"],
        conclusion=row["panel_conclusion"],
        released_on=released_on,
        is_late=bool(late and late.is_late),
        is_invested_first=bool(late and late.is_invested_first),
        pk=row["pk"],
        **_clock(row, kind, stops, decided_on or today, clocks),
    )


def _clock(row: dict[str, Any], kind: Kind, stops: list[Stood], until: date, clocks: Clocks) -> dict[str, Any]:
    """What the whole clock says: used at the signature, or until when it runs; nothing before completeness.

    How much was used is told only of decisions whose clock counts in statistics (DOMAIN §16).
    """
    begins_on = row["taken_over_on"] or (legal_date(row["complete_at"]) if row["complete_at"] else None)
    if begins_on is None or not row["clock_days"]:
        return {}
    stood = tuple(one.stop for one in stops)
    reading = clocks.read(begins_on, row["elapsed_days"], row["clock_days"], stood, until)
    if kind is Kind.UNDER_WAY:
        return {"whole_due_on": reading.due_on}
    if row["signed_at"] is None or row["project__origin"] != Project.Origin.NATIVE:
        return {}
    panel = [one.stop for one in stops if one.reason == ClockStop.Reason.PANEL]
    apart = sum(clocks.calendar.count(stop.from_on, min(stop.until_on or until, until)) for stop in panel)
    return {"days": reading.used, "panel_days": apart if panel else None}


def past_facts(past: Iterable[PastDecision]) -> Iterator[CaseFact]:
    """What was decided on paper before the system: counted in ledgers, never in statistics."""
    for one in past:
        group, enterprise = one.group.short_name, one.enterprise.short_name
        yield CaseFact(
            number=one.number,
            project=one.project.name,
            group_id=one.group_id,
            group=group,
            applicant=group if one.group_id == one.enterprise_id else f"{group} · {enterprise}",
            kind=kind_of(one.outcome, needs_panel=one.needs_panel),
            state=one.outcome,
            route=one.route,
            origin=one.project.origin,
            amount_yuan=one.amount_yuan,
            routing_yuan=one.amount_yuan,
            decided_on=one.decided_on,
            needs_panel=one.needs_panel,
            past_id=one.pk,
        )
