"""The table: figure, ours, baseline, ratio, goal; as text for people and as rows for the JSON file."""

import unicodedata
from dataclasses import asdict, dataclass
from typing import Any

from bench.measure import Pairs

HEADINGS = ("key", "指标 figure", "本系统 ours", "对照 baseline", "比值 ratio", "目标 goal", "")


@dataclass(frozen=True)
class Row:
    """One figure. ``goal`` bounds the ratio where there are pairs, else the value, from above."""

    key: str
    figure: str
    goal: float
    value: float
    unit: str
    baseline: str
    pairs: Pairs | None = None
    note: str = ""

    @property
    def measured(self) -> float:
        """The number that is held against the goal."""
        return self.pairs.ratio if self.pairs else self.value

    @property
    def is_met(self) -> bool:
        """Whether the goal is reached."""
        return self.measured <= self.goal

    def cells(self) -> tuple[str, ...]:
        """The row as the table shows it."""
        beside = f" {self.pairs.baseline_median * 1000:,.1f} ms" if self.pairs else ""
        ratio = f"{self.pairs.ratio:.3g}" if self.pairs else "–"
        unit = "" if self.pairs else f" {self.unit}"
        mark = "达到 met" if self.is_met else "未达 missed"
        ours = f"{self.value:,.1f} {self.unit}" if self.unit != "SQL" else f"{self.value:.0f} SQL"
        return self.key, self.figure, ours, f"{self.baseline}{beside}", ratio, f"≤ {self.goal:g}{unit}", mark

    def as_json(self) -> dict[str, Any]:
        """The row with every run of its pairs."""
        ratio = self.pairs.ratio if self.pairs else None
        return asdict(self) | {"ratio": ratio, "is_met": self.is_met}


def timed(*, key: str, figure: str, goal: float, pairs: Pairs, baseline: str, note: str = "") -> Row:
    """A row whose goal bounds the ratio of two medians; shown in milliseconds."""
    value = pairs.subject_median * 1000
    return Row(key=key, figure=figure, goal=goal, value=value, unit="ms", baseline=baseline, pairs=pairs, note=note)


def counted(*, key: str, figure: str, goal: float, value: float, unit: str, baseline: str, note: str = "") -> Row:
    """A row whose goal bounds the value itself."""
    return Row(key=key, figure=figure, goal=goal, value=value, unit=unit, baseline=baseline, note=note)


def as_text(rows: list[Row]) -> str:
    """The table in columns; notes below, in the order of the rows."""
    lines = [HEADINGS, *(row.cells() for row in rows)]
    widths = [max(_width(line[column]) for line in lines) for column in range(len(HEADINGS))]
    text = ["  ".join(_padded(cell, room) for cell, room in zip(line, widths, strict=True)).rstrip() for line in lines]
    text.insert(1, "─" * (sum(widths) + 2 * (len(widths) - 1)))
    notes = [f"  {row.key}: {row.note}" for row in rows if row.note]
    return "\n".join([*text, *(["", *notes] if notes else [])])


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _padded(text: str, room: int) -> str:
    return text + " " * (room - _width(text))
