"""Two rule files set against each other entry by entry, so that no number changes unseen. Pure.

Headings and texts of paragraphs are left out: ``text_page`` compares them to the character.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_TEXTS = frozenset({"heading", "text"})
_NAMING = ("key", "code")


@dataclass(frozen=True)
class EntryChange:
    """One entry of the file by its place, e.g. ``rows[FILING].clock_days``; empty where a version lacks it."""

    where: str
    before: str
    after: str


def entry_changes(before: object, after: object) -> tuple[EntryChange, ...]:
    """Every entry that differs between two files as plain values, in the order of the later one, what is gone last."""
    old, new = dict(_flat(before, "")), dict(_flat(after, ""))
    places = [*new, *(where for where in old if where not in new)]
    pairs = ((where, old.get(where, ""), new.get(where, "")) for where in places)
    return tuple(EntryChange(*pair) for pair in pairs if pair[1] != pair[2])


def _flat(value: object, where: str) -> Iterator[tuple[str, str]]:
    """Every single value with its place; a list of single values counts as one."""
    if isinstance(value, Mapping):
        for name, held in value.items():
            if not (where.startswith("paragraphs[") and name in _TEXTS):
                yield from _flat(held, f"{where}.{name}" if where else str(name))
    elif isinstance(value, list) and any(isinstance(each, Mapping | list) for each in value):
        names: dict[str, int] = {}
        for number, each in enumerate(value):
            name = _name_of(each, number)
            names[name] = names.get(name, 0) + 1
            yield from _flat(each, f"{where}[{name if names[name] == 1 else f'{name} #{names[name]}'}]")
    elif isinstance(value, list):
        yield where, "、".join(_said(each) for each in value)
    else:
        yield where, _said(value)


def _name_of(member: object, number: int) -> str:
    """What a member of a list is known by: its key or code, a chain its routes and amount, else its number."""
    if not isinstance(member, Mapping):
        return str(number + 1)
    for name in _NAMING:
        if name in member:
            return str(member[name])
    if "routes" in member:
        return f"{'、'.join(map(str, member['routes']))} {member.get('from_yuan', '')}"
    return str(member.get("from_yuan", number + 1))


def _said(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
