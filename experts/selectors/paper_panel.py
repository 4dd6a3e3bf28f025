"""What an expert panel concluded on paper before its case was taken over, as the case keeps it (DOMAIN §16)."""

from dataclasses import dataclass
from datetime import date

from investreview.projects.models import Case
from investreview.projects.states import PanelConclusion


@dataclass(frozen=True)
class PaperPanel:
    """A panel that met on paper; ``members`` and the mean are for the commission only. Hundredths of a point."""

    conclusion: PanelConclusion
    held_on: date
    size: int
    mean_hundredths: int
    opinion_number: str
    members: tuple[str, ...]


def paper_panel_of(case: Case) -> PaperPanel | None:
    """The panel whose conclusion on paper the case goes on with; nothing for any other case."""
    told = case.panel_summary
    if "opinion_number" not in told or not case.panel_conclusion:
        return None
    return PaperPanel(
        conclusion=PanelConclusion(case.panel_conclusion),
        held_on=date.fromisoformat(str(told["held_on"])),
        size=int(told["members_count"]),
        mean_hundredths=int(told["mean_hundredths"]),
        opinion_number=str(told["opinion_number"]),
        members=tuple(str(name) for name in told["members"]),
    )
