"""Breaking a title by sense, in the shapes of GB/T 9704: long over short, or short–long–short. Pure."""

from functools import lru_cache
from itertools import combinations, pairwise
from pathlib import Path

from investreview.documents.layout.linebreak import NO_LINE_END, NO_LINE_START, split_clusters

FORBIDDEN = 1000.0
INSIDE_WORD = 60.0
PLAIN = 9.0
AT_WORD = 3.0
AT_JOINT = 0.0


def _words(name: str) -> tuple[str, ...]:
    return tuple(Path(__file__).with_name(name).read_text(encoding="utf-8").split())


ENDS_WELL = _words("title_ends.txt")
"""A line may well end after these."""
WORDS = _words("title_words.txt")
"""Words that are not torn apart."""


@lru_cache(maxsize=512)
def break_title(text: str, per_line: int) -> tuple[str, ...]:
    """The title in lines of at most ``per_line`` full-width characters; a line break in the text is the writer's own.

    Up to four lines are shaped by sense; a longer title is filled line by line.
    """
    if "\n" in text:
        return tuple(line for own in text.split("\n") for line in break_title(own.strip(), per_line) if line)
    pieces = split_clusters(text)
    sizes = [_cells(piece) for piece in pieces]
    total = sum(sizes)
    if total <= per_line:
        return (text,)
    wanted = int(-(-total // per_line))
    if wanted <= 4:
        for count in range(max(2, wanted), min(5, wanted + 2)):
            shaped = _shaped(pieces, sizes, count, per_line)
            if shaped:
                return shaped
    return _filled(pieces, min(per_line, int(total / wanted) + 2))


def _cells(piece: str) -> float:
    return sum(0.55 if ord(c) < 0x2000 else 1.0 for c in piece)


def _filled(pieces: list[str], per_line: int) -> tuple[str, ...]:
    lines, used = [""], 0.0
    for piece in pieces:
        for part in [piece] if _cells(piece) <= per_line else list(piece):
            if used + _cells(part) > per_line:
                lines.append("")
                used = 0.0
            lines[-1] += part
            used += _cells(part)
    return tuple(line for line in lines if line.strip())


def _shaped(pieces: list[str], sizes: list[float], count: int, per_line: int) -> tuple[str, ...]:
    """The best cut into ``count`` lines, or nothing where none fits."""
    starts = [0.0]
    for size in sizes:
        starts.append(starts[-1] + size)
    costs = _break_costs(pieces)
    usable = [i for i in range(1, len(pieces)) if costs[i] < FORBIDDEN]
    if count == 4:
        usable = [i for i in usable if costs[i] < INSIDE_WORD][:40]
    best: tuple[int, ...] = ()
    best_cost = float("inf")
    for cuts in combinations(usable, count - 1):
        edges = (0, *cuts, len(pieces))
        lengths = [starts[b] - starts[a] for a, b in pairwise(edges)]
        if max(lengths) > per_line:
            continue
        cost = sum(costs[i] for i in cuts) + _shape_cost(lengths)
        if cost < best_cost:
            best, best_cost = edges, cost
    return tuple("".join(pieces[a:b]) for a, b in pairwise(best))


def _shape_cost(lengths: list[float]) -> float:
    """How far the lines are from long over short, or from short–long–short."""
    short = min(lengths)
    cost = 4.0 * max(0.0, max(lengths) / 2 - short)
    if len(lengths) == 2:
        difference = lengths[0] - lengths[1]
        return cost + (abs(difference - 2) if difference > 0 else 6 + 2 * abs(difference))
    middle = max(lengths[1:-1])
    ends = max(lengths[0], lengths[-1])
    rhombus = abs(middle - ends - 3) if middle > ends else 8 + 2 * (ends - middle)
    return cost + rhombus + 0.5 * abs(lengths[0] - lengths[-1])


def _break_costs(pieces: list[str]) -> list[float]:
    """For each place between pieces: how bad a line break there reads."""
    text = "".join(pieces)
    place, places = 0, []
    for piece in pieces:
        places.append(place)
        place += len(piece)
    inside, edges = _word_places(text)
    costs = []
    for i, at in enumerate(places):
        before, after = text[:at], text[at:]
        cost = PLAIN
        if at in inside:
            cost = INSIDE_WORD
        elif before.endswith(ENDS_WELL):
            cost = AT_JOINT
        elif at in edges:
            cost = AT_WORD
        if after[:1] in {"的", "和", "及", "与", "（", "("}:
            cost += 12
        if before.endswith(("的", "和", "及", "与", "对", "在")):
            cost += 2
        if before.count("（") > before.count("）"):
            cost += 20
        is_torn = i == 0 or after[0] in NO_LINE_START or before[-1] in NO_LINE_END
        costs.append(FORBIDDEN if is_torn else cost)
    return costs


def _word_places(text: str) -> tuple[set[int], set[int]]:
    """Offsets inside known words, and offsets at their edges."""
    inside: set[int] = set()
    edges: set[int] = set()
    for word in WORDS:
        start = text.find(word)
        while start >= 0:
            inside.update(range(start + 1, start + len(word)))
            edges.update({start, start + len(word)})
            start = text.find(word, start + 1)
    return inside, edges
