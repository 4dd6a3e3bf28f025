"""The final sheets of a panel together: what they come to, and the opinion as it is first drafted."""

from django.db.models import QuerySet
from django.utils import translation

from experts.models import Panel, ScoreSheet
from experts.rules.conclusion import Conclusion, FinalSheet, conclude
from experts.rules.drafting import Material, draft
from experts.selectors.places import seated_seats
from experts.selectors.sheets import entry_of, rules_of
from experts.states import SheetStage, SheetState, Verdict
from investreview.core.clock import legal_date


def final_sheets(panel: Panel) -> list[ScoreSheet]:
    """The signed final sheets of the present members, by place."""
    return list(signed_finals(panel))


def signed_finals(panel: Panel) -> QuerySet[ScoreSheet]:
    """The same, still to be read."""
    signed = ScoreSheet.objects.filter(seat__in=seated_seats(panel), stage=SheetStage.FINAL, state=SheetState.SIGNED)
    return signed.select_related("seat__expert").order_by("seat__place")


def conclusion_of(panel: Panel, sheets: list[ScoreSheet]) -> Conclusion:
    """What these final sheets come to by the rules of the case."""
    counted = [FinalSheet(sheet.total or 0, Verdict(sheet.verdict), tuple(sheet.conditions)) for sheet in sheets]
    return conclude(counted, rules_of(panel))


def draft_text(panel: Panel) -> str:
    """The opinion as it is drafted from the final sheets, for the chair to go over; in Chinese, without a name."""
    sheets = final_sheets(panel)
    entries = [entry_of(sheet) for sheet in sheets]
    rules = rules_of(panel)
    held_on = legal_date(panel.held_at or panel.meets_at)
    material = Material(
        project=panel.case.project.name,
        held_on=held_on,
        size=len(sheets),
        points={each.key: sum(entry.marks[each.key].points or 0 for entry in entries) for each in rules.criteria},
        red_lines={each.key: sum(bool(e.red_lines[each.key].is_yes) for e in entries) for each in rules.red_lines},
        conclusion=conclusion_of(panel, sheets),
    )
    with translation.override("zh-hans"):
        return draft(material, rules)
