"""The pools as their keeper, the office head and the auditor read them: a list narrowed and paged by key."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from experts.labels import NOT_LISTED_LABELS, POOL_LABELS, is_english
from experts.models import Employer, Expert, Membership, Suspension
from experts.rules.codes import NotListed
from experts.rules.eligibility import Period
from experts.rules.terms import Term, not_listed
from experts.selectors.standings import main_employer
from investreview.core.errors import NotVisible
from investreview.registry.models import Commission
from investreview.rulebook.panels import PanelRules
from investreview.rulebook.selectors import rule_set_in_force

PAGE = 50


@dataclass(frozen=True)
class Mark:
    """A short state with its tone; the word carries the meaning."""

    text: str | Promise
    tone: str


@dataclass(frozen=True)
class ExpertRow:
    """One expert as a line of the list."""

    number: str
    name: str
    title: str
    specialties: tuple[str, ...]
    employer: str
    pools: tuple[Mark, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class PoolPage:
    """Up to 50 experts in the order of their registration; ``next_after`` begins the following page, 0 at the end."""

    rows: tuple[ExpertRow, ...]
    next_after: int


class Standing(TextChoices):
    """What the list can be narrowed to."""

    MEMBER = "MEMBER", _("任期内")
    PROPOSED = "PROPOSED", _("待审核")
    ENDED = "ENDED", _("任期届满或者已出库")
    SUSPENDED = "SUSPENDED", _("暂停中")
    UNMATCHED = "UNMATCHED", _("任职单位未核对")


def list_experts(
    commission: Commission, *, on: date, text: str = "", pool: str = "", standing: str = "", after: int = 0
) -> PoolPage:
    """The experts whose number, name or employer holds ``text``, as they stand on ``on``, after the key ``after``."""
    experts = _narrowed(Expert.objects.filter(commission=commission, pk__gt=after), on, text, pool, standing)
    found = list(
        experts.prefetch_related("memberships", "employers__organisation", "suspensions").order_by("pk")[: PAGE + 1]
    )
    names = specialty_names(commission, on)
    shown = found[:PAGE]
    return PoolPage(
        rows=tuple(_row(expert, names, on) for expert in shown),
        next_after=shown[-1].pk if len(found) > PAGE else 0,
    )


def _narrowed(experts: QuerySet[Expert], on: date, text: str, pool: str, standing: str) -> QuerySet[Expert]:
    of_expert = {"expert": OuterRef("pk")}
    terms = Membership.objects.filter(**of_expert)
    if pool:
        terms = terms.filter(pool=pool)
    running = Q(removed_on__isnull=True, admitted_on__lte=on, term_until__gte=on)
    waiting = Q(removed_on__isnull=True, admitted_on__isnull=True)
    if text:
        worked = Employer.objects.filter(
            Q(stated_name__icontains=text) | Q(organisation__name__icontains=text), **of_expert
        )
        experts = experts.filter(Q(number__icontains=text) | Q(name__icontains=text) | Exists(worked))
    match standing:
        case Standing.MEMBER:
            return experts.filter(Exists(terms.filter(running)))
        case Standing.PROPOSED:
            return experts.filter(Exists(terms.filter(waiting)))
        case Standing.ENDED:
            admitted = terms.filter(admitted_on__isnull=False)
            return experts.filter(Exists(admitted), ~Exists(terms.filter(running)))
        case Standing.SUSPENDED:
            holding = Suspension.objects.filter(
                Q(until_on__isnull=True) | Q(until_on__gte=on), from_on__lte=on, **of_expert
            )
            experts = experts.filter(Exists(holding))
        case Standing.UNMATCHED:
            experts = experts.filter(Exists(Employer.objects.filter(organisation__isnull=True, **of_expert)))
    return experts.filter(Exists(terms)) if pool else experts


def specialty_names(commission: Commission, on: date) -> dict[str, str]:
    """The specialties of the rule set in force, by key, in the language of the page."""
    specialties = rule_set_in_force(commission, on).data.panel.specialties
    return {one.key: one.name_en if is_english() else one.name for one in specialties}


def industry_names(rules: PanelRules) -> dict[str, str]:
    """The specialties that are industries of projects, by key, in the language of the page."""
    return {one.key: one.name_en if is_english() else one.name for one in rules.specialties if one.is_industry}


def named(keys: Iterable[str], names: dict[str, str]) -> tuple[str, ...]:
    """The specialties in words; one that the present rules no longer know stays as its key."""
    return tuple(names.get(key, key) for key in keys)


def pool_marks(memberships: Sequence[Membership], on: date) -> tuple[Mark, ...]:
    """How the expert stands with each pool that knows them: 投资论证专家库 · 任期内."""
    marks = []
    for pool, label in POOL_LABELS.items():
        rows = sorted((row for row in memberships if row.pool == pool), key=lambda row: (str(row.admitted_on), row.pk))
        if rows:
            reason = not_listed([term_of(row) for row in rows], on)
            word = _("任期内") if reason is None else NOT_LISTED_LABELS[reason.value]
            marks.append(Mark(f"{label} · {word}", "green" if reason is None else _TONES[reason]))
            if reason is not NotListed.PROPOSED and any(is_waiting(row) for row in rows):
                renewal = _("续任待审核")
                marks.append(Mark(f"{label} · {renewal}", "amber"))
    return tuple(marks)


_TONES = {
    NotListed.PROPOSED: "amber",
    NotListed.NOT_BEGUN: "blue",
    NotListed.TERM_OVER: "grey",
    NotListed.REMOVED: "grey",
}


def term_of(row: Membership) -> Term:
    """A membership as the rules read it."""
    days = Period(row.admitted_on, row.term_until) if row.admitted_on is not None else None
    return Term(days, row.removed_on)


def is_waiting(row: Membership) -> bool:
    """Whether it is a proposal that nobody has settled."""
    return row.admitted_on is None and row.removed_on is None


def standing_marks(employers: Sequence[Employer], suspensions: Sequence[Suspension], on: date) -> tuple[Mark, ...]:
    """What keeps somebody from being drawn and is to be seen at a glance."""
    marks = []
    if any(Period(row.from_on, row.until_on).holds_on(on) for row in suspensions):
        marks.append(Mark(_("暂停中"), "red"))
    if not employers or any(row.organisation_id is None for row in employers):
        marks.append(Mark(_("任职单位未核对"), "amber"))
    return tuple(marks)


def _row(expert: Expert, names: dict[str, str], on: date) -> ExpertRow:
    employers = list(expert.employers.all())
    main = main_employer(employers, on)
    return ExpertRow(
        number=expert.number,
        name=expert.name,
        title=expert.title,
        specialties=named(expert.specialties, names),
        employer=employer_name(main) if main is not None else "",
        pools=pool_marks(list(expert.memberships.all()), on),
        marks=standing_marks(employers, list(expert.suspensions.all()), on),
    )


def employer_name(row: Employer) -> str:
    """The legal person's name, before it is matched the one that was stated."""
    return row.organisation.name if row.organisation is not None else row.stated_name


def expert_by_number(commission: Commission, number: str) -> Expert:
    """The expert of this number. Raises: NotVisible (experts_pool_not_visible)."""
    found = Expert.objects.select_related("commission", "user").filter(commission=commission, number=number).first()
    if found is None:
        raise NotVisible("experts_pool_not_visible")
    return found
