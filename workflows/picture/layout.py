"""Where boxes and arrows lie. Pure: spots and links in, a picture out. Units: pixels."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workflows.picture.drawing import Arrow, Box, Line, Link, Picture, Spot

MARGIN = 8
ROW_GAP = 52
LEVEL = 24
LABEL_SIZE, LABEL_LINE = 13, 17
DETAIL_SIZE, DETAIL_LINE = 11.5, 15
PADDING = 8
HEAD = 7
_WIDE = frozenset("WFA")


@dataclass(frozen=True)
class Measure:
    """How wide boxes and the gaps between them are."""

    box: int
    gap: int


ROOMY, DENSE = Measure(112, 30), Measure(97, 20)
MOST_ROOMY = 8
"""Columns that a desk of usual width shows with roomy boxes."""


def text_width(text: str, size: float) -> float:
    """About how wide a text is: Chinese characters are square, others a little more than half of that."""
    return sum(size if unicodedata.east_asian_width(char) in _WIDE else size * 0.56 for char in text)


def wrapped(text: str, size: float, width: float, most: int) -> tuple[str, ...]:
    """The text in at most ``most`` lines; words are kept whole where they can be, what is over ends in an ellipsis."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if line and text_width(line + piece.rstrip(), size) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    lines.append(line.rstrip())
    kept = [one for one in lines if one]
    if len(kept) > most:
        kept = [*kept[: most - 1], " ".join(kept[most - 1 :])]
    return tuple(_cut(one, size, width) for one in kept)


