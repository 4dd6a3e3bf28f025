"""What the records say of the members of a pool on a day: ties, suspensions, seats; each in one read for all."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from experts.models import ConflictParty, Employer, Expert, Membership, Seat, Suspension
from experts.rules.avoidance import Tie
from experts.rules.codes import ExclusionCode
from experts.rules.eligibility import Period
from experts.rules.identity import Bodies
from experts.rules.terms import Term
from experts.states import RUNNING, SITTING, ConflictKind, PanelState, SeatState, TieKind
from investreview.accounts.models import User
from investreview.core.clock import SHANGHAI
from investreview.core.dates import months_later
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


def employers_of(experts: Sequence[int]) -> dict[int, list[Employer]]:
    """Every tie of every one of them, the latest first; one query."""
    found: dict[int, list[Employer]] = defaultdict(list)
    for row in Employer.objects.filter(expert__in=experts).select_related("organisation").order_by("-from_on", "id"):
        found[row.expert_id].append(row)
    return found


def conflicts_of(experts: Sequence[int]) -> dict[int, list[ConflictParty]]:
    """Every conflict party of every one of them; one query."""
    found: dict[int, list[ConflictParty]] = defaultdict(list)
    for row in ConflictParty.objects.filter(expert__in=experts).select_related("organisation").order_by("id"):
        found[row.expert_id].append(row)
    return found


def suspensions_on(experts: Sequence[int], on: date) -> dict[int, list[Suspension]]:
    """The suspensions that hold on the day; one query."""
    found: dict[int, list[Suspension]] = defaultdict(list)
    holding = Suspension.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=on), from_on__lte=on)
    for row in holding.filter(expert__in=experts).order_by("id"):
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


def open_panels(experts: Sequence[int], case: Case) -> Counter[int]:
    """On how many running panels of other cases each of them sits; one query."""
    seats = Seat.objects.filter(
        expert__in=experts, state__in=sorted(SITTING), panel__state__in=sorted(RUNNING)
    ).exclude(panel__case=case)
    return Counter(seats.values_list("expert_id", flat=True))


def panels_of_group(experts: Sequence[int], case: Case, on: date, months: int) -> Counter[int]:
    """How many panels of the case's group each of them has sat on within ``months`` before the day; one query.

    A panel counts from its meeting, or from when it is to meet; one that came to nothing does not.
    """
    since = months_later(on, -months)
    seats = Seat.objects.filter(
        expert__in=experts, state=SeatState.CONFIRMED, panel__case__group_id=case.group_id
    ).exclude(panel__state=PanelState.VOID)
    counted: Counter[int] = Counter()
    for expert, held_at, meets_at in seats.values_list("expert_id", "panel__held_at", "panel__meets_at"):
        if (held_at or meets_at).astimezone(SHANGHAI).date() > since:
            counted[expert] += 1
    return counted


def earlier_seats(case: Case, before_round: int) -> dict[int, Seat]:
    """The seats of the case's earlier panels by expert; whoever only could not come may be drawn again; one query."""
    seats = Seat.objects.filter(panel__case=case, panel__round__lt=before_round).exclude(state__in=sorted(STAYED_AWAY))
    return {seat.expert_id: seat for seat in seats.select_related("panel").order_by("panel__round", "id")}


def staff_names(commission: Commission) -> frozenset[tuple[str, str]]:
    """Name and telephone of everybody with an active account of the commission's staff; one query."""
    staff = User.objects.filter(commission=commission, kind=User.Kind.STAFF, is_active=True).exclude(phone="")
    return frozenset(staff.values_list("full_name", "phone"))
