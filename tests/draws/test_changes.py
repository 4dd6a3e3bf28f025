"""Every change of one value in an evidence file is noticed, whatever the value and whatever it becomes."""

import copy
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest

from investreview.draws import verify_draw as ird
from tests.draws.files import evidence_of

FILES = (
    "exclusions",
    "declines-one-wave",
    "declines-two-waves",
    "infeasible",
    "infeasible-wave",
    "unit-cap-waves",
    "unicode-openings",
    "second-of-a-series",
    "sample-cell_ceil",
    "sample-ent_systematic",
)
WALKED_WHOLE = {"exclusions", "unicode-openings", "sample-cell_ceil"}
"""Here every leaf of every row; in the other files the many rows of the snapshot are the same, and three are walked."""
Path = tuple[str | int, ...]


def places(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every value below ``value`` with the way to it."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, item in items:
        yield (*path, name), item
        yield from places(item, (*path, name))


def holder(evidence: Any, path: Path) -> Any:
    """What holds the value at ``path``."""
    for name in path[:-1]:
        evidence = evidence[name]
    return evidence


def others(value: Any) -> Iterator[Any]:
    """What somebody might put in the place of a value: a near one, another kind, nothing."""
    if isinstance(value, bool):
        yield from (not value, int(value), str(value))
    elif isinstance(value, int):
        yield from (value + 1, value - 1, -value or 7, str(value), float(value), value == 1, 2**53, None)
    elif isinstance(value, str):
        yield from (value + "0", value[:-1] if value else "x", value + "\u200b", None, [value], 0)
        if value and value[-1] in "0123456789abcdef":
            yield value[:-1] + ("1" if value[-1] == "0" else "0")
        if value != value.upper():
            yield value.upper()
    elif value is None:
        yield from (0, False, "", {})
    elif isinstance(value, list):
        yield from ([*value, *value[:1]] if value else [0], value[1:] or None, list(reversed(value)), {}, None)
    else:
        yield from ({}, [], None)


def notices(evidence: Any) -> bool:
    return ird.verify(evidence) != []


@pytest.mark.parametrize("name", FILES)
def test_no_leaf_can_change(name: str) -> None:
    evidence = evidence_of(name)
    unnoticed = []
    for path, value in list(places(evidence)):
        if isinstance(value, dict | list) or (name not in WALKED_WHOLE and _is_one_of_many_rows(path)):
            continue
        held = holder(evidence, path)
        for other in _few(path, others(value)):
            held[path[-1]] = other
            if not notices(evidence):
                unnoticed.append((path, value, other))
        held[path[-1]] = value
    assert unnoticed == []
    assert not notices(evidence)


def _is_one_of_many_rows(path: Path) -> bool:
    return path[:2] == ("snapshot", "rows") and len(path) > 2 and int(path[2]) > 2


def _few(path: Path, values: Iterator[Any]) -> Iterator[Any]:
    """All of them, or one for each of the many rows of a snapshot."""
    every = list(values)
    return iter(every[:1] if _is_one_of_many_rows(path) else every)


@pytest.mark.parametrize("name", FILES)
def test_no_list_or_object_can_change(name: str) -> None:
    evidence = evidence_of(name)
    unnoticed = []
    for path, value in list(places(evidence)):
        if not isinstance(value, dict | list) or _is_one_of_many_rows(path):
            continue
        held = holder(evidence, path)
        for other in others(value):
            if other == value and type(other) is type(value):
                continue
            held[path[-1]] = other
            if not notices(evidence):
                unnoticed.append((path, other))
        held[path[-1]] = value
    assert unnoticed == []


@pytest.mark.parametrize("name", FILES)
def test_no_field_can_be_added_or_removed(name: str) -> None:
    original = evidence_of(name)
    objects = [((), original), *((path, value) for path, value in places(original) if isinstance(value, dict))]
    unnoticed = []
    for path, value in objects:
        if _is_one_of_many_rows(path):
            continue
        for change in (*value, "x", "doc?", "unit_cap?", "openings?"):
            evidence = copy.deepcopy(original)
            changed = holder(evidence, (*path, ""))
            if change in changed:
                del changed[change]
            else:
                changed[change] = changed.get("no", "y")
            if not notices(evidence):
                unnoticed.append((path, change))
    # Leaving the openings out is what makes the confidential file the public one.
    assert unnoticed == ([((), "openings")] if name == "unicode-openings" else [])


@pytest.mark.parametrize("name", ["plain", "unicode-openings"])
@pytest.mark.parametrize("field", ["doc", "unit_cap", "openings"])
def test_optional_fields_are_no_way_in(name: str, field: str) -> None:
    evidence = evidence_of(name)
    if field == "openings":
        evidence["openings"] = []
    else:
        evidence["request"][field] = 1
    assert notices(evidence)


def test_a_name_normalised_to_another_spelling_is_noticed() -> None:
    evidence = evidence_of("unicode-openings")
    private = evidence["openings"][5]["private"]
    composed = unicodedata.normalize("NFC", private["name"])
    assert composed != private["name"]
    private["name"] = composed
    assert ird.verify(evidence) == ["openings: 6号与封存的不符 / number 6 is not who was sealed"]


def test_one_person_in_two_rows_is_noticed() -> None:
    evidence = evidence_of("unicode-openings")
    evidence["openings"][1]["private"]["id"] = "ID1"
    assert ird.verify(evidence) == ["openings: 同一人占两行 / somebody stands in two rows"]
