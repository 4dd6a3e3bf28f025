"""The page of a wave beyond a third of the seats, for the discipline office: numbers, kinds and papers, no name."""

from typing import Any

from experts.models import Departure, Panel
from investreview.core.scope import Scope
from investreview.draws.kinds import WaveState
from investreview.draws.models import Wave
from workflows.panel.forms.records import RecordForm
from workflows.panel.forms.revealing import CountersignWaveForm

PAGE = "experts/ceremony/countersign.html"


def countersigning_context(panel: Panel, *, scope: Scope, tried: RecordForm | None = None) -> dict[str, Any]:
    """What the page shows: the wave that waits and, while it needs it, the form to countersign."""
    wave = Wave.objects.filter(draw=panel.draw_id, state=WaveState.PROPOSED, needs_countersignature=True).first()
    waits = wave is not None and wave.countersigned_at is None
    numbers = [row["no"] for row in wave.left] if wave is not None else []
    departures = Departure.objects.filter(seat__panel=panel, seat__draw_no__in=numbers, rejected_at__isnull=True)
    return {
        "panel": panel,
        "case": panel.case,
        "wave": wave,
        "departures": departures.select_related("seat", "document").order_by("seat__draw_no"),
        "form": tried or (CountersignWaveForm(panel=panel) if waits else None),
    }
