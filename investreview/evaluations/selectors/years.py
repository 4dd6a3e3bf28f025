"""An evaluation year as its pages show it: frame, strata, comparison of methods, coverage."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import QuerySet

from investreview.core.errors import NotVisible
from investreview.core.roles import ENTERPRISE_ROLES
from investreview.core.scope import Scope
from investreview.evaluations.comparing import Comparison, Expected, chances, compare
from investreview.evaluations.frame import FrameEntry, included
from investreview.evaluations.labels import band_label, method_label, pick_labels
from investreview.evaluations.models import EvaluationYear
from investreview.evaluations.permissions import (
    COURSE_ROLES,
    NOTICE_ROLES,
    SEEING_ROLES,
    may_operate,
    may_prepare,
    may_supervise,
)
from investreview.evaluations.rules import Counted, Coverage, coverage, coverage_by_group, percent_text
from investreview.evaluations.states import YearState
from investreview.rulebook.vocabulary import EvaluationStep


def visible_years(scope: Scope) -> QuerySet[EvaluationYear]:
    """The years of the commissions whose post-evaluation this person sees, newest first."""
    seen = EvaluationYear.objects.filter(commission__code__in=scope.commissions_where(*SEEING_ROLES))
    return seen.select_related("commission", "rule_set", "draw").order_by("-year", "pk")


def year_by_id(scope: Scope, pk: int) -> EvaluationYear:
    """The year, if this person may see it. Raises: NotVisible (evaluations_year_not_visible)."""
    year = visible_years(scope).filter(pk=pk).first()
    if year is None:
        raise NotVisible("evaluations_year_not_visible")
    return year


def published_years(scope: Scope) -> QuerySet[EvaluationYear]:
    """The years whose sample is published, of the commissions that supervise somebody's enterprises; newest first."""
    codes = {path.split("/")[0] for path in scope.paths_for(*ENTERPRISE_ROLES)}
    published = EvaluationYear.objects.filter(commission__code__in=codes, state=YearState.PUBLISHED)
    return published.select_related("commission", "rule_set", "draw").order_by("-year", "pk")


def sample_by_id(scope: Scope, pk: int) -> EvaluationYear:
    """The year, for whoever sees it, and once its sample is published for the people of every enterprise.

    Raises: NotVisible (evaluations_year_not_visible). Rule: DOMAIN §10, frame, numbers and list are published at once.
    """
    return published_years(scope).filter(pk=pk).first() or year_by_id(scope, pk)


@dataclass(frozen=True)
class FrameLine:
    """One project of the frame in the reader's words; ``chance`` is empty for what was left out. Units: yuan."""

    entry: FrameEntry
    band: str
    picks: tuple[str, ...]
    chance: str
    is_late: bool


@dataclass(frozen=True)
class Stratum:
    """One enterprise with the number of its projects in each band. Units: yuan."""

    ent: str
    counts: tuple[int, ...]
    total: int
    amount_yuan: Decimal


@dataclass(frozen=True)
class Share:
    """A share as number, as text, and in whole per cent for a bar."""

    text: str
    percent: int


@dataclass(frozen=True)
class GroupShare:
    """One enterprise: how much of its part of the frame was picked."""

    ent: str
    coverage: Coverage
    by_number: Share
    by_amount: Share


@dataclass(frozen=True)
class YearPage:
    """Everything the pages of a year show of its frame."""

    year: EvaluationYear
    lines: tuple[FrameLine, ...]
    left_out: tuple[FrameLine, ...]
    bands: tuple[str, ...]
    strata: tuple[Stratum, ...]
    coverage: Coverage
    by_number: Share
    by_amount: Share
    shares: tuple[GroupShare, ...]
    must_count: int
    method: str
    is_usual_method: bool
    deadlines: dict[str, date]
    is_inside: bool
    sees_courses: bool
    sees_notices: bool
    may_prepare: bool
    may_operate: bool
    may_supervise: bool


