"""后评价的规则: when a project is due, what must be picked, how the rest is sampled, until when. Pure.

Rule: DOMAIN §10; every number is data of the rule set with its paragraph.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal

from investreview.rulebook.vocabulary import EvaluationStep, PickRule, SampleMethod

LEAST_RATE_BPS = 3000
"""[seed] 不少于30%的投资项目: no rule set samples less, and the database keeps no smaller sample."""


@dataclass(frozen=True, kw_only=True)
class Method:
    """抽取方法: usual for frames of ``from_projects`` projects and more; None where it is usual for none."""

    key: SampleMethod
    name: str
    name_en: str
    from_projects: int | None
    citation: str


@dataclass(frozen=True, kw_only=True)
class Mandatory:
    """必查情形: a project of this kind is picked on top of the random part."""

    key: PickRule
    name: str
    name_en: str
    citation: str


@dataclass(frozen=True, kw_only=True)
class Band:
    """金额档: projects from an amount (included) on, up to the next band. Units: yuan."""

    key: str
    name_en: str
    from_yuan: Decimal


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """Until which day of the evaluation year a step is due."""

    key: EvaluationStep
    month: int
    day: int
    citation: str


@dataclass(frozen=True, kw_only=True)
class EvaluationLimits:
    """The numbers of post-evaluation. Units: ``*_months`` calendar months, ``*_bps`` basis points, ``check_days``
    persons' working days a project, ``liaison_days`` working days."""

    rate_bps: int
    late_months: int
    exceptional_months: int
    over_budget_bps: int
    unsampled_years: int
    check_days: int
    liaison_days: int


@dataclass(frozen=True, kw_only=True)
class EvaluationRules(EvaluationLimits):
    """Everything a rule set says of post-evaluation; bands and methods come in the order of their bounds."""

    methods: tuple[Method, ...]
    mandatory: tuple[Mandatory, ...]
    bands: tuple[Band, ...]
    deadlines: tuple[Deadline, ...]
    citations: Mapping[str, str] = field(repr=False)

    def usual_method(self, projects: int) -> Method:
        """The method for a frame of so many projects when nobody states a reason for another."""
        usual = [method for method in self.methods if method.from_projects is not None]
        reached = [method for method in usual if (method.from_projects or 0) <= projects]
        return max(reached or usual[:1], key=lambda method: method.from_projects or 0)

    def method(self, key: str) -> Method:
        """The method of that name. Raises: KeyError when the rule set has none."""
        for method in self.methods:
            if method.key == key:
                return method
        raise KeyError(key)

    def band_of(self, amount_yuan: Decimal) -> Band:
        """The band that an amount lies in. Units: yuan."""
        return max((band for band in self.bands if band.from_yuan <= amount_yuan), key=lambda band: band.from_yuan)

    def due_on(self, step: EvaluationStep, year: int) -> date:
        """The last day of a step in the evaluation year."""
        line = next(line for line in self.deadlines if line.key is step)
        return date(year, line.month, line.day)

    def citation_of(self, limit: str) -> str:
        """The paragraph that a number of ``EvaluationLimits`` rests on."""
        return self.citations[limit]


EVALUATION_LIMITS = tuple(limit.name for limit in fields(EvaluationLimits))
