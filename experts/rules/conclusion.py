"""When a panel passes a project: whole numbers only, so that exactly 2/3 and exactly 70 points are exact."""

from collections.abc import Sequence
from dataclasses import dataclass

from experts.states import AGREEING, Verdict
from investreview.projects.states import PanelConclusion
from investreview.rulebook.panels import PanelLimits

HUNDREDTHS = 100


@dataclass(frozen=True)
class FinalSheet:
    """What counts of one final sheet. Units: points."""

    total: int
    verdict: Verdict
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Conclusion:
    """What the sheets come to; the mean in hundredths of a point, cut off, so that 69.99… never reads as 70."""

    outcome: PanelConclusion
    agree_count: int
    mean_hundredths: int
    conditions: tuple[str, ...]


def conclude(sheets: Sequence[FinalSheet], limits: PanelLimits) -> Conclusion:
    """The conclusion of a whole panel: enough agree, with or without conditions, and the mean is high enough.

    Conditions are those of all who agree, each once, in an order that tells nothing of their authors; after a failure
    there are none. Raises: ValueError without sheets. Rule: DOMAIN §6, PASS, CONDITIONAL and FAIL.
    """
    if not sheets:
        raise ValueError("a panel without sheets concludes nothing")
    size = len(sheets)
    points = sum(sheet.total for sheet in sheets)
    agree_count = sum(sheet.verdict in AGREEING for sheet in sheets)
    is_agreed = agree_count * limits.pass_agree_denominator >= limits.pass_agree_numerator * size
    passes = is_agreed and points >= limits.pass_mean_points * size
    conditions = merged(sheets) if passes else ()
    if not passes:
        outcome = PanelConclusion.FAIL
    else:
        outcome = PanelConclusion.CONDITIONAL if conditions else PanelConclusion.PASS
    return Conclusion(outcome, agree_count, points * HUNDREDTHS // size, conditions)


def merged(sheets: Sequence[FinalSheet]) -> tuple[str, ...]:
    """The conditions of all sheets, each once, sorted by their text."""
    return tuple(sorted({condition for sheet in sheets for condition in sheet.conditions}))
