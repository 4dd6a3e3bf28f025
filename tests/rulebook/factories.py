"""Facts and rule sets for tests: the 2024 set as it is shipped, and with single provisions changed."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import investreview.rulebook
from investreview.rulebook.facts import CaseFacts, Nature, PlanStatus, ProjectKind
from investreview.rulebook.reading import load_yaml
from investreview.rulebook.ruleset import RuleSetData, parse

FILE = Path(investreview.rulebook.__file__).parent / "rulesets" / "2024-lyg.yaml"
CASES = Path(__file__).parents[1] / "rules"
Change = Callable[[dict[str, Any]], object]
"""Changes a rule file as plain values, in place."""


@cache
def _mapping() -> dict[str, Any]:
    mapping = load_yaml(FILE.read_bytes())
    assert isinstance(mapping, dict)
    return mapping


def mapping_2024() -> dict[str, Any]:
    """The 2024 set as plain values, for a test to change."""
    return deepcopy(_mapping())


@cache
def rules_2024() -> RuleSetData:
    """The 2024 set as it is shipped."""
    return parse(_mapping())


def rules_with(thresholds: Mapping[str, Mapping[str, Any]]) -> RuleSetData:
    """The 2024 set with entries of single bounds changed."""
    mapping = mapping_2024()
    for threshold in mapping["thresholds"]:
        threshold.update(thresholds.get(threshold["key"], {}))
    return parse(mapping)


def make_facts(**changes: Any) -> CaseFacts:
    """A main-business fixed-asset project in the plan of 18.6 million yuan, which the group controls."""
    usual: dict[str, Any] = {
        "own_commitment_yuan": Decimal("11160000.00"),
        "total_investment_yuan": Decimal("18600000.00"),
        "controls_project": True,
        "nature": Nature.MAIN,
        "kind": ProjectKind.FIXED_ASSET,
        "plan": PlanStatus.IN_PLAN,
        "net_assets_yuan": Decimal("9000000000.00"),
    }
    return CaseFacts(**usual | changes)


def facts_from(written: Mapping[str, Any]) -> CaseFacts:
    """Facts as a YAML case writes them: ``amount`` is the total investment of a project without own commitment."""
    read = dict(written)
    if "amount" in read:
        read["total_investment_yuan"], read["own_commitment_yuan"] = read.pop("amount"), "0.00"
    for name in ("own_commitment_yuan", "total_investment_yuan", "net_assets_yuan"):
        if read.get(name) is not None:
            read[name] = Decimal(read[name])
    for name, kind in (("nature", Nature), ("kind", ProjectKind), ("plan", PlanStatus)):
        if name in read:
            read[name] = kind(read[name])
    for name in ("prohibited_items", "special_items"):
        read[name] = tuple(read.get(name, ()))
    return make_facts(**read)


def put(*path: str | int, value: Any) -> Change:
    """Puts ``value`` at the end of ``path``."""

    def change(mapping: dict[str, Any]) -> None:
        target: Any = mapping
        for part in path[:-1]:
            target = target[part]
        target[path[-1]] = value

    return change


def drop(*path: str | int) -> Change:
    """Takes away what is at the end of ``path``."""

    def change(mapping: dict[str, Any]) -> None:
        target: Any = mapping
        for part in path[:-1]:
            target = target[part]
        del target[path[-1]]

    return change
