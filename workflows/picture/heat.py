"""The process with how long each step takes: the picture of the steps shaded by their mean working days. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from workflows.picture.drawing import Link, Picture, Spot
from workflows.picture.layout import lay_out
from workflows.picture.review import DRAW_ROW, PANEL, REVIEW_ROW

WAY = ("release", "check_completeness", "opinion", "check", "countersign", "wording", "meeting", "sign", "deliver")
NODES = ("revise", *WAY, *PANEL, "deferral")
SHADES = 5


@dataclass(frozen=True)
class Figure:
    """How long a step took on average and how often it was taken. Units: working days."""

    mean_days: float
    count: int


@dataclass(frozen=True)
class HeatWords:
    """The words of the picture; ``figure`` takes ``days`` and ``count``, ``none`` stands for a step never taken."""

    title: str
    labels: Mapping[str, str]
    days: str
    count: str
    none: str


def heat_picture(figures: Mapping[str, Figure], words: HeatWords) -> Picture:
    """Every step of the process with its figure; the longest has the darkest shade, one never taken has none."""
    longest = max((figure.mean_days for figure in figures.values() if figure.count), default=0.0)
    spots = [_spot(key, column, 0, figures, words, longest) for column, key in enumerate(WAY)]
    spots.append(_spot("revise", 0, 1, figures, words, longest))
    spots += [_spot(key, 1 + number, 1, figures, words, longest) for number, key in enumerate(DRAW_ROW)]
    spots += [_spot(key, 1 + number, 2, figures, words, longest) for number, key in enumerate(REVIEW_ROW)]
    spots.append(_spot("deferral", WAY.index("sign"), 1, figures, words, longest))
    links = [Link(before, key, "done") for before, key in pairwise(WAY)]
    links += [Link(before, key, "done") for before, key in pairwise(PANEL)]
    links += [
        Link("check_completeness", "revise", "turn", shift=14),
        Link("revise", "release", "turn", shift=-14),
        Link("check_completeness", PANEL[0], "done", shift=34),
        Link(PANEL[-1], "opinion", "done"),
        Link("sign", "deferral", "turn", shift=-14),
        Link("deferral", "sign", "turn", shift=14),
    ]
    return lay_out(spots, links, title=words.title, said=[spot.said for spot in spots])


def _spot(key: str, column: int, row: int, figures: Mapping[str, Figure], words: HeatWords, longest: float) -> Spot:
    figure = figures.get(key)
    label = words.labels[key]
    if figure is None or not figure.count:
        return Spot(key, label, column, row, "heat-0", (words.none,), f"{label} · {words.none}")
    details = (words.days % {"days": figure.mean_days}, words.count % {"count": figure.count})
    said = " · ".join((label, *details))
    return Spot(key, label, column, row, f"heat-{shade(figure.mean_days, longest)}", details, said)


def shade(days: float, longest: float) -> int:
    """1 for the shortest stretch up to ``SHADES`` for the longest; a step done on the day it came is the lightest."""
    return 1 + min(int(days / longest * SHADES), SHADES - 1) if longest > 0 else 1
