"""Reading a rule file so that every fault says where it is and what was expected. Pure, standard library and YAML.

Nothing is guessed: unknown keys, keys written twice, floats for money and wrong types are refused.
"""

import re
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

import yaml

from investreview.core.characters import visible
from investreview.core.errors import Invalid

Choice = TypeVar("Choice", bound=StrEnum)

MOST_BYTES = 512 * 1024
"""A rule file has some tens of kilobytes; what is much larger is none."""
DEEPEST = 30
LONGEST_NUMBER = 20

_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,19}")
_PARAGRAPH_KEY = re.compile(r"§[1-9][0-9]*(\.[1-9][0-9]*){1,2}")
_YUAN = re.compile(r"(0|[1-9][0-9]{0,12})\.[0-9]{2}")


class _StrictLoader(yaml.SafeLoader):
    """PyYAML takes the last of two equal keys in silence, lets a file refer to itself and name Python types by tags.

    A rule file does none of it. Depth and numbers are bounded, so that no file costs more than its size.
    """

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            raise Invalid("rulebook_alias", line=line)
        if event.tag is not None:
            raise Invalid("rulebook_tag", line=line, given=visible(event.tag)[:80])
        if self.depth == DEEPEST:
            raise Invalid("rulebook_too_deep", line=line)
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        if isinstance(node, yaml.ScalarNode) and node.tag in _NUMBERS and len(node.value) > LONGEST_NUMBER:
            raise Invalid("rulebook_not_value", line=line, given=node.value[:80])
        return node

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep=deep)  # type: ignore[no-untyped-call]
        except ValueError as error:  # a day such as 2024-02-30, a number such as 0x_
            raise Invalid("rulebook_not_value", line=node.start_mark.line + 1, given=str(node.value)[:80]) from error

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Hashable] = set()
        for name, _value in node.value:
            key = self.construct_object(name, deep=True)
            if isinstance(key, Hashable):
                if key in seen:
                    raise Invalid("rulebook_key_twice", line=node.start_mark.line + 1, key=key)
                seen.add(key)
        return super().construct_mapping(node, deep=deep)


_NUMBERS = frozenset({"tag:yaml.org,2002:int", "tag:yaml.org,2002:float"})


def load_yaml(content: bytes) -> object:
    """The file as plain values.

    Raises: Invalid (rulebook_file_large, rulebook_not_utf8, rulebook_not_yaml, rulebook_key_twice, rulebook_alias,
    rulebook_tag, rulebook_too_deep, rulebook_not_value) with the line.
    """
    text = decoded(content)
    try:
        return yaml.load(text, Loader=_StrictLoader)  # noqa: S506 -- derives from SafeLoader
    except yaml.YAMLError as error:
        raise _not_yaml(error) from error


def compose_yaml(content: bytes) -> yaml.Node | None:
    """The same file as nodes that know their lines. Raises: as ``load_yaml``."""
    text = decoded(content)
    try:
        return yaml.compose(text, Loader=_StrictLoader)  # type: ignore[no-untyped-call,no-any-return]
    except yaml.YAMLError as error:
        raise _not_yaml(error) from error


def decoded(content: bytes) -> str:
    """The text of a rule file. Raises: Invalid (rulebook_file_large, rulebook_not_utf8)."""
    if len(content) > MOST_BYTES:
        raise Invalid("rulebook_file_large", most=MOST_BYTES // 1024, given=len(content) // 1024 + 1)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Invalid("rulebook_not_utf8", line=content[: error.start].count(b"\n") + 1) from error


def _not_yaml(error: yaml.YAMLError) -> Invalid:
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    problem = " ".join(str(error).split())
    return Invalid("rulebook_not_yaml", problem=problem, line=mark.line + 1 if mark is not None else None)


@dataclass(frozen=True)
class Node:
    """One value of the file with its place, e.g. ``rows[3].when.amount_from``."""

    value: object
    where: str

    def mapping(self, *required: str, optional: tuple[str, ...] = ()) -> dict[str, "Node"]:
        """The entries by name. Raises: Invalid when one is missing or unknown."""
        if not isinstance(self.value, dict):
            raise self.wrong("rulebook_not_mapping")
        for name in required:
            if name not in self.value:
                raise Invalid("rulebook_entry_missing", where=self._place(name))
        for name in self.value:
            if name not in (*required, *optional):
                raise Invalid("rulebook_entry_unknown", where=self._place(name))
        return {name: Node(value, self._place(name)) for name, value in self.value.items()}

    def entries(self) -> dict[str, "Node"]:
        """The entries of a mapping whose names are free."""
        if not isinstance(self.value, dict):
            raise self.wrong("rulebook_not_mapping")
        return {str(name): Node(value, self._place(str(name))) for name, value in self.value.items()}

    def items(self, at_least: int = 0) -> list["Node"]:
        """The members of a list of ``at_least`` so many, each with its index in the place."""
        if not isinstance(self.value, list) or len(self.value) < at_least:
            raise self.wrong("rulebook_not_list")
        return [Node(value, f"{self.where}[{index}]") for index, value in enumerate(self.value)]

    def text(self) -> str:
        """A text that is not blank, without blanks around it and without characters that nobody sees."""
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.wrong("rulebook_not_text")
        if visible(self.value) != self.value:
            raise Invalid("rulebook_text_unseen", where=self.where or "/", given=visible(self.value)[:80])
        return self.value.strip()

    def code(self) -> str:
        """A short name that an address can carry."""
        return self._matching(_CODE, "rulebook_not_code")

    def paragraph_key(self) -> str:
        """The key of a paragraph, e.g. ``§3.6`` or ``§3.6.1``."""
        return self._matching(_PARAGRAPH_KEY, "rulebook_not_paragraph_key")

    def whole(self) -> int:
        """A whole number of one or more."""
        if isinstance(self.value, bool) or not isinstance(self.value, int) or self.value < 1:
            raise self.wrong("rulebook_not_whole")
        return self.value

    def yuan(self) -> Decimal:
        """An amount written as text with two decimals, so that YAML cannot make a float of it. Units: yuan."""
        return Decimal(self._matching(_YUAN, "rulebook_not_yuan"))

    def flag(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            raise self.wrong("rulebook_not_flag")
        return self.value

    def day(self) -> date:
        """A date without a time, as YAML reads ``2024-01-01``."""
        if type(self.value) is not date:
            raise self.wrong("rulebook_not_day")
        return self.value

    def one_of(self, choices: type[Choice]) -> Choice:
        """A member of a closed vocabulary, by its value."""
        return choices(self.name_in(tuple(choice.value for choice in choices)))

    def name_in(self, names: tuple[str, ...]) -> str:
        """One of ``names``."""
        if not isinstance(self.value, str) or self.value not in names:
            raise self.wrong("rulebook_not_one_of", choices="、".join(names))
        return self.value

    def wrong(self, code: str, *, choices: str = "") -> Invalid:
        """The error for this place: what was given, and by its code what was expected."""
        return Invalid(code, where=self.where or "/", given=str(self.value)[:80], choices=choices)

    def _matching(self, pattern: re.Pattern[str], code: str) -> str:
        if not isinstance(self.value, str) or not pattern.fullmatch(self.value):
            raise self.wrong(code)
        return self.value

    def _place(self, name: object) -> str:
        return f"{self.where}.{name}" if self.where else str(name)
