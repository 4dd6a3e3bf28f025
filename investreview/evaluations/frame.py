"""The frame of a year: until it is frozen made anew from what is due and what the officer decided, then as fixed."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import Q

from investreview.core.gathering import gathered, give_out
from investreview.evaluations.comparing import Candidate
from investreview.evaluations.models import Due, EvaluationYear, FrameRow, MandatoryPick
from investreview.evaluations.records import ProjectRecord, records, terms_of
from investreview.evaluations.rules import UNSAMPLED, occasions, passed_over
from investreview.evaluations.states import FIXED, YearState
from investreview.projects.models import Project
from investreview.registry.models import Enterprise


@dataclass(frozen=True)
class Pick:
    """One rule by which a project must be in, with the day of its evidence where it has one."""

    rule: str
    evidence_on: date | None
    citation: str


@dataclass(frozen=True)
class FrameEntry:
    """One project of the frame or left out of it. ``number`` is 0 until the frame is frozen. Units: yuan."""

    project_id: int
    name: str
    code: str
    path: str
    group_id: int
    ent: str
    band: str
    amount_yuan: Decimal
    is_backfilled: bool
    reasons: tuple[Due, ...]
    picks: tuple[Pick, ...]
    added_reason: str
    left_out_reason: str
    number: int
    is_picked: bool

    @property
    def is_must(self) -> bool:
        """Whether the project is in whatever is drawn."""
        return bool(self.picks)

    @property
    def is_left_out(self) -> bool:
        """Whether the officer left it out of this year's frame."""
        return bool(self.left_out_reason)

    @property
    def as_candidate(self) -> Candidate:
        """The project as the methods of sampling see it."""
        return Candidate(self.ent, self.band, Fraction(self.amount_yuan), self.is_must)


def cut_off(year: EvaluationYear, on: date) -> date:
    """Until which day what is due belongs to the year's frame: what comes due later goes into the next (DOMAIN §10)."""
    return min(on, date(year.year, 12, 31))


def frame_of(year: EvaluationYear, on: date) -> tuple[FrameEntry, ...]:
    """Every project of the year's frame with those left out: by enterprise and code, once frozen by number."""
    return _fixed_frame(year) if year.state in FIXED else open_frame(year, on)


def included(entries: Iterable[FrameEntry]) -> tuple[FrameEntry, ...]:
    """The projects that are drawn from."""
    return tuple(entry for entry in entries if not entry.is_left_out)


def frame_digest(entries: Iterable[FrameEntry]) -> str:
    """What tells one frame from another: every project drawn from with its strata, amount and mandatory picks."""
    told = [
        [entry.code, entry.ent, entry.band, f"{entry.amount_yuan:.2f}", *(pick.rule for pick in entry.picks)]
        for entry in included(entries)
    ]
    return hashlib.sha256(json.dumps(sorted(told), ensure_ascii=False).encode()).hexdigest()


def open_frame(year: EvaluationYear, on: date) -> tuple[FrameEntry, ...]:
    """The frame as it would be frozen on a day, sorted as it would be numbered."""
    waiting = Due.objects.filter(
        commission=year.commission_id, dropped_at__isnull=True, taken_by__isnull=True, due_on__lte=cut_off(year, on)
    )
    dues = _by_project(waiting.order_by("due_on", "pk"))
    rows = {row.project_id: row for row in year.rows.all()}
    asked = dues.keys() | {key for key, row in rows.items() if row.added_by_id is not None}
    known = records(asked)
    groups = _groups(known.values())
    entries = [
        _open_entry(year, known[key], groups, tuple(dues.get(key, ())), rows.get(key), on)
        for key in asked
        if key in known
    ]
    picked = _with_picks(year, entries, known)
    return tuple(sorted(picked, key=lambda entry: (entry.ent.encode(), entry.code.encode())))


def _by_project(dues: Iterable[Due]) -> dict[int, list[Due]]:
    found: dict[int, list[Due]] = {}
    for due in dues:
        found.setdefault(due.project_id, []).append(due)
    return found


def _groups(found: Iterable[ProjectRecord]) -> Mapping[str, Enterprise]:
    paths = {record.group_path for record in found}
    groups = Enterprise.objects.filter(path__in=paths).prefetch_related("short_names")
    return {group.path: group for group in groups}