def _pieces(text: str) -> list[str]:
    """Words of letters with the space after them; every Chinese character for itself."""
    pieces: list[str] = []
    for char in text:
        is_wide = unicodedata.east_asian_width(char) in _WIDE
        if (
            pieces
            and not is_wide
            and pieces[-1][-1] != " "
            and unicodedata.east_asian_width(pieces[-1][-1]) not in _WIDE
        ):
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def _cut(text: str, size: float, width: float) -> str:
    if text_width(text, size) <= width:
        return text
    while text and text_width(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def lay_out(spots: Sequence[Spot], links: Sequence[Link], *, title: str = "", said: Iterable[str] = ()) -> Picture:
    """Columns from left to right, rows from above; ways back lie over the first row, each on a level of its own."""
    back = [link for link in links if link.state == "back"]
    columns = {spot.key: spot.column for spot in spots}
    levels = _levels(back, columns)
    top = MARGIN + LEVEL * (max(levels, default=-1) + 1)
    measure = ROOMY if max(columns.values(), default=0) < MOST_ROOMY else DENSE
    boxes = _boxes(spots, top, measure)
    by_key = {box.key: box for box in boxes}
    rows = {spot.key: spot.row for spot in spots}
    arrows = [
        _over(by_key[link.source], by_key[link.target], link, level) for link, level in zip(back, levels, strict=True)
    ]
    arrows += [_way(by_key, rows, link) for link in links if link.state != "back"]
    return Picture(
        width=max((box.x + box.width for box in boxes), default=0)
        + MARGIN
        + (measure.gap if max(rows.values(), default=0) else 0),
        height=max((box.y + box.height for box in boxes), default=0) + MARGIN,
        boxes=tuple(boxes),
        arrows=tuple(arrows),
        title=title,
        said=tuple(said),
    )


def _boxes(spots: Sequence[Spot], top: int, measure: Measure) -> list[Box]:
    inner = measure.box - 2 * 4
    texts = {
        spot.key: (
            wrapped(spot.label, LABEL_SIZE, inner, 2),
            tuple(line for detail in spot.details if detail for line in wrapped(detail, DETAIL_SIZE, inner, 2)),
        )
        for spot in spots
    }
    heights: Counter[int] = Counter()
    for spot in spots:
        label, details = texts[spot.key]
        height = 2 * PADDING + LABEL_LINE * len(label) + DETAIL_LINE * len(details)
        heights[spot.row] = max(heights[spot.row], height)
    tops, y = {}, top
    for row in range(max(heights, default=0) + 1):
        tops[row] = y
        y += heights[row] + (ROW_GAP if heights[row] else 0)
    return [_box(spot, *texts[spot.key], tops[spot.row], heights[spot.row], measure) for spot in spots]


def _box(spot: Spot, label: tuple[str, ...], details: tuple[str, ...], y: int, height: int, measure: Measure) -> Box:
    x = MARGIN + spot.column * (measure.box + measure.gap)
    centre = x + measure.box / 2
    text_height = LABEL_LINE * len(label) + DETAIL_LINE * len(details)
    start = y + (height - text_height) / 2
    below = start + LABEL_LINE * len(label)
    return Box(
        key=spot.key,
        x=x,
        y=y,
        width=measure.box,
        height=height,
        state=spot.state,
        label=tuple(Line(centre, start + LABEL_LINE * n + 13, text) for n, text in enumerate(label)),
        details=tuple(Line(centre, below + DETAIL_LINE * n + 11, text) for n, text in enumerate(details)),
    )


def _levels(back: Sequence[Link], columns: Mapping[str, int]) -> list[int]:
    """The level of each way back, the lowest on which it meets no other."""
    taken: list[list[tuple[int, int]]] = []
    levels = []
    for link in back:
        first, last = sorted((columns[link.source], columns[link.target]))
        level = next((n for n, spans in enumerate(taken) if all(last < a or b < first for a, b in spans)), len(taken))
        if level == len(taken):
            taken.append([])
        taken[level].append((first, last))
        levels.append(level)
    return levels


def _over(source: Box, target: Box, link: Link, level: int) -> Arrow:
    """From the top of one box over all between them to the top of another."""
    start, end = _centre(source) + 16 + 5 * level, _centre(target) - 16 - 5 * level
    y = source.y - 14 - LEVEL * level
    path = f"M{start:g} {source.y} V{y} H{end:g} V{target.y}"
    return Arrow(path, _head(end, target.y, "down"), link.state, Line((start + end) / 2, y - 4, link.label))


def _way(boxes: Mapping[str, Box], rows: Mapping[str, int], link: Link) -> Arrow:
    source, target = boxes[link.source], boxes[link.target]
    drop = rows[link.target] - rows[link.source]
    if not drop:
        return _along(source, target, link)
    if drop > 0:
        return _down(source, target, link)
    return _up(source, target, link) if drop == -1 else _around(source, target, link)


def _along(source: Box, target: Box, link: Link) -> Arrow:
    y = source.y + source.height / 2
    if target.x > source.x:
        start, end, way = source.x + source.width, target.x, "right"
    else:
        start, end, way = source.x, target.x + target.width, "left"
    label = Line((start + end) / 2, y - 6, link.label) if link.label else None
    return Arrow(f"M{start} {y:g} H{end}", _head(end, y, way), link.state, label)


def _down(source: Box, target: Box, link: Link) -> Arrow:
    start, end = _centre(source) + link.shift, _centre(target) + link.shift
    y = source.y + source.height + 24
    path = f"M{start:g} {source.y + source.height} V{y} H{end:g} V{target.y}"
    return Arrow(path, _head(end, target.y, "down"), link.state, _beside(link, start, end, y))


def _up(source: Box, target: Box, link: Link) -> Arrow:
    start, end = _centre(source) + link.shift, _centre(target) + link.shift
    y = source.y - 16
    bottom = target.y + target.height
    path = f"M{start:g} {source.y} V{y} H{end:g} V{bottom}"
    return Arrow(path, _head(end, bottom, "up"), link.state, _beside(link, start, end, y))


def _around(source: Box, target: Box, link: Link) -> Arrow:
    """Past the rows between, in the free column to the right of the source."""
    x, end = source.x + source.width + DENSE.gap / 2, _centre(target) + link.shift
    bottom = target.y + target.height
    path = f"M{source.x + source.width} {source.y + source.height / 2:g} H{x:g} V{bottom + 30} H{end:g} V{bottom}"
    label = Line((x + end) / 2, bottom + 26, link.label) if link.label else None
    return Arrow(path, _head(end, bottom, "up"), link.state, label)


def _beside(link: Link, start: float, end: float, y: float) -> Line | None:
    if not link.label:
        return None
    if start == end:
        return Line(start + text_width(link.label, DETAIL_SIZE) / 2 + 6, y + 8, link.label)
    return Line((start + end) / 2, y - 4, link.label)


def _centre(box: Box) -> float:
    return box.x + box.width / 2


def _head(x: float, y: float, way: str) -> str:
    """The tip of an arrow at a point."""
    across = {
        "right": f"l{-HEAD} -4 v8 z",
        "left": f"l{HEAD} -4 v8 z",
        "down": f"l-4 {-HEAD} h8 z",
        "up": f"l-4 {HEAD} h8 z",
    }
    return f"M{x:g} {y:g} {across[way]}"
