"""From a reviewed rule file to ``RuleSetData``. Pure.

A set is refused as a whole when one citation opens no paragraph, one bound belongs to neither side, one name is
written twice, a route nobody could sign, or no row catches what the others leave.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import fields
from decimal import Decimal
from typing import TypeVar

from investreview.core.errors import Invalid
from investreview.rulebook.evaluation_reading import read_evaluation
from investreview.rulebook.panel_reading import read_panel
from investreview.rulebook.parsing import ProvisionReader, read_paragraph, read_pledge, read_threshold
from investreview.rulebook.provisions import Chain, Limits, Row, RuleSetData
from investreview.rulebook.reading import Node, load_yaml
from investreview.rulebook.vocabulary import Route

__all__ = ["RuleSetData", "parse", "read_rule_file"]

UNSIGNED = frozenset({Route.BLOCKED, Route.ENTERPRISE_DECIDES})
Thing = TypeVar("Thing")


def read_rule_file(content: bytes) -> RuleSetData:
    """The rule set a file holds. Raises: Invalid (rulebook_*) naming the place of the first fault."""
    return parse(load_yaml(content))


def parse(mapping: object) -> RuleSetData:
    """The rule set from plain values as YAML gives them. Raises: Invalid (rulebook_*) naming the place."""
    parts = Node(mapping, "").mapping(
        "code", "title", "effective_from", "transition", "sources", "paragraphs", "thresholds",
        "columns", "rows", "materials", "pledges", "chains", "panel", "evaluation", "limits",
    )  # fmt: skip
    sources = parts["sources"].entries()
    paragraphs = _read(parts["paragraphs"], lambda node: read_paragraph(node, sources), lambda one: one.key)
    keys = frozenset(paragraph.key for paragraph in paragraphs)

    def cite(node: Node) -> str:
        key = node.text()
        if key not in keys:
            raise node.wrong("rulebook_citation_unknown")
        return key

    thresholds = _read(parts["thresholds"], lambda node: read_threshold(node, cite), lambda one: one.key)
    columns = tuple(column.text() for column in parts["columns"].items(at_least=1))
    reader = ProvisionReader(cite, {threshold.key: threshold for threshold in thresholds}, columns)
    rows = _read(parts["rows"], reader.row, lambda one: one.key)
    chains = _read(parts["chains"], reader.chain, lambda one: (one.routes, one.from_yuan))
    _check_rows(rows, parts["rows"])
    _check_chains(chains, rows, parts["chains"])
    materials = parts["materials"].mapping("usual", "slots")
    usual = materials["usual"].mapping("may_follow", "kinds", "size_limit_mb")
    limits = parts["limits"].mapping(*(limit.name for limit in fields(Limits)))
    numbers = {name: node.mapping("value", "citation") for name, node in limits.items()}
    evaluation = read_evaluation(parts["evaluation"], cite)
    if evaluation.late_months <= numbers["evaluation_after_months"]["value"].whole():
        late = parts["evaluation"].entries()["limits"].entries()["late_months"].entries()["value"]
        raise late.wrong("rulebook_late_before_due")
    return RuleSetData(
        code=parts["code"].code(),
        title=parts["title"].text(),
        effective_from=parts["effective_from"].day(),
        transition=cite(parts["transition"]),
        thresholds=thresholds,
        rows=tuple(sorted(rows, key=lambda row: row.strictness)),
        slots=_read(materials["slots"], lambda node: reader.slot(node, usual), lambda one: one.code),
        pledges=_read(parts["pledges"], lambda node: read_pledge(node, cite), lambda one: one.key),
        chains=chains,
        panel=read_panel(parts["panel"], cite),
        evaluation=evaluation,
        paragraphs=paragraphs,
        limit_citations={name: cite(number["citation"]) for name, number in numbers.items()},
        **{name: number["value"].whole() for name, number in numbers.items()},
    )


def _read(nodes: Node, read: Callable[[Node], Thing], key: Callable[[Thing], Hashable]) -> tuple[Thing, ...]:
    """Every member of the list, each with a key of its own. Raises: Invalid (rulebook_written_twice)."""
    things: dict[Hashable, Thing] = {}
    for node in nodes.items(at_least=1):
        thing = read(node)
        if key(thing) in things:
            raise node.wrong("rulebook_written_twice")
        things[key(thing)] = thing
    return tuple(things.values())


def _check_rows(rows: Iterable[Row], node: Node) -> None:
    """Nothing happens when one row with a route catches the rest and rows of one route agree about it.

    The row that catches the rest asks for nothing: a further matching row would take its duties away.
    """
    rest = [row for row in rows if row.when is None]
    if len(rest) != 1 or rest[0].route is None or rest[0].duties or rest[0].columns:
        raise node.wrong("rulebook_otherwise_wrong")
    seen: dict[Route, tuple[int, int | None]] = {}
    for row in rows:
        if row.route is not None and seen.setdefault(row.route, (row.strictness, row.clock_days)) != (
            row.strictness,
            row.clock_days,
        ):
            raise Invalid("rulebook_route_uneven", where=f"{node.where}: {row.key}")


def _check_chains(chains: Iterable[Chain], rows: Iterable[Row], node: Node) -> None:
    """Nothing happens when every route that somebody signs has exactly one chain for every amount."""
    starts = Counter((route, chain.from_yuan) for chain in chains for route in chain.routes)
    for (route, _), count in starts.items():
        if count > 1:
            raise Invalid("rulebook_chain_twice", where=node.where, route=route.value)
    for row in rows:
        if row.route is not None and row.route not in UNSIGNED and (row.route, Decimal(0)) not in starts:
            raise Invalid("rulebook_chain_missing", where=node.where, route=row.route.value)
