"""What the longer forms are built of: numbered sections, facts side by side, tables, prose, remarks, fields to sign."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import count

from reportlab.lib.units import mm

from investreview.documents.layout import form
from investreview.documents.layout.fonts import Face
from investreview.documents.layout.page import Page
from investreview.documents.layout.table import (
    LEFT,
    RIGHT,
    Align,
    Cell,
    Flow,
    Row,
    first_height,
    head_row,
    label,
    text_row,
)
from investreview.documents.rules import ordinal_chinese

SIZE = 10.5
EVEN = (26 * mm, 64 * mm, 24 * mm, 42 * mm)
UNEVEN = (24 * mm, 80 * mm, 20 * mm, 32 * mm)
"""Label, value, label, value; the second where the first value is long and the other short."""
FACT_HEIGHT, FACT_PADDING = 22.5, 3.6
HEAD_HEIGHT, LINE_HEIGHT, LINE_PADDING, LINE_INSET = 20.0, 18.6, 2.4, 4.4
NOTE_SIZE, NOTE_LEADING, NOTE_GAP = 9.5, 1.5, 2.0
NOTE_HEIGHT = NOTE_SIZE * NOTE_LEADING + NOTE_GAP
PROSE_SIZE, PROSE_LEADING = 11.0, 1.55
SENTENCE_LEADING = 1.43
SIGN_COLUMNS = (24 * mm, 54 * mm, 26 * mm, 52 * mm)
SIGN_HEIGHT = 32.0


def continued_as(flow: Flow, text: str) -> None:
    """Each page after this one begins with （续） and ``text``."""

    def begin(page: Page) -> float:
        page.add(form.fitted(LEFT, form.TOP + 9, f"（续）{text}", SIZE, RIGHT - LEFT))
        return float(form.TOP + 16)

    flow.new_page = begin


class Sections:
    """The sections of a form, numbered 一、二、 … as they come; no heading stands at the foot of a page alone.

    ``keep``: points of what comes after the section that stand on one page with its last line.
    """

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._ordinals = count(1)

    def head(self, title: str, *, keep: float) -> None:
        """The next heading stands, on one page with ``keep`` points of what follows it."""
        form.section(self._flow, f"{ordinal_chinese(next(self._ordinals))}、{title}", keep=keep)

    def rows(self, title: str, rows: list[Row], *, head: Row | None = None, keep: float = 0.0) -> None:
        """A section of rows, whose head comes again on each page."""
        self.head(title, keep=first_height(rows, head, keep))
        self._flow.rows(rows, head=head, keep=keep)

    def table(
        self,
        title: str,
        names: Sequence[str],
        widths: Sequence[float],
        aligns: Sequence[Align],
        lines: Iterable[Sequence[str]],
        *,
        keep: float = 0.0,
    ) -> None:
        """A section that is a table of texts."""
        rows = [line(texts, widths, aligns) for texts in lines]
        self.rows(title, rows, head=table_head(names, widths), keep=keep)

    def prose(self, title: str, paragraphs: Sequence[str], *, keep: float = 0.0) -> None:
        """A section of running text, each paragraph indented by two characters."""
        self._text(title, paragraphs, size=PROSE_SIZE, leading=PROSE_LEADING, indent=2 * PROSE_SIZE, keep=keep)

    def sentences(self, title: str, sentences: Sequence[str], *, keep: float = 0.0) -> None:
        """A section of sentences numbered 1. 2. …; a single one has no number."""
        texts = [f"{i}. {text}" for i, text in enumerate(sentences, start=1)] if len(sentences) > 1 else sentences
        self._text(title, texts, size=SIZE, leading=SENTENCE_LEADING, indent=0.0, keep=keep)

    def _text(
        self, title: str, texts: Sequence[str], *, size: float, leading: float, indent: float, keep: float
    ) -> None:
        *earlier, last = texts or ("—",)
        pitch = size * leading
        first = len(form.lines_of((*earlier, last)[0], size=size, indent=indent)) * pitch
        self.head(title, keep=min(first, 3 * pitch) if earlier else first + keep)
        for text in earlier:
            form.paragraph(self._flow, text, size=size, leading=leading, indent=indent)
        form.paragraph(self._flow, last, size=size, leading=leading, indent=indent, keep=keep)


def pair(first: str, value: str, second: str, other: str, *, widths: Sequence[float] = EVEN) -> Row:
    """Two facts side by side."""
    cells = (
        label(first, widths[0], size=SIZE),
        Cell(value or "—", widths[1], size=SIZE),
        label(second, widths[2], size=SIZE),
        Cell(other or "—", widths[3], size=SIZE),
    )
    return Row(cells, FACT_HEIGHT, FACT_PADDING)


def wide(name: str, text: str, *, face: Face = Face.BODY, widths: Sequence[float] = EVEN) -> Row:
    """One fact across the table."""
    cells = (label(name, widths[0], size=SIZE), Cell(text or "—", sum(widths[1:]), face, SIZE))
    return Row(cells, FACT_HEIGHT, FACT_PADDING)


def table_head(names: Sequence[str], widths: Sequence[float]) -> Row:
    """The labels over a table."""
    return head_row(names, widths, height=HEAD_HEIGHT, padding=LINE_PADDING, size=SIZE, inset=LINE_INSET)


def line(texts: Sequence[str], widths: Sequence[float], aligns: Sequence[Align]) -> Row:
    """One line of a table."""
    return text_row(texts, widths, aligns, height=LINE_HEIGHT, padding=LINE_PADDING, size=SIZE, inset=LINE_INSET)


def total(texts: Sequence[str], widths: Sequence[float], aligns: Sequence[Align]) -> Row:
    """The line of a table that sums up the others."""
    row = line(texts, widths, aligns)
    return replace(row, cells=(replace(row.cells[0], face=Face.HEI), *row.cells[1:]))


def across(text: str, *, align: Align = Align.LEFT) -> Row:
    """A line of a table that is one cell."""
    cell = Cell(text, RIGHT - LEFT, size=SIZE - 0.5, align=align, inset=LINE_INSET)
    return Row((cell,), LINE_HEIGHT, LINE_PADDING)


def note(flow: Flow, text: str) -> None:
    """A small remark below a table."""
    flow.y += NOTE_GAP
    form.paragraph(flow, text, size=NOTE_SIZE, leading=NOTE_LEADING, indent=0, keep=0.0)


def sign_section_height(count: int) -> float:
    """What a section takes in which ``count`` people sign, with the remark under it."""
    return form.SECTION_GAP + form.SECTION_LINE + count * SIGN_HEIGHT + NOTE_HEIGHT


def sign_fields(flow: Flow, who: Sequence[str], *, when: str, blank: str) -> None:
    """One row to sign for each of ``who``, with the day or hour to be filled in by hand; they stay together."""
    name, space, day, time = SIGN_COLUMNS
    rows = [
        Row(
            (label(one, name), Cell("", space), label(when, day), Cell(blank, time, align=Align.CENTRE)),
            height=SIGN_HEIGHT,
        )
        for one in who
    ]
    flow.keep_together(rows, NOTE_HEIGHT)
    flow.rows(rows)
