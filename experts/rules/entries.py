"""What one expert writes on a score sheet 评分表, and when it is whole. Units: points. Rule: DOMAIN §6, score sheet."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from experts.states import Verdict
from investreview.core.errors import Invalid
from investreview.rulebook.panels import PERCENT, Criterion, PanelRules, RedLine


@dataclass(frozen=True)
class Mark:
    """The points of one criterion and the comment beside them; None while nothing was typed."""

    points: int | None = None
    comment: str = ""


@dataclass(frozen=True)
class RedLineAnswer:
    """Yes or no to one red-line question; None while nothing was chosen."""

    is_yes: bool | None = None
    explanation: str = ""


@dataclass(frozen=True, kw_only=True)
class SheetEntry:
    """A sheet as it was typed, by the keys of the rule set."""

    marks: Mapping[str, Mark] = field(default_factory=dict)
    red_lines: Mapping[str, RedLineAnswer] = field(default_factory=dict)
    verdict: str = ""
    conditions: tuple[str, ...] = ()
    comment: str = ""

    @property
    def total(self) -> int:
        """The points typed so far."""
        return sum(mark.points or 0 for mark in self.marks.values())


def require_writable(entry: SheetEntry, rules: PanelRules) -> None:
    """Nothing happens when what was typed so far can stand on a sheet of these rules, whole or not.

    Raises: Invalid (experts_sheet_unknown_key, experts_points_wrong, experts_verdict_unknown).
    """
    criteria = {criterion.key: criterion for criterion in rules.criteria}
    unknown = sorted(entry.marks.keys() - criteria.keys()) + sorted(
        entry.red_lines.keys() - {line.key for line in rules.red_lines}
    )
    if unknown:
        raise Invalid("experts_sheet_unknown_key", key="、".join(unknown))
    for key, mark in entry.marks.items():
        _require_points(mark.points, criteria[key])
    if entry.verdict and entry.verdict not in Verdict.values:
        raise Invalid("experts_verdict_unknown", field="verdict", given=entry.verdict)


def require_whole(entry: SheetEntry, rules: PanelRules) -> None:
    """Nothing happens when the sheet may be signed.

    Raises: Invalid naming the field of the first fault: experts_points_missing, experts_comment_needed (under the
    rule set's share of the points), experts_red_line_missing, experts_red_line_unexplained, experts_verdict_missing,
    experts_conditions_needed, experts_conditions_unneeded, experts_disagreement_unexplained, and what
    ``require_writable`` raises.
    """
    require_writable(entry, rules)
    for criterion in rules.criteria:
        _require_marked(entry.marks.get(criterion.key, Mark()), criterion, rules)
    for line in rules.red_lines:
        _require_answered(entry.red_lines.get(line.key, RedLineAnswer()), line)
    _require_verdict(entry)


def needs_comment(points: int, criterion: Criterion, below_percent: int) -> bool:
    """Whether these points lie under the share of the criterion's most from which on no comment is asked."""
    return points * PERCENT < criterion.points * below_percent


def _require_points(points: int | None, criterion: Criterion) -> None:
    if points is not None and (type(points) is not int or not 0 <= points <= criterion.points):
        raise Invalid(
            "experts_points_wrong",
            field=f"points_{criterion.key}",
            criterion=criterion.name,
            given=points,
            most=criterion.points,
        )


def _require_marked(mark: Mark, criterion: Criterion, rules: PanelRules) -> None:
    if mark.points is None:
        raise Invalid("experts_points_missing", field=f"points_{criterion.key}", criterion=criterion.name)
    below = rules.comment_below_percent
    if needs_comment(mark.points, criterion, below) and not mark.comment.strip():
        raise Invalid(
            "experts_comment_needed",
            field=f"comment_{criterion.key}",
            citation=rules.citation_of("comment_below_percent"),
            criterion=criterion.name,
            points=mark.points,
            most=criterion.points,
            percent=below,
        )


def _require_answered(answer: RedLineAnswer, line: RedLine) -> None:
    if answer.is_yes is None:
        raise Invalid("experts_red_line_missing", field=f"red_line_{line.key}", question=line.name)
    if answer.is_yes and not answer.explanation.strip():
        raise Invalid("experts_red_line_unexplained", field=f"explanation_{line.key}", question=line.name)


def _require_verdict(entry: SheetEntry) -> None:
    if not entry.verdict:
        raise Invalid("experts_verdict_missing", field="verdict")
    stated = [condition for condition in entry.conditions if condition.strip()]
    if entry.verdict == Verdict.AGREE_WITH_CHANGES and not stated:
        raise Invalid("experts_conditions_needed", field="conditions")
    if entry.verdict != Verdict.AGREE_WITH_CHANGES and stated:
        raise Invalid("experts_conditions_unneeded", field="conditions", verdict=Verdict(entry.verdict).label)
    if entry.verdict == Verdict.DISAGREE and not entry.comment.strip():
        raise Invalid("experts_disagreement_unexplained", field="comment")
