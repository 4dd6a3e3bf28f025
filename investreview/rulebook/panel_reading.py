"""Reads the part ``panel`` of a rule file. Pure.

Refused as a whole: an even size, seats that do not fit the smallest panel, points that do not make 100, a name or a
step of size twice, a share above the whole.
"""

from collections.abc import Callable, Iterable

from investreview.rulebook.panels import (
    LIMITS,
    OPTIONAL_LIMITS,
    Criterion,
    PanelRules,
    PanelSize,
    RedLine,
    SeatClass,
    Specialty,
)
from investreview.rulebook.reading import Node
from investreview.rulebook.vocabulary import PoolKind, Route

FULL_POINTS = 100
SHARES = ("pass_agree", "countersigned_declines")
Cite = Callable[[Node], str]


def read_panel(node: Node, cite: Cite) -> PanelRules:
    """The panel rules. Raises: Invalid (rulebook_*) naming the place of the first fault."""
    parts = node.mapping(
        "pool", "sizes", "full_panel_routes", "specialties", "seats", "criteria", "red_lines", "limits"
    )
    specialties = tuple(_specialty(each) for each in parts["specialties"].items(at_least=1))
    keys = tuple(specialty.key for specialty in specialties)
    sizes = tuple(_size(each, cite) for each in parts["sizes"].items(at_least=1))
    seats = tuple(_seat(each, keys, cite) for each in parts["seats"].items(at_least=1))
    criteria = tuple(_criterion(each) for each in parts["criteria"].items(at_least=1))
    red_lines = tuple(_red_line(each) for each in parts["red_lines"].items())
    limits = parts["limits"].mapping(*sorted({*LIMITS} - {*OPTIONAL_LIMITS}), optional=OPTIONAL_LIMITS)
    numbers = {name: each.mapping("value", "citation") for name, each in limits.items()}
    _require_once([str(step.from_yuan) for step in sizes], parts["sizes"])
    for share in SHARES:
        if numbers[f"{share}_numerator"]["value"].whole() > numbers[f"{share}_denominator"]["value"].whole():
            raise limits[f"{share}_numerator"].wrong("rulebook_share_above_one")
    for named in (keys, [seat.key for seat in seats], [one.key for one in criteria], [one.key for one in red_lines]):
        _require_once(named, node)
    if sum(criterion.points for criterion in criteria) != FULL_POINTS:
        raise parts["criteria"].wrong("rulebook_points_not_full")
    if sum(seat.count for seat in seats) > min(step.size for step in sizes):
        raise parts["seats"].wrong("rulebook_seats_exceed_panel")
    return PanelRules(
        pool=parts["pool"].one_of(PoolKind),
        sizes=sizes,
        full_panel_routes=tuple(route.one_of(Route) for route in parts["full_panel_routes"].items()),
        specialties=specialties,
        seats=seats,
        criteria=criteria,
        red_lines=red_lines,
        citations={name: cite(number["citation"]) for name, number in numbers.items()},
        **{name: number["value"].whole() for name, number in numbers.items()},
    )


def _require_once(names: Iterable[str], node: Node) -> None:
    listed = list(names)
    if len(set(listed)) != len(listed):
        raise node.wrong("rulebook_written_twice")


def _specialty(node: Node) -> Specialty:
    parts = node.mapping("key", "name", "name_en", "is_industry")
    return Specialty(
        key=parts["key"].text(),
        name=parts["name"].text(),
        name_en=parts["name_en"].text(),
        is_industry=parts["is_industry"].flag(),
    )


def _size(node: Node, cite: Cite) -> PanelSize:
    parts = node.mapping("from_yuan", "size", "citation")
    size = parts["size"].whole()
    if size % 2 == 0:
        raise parts["size"].wrong("rulebook_panel_even")
    return PanelSize(from_yuan=parts["from_yuan"].yuan(), size=size, citation=cite(parts["citation"]))


def _seat(node: Node, specialties: tuple[str, ...], cite: Cite) -> SeatClass:
    """One class of seats: either named specialties or the project's own industries."""
    parts = node.mapping("key", "name", "name_en", "count", "of_project", "citation", optional=("specialties",))
    of_project = parts["of_project"].flag()
    if of_project == ("specialties" in parts):
        raise node.wrong("rulebook_seat_unclear")
    named = parts["specialties"].items(at_least=1) if "specialties" in parts else []
    return SeatClass(
        key=parts["key"].text(),
        name=parts["name"].text(),
        name_en=parts["name_en"].text(),
        count=parts["count"].whole(),
        specialties=tuple(each.name_in(specialties) for each in named),
        of_project=of_project,
        citation=cite(parts["citation"]),
    )


def _criterion(node: Node) -> Criterion:
    parts = node.mapping("key", "name", "name_en", "points")
    return Criterion(
        key=parts["key"].text(),
        name=parts["name"].text(),
        name_en=parts["name_en"].text(),
        points=parts["points"].whole(),
    )


def _red_line(node: Node) -> RedLine:
    parts = node.mapping("key", "name", "name_en")
    return RedLine(key=parts["key"].text(), name=parts["name"].text(), name_en=parts["name_en"].text())
