"""Chinese line breaking (禁则): pure, knows widths only through the clusters it is given."""

import re
from dataclasses import dataclass, replace

NO_LINE_START = frozenset("，。、；：？！）》〉」』】〕〗”’％%‰℃…—～·,.;:?!)]}>")
NO_LINE_END = frozenset("（《〈「『【〔〖“‘([{<＄￥$#№§")
HANGING = frozenset("，。、；：！？）》〉」』】〕”’")
"""Closing marks whose right half is empty: at the end of a line that half may stand outside."""
LATIN = re.compile(r"[A-Za-z0-9\u00c0-\u024f]")
_CLUSTERS = re.compile(
    r"-{0,2}[A-Za-z0-9\u00c0-\u024f](?:[A-Za-z0-9\u00c0-\u024f.,:/+@_'’%&#~-]*[A-Za-z0-9\u00c0-\u024f%])?"
    r"|——|……|\s|.",
    re.DOTALL,
)


@dataclass(frozen=True)
class Cluster:
    """Characters that stay together on a line; ``style`` is the setter's own (a face)."""

    text: str
    width: float
    style: str = ""

    @property
    def is_latin(self) -> bool:
        """Whether it is a run of digits and letters, set at its natural pitch."""
        return LATIN.match(self.text) is not None


@dataclass(frozen=True)
class Line:
    """One line; ``indent`` and ``room`` in points; the last line of a paragraph is not spread."""

    clusters: tuple[Cluster, ...]
    indent: float
    room: float
    is_last: bool

    @property
    def text(self) -> str:
        """What the line reads."""
        return "".join(cluster.text for cluster in self.clusters)

    @property
    def width(self) -> float:
        """Natural width."""
        return sum(cluster.width for cluster in self.clusters)

    @property
    def slack(self) -> float:
        """Points that are free (or, negative, missing); the empty half of a closing mark may stand outside."""
        free = self.room - self.width
        if free < 0 and self.clusters[-1].text in HANGING:
            return min(0.0, free + self.clusters[-1].width / 2)
        return free


def split_clusters(text: str) -> list[str]:
    """The text as unbreakable pieces: runs of digits and letters, double dashes, single characters."""
    return _CLUSTERS.findall(text)


def break_lines(clusters: list[Cluster], *, room: float, indent: float = 0.0, squeeze: float = 0.0) -> list[Line]:
    """Lines that fit ``room`` (the first ``indent`` narrower); always at least one.

    ``squeeze``: points by which each gap may shrink so that a closing mark still fits.
    Rule: no closing mark at the start, no opening mark at the end of a line, no number cut, except where a single
    piece is wider than a line; no single character as last line (孤字不成行).
    """
    lines: list[Line] = []
    waiting = _cut_giants(clusters, room - indent)
    while waiting:
        first = indent if not lines else 0.0
        count = _fitting(waiting, room - first, squeeze)
        taken, waiting = waiting[:count], waiting[count:]
        while waiting and waiting[0].text == " ":
            waiting = waiting[1:]
        if len(taken) > 2 and _is_lone_character(waiting) and _may_break([*taken, *waiting], len(taken) - 1):
            waiting = [taken.pop(), *waiting]
        lines.append(Line(tuple(taken), first, room - first, is_last=not waiting))
    return lines or [Line((), indent, room - indent, is_last=True)]


def _cut_giants(clusters: list[Cluster], room: float) -> list[Cluster]:
    """Pieces wider than a line, cut into single characters of equal share."""
    pieces: list[Cluster] = []
    for cluster in clusters:
        if cluster.width <= room or len(cluster.text) == 1:
            pieces.append(cluster)
            continue
        share = cluster.width / len(cluster.text)
        size = max(1, int(room / share / 1.25))
        chunks = [cluster.text[i : i + size] for i in range(0, len(cluster.text), size)]
        pieces.extend(replace(cluster, text=chunk, width=share * len(chunk)) for chunk in chunks)
    return pieces


def _fitting(clusters: list[Cluster], room: float, squeeze: float) -> int:
    """How many clusters the line takes."""
    used, count = 0.0, 0
    for cluster in clusters:
        if used + cluster.width > room + 0.01:
            break
        used += cluster.width
        count += 1
    if count == len(clusters):
        return count
    hanging = clusters[count]
    if hanging.text in HANGING and used + hanging.width / 2 <= room + squeeze * count:
        count += 1
        if count == len(clusters):
            return count
    allowed = count
    while allowed > 0 and not _may_break(clusters, allowed):
        allowed -= 1
    return allowed or max(count, 1)


def _is_lone_character(clusters: list[Cluster]) -> bool:
    """Whether what is left for the last line is one character, with or without its closing mark."""
    words = [cluster for cluster in clusters if cluster.text[0] not in NO_LINE_START]
    return len(clusters) <= 3 and len(words) == 1 and len(words[0].text) == 1


def _may_break(clusters: list[Cluster], at: int) -> bool:
    return clusters[at].text[0] not in NO_LINE_START and clusters[at - 1].text[-1] not in NO_LINE_END
