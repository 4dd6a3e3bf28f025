"""A draw as it is read by number: seats, exclusions, ranks down to the last member."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from experts.labels import EXCLUSION_LABELS
from experts.models import Panel
from experts.selectors.sheets import rules_of
from investreview.draws.facts import Ceremony, Exclusion
from investreview.draws.kinds import RankOutcome
from investreview.projects.panel import said

_TONES = {
    RankOutcome.SEATED: "green",
    RankOutcome.JOINED: "green",
    RankOutcome.LEFT: "amber",
    RankOutcome.EXCLUDED: "red",
    RankOutcome.NOT_FITTING: "grey",
}
_SIGNS = {RankOutcome.SEATED: "✓", RankOutcome.JOINED: "✓", RankOutcome.EXCLUDED: "×", RankOutcome.LEFT: "↩"}


@dataclass(frozen=True)
class RankRow:
    """One rank in ticket order."""

    rank: int
    no: str
    specialty: str
    ticket8: str
    outcome: str
    detail: str
    tone: str
    is_member: bool


@dataclass(frozen=True)
class ExclusionRow:
    """A number that could not be drawn; ``reasons`` are (basis, path), for the operator and the auditor only."""

    no: str
    code: str
    label: str
    reasons: tuple[tuple[str, str], ...]


def no_text(no: int) -> str:
    """A number of the draw as it is read out."""
    return f"{no:03d}"


def class_names(panel: Panel) -> dict[str, str]:
    """The classes of seats by key, in the language of the page."""
    names = {each.key: said(each.name, each.name_en) for each in rules_of(panel).seats}
    return names | {"*": _("不限专业")}


def seats_text(panel: Panel, draw: Ceremony) -> str:
    """财务会计 1、法律风险 1、…"""
    names = class_names(panel)
    return _("、").join(f"{names.get(seat.spec, seat.spec)} {seat.n}" for seat in draw.seats)


def rank_rows(panel: Panel, draw: Ceremony) -> tuple[RankRow, ...]:
    """The list of the draw, from the smallest ticket to the last member's."""
    names = class_names(panel)
    seats = {member.no: names.get(member.seat, "") for member in draw.members}
    return tuple(
        RankRow(
            rank=row.rank,
            no=no_text(row.no),
            specialty=_("、").join(names.get(key, key) for key in row.spec) or names["*"],
            ticket8=row.ticket8,
            outcome=f"{_SIGNS.get(row.outcome, '○')} {row.outcome.label}",
            detail=str(EXCLUSION_LABELS.get(row.code, "")) if row.code else seats.get(row.no, ""),
            tone=_TONES[row.outcome],
            is_member=row.no in seats,
        )
        for row in draw.ranking
    )


def exclusion_rows(
    exclusions: Iterable[Exclusion], reasons: Mapping[str, tuple[tuple[str, str], ...]]
) -> tuple[ExclusionRow, ...]:
    """Whom the draw left out by number; ``reasons`` by reference, for those who may know them only."""
    return tuple(
        ExclusionRow(no_text(one.no), one.code, str(EXCLUSION_LABELS[one.code]), reasons.get(one.ref, ()))
        for one in exclusions
    )
