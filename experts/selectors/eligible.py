"""Who may be drawn for a panel of a case on a day, who is left out and why: everything a freeze needs."""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max, Q

from experts.models import Employer, Expert, Panel
from experts.rules.avoidance import Avoidance, Hit
from experts.rules.codes import ORDER
from experts.rules.eligibility import Period, look_back
from experts.rules.shortage import ANYBODY, Candidate, SeatNeed, Shortage, shortages
from experts.rules.terms import arrivals, departures, not_listed
from experts.selectors.findings import Facts, Reason, findings
from experts.selectors.parties import Concerned, case_parties, concerned
from experts.selectors.standings import (
    Members,
    Standings,
    known_members,
    main_employer,
    standings_of,
    ties_of,
)
from experts.states import RUNNING
from investreview.core.errors import Invalid
from investreview.projects.models import Case
from investreview.projects.record import read_declared
from investreview.projects.routing import case_facts, confirmed_rules
from investreview.registry.models import Organisation
from investreview.rulebook.panels import PanelRules
from investreview.rulebook.routing import Route
from investreview.rulebook.vocabulary import PoolKind

__all__ = [
    "Exclusion",
    "PoolChange",
    "PoolForDraw",
    "PoolRow",
    "case_parties",
    "panel_size",
    "pool_for_draw",
    "round_to_draw",
]


@dataclass(frozen=True)
class PoolRow:
    """One member of the pool as the snapshot takes them: ``spec`` are the seat classes they fit in this project."""

    expert_id: int
    stable_id: str
    name: str
    spec: tuple[str, ...]
    employer_key: str
    employer_name: str


