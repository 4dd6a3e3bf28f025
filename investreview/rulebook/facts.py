"""The facts of a case as the rules read them. Pure: standard library only."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

FEN = Decimal("0.01")


class Nature(StrEnum):
    """主业属性 of the investment."""

    MAIN = "MAIN"
    DEEMED_MAIN = "DEEMED_MAIN"
    NON_MAIN = "NON_MAIN"


class ProjectKind(StrEnum):
    """投资类别: what the money buys."""

    FIXED_ASSET = "FIXED_ASSET"
    EQUITY = "EQUITY"
    INTANGIBLE = "INTANGIBLE"
    FUND = "FUND"


class PlanStatus(StrEnum):
    """Where the project stands in the annual plan 年度投资计划."""

    IN_PLAN = "IN_PLAN"
    ADJUSTED_IN = "ADJUSTED_IN"
    OFF_PLAN = "OFF_PLAN"


@dataclass(frozen=True, kw_only=True)
class CaseFacts:
    """Everything the rules look at; amounts are summed over all entities of the group and all declared phases.

    Units: yuan with at most two decimals. ``net_assets_yuan`` is the group's consolidated figure, None when unknown.
    Raises: ValueError for an amount that is no exact, finite number of fen, or negative where it cannot be.
    """

    own_commitment_yuan: Decimal
    total_investment_yuan: Decimal
    controls_project: bool
    nature: Nature
    kind: ProjectKind
    plan: PlanStatus
    is_private_acquisition_with_control: bool = False
    is_overseas: bool = False
    net_assets_yuan: Decimal | None = None
    prohibited_items: tuple[str, ...] = ()
    special_items: tuple[str, ...] = ()
    has_partner: bool = False
    involves_staff: bool = False
    involves_asset_transfer: bool = False
    strategic_emerging: bool = False

    def __post_init__(self) -> None:
        for name in ("own_commitment_yuan", "total_investment_yuan"):
            if _exact(getattr(self, name), name) < 0:
                raise ValueError(f"{name} is negative")
        if self.net_assets_yuan is not None:
            _exact(self.net_assets_yuan, "net_assets_yuan")

    @property
    def routing_field(self) -> str:
        """The name of the component that routes: the larger one; the total investment when both are equal."""
        if self.controls_project and self.total_investment_yuan >= self.own_commitment_yuan:
            return "total_investment_yuan"
        return "own_commitment_yuan"

    @property
    def routing_amount_yuan(self) -> Decimal:
        """分档金额: the group's own commitment or, where it controls the project and that is more, the total."""
        amount: Decimal = getattr(self, self.routing_field)
        return amount


def _exact(amount: object, name: str) -> Decimal:
    if not isinstance(amount, Decimal):
        raise ValueError(f"{name} is not a Decimal: {amount!r}")
    if not amount.is_finite() or amount % FEN:
        raise ValueError(f"{name} is not a whole number of fen: {amount}")
    return amount
