"""Facts for property tests, with amounts that like to lie next to a bound."""

from decimal import Decimal

from hypothesis import strategies as st

from investreview.rulebook.facts import CaseFacts, Nature, PlanStatus, ProjectKind

BOUNDS_IN_FEN = (0, 1_000_000_000, 3_000_000_000)


def from_fen(fen: int) -> Decimal:
    return Decimal(fen).scaleb(-2)


near_a_bound = st.builds(lambda bound, off: max(bound + off, 0), st.sampled_from(BOUNDS_IN_FEN), st.integers(-3, 3))
amounts = (near_a_bound | st.integers(0, 10**12)).map(from_fen)
# Twice a bound and an odd fen more: half of it lies on, or between two fen beside, the bound of the routing amount.
net_assets = st.none() | st.builds(lambda fen, odd: from_fen(2 * fen + odd), near_a_bound, st.integers(-1, 1)) | amounts
items = st.lists(st.just("某事项（示例）"), max_size=1).map(tuple)


@st.composite
def facts(draw: st.DrawFn) -> CaseFacts:
    return CaseFacts(
        own_commitment_yuan=draw(amounts),
        total_investment_yuan=draw(amounts),
        controls_project=draw(st.booleans()),
        nature=draw(st.sampled_from(Nature)),
        kind=draw(st.sampled_from(ProjectKind)),
        plan=draw(st.sampled_from(PlanStatus)),
        is_private_acquisition_with_control=draw(st.booleans()),
        is_overseas=draw(st.booleans()),
        net_assets_yuan=draw(net_assets),
        prohibited_items=draw(items),
        special_items=draw(items),
        has_partner=draw(st.booleans()),
        involves_staff=draw(st.booleans()),
        involves_asset_transfer=draw(st.booleans()),
        strategic_emerging=draw(st.booleans()),
    )


flags = st.sampled_from([(True, False), (False, True), (True, True)])


@st.composite
def bound_flags(draw: st.DrawFn) -> dict[str, dict[str, bool]]:
    """Inclusive flags for every bound of the 2024 set, in each combination that leaves no bound to nobody."""
    return {
        key: dict(zip(("lower_inclusive", "upper_inclusive"), draw(flags), strict=True))
        for key in ("filing", "panel", "half_of_net_assets")
    }
