"""What a rule may ask of the facts: a closed vocabulary, evaluated here and nowhere else.

Each condition answers True, False, or None when a fact it needs is unknown; None is never taken for either.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from investreview.rulebook.facts import CaseFacts, Nature, PlanStatus, ProjectKind

ENUM_FACTS: dict[str, type[StrEnum]] = {"nature": Nature, "kind": ProjectKind, "plan": PlanStatus}
FLAG_FACTS = (
    "controls_project",
    "is_private_acquisition_with_control",
    "is_overseas",
    "has_partner",
    "involves_staff",
    "involves_asset_transfer",
    "strategic_emerging",
)
ITEM_FACTS = ("prohibited_items", "special_items")


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """分档界线: an amount, or a share of the group's consolidated net assets (exactly one of the two).

    ``lower_inclusive``: the bound itself satisfies "以上"; ``upper_inclusive``: it satisfies "以下".
    Units: yuan; basis points.
    """

    key: str
    yuan: Decimal | None = None
    net_assets_bps: int | None = None
    lower_inclusive: bool
    upper_inclusive: bool
    citation: str

    def in_yuan(self, facts: CaseFacts) -> Decimal | None:
        """The bound for this group, exact (it may lie between two fen); None while its net assets are unknown."""
        if self.net_assets_bps is None:
            return self.yuan
        if facts.net_assets_yuan is None:
            return None
        return (facts.net_assets_yuan * self.net_assets_bps).scaleb(-4)


@dataclass(frozen=True)
class AmountFrom:
    """The routing amount lies above the threshold (以上)."""

    threshold: Threshold

    def holds(self, facts: CaseFacts) -> bool | None:
        """Whether the amount reaches the bound, or exceeds it where the bound is not included."""
        bound, amount = self.threshold.in_yuan(facts), facts.routing_amount_yuan
        if bound is None:
            return None
        return amount >= bound if self.threshold.lower_inclusive else amount > bound


@dataclass(frozen=True)
class AmountUpTo:
    """The routing amount lies below the threshold (以下)."""

    threshold: Threshold

    def holds(self, facts: CaseFacts) -> bool | None:
        """Whether the amount stays below the bound, or at most reaches it where the bound is included."""
        bound, amount = self.threshold.in_yuan(facts), facts.routing_amount_yuan
        if bound is None:
            return None
        return amount <= bound if self.threshold.upper_inclusive else amount < bound


@dataclass(frozen=True)
class FactIs:
    """One declared fact has this value."""

    fact: str
    value: StrEnum | bool

    def holds(self, facts: CaseFacts) -> bool:
        """Whether the declared value is the one asked for."""
        return bool(getattr(facts, self.fact) == self.value)


@dataclass(frozen=True)
class Declared:
    """At least one item of a negative-list class is declared and confirmed."""

    fact: str

    def holds(self, facts: CaseFacts) -> bool:
        """Whether there is any such item."""
        return bool(getattr(facts, self.fact))


Test = AmountFrom | AmountUpTo | FactIs | Declared


@dataclass(frozen=True)
class AllOf:
    """Every part holds."""

    parts: tuple["Condition", ...]

    def holds(self, facts: CaseFacts) -> bool | None:
        """False as soon as one part is false, else unknown as soon as one is unknown."""
        return _least(part.holds(facts) for part in self.parts)


@dataclass(frozen=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple["Condition", ...]

    def holds(self, facts: CaseFacts) -> bool | None:
        """True as soon as one part is true, else unknown as soon as one is unknown."""
        return _greatest(part.holds(facts) for part in self.parts)


@dataclass(frozen=True)
class Always:
    """Every project."""

    def holds(self, facts: CaseFacts) -> bool:
        """True."""
        return True


Condition = Test | AllOf | AnyOf | Always


def _least(verdicts: Iterable[bool | None]) -> bool | None:
    return min(verdicts, key=(False, None, True).index)


def _greatest(verdicts: Iterable[bool | None]) -> bool | None:
    return max(verdicts, key=(False, None, True).index)


def leaves(condition: Condition) -> tuple[Test, ...]:
    """The single tests of a condition, in the order they are written."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            return tuple(leaf for part in parts for leaf in leaves(part))
        case Always():
            return ()
    return (condition,)