def _open_entry(
    year: EvaluationYear,
    record: ProjectRecord,
    groups: Mapping[str, Enterprise],
    dues: tuple[Due, ...],
    row: FrameRow | None,
    on: date,
) -> FrameEntry:
    group = groups[record.group_path]
    return FrameEntry(
        project_id=record.project_id,
        name=record.name,
        code=record.code,
        path=record.path,
        group_id=group.pk,
        ent=group.short_name_on(on),
        band=year.rule_set.data.evaluation.band_of(record.amount_yuan).key,
        amount_yuan=record.amount_yuan,
        is_backfilled=record.is_backfilled,
        reasons=dues,
        picks=(),
        added_reason=row.added_reason if row is not None else "",
        left_out_reason=row.left_out_reason if row is not None else "",
        number=0,
        is_picked=False,
    )


def _with_picks(
    year: EvaluationYear, entries: Sequence[FrameEntry], known: Mapping[int, ProjectRecord]
) -> list[FrameEntry]:
    """The entries with the rules by which they must be in. Rule: DOMAIN §10, mandatory picks."""
    rules = year.rule_set.data
    terms = terms_of(rules)
    found: dict[int, dict[str, date | None]] = {
        entry.project_id: occasions(known[entry.project_id].course, terms) for entry in included(entries)
    }
    for entry in _largest_of_passed_over(year, entries):
        found[entry.project_id][UNSAMPLED] = None
    return [
        replace(
            entry,
            picks=tuple(
                Pick(rule.key.value, found[entry.project_id][rule.key], rule.citation)
                for rule in rules.evaluation.mandatory
                if rule.key in found.get(entry.project_id, {})
            ),
        )
        for entry in entries
    ]


def _largest_of_passed_over(year: EvaluationYear, entries: Sequence[FrameEntry]) -> list[FrameEntry]:
    """The largest project of each enterprise that the last samples passed over; of equal ones the first by code."""
    years = year.rule_set.data.evaluation.unsampled_years
    sampled: dict[int, dict[str, bool]] = {}
    published = FrameRow.objects.filter(
        year__commission=year.commission_id,
        year__state=YearState.PUBLISHED,
        year__year__gte=year.year - years,
        year__year__lt=year.year,
        number__isnull=False,
    )
    for in_year, group_id, is_picked in published.values_list("year__year", "group_id", "is_picked"):
        of_year = sampled.setdefault(in_year, {})
        of_year[str(group_id)] = of_year.get(str(group_id), False) or is_picked
    present = included(entries)
    over = passed_over({str(entry.group_id) for entry in present}, sampled, year=year.year, years=years)
    largest: dict[int, FrameEntry] = {}
    for entry in sorted(present, key=lambda one: (-one.amount_yuan, one.code)):
        if str(entry.group_id) in over:
            largest.setdefault(entry.group_id, entry)
    return list(largest.values())


def _fixed_frame(year: EvaluationYear) -> tuple[FrameEntry, ...]:
    fixed = year.rows.filter(Q(number__isnull=False) | Q(left_out_at__isnull=False))
    rows, picks, dues_of_year = gathered(
        fixed.select_related("project", "group").order_by("number", "pk"),
        MandatoryPick.objects.filter(row__in=fixed).order_by("pk"),
        year.dues.order_by("due_on", "pk"),
    )
    give_out(picks, rows, "picks")
    dues = _by_project(dues_of_year)
    known = records([row.project_id for row in rows])
    return tuple(
        FrameEntry(
            project_id=row.project_id,
            name=known[row.project_id].name if row.project_id in known else row.project.name,
            code=row.code,
            path=row.path,
            group_id=row.group_id,
            ent=row.ent or row.group.short_name,
            band=row.band,
            amount_yuan=row.amount_yuan,
            is_backfilled=row.project.origin == Project.Origin.BACKFILLED,
            reasons=tuple(dues.get(row.project_id, ())),
            picks=tuple(Pick(pick.rule, pick.evidence_on, pick.citation) for pick in row.picks.all()),
            added_reason=row.added_reason,
            left_out_reason=row.left_out_reason,
            number=row.number or 0,
            is_picked=row.is_picked,
        )
        for row in rows
    )
