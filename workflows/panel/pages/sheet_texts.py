"""A score sheet as lines of text: a signed one to be read, a typed one to be read beside another."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from experts.selectors.sheet_views import SheetView
from investreview.projects.panel import said
from investreview.rulebook.panels import PanelRules
from workflows.panel.forms.sheets import SheetFields


@dataclass(frozen=True)
class ReadSheet:
    """One sheet as a page shows it; ``rows`` are criteria and red lines: what, the answer, the words to it."""

    place: int
    stage: str
    state: str
    total: int | None
    verdict: str
    rows: tuple[tuple[str, str, str], ...]
    conditions: tuple[str, ...]
    comment: str
    correction_reason: str
    signed_at: datetime | None


def read_sheets(sheets: Iterable[SheetView], rules: PanelRules) -> list[ReadSheet]:
    """The sheets with the names of the rule set."""
    return [_read(sheet, rules) for sheet in sheets]


def _read(sheet: SheetView, rules: PanelRules) -> ReadSheet:
    entry = sheet.entry
    rows = [
        (said(one.name, one.name_en), f"{mark.points if mark.points is not None else '—'} / {one.points}", mark.comment)
        for one in rules.criteria
        if (mark := entry.marks.get(one.key)) is not None
    ]
    rows += [
        (said(one.name, one.name_en), str(_answer(answer.is_yes)), answer.explanation)
        for one in rules.red_lines
        if (answer := entry.red_lines.get(one.key)) is not None
    ]
    return ReadSheet(
        place=sheet.place,
        stage=sheet.stage,
        state=sheet.state,
        total=sheet.total,
        verdict=sheet.verdict,
        rows=tuple(rows),
        conditions=entry.conditions,
        comment=entry.comment,
        correction_reason=sheet.correction_reason,
        signed_at=sheet.signed_at,
    )


def _answer(is_yes: bool | None) -> str:
    if is_yes is None:
        return "—"
    return _("是") if is_yes else _("否")


def sheet_texts(form: SheetFields) -> list[tuple[str, str]]:
    """Every line of the sheet as it stands in the form: name and what was typed."""
    lines = [(row.name, _joined(row.points.value(), row.comment.value())) for row in form.criteria]
    for line in form.red_lines:
        chosen = _chosen(line.answer.field, line.answer.value())
        lines.append((line.question, _joined(chosen, line.explanation.value())))
    verdict = form["verdict"]
    lines.append((str(verdict.label), _chosen(verdict.field, verdict.value())))
    lines += [(str(form[name].label), str(form[name].value() or "—")) for name in ("conditions", "comment")]
    return lines


def _joined(*parts: Any) -> str:
    return " · ".join(str(part) for part in parts if part not in (None, "")) or "—"


def _chosen(field: Any, value: Any) -> str:
    return str(dict(field.choices).get(value or "", "—"))
