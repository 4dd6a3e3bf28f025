"""What the records say of the members of a pool on a day: ties, suspensions, seats; one read for all."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from experts.models import ConflictParty, DismissedHit, Employer, Expert, Membership, Seat, Suspension
from experts.rules.avoidance import Tie
from experts.rules.codes import ExclusionCode
from experts.rules.eligibility import Period
from experts.rules.identity import Bodies
from experts.rules.terms import Term
from experts.states import RUNNING, SITTING, ConflictKind, PanelState, SeatState, TieKind
from investreview.accounts.models import User
from investreview.core.clock import legal_date
from investreview.core.dates import months_later
from investreview.core.gathering import gathered
from investreview.projects.models import Case
from investreview.registry.models import Commission
from investreview.rulebook.vocabulary import PoolKind

AT_WORK = (TieKind.EMPLOYED.value, TieKind.REEMPLOYED.value)
LOOKING_BACK = frozenset({ConflictKind.DISPUTE.value, ConflictKind.FIRST_REVIEW.value})
"""Conflicts that count for the look-back after they are over; the others have to hold on the day."""
STAYED_AWAY = frozenset({SeatState.DECLINED.value, SeatState.UNREACHED.value})


@dataclass(frozen=True)
class Members:
    """The terms of everybody the pool ever knew, by expert, in the order of their beginning."""

    experts: dict[int, Expert]
    terms: dict[int, list[Term]]


def known_members(commission: Commission, pool: PoolKind) -> Members:
    """Everybody with a membership of the pool, whatever became of it; one query."""
    experts: dict[int, Expert] = {}
    terms: dict[int, list[Term]] = defaultdict(list)
    rows = Membership.objects.filter(expert__commission=commission, pool=pool.value).select_related("expert")
    for row in rows.order_by("expert__number", "admitted_on", "id"):
        experts[row.expert_id] = row.expert
        days = Period(row.admitted_on, row.term_until) if row.admitted_on is not None else None
        terms[row.expert_id].append(Term(days, row.removed_on))
    return Members(experts, terms)


@dataclass(frozen=True)
class Standings:
    """What the records say of the members of a pool on a day, by expert.

    ``employers`` are all ties, the latest first, ``suspensions`` those that hold on the day. ``open_panels`` counts the
    running panels of other cases, ``group_panels`` those of the case's group. ``settled`` are the hits that two people
    have found harmless, ``open_dismissals`` those of the case that wait for the second. ``staff`` is name and telephone
    of everybody with an active account of the commission's staff.
    """

    employers: Mapping[int, Sequence[Employer]]
    conflicts: Mapping[int, Sequence[ConflictParty]]
    suspensions: Mapping[int, Sequence[Suspension]]
    earlier: Mapping[int, Seat]
    open_panels: Mapping[int, int]
    group_panels: Mapping[int, int]
    settled: frozenset[tuple[int, str]]
    open_dismissals: int
    staff: frozenset[tuple[str, str]]


def standings_of(experts: Sequence[int], *, case: Case, before_round: int, on: date, months: int) -> Standings:
    """How each of them stands for the panel ``before_round`` of the case; one query.

    A panel of the group counts for ``months`` from its meeting, or from when it is to meet.
    """
    employers, conflicts, suspensions, earlier, sitting, sat, settled, proposed, staff = gathered(
        Employer.objects.filter(expert__in=experts).select_related("organisation").order_by("-from_on", "id"),
        ConflictParty.objects.filter(expert__in=experts).select_related("organisation").order_by("id"),
        _holding(on).filter(expert__in=experts).order_by("id"),
        _earlier(case, before_round),
        _on_open_panels(case).filter(expert__in=experts).values_list("expert_id", flat=True),
        _on_panels_of_group(case)
        .filter(expert__in=experts)
        .values_list("expert_id", "panel__held_at", "panel__meets_at"),
        DismissedHit.objects.filter(expert__in=experts, is_confirmed=True).values_list("expert_id", "fingerprint"),
        DismissedHit.objects.filter(case=case, is_confirmed__isnull=True).values_list("pk", flat=True),
        _staff(case.commission).values_list("full_name", "phone"),
    )
    since = months_later(on, -months)
    return Standings(
        employers=_by_expert(employers),
        conflicts=_by_expert(conflicts),
        suspensions=_by_expert(suspensions),
        earlier={seat.expert_id: seat for seat in earlier},
        open_panels=Counter(sitting),
        group_panels=Counter(expert for expert, held_at, meets_at in sat if legal_date(held_at or meets_at) > since),
        settled=frozenset(settled),
        open_dismissals=len(proposed),
        staff=frozenset(staff),
    )


def _by_expert(rows: Iterable[Any]) -> Mapping[int, Sequence[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.expert_id].append(row)
    return found


def ties_of(employers: Sequence[Employer], conflicts: Sequence[ConflictParty], known: Bodies) -> list[Tie]:
    """The matched employers and the conflict parties as the rules of avoidance read them."""
    ties = [
        Tie(
            record=f"employer:{row.pk}",
            kind=row.kind,
            code=(ExclusionCode.OUTSIDE_DIRECTOR if row.kind == TieKind.OUTSIDE_DIRECTOR else ExclusionCode.EMPLOYER),
            organisation=known.meant_by(row.organisation_id),
            period=Period(row.from_on, row.until_on),
            looks_back=True,
        )
        for row in employers
        if row.organisation_id is not None
    ]
    ties += [
        Tie(
            record=f"conflict:{row.pk}",
            kind=row.kind,
            code=ExclusionCode(row.kind),
            organisation=known.meant_by(row.organisation_id),
            period=Period(row.from_on, row.until_on),
            looks_back=row.kind in LOOKING_BACK,
        )
        for row in conflicts
    ]
    return ties


def main_employer(employers: Sequence[Employer], on: date) -> Employer | None:
    """Where the expert works on the day: a post before a re-employment, the longest standing first."""
    present = [row for row in employers if row.kind in AT_WORK and Period(row.from_on, row.until_on).holds_on(on)]
    return min(present, key=lambda row: (AT_WORK.index(row.kind), row.from_on, row.pk), default=None)


def _holding(on: date) -> QuerySet[Suspension]:
    return Suspension.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=on), from_on__lte=on)


def _on_open_panels(case: Case) -> QuerySet[Seat]:
    """The seats on running panels of other cases."""
    seats = Seat.objects.filter(state__in=sorted(SITTING), panel__state__in=sorted(RUNNING))
    return seats.exclude(panel__case=case)


def _on_panels_of_group(case: Case) -> QuerySet[Seat]:
    """The seats on panels of the case's group; a panel that came to nothing does not count."""
    seats = Seat.objects.filter(state=SeatState.CONFIRMED, panel__case__group_id=case.group_id)
    return seats.exclude(panel__state=PanelState.VOID)


def _earlier(case: Case, before_round: int) -> QuerySet[Seat]:
    """The seats of the case's earlier panels, the first first; whoever only could not come may be drawn again."""
    seats = Seat.objects.filter(panel__case=case, panel__round__lt=before_round).exclude(state__in=sorted(STAYED_AWAY))
    return seats.select_related("panel").order_by("panel__round", "id")


def _staff(commission: Commission) -> QuerySet[User]:
    return User.objects.filter(commission=commission, kind=User.Kind.STAFF, is_active=True).exclude(phone="")
