"""The past as a table: the accepted decisions with their mark, and a faulty ledger with what is wrong row by row."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import IO

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from investreview.core.errors import Invalid
from investreview.core.messages import sentence
from investreview.core.tables import Fault, Kind, OutColumn, Sheet, TableShape, write_workbook
from investreview.core.tables.blank import out_columns
from investreview.core.templatetags.ir import moment
from investreview.projects.models import Backfill, PastDecision
from investreview.projects.past.kinds import ledger_kind
from investreview.projects.past.ledger import KINDS, LEDGER, NATURES, OUTCOMES, PATHS
from investreview.projects.past.selectors import faults_of
from investreview.projects.past.services.reading import opened_ledger

PIECE = 500
_MONEY = {"amount_yuan", "actual_yuan"}
_DAYS = {"decided_on", "completed_on", "commissioned_on"}
_WORDS = {"kind": KINDS, "nature": NATURES, "route": PATHS, "outcome": OUTCOMES}


def write_export(file: IO[bytes], decisions: QuerySet[PastDecision], *, scope_line: str, at: datetime) -> None:
    """The decisions are in ``file``, in the columns of the ledger, each marked; the scope stands above."""
    columns = tuple(OutColumn(column.title, _kind_of(column.key), column.width) for column in LEDGER.columns)
    marks = (OutColumn("来源"), OutColumn("录入人"), OutColumn("核对人"), OutColumn("核对时间", Kind.MOMENT, 18))
    caption = (scope_line, _("单位：万元；截至%(moment)s；以下均为补录") % {"moment": moment(at)})
    write_workbook(
        file, [Sheet(LEDGER.sheet, columns + marks, (_row(each) for each in _in_pieces(decisions)), caption)]
    )


def _in_pieces(decisions: QuerySet[PastDecision]) -> Iterator[PastDecision]:
    """All of them, a few hundred at a time by key: no read stays open while the file is being written."""
    after = 0
    while piece := list(decisions.filter(pk__gt=after).order_by("pk")[:PIECE]):
        yield from piece
        after = piece[-1].pk


def _kind_of(key: str) -> Kind:
    if key in _MONEY:
        return Kind.WAN
    return Kind.DAY if key in _DAYS else Kind.TEXT


def _row(decision: PastDecision) -> list[object]:
    bodies = {
        "name": decision.project.name,
        "group": decision.group.short_name,
        "enterprise": decision.enterprise.short_name if decision.enterprise_id != decision.group_id else None,
    }
    batch = decision.backfill
    values = [bodies[key] if key in bodies else _value(decision, key) for key in (each.key for each in LEDGER.columns)]
    checked_by = batch.checked_by.full_name if batch.checked_by is not None else ""
    return [*values, decision.project.get_origin_display(), batch.entered_by.full_name, checked_by, batch.checked_at]


def _value(decision: PastDecision, key: str) -> object:
    value: object = getattr(decision, key)
    if key in _WORDS:
        return next((word for word, stored in _WORDS[key].items() if stored == value), value)
    return value


def write_faults(file: IO[bytes], backfill: Backfill) -> None:
    """The rows that are wrong, as they were sent, each with what is wrong; corrected, the table can be sent again."""
    faults: dict[int, list[Fault]] = defaultdict(list)
    for kept in faults_of(backfill):
        faults[kept.row].append(Fault.from_plain(kept.fault))
    shape = ledger_kind(backfill.source).shape
    columns = (*out_columns(shape), OutColumn(_("待改正之处"), Kind.FAULT, 80))
    write_workbook(file, [Sheet(shape.sheet, columns, _faulty_rows(backfill, shape, faults))])


def _faulty_rows(backfill: Backfill, shape: TableShape, faults: dict[int, list[Fault]]) -> Iterator[list[object]]:
    told = set()
    with suppress(Invalid), opened_ledger(backfill) as table:
        for row in table.rows():
            found = faults.get(row.place.row, [])
            if found:
                told.add(row.place.row)
                yield [*(row.typed.get(column.key) for column in shape.columns), _told(found)]
    for number in sorted(faults.keys() - told):
        yield [*[None] * len(shape.columns), _told(faults[number])]


def _told(faults: list[Fault]) -> str:
    return "\n".join(f"{fault.place} {sentence(fault.error)}" for fault in faults)
