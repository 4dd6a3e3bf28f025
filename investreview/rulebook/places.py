"""On which line of a rule file a fault stands, and the lines around it. Pure."""

import re
from dataclasses import dataclass

import yaml

from investreview.core.errors import DomainError, Invalid
from investreview.rulebook.reading import compose_yaml

AROUND = 3
"""So many lines stand before and after the line of a fault."""
_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


@dataclass(frozen=True)
class Line:
    """One line of the file; ``is_fault`` marks the one to be corrected."""

    number: int
    text: str
    is_fault: bool


def line_of_fault(error: DomainError, content: bytes) -> int | None:
    """The line that the reader of the file stumbled over; nothing for an error that speaks of no place."""
    line = error.facts.get("line")
    if isinstance(line, int):
        return line
    where = error.facts.get("where")
    return line_of(content, where) if isinstance(where, str) else None


def line_of(content: bytes, where: str) -> int | None:
    """The line on which the entry ``rows[3].when`` begins; where it is missing, that of what should hold it."""
    try:
        node = compose_yaml(content)
    except Invalid:
        return None
    if node is None:
        return None
    line = node.start_mark.line
    for index, name in _STEP.findall(where.partition(": ")[0]):
        found = _below(node, index, name)
        if found is None:
            break
        line, node = found
    return line + 1


def lines_around(text: str, line: int | None) -> tuple[Line, ...]:
    """The line of a fault with those around it; none where the fault has no line."""
    if line is None:
        return ()
    lines = text.splitlines()
    first, last = max(line - AROUND, 1), min(line + AROUND, len(lines))
    return tuple(Line(number, lines[number - 1], number == line) for number in range(first, last + 1))


def _below(node: yaml.Node, index: str, name: str) -> tuple[int, yaml.Node] | None:
    """The line of a member or entry, and its value."""
    if index and isinstance(node, yaml.SequenceNode) and int(index) < len(node.value):
        member = node.value[int(index)]
        return member.start_mark.line, member
    if name and isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == name:
                return key.start_mark.line, value
    return None