def year_page(scope: Scope, year: EvaluationYear, entries: Sequence[FrameEntry], on: date) -> YearPage:
    """The year with its frame, which was read on a day, as somebody sees it."""
    rules = year.rule_set.data.evaluation
    frame = included(entries)
    method = year.method or rules.usual_method(len(frame)).key.value
    odds = chances([entry.as_candidate for entry in frame], method=method, rate_bps=year.rate_bps or rules.rate_bps)
    counted = [Counted(entry.ent, entry.amount_yuan, entry.is_picked) for entry in frame]
    whole = coverage(counted)
    return YearPage(
        year=year,
        lines=tuple(_line(year, entry, chance, on) for entry, chance in zip(frame, odds, strict=True)),
        left_out=tuple(_line(year, entry, None, on) for entry in entries if entry.is_left_out),
        bands=tuple(band_label(rules, band.key) for band in rules.bands),
        strata=_strata(frame, [band.key for band in rules.bands]),
        coverage=whole,
        by_number=share_of(whole.by_number),
        by_amount=share_of(whole.by_amount),
        shares=tuple(
            GroupShare(ent, part, share_of(part.by_number), share_of(part.by_amount))
            for ent, part in coverage_by_group(counted).items()
        ),
        must_count=sum(entry.is_must for entry in frame),
        method=method_label(rules, method),
        is_usual_method=method == rules.usual_method(len(frame)).key,
        deadlines={step.value.lower(): rules.due_on(step, year.year) for step in EvaluationStep},
        is_inside=scope.holds_any(SEEING_ROLES, year.path),
        sees_courses=scope.holds_any(COURSE_ROLES, year.path),
        sees_notices=scope.holds_any(NOTICE_ROLES, year.path),
        may_prepare=may_prepare(scope, year.path) and year.state == YearState.OPEN,
        may_operate=may_operate(scope, year.path),
        may_supervise=may_supervise(scope, year.path),
    )


def share_of(share: Fraction) -> Share:
    """A share for a bar: 30.4%, 30."""
    return Share(percent_text(share), int(share * 100))


def _line(year: EvaluationYear, entry: FrameEntry, chance: Fraction | None, on: date) -> FrameLine:
    rules = year.rule_set.data.evaluation
    return FrameLine(
        entry=entry,
        band=band_label(rules, entry.band),
        picks=pick_labels(rules, entry),
        chance=percent_text(chance) if chance is not None else "",
        is_late=any(due.late_on is not None and due.late_on <= on for due in entry.reasons),
    )


def _strata(frame: Sequence[FrameEntry], bands: Sequence[str]) -> tuple[Stratum, ...]:
    rows: dict[str, list[FrameEntry]] = {}
    for entry in frame:
        rows.setdefault(entry.ent, []).append(entry)
    return tuple(
        Stratum(
            ent=ent,
            counts=tuple(sum(entry.band == band for entry in members) for band in bands),
            total=len(members),
            amount_yuan=sum((entry.amount_yuan for entry in members), Decimal(0)),
        )
        for ent, members in sorted(rows.items(), key=lambda item: item[0].encode())
    )


@dataclass(frozen=True)
class MethodLine:
    """One method of the comparison in the reader's words."""

    key: str
    name: str
    is_usual: bool
    is_chosen: bool
    comparison: Comparison
    by_number: Share
    by_amount: Share
    wan: str


def comparison_of(year: EvaluationYear, frame: Sequence[FrameEntry]) -> tuple[MethodLine, ...]:
    """What each method of the rule set would give for this frame, before anything is drawn."""
    rules = year.rule_set.data.evaluation
    usual = rules.usual_method(len(frame)).key
    chosen = year.method or usual
    lines = []
    for method in rules.methods:
        told = compare(
            [entry.as_candidate for entry in frame],
            method=method.key,
            rate_bps=rules.rate_bps,
            check_days=rules.check_days,
        )
        lines.append(
            MethodLine(
                key=method.key.value,
                name=method_label(rules, method.key),
                is_usual=method.key == usual,
                is_chosen=method.key == chosen,
                comparison=told,
                by_number=share_of(told.total.by_number),
                by_amount=share_of(told.total.by_amount),
                wan=f"{(told.total.mean_yuan / 10_000 + Fraction(1, 2)).__floor__():,}",
            )
        )
    return tuple(lines)


@dataclass(frozen=True)
class PartLine:
    """One enterprise: how many projects it has, and what each method takes of them, "1–2" or "2"."""

    ent: str
    count: int
    told: tuple[str, ...]


def parts_of(lines: Sequence[MethodLine]) -> tuple[PartLine, ...]:
    """The comparison by enterprise, one column a method."""
    columns = [dict(line.comparison.by_enterprise) for line in lines]
    if not columns:
        return ()
    return tuple(
        PartLine(ent, part.frame_count, tuple(_between(column[ent]) for column in columns))
        for ent, part in columns[0].items()
    )


def _between(part: Expected) -> str:
    return str(part.least) if part.least == part.most else f"{part.least}–{part.most}"
