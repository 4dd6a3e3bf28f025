"""Tables of forms: rows of cells that grow with their text, cut at the foot of a page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from reportlab.lib.units import mm

from investreview.documents.layout.fonts import ASCENT, Face, width
from investreview.documents.layout.page import LABEL_FILL, Box, Page, Text
from investreview.documents.layout.setting import wrap

LEFT = 28 * mm
RIGHT = 184 * mm
PADDING = 6.2
RULE = 0.6
UNCUT = 75 * mm
"""A row that is not so high is never cut."""


class Align(StrEnum):
    """Where the lines of a cell stand."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True)
class Cell:
    """Text in a cell of ``width`` points."""

    text: str
    width: float
    face: Face = Face.BODY
    size: float = 11
    align: Align = Align.LEFT
    is_filled: bool = False
    leading: float = 1.42
    inset: float = PADDING

    @property
    def lines(self) -> tuple[str, ...]:
        """The text broken to the cell's width."""
        return wrap(self.text, self.face, self.size, self.width - 2 * self.inset)


@dataclass(frozen=True)
class Row:
    """Cells side by side, at least ``height`` points high; ``padding`` above and below the text."""

    cells: tuple[Cell, ...]
    height: float = 0.0
    padding: float = 5.0

    @property
    def natural_height(self) -> float:
        """The height the row takes with all its text."""
        texts = (len(cell.lines) * cell.size * cell.leading for cell in self.cells)
        return max(self.height, max(texts) + 2 * self.padding)


def label(text: str, cell_width: float, *, size: float = 11, inset: float = PADDING) -> Cell:
    """A label: 黑体, centred, on grey."""
    return Cell(text, cell_width, Face.HEI, size, Align.CENTRE, is_filled=True, inset=inset)


def head_row(
    names: Sequence[str],
    widths: Sequence[float],
    *,
    height: float,
    padding: float = 5.0,
    size: float = 11,
    inset: float = PADDING,
) -> Row:
    """The labels over a table's columns."""
    cells = (label(name, w, size=size, inset=inset) for name, w in zip(names, widths, strict=True))
    return Row(tuple(cells), height, padding)


def text_row(
    texts: Sequence[str],
    widths: Sequence[float],
    aligns: Sequence[Align],
    *,
    height: float,
    padding: float,
    size: float = 11,
    inset: float = PADDING,
) -> Row:
    """One line of a table."""
    cells = zip(texts, widths, aligns, strict=True)
    return Row(tuple(Cell(text, w, size=size, align=align, inset=inset) for text, w, align in cells), height, padding)


def draw_row(page: Page, row: Row, y: float, height: float, *, left: float = LEFT) -> None:
    """The row stands on the page from ``y`` down, ``height`` points high, with its rules."""
    x = left
    for cell in row.cells:
        if cell.is_filled:
            page.add_below(Box(x, y, cell.width, height, fill=LABEL_FILL))
        page.add(Box(x, y, cell.width, height, weight=RULE))
        _draw_lines(page, cell, cell.lines, x, y, height)
        x += cell.width


def _draw_lines(page: Page, cell: Cell, lines: tuple[str, ...], x: float, y: float, height: float) -> None:
    pitch = cell.size * cell.leading
    top = y + (height - pitch * len(lines)) / 2
    for i, line in enumerate(lines):
        baseline = top + pitch * i + pitch / 2 + (ASCENT - 0.5) * cell.size
        start = x + cell.inset
        if cell.align is Align.CENTRE:
            start = x + (cell.width - width(line, cell.face, cell.size)) / 2
        elif cell.align is Align.RIGHT:
            start = x + cell.width - cell.inset - width(line, cell.face, cell.size)
        if line:
            page.add(Text(start, baseline, line, cell.face, cell.size))


@dataclass
class Flow:
    """Where the next row goes: the last of ``pages`` at ``y``; ``new_page`` begins one and says where."""

    pages: list[Page]
    y: float
    bottom: float
    new_page: Callable[[Page], float]

    @property
    def page(self) -> Page:
        """The page that is being filled."""
        return self.pages[-1]

    def turn(self) -> None:
        """A new page is begun."""
        self.pages.append(Page())
        self.y = self.new_page(self.page)

    def need(self, height: float) -> None:
        """``height`` points are free below ``y``, on this page or on a new one."""
        if self.y + height > self.bottom:
            self.turn()

    def keep(self, height: float) -> None:
        """The next ``height`` points will stand on one page, where a page is high enough."""
        if height <= self.bottom - self.new_page(Page()):
            self.need(height)

    def keep_together(self, rows: list[Row], below: float) -> None:
        """The rows and ``below`` points under them will stand on one page, where a page is high enough."""
        self.keep(sum(row.natural_height for row in rows) + below)

    def rows(self, rows: list[Row], *, head: Row | None = None, keep: float = 0.0) -> None:
        """The rows stand one under the other; ``head`` comes again on each new page.

        The last row stands on one page with ``keep`` points of what follows, where a page is high enough.
        """
        if head:
            self.need(first_height(rows, head, keep))
            self._place(head)
        for row in rows[:-1]:
            self._row(row, head)
        for row in rows[-1:]:
            if keep and len(rows) > 1:
                self._keep_last(row, head, keep)
            self._row(row, head)

    def _keep_last(self, row: Row, head: Row | None, keep: float) -> None:
        height = row.natural_height + keep
        if self.y + height > self.bottom >= self.new_page(Page()) + height + (head.natural_height if head else 0):
            self._turn(head)

    def _turn(self, head: Row | None) -> None:
        self.turn()
        if head:
            self._place(head)

    def _row(self, row: Row, head: Row | None) -> None:
        rest: Row | None = row
        while rest:
            if self.y + rest.natural_height <= self.bottom:
                self._place(rest)
                return
            fits, left_over = _cut(rest, self.bottom - self.y)
            if fits:
                self._place(fits)
            rest = left_over
            self._turn(head)

    def _place(self, row: Row) -> None:
        height = row.natural_height
        draw_row(self.page, row, self.y, height)
        self.y += height


def first_height(rows: Sequence[Row], head: Row | None, keep: float) -> float:
    """What must stand together at the beginning of a table: its head and first row; with its last row ``keep``."""
    first = min(rows[0].natural_height, UNCUT) if rows else 0.0
    return (head.natural_height if head else 0.0) + first + (keep if len(rows) == 1 else 0.0)


def _cut(row: Row, room: float) -> tuple[Row | None, Row]:
    """The part of a row that fits ``room`` and the rest; a row shorter than a third of a page is not cut."""
    if row.natural_height < UNCUT:
        return None, row
    above, below = [], []
    for cell in row.cells:
        count = int((room - 2 * row.padding) / (cell.size * cell.leading))
        if count < 1:
            return None, row
        above.append(replace(cell, text="\n".join(cell.lines[:count])))
        below.append(cell if cell.is_filled else replace(cell, text="\n".join(cell.lines[count:])))
    return replace(row, cells=tuple(above)), replace(row, cells=tuple(below), height=0.0)
