"""What a report says; every text as it is printed."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from investreview.documents.kinds import Mark


class Align(StrEnum):
    """Where the texts of a column stand."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True)
class ReportColumn:
    """One column of a table; ``share`` of the width, beside the shares of the others."""

    title: str
    share: int
    align: Align = Align.LEFT


@dataclass(frozen=True)
class ReportTable:
    """A table whose rows hold one text for each column."""

    columns: tuple[ReportColumn, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class ReportSection:
    """A numbered section: paragraphs, then at most one table, then a small remark."""

    title: str
    paragraphs: tuple[str, ...] = ()
    table: ReportTable | None = None
    remark: str = ""


@dataclass(frozen=True)
class Report:
    """A report of ``organ``: what it covers stands under the title (``lines``)."""

    title: str
    organ: str
    lines: tuple[str, ...]
    made_at: datetime
    sections: tuple[ReportSection, ...] = field(default=())
    mark: Mark = Mark.INTERNAL

    @property
    def number(self) -> str:
        """A report has no number; the foot of its pages names it."""
        return self.title