@dataclass(frozen=True)
class Exclusion:
    """A member who is left out, with every reason; code, basis and path are those of the first.

    The texts are in Chinese, as they are printed and frozen into the draw.
    """

    expert_id: int
    stable_id: str
    name: str
    reasons: tuple[Reason, ...]

    @property
    def code(self) -> str:
        """The first reason in the order of the codes."""
        return self.reasons[0].code.value

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all reasons, each once, in their order."""
        return tuple(dict.fromkeys(reason.code.value for reason in self.reasons))

    @property
    def basis(self) -> str:
        """The record the first reason rests on."""
        return self.reasons[0].basis

    @property
    def path(self) -> str:
        """The chain from the expert to the party, empty where the first reason has none."""
        return self.reasons[0].path


@dataclass(frozen=True)
class Dismissed:
    """A hit that two people have found harmless, and that therefore leaves nobody out."""

    expert_id: int
    stable_id: str
    reason: Reason


@dataclass(frozen=True)
class PoolChange:
    """Somebody who came into the pool or left it shortly before the day."""

    stable_id: str
    name: str
    on: date


@dataclass(frozen=True)
class PoolForDraw:
    """The pool of a case on a day.

    ``rows`` are all members: everybody whose term in this pool runs on that day, and nobody else. Only the term keeps
    somebody off the list (``not_listed`` counts why), because admission and removal are acts of two people. Whatever
    else is asked – age, years, suspension, unmatched employer, avoidance, load – is judged on the day and leaves a
    member out with a code that the sheet prints, so that nobody becomes invisible by one person's entry.
    """

    pool: PoolKind
    on: date
    size: int
    rows: tuple[PoolRow, ...]
    excluded: tuple[Exclusion, ...]
    dismissed: tuple[Dismissed, ...]
    not_listed: Mapping[str, int]
    admitted: tuple[PoolChange, ...]
    removed: tuple[PoolChange, ...]
    seats: tuple[SeatNeed, ...]
    shortages: tuple[Shortage, ...]
    open_requests: int
    open_dismissals: int

    @property
    def drawable(self) -> tuple[PoolRow, ...]:
        """The rows that nothing leaves out."""
        out = {each.expert_id for each in self.excluded}
        return tuple(row for row in self.rows if row.expert_id not in out)


def panel_size(case: Case) -> int:
    """How many seats a panel of the case has. Rule: DOMAIN §6."""
    facts = case_facts(case)
    return confirmed_rules(case).panel.size(
        route=Route(case.route), amount_yuan=facts.routing_amount_yuan, is_overseas=facts.is_overseas
    )


def round_to_draw(case: Case) -> int:
    """The round of the panel that would be frozen next; one query.

    Raises: Invalid (experts_draw_frozen) while a panel runs: who would be left out of another one tells its members.
    """
    running = Count("pk", filter=Q(state__in=sorted(RUNNING)))
    panels = Panel.objects.filter(case=case).aggregate(running=running, last=Max("round"))
    if panels["running"]:
        raise Invalid("experts_draw_frozen")
    last: int | None = panels["last"]
    return 1 if last is None else last + 1


def pool_for_draw(*, case: Case, industries: tuple[str, ...], round: int, on: date) -> PoolForDraw:
    """The members of the pool that the case's rules name, as they are on ``on``, for the panel ``round`` of the case.

    The rows are in the order of their stable ids. The number of queries does not depend on the size of the pool.
    """
    rules = confirmed_rules(case).panel
    known = known_members(case.commission, rules.pool)
    why = {pk: not_listed(terms, on) for pk, terms in known.terms.items()}
    members = [known.experts[pk] for pk, reason in why.items() if reason is None]
    pks = [expert.pk for expert in members]
    standings = standings_of(pks, case=case, before_round=round, on=on, months=rules.same_group_months)
    whom = concerned(case, window=look_back(on, rules.look_back_years))
    rows = tuple(_row(expert, standings.employers[expert.pk], rules, industries, on) for expert in members)
    reasons = _reasons(case, members, standings, whom, rules, on)
    excluded, dismissed = _sorted_out(members, reasons, standings.settled)
    read_declared(case)
    seats = _seats(rules, panel_size(case))
    left = {each.expert_id for each in excluded}
    people = [Candidate(frozenset(row.spec), row.employer_key) for row in rows if row.expert_id not in left]
    admitted, removed = _changes(known, on, rules.pool_change_calendar_days)
    return PoolForDraw(
        pool=rules.pool,
        on=on,
        size=sum(seat.count for seat in seats),
        rows=rows,
        excluded=excluded,
        dismissed=dismissed,
        not_listed=Counter(reason.value for reason in why.values() if reason is not None),
        admitted=admitted,
        removed=removed,
        seats=seats,
        shortages=shortages(seats, people, per_employer=rules.per_employer),
        open_requests=whom.open_requests,
        open_dismissals=standings.open_dismissals,
    )


def _row(
    expert: Expert, employers: Sequence[Employer], rules: PanelRules, industries: tuple[str, ...], on: date
) -> PoolRow:
    """Of one employer only so many sit on a panel: who has none on the day counts alone."""
    main = main_employer(employers, on)
    matched = main.organisation if main is not None else None
    return PoolRow(
        expert_id=expert.pk,
        stable_id=expert.number,
        name=expert.name,
        spec=rules.classes_of(frozenset(expert.specialties), frozenset(industries)),
        employer_key=f"organisation:{matched.pk}" if matched is not None else f"expert:{expert.number}",
        employer_name=matched.name if matched is not None else "",
    )


def _seats(rules: PanelRules, size: int) -> tuple[SeatNeed, ...]:
    """The seats of each class, and the rest that anybody may hold."""
    named = tuple(SeatNeed(seat.key, seat.count) for seat in rules.seats)
    return (*named, SeatNeed(ANYBODY, size - sum(seat.count for seat in named)))


def _reasons(
    case: Case,
    members: Sequence[Expert],
    standings: Standings,
    whom: Concerned,
    rules: PanelRules,
    on: date,
) -> dict[int, list[Reason]]:
    avoidance = Avoidance(whom.parties, whom.ownership, on=on, window=whom.window)
    ties = {
        expert.pk: ties_of(standings.employers[expert.pk], standings.conflicts[expert.pk], whom.known)
        for expert in members
    }
    hits = {pk: avoidance.hits(own) for pk, own in ties.items()}
    facts = Facts(
        case=case,
        rules=rules,
        on=on,
        window=whom.window,
        names=_names(hits),
        group=case.group.organisation.name,
        standings=standings,
    )
    return {expert.pk: findings(expert, hits[expert.pk], facts) for expert in members}


def _names(hits: Mapping[int, tuple[Hit, ...]]) -> dict[int, str]:
    wanted = set()
    for found in hits.values():
        for hit in found:
            wanted |= {hit.tie.organisation, *(step.organisation for step in hit.link.steps)}
    return dict(Organisation.objects.filter(pk__in=wanted).values_list("pk", "name"))


def _sorted_out(
    members: Sequence[Expert], reasons: Mapping[int, list[Reason]], settled: Set[tuple[int, str]]
) -> tuple[tuple[Exclusion, ...], tuple[Dismissed, ...]]:
    excluded, dismissed = [], []
    for expert in members:
        standing = []
        for reason in reasons[expert.pk]:
            if (expert.pk, reason.fingerprint) in settled:
                dismissed.append(Dismissed(expert.pk, expert.number, reason))
            else:
                standing.append(reason)
        if standing:
            in_order = tuple(sorted(standing, key=lambda reason: ORDER[reason.code]))
            excluded.append(Exclusion(expert.pk, expert.number, expert.name, in_order))
    return tuple(excluded), tuple(dismissed)


def _changes(known: Members, on: date, days: int) -> tuple[tuple[PoolChange, ...], tuple[PoolChange, ...]]:
    """Who came and who left in the last ``days`` calendar days."""
    recent = Period(on - timedelta(days=days), on)
    admitted, removed = [], []
    for pk, terms in known.terms.items():
        expert = known.experts[pk]
        admitted += [PoolChange(expert.number, expert.name, day) for day in arrivals(terms, recent)]
        removed += [PoolChange(expert.number, expert.name, day) for day in departures(terms, recent)]
    return tuple(admitted), tuple(removed)
