"""One expert with everything that is dated about them, and what was done to the record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from experts.labels import NOT_LISTED_LABELS, POOL_LABELS, VERB_LABELS
from experts.models import ConflictParty, DismissedHit, Employer, Expert, Membership, Suspension
from experts.rules.eligibility import Period, years_between
from experts.selectors.pool import (
    Mark,
    is_waiting,
    named,
    pool_marks,
    specialty_names,
    standing_marks,
    term_of,
)
from investreview.core.gathering import gathered
from investreview.journal.models import Entry
from investreview.journal.selectors import entries_of

HIDDEN = "*"
SHOWN_DIGITS = 3


@dataclass(frozen=True)
class TermRow:
    """One term, or the proposal of one; ``is_waiting`` while the office head has not answered."""

    membership: Membership
    pool: str | Promise
    state: Mark
    is_waiting: bool
    is_own: bool


@dataclass(frozen=True)
class DatedRow:
    """An employer, a conflict party or a suspension, and whether it holds today."""

    record: Employer | ConflictParty | Suspension
    holds: bool


@dataclass(frozen=True)
class HistoryLine:
    """One act on the record."""

    text: str
    who: str
    at: datetime


@dataclass(frozen=True)
class ExpertPage:
    """What the page of one expert shows; ``phone`` and ``email`` are masked for whoever only audits."""

    expert: Expert
    phone: str
    email: str
    age: int
    field_years: int
    specialties: tuple[str, ...]
    marks: tuple[Mark, ...]
    terms: tuple[TermRow, ...]
    employers: tuple[DatedRow, ...]
    conflicts: tuple[DatedRow, ...]
    suspensions: tuple[DatedRow, ...]
    dismissals: tuple[DismissedHit, ...]
    history: tuple[HistoryLine, ...]
    removable: tuple[tuple[str, str | Promise], ...]


def expert_page(expert: Expert, *, on: date, viewer_ids: frozenset[int], shows_contact: bool) -> ExpertPage:
    """The expert as they stand on ``on``."""
    memberships, employers, conflicts, suspensions, dismissals = gathered(
        expert.memberships.select_related("proposed_by", "admitted_by", "removed_by").order_by("-id"),
        expert.employers.select_related("organisation"),
        expert.conflict_parties.select_related("organisation", "noted_by").order_by("-id"),
        expert.suspensions.select_related("noted_by").order_by("-id"),
        expert.dismissed_hits.select_related("case", "proposed_by", "decided_by").order_by("-id"),
    )
    return ExpertPage(
        expert=expert,
        phone=expert.phone if shows_contact else masked(expert.phone),
        email=expert.email if shows_contact else masked(expert.email),
        age=years_between(expert.born_on, on),
        field_years=years_between(expert.in_field_since, on),
        specialties=named(expert.specialties, specialty_names(expert.commission, on)),
        marks=(*pool_marks(memberships, on), *standing_marks(employers, suspensions, on)),
        terms=tuple(_term(row, on, viewer_ids) for row in memberships),
        employers=tuple(DatedRow(row, _holds(row.from_on, row.until_on, on)) for row in employers),
        conflicts=tuple(DatedRow(row, _holds(row.from_on, row.until_on, on)) for row in conflicts),
        suspensions=tuple(DatedRow(row, _holds(row.from_on, row.until_on, on)) for row in suspensions),
        dismissals=tuple(dismissals),
        history=tuple(_line(entry) for entry in entries_of(expert.subject).order_by("-at", "-pk")),
        removable=_removable(memberships, on),
    )


def masked(text: str) -> str:
    """The first digits with the rest hidden: 138********."""
    return text[:SHOWN_DIGITS] + HIDDEN * max(len(text) - SHOWN_DIGITS, 0)


def _holds(first: date, last: date | None, on: date) -> bool:
    return Period(first, last).holds_on(on)


def _term(row: Membership, on: date, viewer_ids: frozenset[int]) -> TermRow:
    if is_waiting(row):
        state = Mark(_("待审核"), "amber")
    elif row.admitted_on is None:
        state = Mark(_("未同意入库"), "grey")
    else:
        reason = term_of(row).not_in_force(on)
        state = Mark(_("任期内"), "green") if reason is None else Mark(NOT_LISTED_LABELS[reason.value], "grey")
    return TermRow(row, POOL_LABELS[row.pool], state, is_waiting(row), row.proposed_by_id in viewer_ids)


def removable_pools(expert: Expert, on: date) -> tuple[tuple[str, str | Promise], ...]:
    """The pools that the expert is of, or will be, and can be removed from; one query."""
    return _removable(list(expert.memberships.all()), on)


def _removable(memberships: list[Membership], on: date) -> tuple[tuple[str, str | Promise], ...]:
    """The pools that the expert can be removed from."""
    standing = {
        row.pool
        for row in memberships
        if row.removed_on is None and row.term_until is not None and row.term_until >= on
    }
    return tuple((pool, label) for pool, label in POOL_LABELS.items() if pool in standing)


def _line(entry: Entry) -> HistoryLine:
    labels: Mapping[str, str | Promise] = VERB_LABELS
    who = entry.actor_name
    if entry.on_behalf_of:
        who = str(_("%(name)s（代%(principal)s）") % {"name": who, "principal": entry.on_behalf_of})
    return HistoryLine(str(labels.get(entry.verb, entry.verb)), who, entry.at)
