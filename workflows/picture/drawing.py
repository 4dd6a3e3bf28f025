"""A picture of a process: boxes, arrows and their words, each with its place on the paper. Pure. Units: pixels."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Spot:
    """One box before it has a place: where it stands in the order, and what it says.

    ``state`` is done, now, todo, again (to be done once more), returned, stopped, off (route not taken) or heat-0 … 5.
    """

    key: str
    label: str
    column: int
    row: int = 0
    state: str = "todo"
    details: tuple[str, ...] = ()
    said: str = ""


@dataclass(frozen=True)
class Link:
    """One way from box to box; a ``back`` one goes over the top of the first row. ``shift`` keeps two apart."""

    source: str
    target: str
    state: str = "todo"
    label: str = ""
    shift: int = 0


@dataclass(frozen=True)
class Line:
    """One line of text."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Box:
    """One box on the paper with its lines."""

    key: str
    x: int
    y: int
    width: int
    height: int
    state: str
    label: tuple[Line, ...]
    details: tuple[Line, ...]


@dataclass(frozen=True)
class Arrow:
    """One way as a path, its head as another, and its words where it has any."""

    path: str
    head: str
    state: str
    label: Line | None = None


@dataclass(frozen=True)
class Picture:
    """Everything a template draws, and the same in words (``said``): a line a box and a line a way back."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    title: str = ""
    said: Sequence[str] = field(default=())

    @property
    def fits(self) -> str:
        """How it may be drawn smaller to be seen whole: on any desk, on a wide one, or never: then it is scrolled."""
        return "any" if self.width <= ANY_DESK else "wide" if self.width <= WIDE_DESK else ""


ANY_DESK, WIDE_DESK = 1160, 1340
