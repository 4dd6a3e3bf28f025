"""The ranks of a draw's order as lines of a table: by name or by number, long stretches told in one line."""

from collections.abc import Sequence
from itertools import groupby

from investreview.documents.contents import DrawnRow, NamedRow
from investreview.documents.kinds import DrawOutcome
from investreview.documents.layout import blocks
from investreview.documents.layout.table import Align, Row
from investreview.documents.printed import in_chinese
from investreview.documents.sheets.draw_parts import no_text

LISTED = 12
"""So many ranks are listed in any case; of later ones those who sat."""
FOLDED = 3
"""So many neighbouring ranks without a seat are told in one line."""
ON_THE_PANEL = frozenset({DrawOutcome.SEATED, DrawOutcome.JOINED, DrawOutcome.LEFT})

Told = tuple[DrawnRow, Sequence[str]]
"""A rank and the texts of its line."""


def by_name(named: NamedRow) -> Told:
    """A rank with the person behind it."""
    row = named.row
    who = (named.name or "—", named.employer or "—")
    return row, (str(row.rank), no_text(row.no), *who, row.specialty or "—", row.ticket[:8], _became(row))


def by_number(row: DrawnRow) -> Told:
    """A rank without the person."""
    return row, (str(row.rank), no_text(row.no), row.specialty or "—", row.ticket[:8], _became(row))


def rows(ranks: Sequence[Told], widths: Sequence[float], aligns: Sequence[Align]) -> list[Row]:
    """The lines; of late ranks a stretch without a seat is told in one, as the evidence file has them all."""
    found: list[Row] = []
    for may_fold, stretch in groupby(ranks, key=lambda told: _may_fold(told[0])):
        part = list(stretch)
        if may_fold and len(part) >= FOLDED:
            found.append(_fold([row for row, _ in part]))
        else:
            found.extend(blocks.line(texts, widths, aligns) for _, texts in part)
    return found


def _may_fold(row: DrawnRow) -> bool:
    return row.rank > LISTED and row.outcome not in ON_THE_PANEL


def _fold(stretch: Sequence[DrawnRow]) -> Row:
    recused = sum(row.outcome is DrawOutcome.RECUSED for row in stretch)
    others = "席位已满或者同一单位已有入选"
    what = "均回避" if recused == len(stretch) else f"其中回避{recused}人，其余{others}" if recused else others
    first, last = stretch[0].rank, stretch[-1].rank
    return blocks.across(f"第{first}至第{last}名共{len(stretch)}人：{what}（详见证据文件）")


def _became(row: DrawnRow) -> str:
    seat = f"（{row.seat}）" if row.seat else ""
    code = f" {row.code}" if row.code else ""
    return f"{in_chinese(row.outcome)}{seat}{code}"
