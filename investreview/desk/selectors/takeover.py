"""How a case came in from paper, for its page: who entered it, who compared it, what was stated, the scans."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from investreview.desk.selectors.viewing import Reading
from investreview.projects.models import Case, Takeover
from investreview.projects.permissions import SHEET_READERS
from investreview.projects.states import PanelConclusion


@dataclass(frozen=True)
class TakenOver:
    """What was stated of the case. Units: working days; persons and link are the commission's own."""

    as_of_on: date
    elapsed_days: int
    paper_number: str
    entered_by: str
    entered_at: datetime
    checked_by: str
    checked_at: datetime | None
    url: str
    panel: str


def taken_over(reading: Reading) -> TakenOver | None:
    """The 接续单 of the case; nothing for a case that began here, for which nothing is read."""
    case = reading.case
    if case.taken_over_on is None:
        return None
    entry = Takeover.objects.select_related("entered_by", "checked_by").get(case=case)
    inside, may_open = reading.inside, reading.viewer.scope.holds_any(SHEET_READERS, case.path)
    return TakenOver(
        as_of_on=entry.as_of_on,
        elapsed_days=entry.elapsed_days,
        paper_number=entry.paper_number,
        entered_by=entry.entered_by.full_name if inside else "",
        entered_at=entry.entered_at,
        checked_by=entry.checked_by.full_name if inside and entry.checked_by is not None else "",
        checked_at=entry.checked_at,
        url=reverse("review:takeover", args=[entry.pk]) if may_open else "",
        panel=_panel(case) if inside and "opinion_number" in case.panel_summary else "",
    )


def _panel(case: Case) -> str:
    """What an expert panel concluded on paper; of one that met here the panel's own card tells."""
    summary = case.panel_summary
    return _("纸面论证：%(conclusion)s，平均 %(mean)s 分，论证意见编号 %(number)s") % {
        "conclusion": PanelConclusion(case.panel_conclusion).label if case.panel_conclusion else "—",
        "mean": f"{Decimal(summary['mean_hundredths']) / 100:.2f}",
        "number": summary["opinion_number"],
    }
