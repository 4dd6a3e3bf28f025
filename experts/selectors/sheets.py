"""Reads of score sheets: which stage is due, what stands on one, until when a written opinion counts."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from experts.models import Panel, ScoreSheet, Seat
from experts.rules.entries import Mark, RedLineAnswer, SheetEntry
from experts.selectors.places import signed_sheet
from experts.states import PanelState, SheetStage
from investreview.core.clock import legal_date
from investreview.core.errors import Invalid
from investreview.projects.routing import confirmed_rules
from investreview.registry.selectors import work_calendar
from investreview.rulebook.panels import PanelRules


def rules_of(panel: Panel) -> PanelRules:
    """The panel rules that the case was routed by."""
    return confirmed_rules(panel.case).panel


def due_stage(seat: Seat) -> SheetStage:
    """The stage that the seat's holder writes now: independent first, also as a newcomer after the meeting, then final.

    Raises: Invalid (experts_sheet_signed) when nothing is to be written now.
    """
    if signed_sheet(seat, SheetStage.INDEPENDENT) is None:
        return SheetStage.INDEPENDENT
    if seat.panel.state == PanelState.FINALISING and signed_sheet(seat, SheetStage.FINAL) is None:
        return SheetStage.FINAL
    raise Invalid("experts_sheet_signed")


def open_stage(panel: Panel) -> SheetStage:
    """The stage whose signed sheets nobody else can read yet, so that they may still be corrected."""
    return SheetStage.FINAL if panel.state == PanelState.FINALISING else SheetStage.INDEPENDENT


def entry_of(sheet: ScoreSheet) -> SheetEntry:
    """What stands on a sheet, as it was typed."""
    scores: Mapping[str, Mapping[str, Any]] = sheet.scores
    red_lines: Mapping[str, Mapping[str, Any]] = sheet.red_lines
    return SheetEntry(
        marks={key: Mark(mark["points"], mark["comment"]) for key, mark in scores.items()},
        red_lines={key: RedLineAnswer(line["is_yes"], line["explanation"]) for key, line in red_lines.items()},
        verdict=sheet.verdict,
        conditions=tuple(sheet.conditions),
        comment=sheet.comment,
    )


def written_opinion_due_on(seat: Seat) -> date | None:
    """The last day for the written opinion of a member who did not come; None for everybody else. Rule: DOMAIN §6."""
    panel = seat.panel
    if seat.attended is not False or panel.held_at is None:
        return None
    days = rules_of(panel).written_opinion_days
    return work_calendar(panel.case.commission).add(legal_date(panel.held_at), days)
