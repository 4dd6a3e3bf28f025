"""Reads the part ``evaluation`` of a rule file. Pure.

Refused as a whole: a rate below the published share, a bound or name twice, a first band or method that does not begin
at the bottom, a step without its day.
"""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

from investreview.rulebook.evaluations import (
    EVALUATION_LIMITS,
    LEAST_RATE_BPS,
    Band,
    Deadline,
    EvaluationRules,
    Mandatory,
    Method,
)
from investreview.rulebook.reading import Node
from investreview.rulebook.vocabulary import EvaluationStep, PickRule, SampleMethod

WHOLE_BPS = 10_000
COMMON_YEAR = 2023
Cite = Callable[[Node], str]


def read_evaluation(node: Node, cite: Cite) -> EvaluationRules:
    """The rules of post-evaluation. Raises: Invalid (rulebook_*) naming the place of the first fault."""
    parts = node.mapping("methods", "mandatory", "bands", "deadlines", "limits")
    methods = tuple(_method(each, cite) for each in parts["methods"].items(at_least=1))
    mandatory = tuple(_mandatory(each, cite) for each in parts["mandatory"].items())
    bands = tuple(_band(each) for each in parts["bands"].items(at_least=1))
    deadlines = tuple(_deadline(each, cite) for each in parts["deadlines"].items())
    _require_once((one.key for one in mandatory), parts["mandatory"])
    _require_once((one.key for one in bands), parts["bands"])
    _require_begun(parts["bands"], [one.from_yuan for one in bands], Decimal(0))
    _require_once((one.key for one in methods), parts["methods"])
    starts = [Decimal(one.from_projects) for one in methods if one.from_projects is not None]
    _require_begun(parts["methods"], starts, Decimal(1))
    if sorted(one.key for one in deadlines) != sorted(EvaluationStep):
        raise parts["deadlines"].wrong("rulebook_steps_incomplete", choices="、".join(EvaluationStep))
    limits = parts["limits"].mapping(*EVALUATION_LIMITS)
    numbers = {name: each.mapping("value", "citation") for name, each in limits.items()}
    if not LEAST_RATE_BPS <= numbers["rate_bps"]["value"].whole() <= WHOLE_BPS:
        raise numbers["rate_bps"]["value"].wrong("rulebook_sample_rate_low")
    return EvaluationRules(
        methods=methods,
        mandatory=mandatory,
        bands=bands,
        deadlines=deadlines,
        citations={name: cite(number["citation"]) for name, number in numbers.items()},
        **{name: number["value"].whole() for name, number in numbers.items()},
    )


def _require_once(names: Iterable[str], node: Node) -> None:
    listed = list(names)
    if len(set(listed)) != len(listed):
        raise node.wrong("rulebook_written_twice")


def _require_begun(node: Node, bounds: list[Decimal], bottom: Decimal) -> None:
    """Nothing happens when the bounds rise and the first is the bottom, so that everything falls somewhere."""
    if not bounds or bounds[0] != bottom or sorted(set(bounds)) != bounds:
        raise node.wrong("rulebook_steps_uneven")


def _method(node: Node, cite: Cite) -> Method:
    parts = node.mapping("key", "name", "name_en", "citation", optional=("from_projects",))
    return Method(
        key=parts["key"].one_of(SampleMethod),
        name=parts["name"].text(),
        name_en=parts["name_en"].text(),
        from_projects=parts["from_projects"].whole() if "from_projects" in parts else None,
        citation=cite(parts["citation"]),
    )


def _mandatory(node: Node, cite: Cite) -> Mandatory:
    parts = node.mapping("key", "name", "name_en", "citation")
    return Mandatory(
        key=parts["key"].one_of(PickRule),
        name=parts["name"].text(),
        name_en=parts["name_en"].text(),
        citation=cite(parts["citation"]),
    )


def _band(node: Node) -> Band:
    parts = node.mapping("key", "name_en", "from_yuan")
    return Band(key=parts["key"].text(), name_en=parts["name_en"].text(), from_yuan=parts["from_yuan"].yuan())


def _deadline(node: Node, cite: Cite) -> Deadline:
    parts = node.mapping("key", "month", "day", "citation")
    month, day = parts["month"].whole(), parts["day"].whole()
    try:
        date(COMMON_YEAR, month, day)
    except ValueError as error:
        raise node.wrong("rulebook_not_day_of_year") from error
    return Deadline(key=parts["key"].one_of(EvaluationStep), month=month, day=day, citation=cite(parts["citation"]))
