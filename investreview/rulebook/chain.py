"""签批链: the steps after the officer's opinion until the signature. Pure. Rule: DOMAIN §5."""

from decimal import Decimal

from investreview.rulebook.provisions import ChainStep, RuleSetData
from investreview.rulebook.vocabulary import Route, StepKind

__all__ = ["ChainStep", "StepKind", "signing_chain"]


def signing_chain(route: Route, amount_yuan: Decimal, rules: RuleSetData) -> tuple[ChainStep, ...]:
    """The steps for this route and amount in their order; empty for a route that nobody signs."""
    chains = [chain for chain in rules.chains if route in chain.routes and chain.from_yuan <= amount_yuan]
    return max(chains, key=lambda chain: chain.from_yuan).steps if chains else ()
