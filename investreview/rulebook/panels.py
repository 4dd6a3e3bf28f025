"""二次论证的规则: how a panel is composed, whom it leaves out, what its sheets weigh, when it passes. Pure.

Rule: DOMAIN §6; every number is data of the rule set with its paragraph.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal

from investreview.rulebook.vocabulary import PoolKind, Route

PERCENT = 100


@dataclass(frozen=True, kw_only=True)
class Specialty:
    """专业: what an expert is admitted for; an industry is one that a project can belong to."""

    key: str
    name: str
    name_en: str
    is_industry: bool


@dataclass(frozen=True, kw_only=True)
class SeatClass:
    """席位类别: ``count`` people who have one of ``specialties``; ``of_project`` means the project's industries."""

    key: str
    name: str
    name_en: str
    count: int
    specialties: tuple[str, ...]
    of_project: bool
    citation: str

    def fits(self, specialties: frozenset[str], industries: frozenset[str]) -> bool:
        """Whether somebody with these specialties fits this class in a project of these industries."""
        wanted = industries if self.of_project else frozenset(self.specialties)
        return bool(specialties & wanted)


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """评分项: one line of the score sheet with its most points."""

    key: str
    name: str
    name_en: str
    points: int


@dataclass(frozen=True, kw_only=True)
class RedLine:
    """红线问题: a yes-or-no question whose yes needs an explanation."""

    key: str
    name: str
    name_en: str


@dataclass(frozen=True, kw_only=True)
class PanelSize:
    """The number of seats from an amount (included) on. Units: yuan."""

    from_yuan: Decimal
    size: int
    citation: str


@dataclass(frozen=True, kw_only=True)
class PanelLimits:
    """The numbers of a panel. Units as the names say; ``*_days`` are working days unless they say calendar days.

    A rule set that gives conditions no term says nothing of the last two.
    """

    field_years: int
    oldest_years: int
    term_years: int
    pool_change_calendar_days: int
    look_back_years: int
    per_employer: int
    open_panels: int
    same_group_panels: int
    same_group_months: int
    no_answer_tries: int
    no_answer_minutes: int
    comment_below_percent: int
    pass_agree_numerator: int
    pass_agree_denominator: int
    pass_mean_points: int
    written_opinion_days: int
    revision_days: int
    countersigned_declines_numerator: int
    countersigned_declines_denominator: int
    condition_days: int | None = None
    condition_reminder_days: int | None = None


@dataclass(frozen=True, kw_only=True)
class PanelRules(PanelLimits):
    """Everything a rule set says of expert panels; ``full_panel_routes`` have the largest size at any amount."""

    pool: PoolKind
    sizes: tuple[PanelSize, ...]
    full_panel_routes: tuple[Route, ...]
    specialties: tuple[Specialty, ...]
    seats: tuple[SeatClass, ...]
    criteria: tuple[Criterion, ...]
    red_lines: tuple[RedLine, ...]
    citations: Mapping[str, str] = field(repr=False)

    def size(self, *, route: Route, amount_yuan: Decimal, is_overseas: bool) -> int:
        """How many seats the panel of a project has, an odd number. Rule: DOMAIN §6."""
        if route in self.full_panel_routes or is_overseas:
            return max(step.size for step in self.sizes)
        reached = [step.size for step in self.sizes if step.from_yuan <= amount_yuan]
        return max(reached, default=min(step.size for step in self.sizes))

    def classes_of(self, specialties: frozenset[str], industries: frozenset[str]) -> tuple[str, ...]:
        """The keys of the seat classes that somebody fits, in the rule set's order."""
        return tuple(seat.key for seat in self.seats if seat.fits(specialties, industries))

    def citation_of(self, limit: str) -> str:
        """The paragraph that a number of ``PanelLimits`` rests on."""
        return self.citations[limit]

    @property
    def full_points(self) -> int:
        """What a sheet can give at most."""
        return sum(criterion.points for criterion in self.criteria)


LIMITS = tuple(limit.name for limit in fields(PanelLimits))
OPTIONAL_LIMITS = ("condition_days", "condition_reminder_days")
