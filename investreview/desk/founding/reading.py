"""The founding file as typed values, each of which knows its line and its place in the file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

import yaml

from investreview.core.errors import DomainError, Invalid
from investreview.core.messages import sentence

Choice = TypeVar("Choice", bound=Enum)

# A founding file is a few hundred lines; anything larger is another file.
LARGEST_BYTES = 1_000_000


@dataclass(frozen=True)
class Place:
    """Where in which file: ``lianyungang.yaml``, line 12, ``enterprises[3].credit_code``."""

    file: str
    line: int
    path: str

    def refuse(self, code: str, **facts: object) -> Invalid:
        """The error that says what is wrong at this place."""
        return self.refusal_of(Invalid(code, field=None, citation=None, **facts))

    def refusal_of(self, error: DomainError) -> Invalid:
        """Another room's refusal, told with this place."""
        why = sentence(error)
        return Invalid("founding_refused", file=self.file, line=self.line, path=self.path, why=why)


@dataclass(frozen=True)
class Section:
    """A mapping of the file whose keys are all known; a value is read by its type."""

    place: Place
    nodes: Mapping[str, yaml.Node]
    lines: Mapping[str, int]

    def only(self, *known: str) -> "Section":
        """The section itself. Raises: Invalid (founding_refused) for a key that is none of ``known``."""
        for key in self.nodes:
            if key not in known:
                raise self.at(key).refuse("founding_key_unknown", key=key, known="、".join(known))
        return self

    def at(self, key: str) -> Place:
        """The place of a value; of a missing one, the place of the section."""
        if key not in self.nodes:
            return self.place
        path = f"{self.place.path}.{key}" if self.place.path else key
        return Place(self.place.file, self.lines[key], path)

    def text(self, key: str) -> str:
        """The text under ``key``. Raises: Invalid (founding_refused) when it is missing or empty."""
        value = self.optional_text(key)
        if not value:
            raise self.at(key).refuse("founding_value_missing", key=key)
        return value

    def optional_text(self, key: str) -> str:
        """The text under ``key``, or nothing."""
        node = self.nodes.get(key)
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode):
            raise self.at(key).refuse("founding_value_shape", key=key)
        return str(node.value).strip()

    def whole(self, key: str) -> int:
        """The whole number under ``key``."""
        text = self.text(key)
        if not (text.isascii() and text.isdecimal() and len(text) < 10):
            raise self.at(key).refuse("founding_value_number", given=text)
        return int(text)

    def day(self, key: str) -> date:
        """The date under ``key``, written 2024-01-02."""
        text = self.text(key)
        try:
            return datetime.strptime(text, "%Y-%m-%d").date()
        except ValueError as error:
            raise self.at(key).refuse("founding_value_day", given=text) from error

    def optional_day(self, key: str) -> date | None:
        """The date under ``key``, or nothing."""
        return self.day(key) if key in self.nodes else None

    def flag(self, key: str) -> bool:
        """Whether ``key`` says true; a missing one says false."""
        text = self.optional_text(key) or "false"
        if text not in ("true", "false"):
            raise self.at(key).refuse("founding_value_flag", given=text)
        return text == "true"

    def choice(self, key: str, kinds: type[Choice]) -> Choice:
        """The member of ``kinds`` named under ``key``."""
        text = self.text(key)
        try:
            return kinds(text)
        except ValueError as error:
            known = "、".join(str(kind.value) for kind in kinds)
            raise self.at(key).refuse("founding_value_choice", given=text, known=known) from error

    def section(self, key: str) -> "Section":
        """The mapping under ``key``."""
        node = self.nodes.get(key)
        if node is None:
            raise self.place.refuse("founding_value_missing", key=key)
        return _section(node, self.at(key))

    def sections(self, key: str) -> "Iterator[Section]":
        """The mappings listed under ``key``; a missing list is empty."""
        node = self.nodes.get(key)
        if node is None:
            return
        place = self.at(key)
        if not isinstance(node, yaml.SequenceNode):
            raise place.refuse("founding_value_shape", key=key)
        for number, each in enumerate(node.value):
            yield _section(each, Place(place.file, each.start_mark.line + 1, f"{place.path}[{number}]"))


def _section(node: yaml.Node, place: Place) -> Section:
    if not isinstance(node, yaml.MappingNode):
        raise place.refuse("founding_value_shape", key=place.path)
    nodes: dict[str, yaml.Node] = {}
    lines: dict[str, int] = {}
    for key, value in node.value:
        name, line = str(key.value), key.start_mark.line + 1
        if name in nodes:
            raise Place(place.file, line, place.path).refuse("founding_key_twice", key=name)
        nodes[name], lines[name] = value, line
    return Section(place, nodes, lines)


def read_file(file: Path) -> Section:
    """The whole file as one section.

    Raises: Invalid (founding_file_missing, founding_refused) when it cannot be read as YAML.
    """
    place = Place(file.name, 1, "")
    try:
        content = file.read_bytes()
        node: Any = (
            yaml.compose(content.decode("utf-8"), Loader=yaml.SafeLoader) if len(content) <= LARGEST_BYTES else None
        )
    except OSError as error:
        raise Invalid("founding_file_missing", file=str(file)) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        where = Place(file.name, mark.line + 1 if mark else 1, "")
        raise where.refuse("founding_not_yaml", why=str(getattr(error, "problem", error))) from error
    if node is None:
        raise place.refuse("founding_not_yaml", why=f"0 – {LARGEST_BYTES}")
    return _section(node, place)
