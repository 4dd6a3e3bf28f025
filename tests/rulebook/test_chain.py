"""The signing chains of DOMAIN §5."""

from decimal import Decimal

import pytest

from investreview.rulebook.chain import signing_chain
from investreview.rulebook.routing import Route
from investreview.rulebook.ruleset import parse
from tests.rulebook.factories import mapping_2024, rules_2024

AMOUNT = Decimal("18600000.00")
SHORT = ["CHECK OFFICE_HEAD", "SIGN DEPUTY_DIRECTOR"]
LONG = [
    "CHECK OFFICE_HEAD",
    "COUNTERSIGN COUNTERSIGNER",
    "WORDING DOCUMENT_OFFICER",
    "REVIEW DEPUTY_DIRECTOR",
    "SIGN DIRECTOR",
]
CHAINS = {
    Route.BLOCKED: [],
    Route.ENTERPRISE_DECIDES: [],
    Route.FILING: SHORT,
    Route.NONMAIN_PREFILING: SHORT,
    Route.PLAN_SUPPLEMENT: SHORT,
    Route.EXPERT_PANEL: LONG,
    Route.ACQUISITION: LONG,
    Route.SPECIAL_REVIEW: [*LONG[:4], "MEETING CASE_OFFICER", "SIGN DIRECTOR"],
}


@pytest.mark.parametrize("route", Route)
def test_chain_of_each_route(route: Route) -> None:
    steps = signing_chain(route, AMOUNT, rules_2024())
    assert [f"{step.kind} {step.role}" for step in steps] == CHAINS[route]


def test_countersigning_is_asked_of_finance_property_and_law() -> None:
    steps = signing_chain(Route.EXPERT_PANEL, AMOUNT, rules_2024())
    assert [step.offices for step in steps if step.offices] == [("FINANCE", "PROPERTY", "LAW")]


@pytest.mark.parametrize("route", [route for route in Route if CHAINS[route] and route is not Route.ACQUISITION])
def test_the_steps_fit_into_the_whole_clock(route: Route) -> None:
    rules = rules_2024()
    steps = signing_chain(route, AMOUNT, rules)
    whole = rules.clock_days(route)
    assert whole is not None
    assert rules.opinion_days + sum(step.limit_days for step in steps) <= whole


@pytest.mark.parametrize(
    ("amount", "signer"),
    [("19999999.99", "DEPUTY_DIRECTOR"), ("20000000.00", "DIRECTOR"), ("20000000.01", "DIRECTOR")],
)
def test_the_amount_chooses_between_chains_of_one_route(amount: str, signer: str) -> None:
    mapping = mapping_2024()
    step = {"key": "sign", "kind": "SIGN", "role": "DIRECTOR", "limit_days": 2, "citation": "§5.1"}
    mapping["chains"].append({"routes": ["FILING"], "from_yuan": "20000000.00", "steps": [step]})
    assert signing_chain(Route.FILING, Decimal(amount), parse(mapping))[-1].role == signer
