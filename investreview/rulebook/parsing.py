"""Reads the single provisions of a rule file: bounds, conditions, rows, slots, chains. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from investreview.core.roles import DECIDING_ROLES, SIGNING_ROLES, Role
from investreview.rulebook.conditions import (
    ENUM_FACTS,
    FLAG_FACTS,
    ITEM_FACTS,
    AllOf,
    Always,
    AmountFrom,
    AmountUpTo,
    AnyOf,
    Condition,
    Declared,
    FactIs,
    Threshold,
)
from investreview.rulebook.provisions import Chain, ChainStep, Paragraph, PledgeClause, Row, Slot
from investreview.rulebook.reading import Node
from investreview.rulebook.vocabulary import Duty, Level, Route, StepKind

FILE_KINDS = ("PDF", "OFD", "DOCX", "XLSX", "WPS", "ET", "JPG", "PNG", "ZIP")
OFFICE_KINDS = ("BUSINESS", "FINANCE", "PROPERTY", "LAW", "DOCUMENT", "DISCIPLINE", "OTHER")
OTHERWISE, ALWAYS = "otherwise", "always"
MEGABYTE = 1024 * 1024


def read_paragraph(node: Node, sources: dict[str, Node]) -> Paragraph:
    """One paragraph; ``sources`` are the origins the file names, by their short names."""
    parts = node.mapping("key", "heading", "source", "text")
    source = parts["source"].name_in(tuple(sources))
    return Paragraph(
        key=parts["key"].paragraph_key(),
        heading=parts["heading"].text(),
        text=parts["text"].text(),
        source=sources[source].text(),
    )


def read_pledge(node: Node, cite: Callable[[Node], str]) -> PledgeClause:
    """One pledge of the enterprise, in both languages."""
    parts = node.mapping("key", "text", "text_en", "citation")
    return PledgeClause(
        key=parts["key"].text(),
        text=parts["text"].text(),
        text_en=parts["text_en"].text(),
        citation=cite(parts["citation"]),
    )


def read_threshold(node: Node, cite: Callable[[Node], str]) -> Threshold:
    """One bound, which belongs to at least one side. Raises: Invalid (rulebook_bound_unmeasured, …_nowhere)."""
    parts = node.mapping("key", "lower_inclusive", "upper_inclusive", "citation", optional=("yuan", "net_assets_bps"))
    if ("yuan" in parts) == ("net_assets_bps" in parts):
        raise node.wrong("rulebook_bound_unmeasured")
    lower, upper = parts["lower_inclusive"].flag(), parts["upper_inclusive"].flag()
    if not (lower or upper):
        raise node.wrong("rulebook_bound_nowhere")
    return Threshold(
        key=parts["key"].text(),
        yuan=parts["yuan"].yuan() if "yuan" in parts else None,
        net_assets_bps=parts["net_assets_bps"].whole() if "net_assets_bps" in parts else None,
        lower_inclusive=lower,
        upper_inclusive=upper,
        citation=cite(parts["citation"]),
    )


@dataclass(frozen=True)
class ProvisionReader:
    """Reads what cites paragraphs and speaks of bounds and columns of the catalogue."""

    cite: Callable[[Node], str]
    thresholds: dict[str, Threshold]
    columns: tuple[str, ...]

    def condition(self, node: Node) -> Condition:
        """One condition: ``always``, or a mapping with exactly one entry, whose name is the test."""
        if node.value == ALWAYS:
            return Always()
        entries = node.entries()
        if len(entries) != 1:
            raise node.wrong("rulebook_condition_not_single")
        ((name, operand),) = entries.items()
        match name:
            case "all" | "any":
                parts = tuple(self.condition(part) for part in operand.items(at_least=1))
                return AllOf(parts) if name == "all" else AnyOf(parts)
            case "amount_from":
                return AmountFrom(self._threshold(operand))
            case "amount_up_to":
                return AmountUpTo(self._threshold(operand))
            case "declared":
                return Declared(operand.name_in(ITEM_FACTS))
            case _ if name in ENUM_FACTS:
                return FactIs(name, operand.one_of(ENUM_FACTS[name]))
            case _ if name in FLAG_FACTS:
                return FactIs(name, operand.flag())
        raise operand.wrong("rulebook_condition_unknown")

    def row(self, node: Node) -> Row:
        """One row of the routing table."""
        parts = node.mapping(
            "key", "title", "title_en", "strictness", "when", "duties", "materials", "citation",
            optional=("route", "clock_days"),
        )  # fmt: skip
        return Row(
            key=parts["key"].text(),
            title=parts["title"].text(),
            title_en=parts["title_en"].text(),
            strictness=parts["strictness"].whole(),
            when=None if parts["when"].value == OTHERWISE else self.condition(parts["when"]),
            route=parts["route"].one_of(Route) if "route" in parts else None,
            duties=tuple(duty.one_of(Duty) for duty in parts["duties"].items()),
            columns=tuple(column.name_in(self.columns) for column in parts["materials"].items()),
            clock_days=parts["clock_days"].whole() if "clock_days" in parts else None,
            citation=self.cite(parts["citation"]),
        )

    def slot(self, node: Node, usual: dict[str, Node]) -> Slot:
        """One slot of the catalogue. Raises: Invalid (rulebook_condition_mismatch) where C and condition disagree."""
        parts = usual | node.mapping(
            "code", "name", "name_en", "levels", "citation",
            optional=("when", "may_follow", "kinds", "size_limit_mb"),
        )  # fmt: skip
        levels = {
            Node(column, f"{parts['levels'].where}.{column}").name_in(self.columns): level.one_of(Level)
            for column, level in parts["levels"].entries().items()
        }
        if (Level.CONDITIONAL in levels.values()) != ("when" in parts):
            raise node.wrong("rulebook_condition_mismatch")
        return Slot(
            code=parts["code"].text(),
            name=parts["name"].text(),
            name_en=parts["name_en"].text(),
            levels=levels,
            when=self.condition(parts["when"]) if "when" in parts else None,
            may_follow=parts["may_follow"].flag(),
            kinds=tuple(kind.name_in(FILE_KINDS) for kind in parts["kinds"].items(at_least=1)),
            size_limit=parts["size_limit_mb"].whole() * MEGABYTE,
            citation=self.cite(parts["citation"]),
        )

    def chain(self, node: Node) -> Chain:
        """One signing chain, which ends with its only signature. Raises: Invalid (rulebook_chain_unsigned)."""
        parts = node.mapping("routes", "from_yuan", "steps")
        steps = tuple(self._step(step) for step in parts["steps"].items(at_least=1))
        kinds = [step.kind for step in steps]
        if kinds[-1] is not StepKind.SIGN or kinds.count(StepKind.SIGN) != 1 or steps[-1].role not in SIGNING_ROLES:
            raise node.wrong("rulebook_chain_unsigned")
        routes = tuple(route.one_of(Route) for route in parts["routes"].items(at_least=1))
        return Chain(routes=routes, from_yuan=parts["from_yuan"].yuan(), steps=steps)

    def _step(self, node: Node) -> ChainStep:
        parts = node.mapping("key", "kind", "role", "limit_days", "citation", optional=("offices",))
        kind = parts["kind"].one_of(StepKind)
        if (kind is StepKind.COUNTERSIGN) != ("offices" in parts):
            raise node.wrong("rulebook_offices_mismatch")
        offices = parts["offices"].items(at_least=1) if "offices" in parts else []
        return ChainStep(
            key=parts["key"].text(),
            kind=kind,
            role=Role(parts["role"].name_in(tuple(role.value for role in Role if role in DECIDING_ROLES))),
            offices=tuple(office.name_in(OFFICE_KINDS) for office in offices),
            limit_days=parts["limit_days"].whole(),
            citation=self.cite(parts["citation"]),
        )

    def _threshold(self, node: Node) -> Threshold:
        return self.thresholds[node.name_in(tuple(self.thresholds))]
