"""The heat picture of the process in the reader's words: mean working days of each step, as shade and as number."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from workflows.labels import NODE_LABELS
from workflows.picture.drawing import Picture
from workflows.picture.heat import NODES, Figure, HeatWords, heat_picture

__all__ = ["NODES", "Figure", "process_heat"]


def process_heat(figures: Mapping[str, Figure]) -> Picture:
    """The picture for ``templates/components/process_heat.html`` (context ``heat``).

    ``figures`` by the node names of ``NODES``; a step that is missing, or was never taken, is shown without shade.
    Units: mean working days.
    """
    words = HeatWords(
        title=_("各环节平均用时"),
        labels={key: str(label) for key, label in NODE_LABELS.items()},
        days=_("%(days).1f 个工作日"),
        count=_("%(count)d 件次"),
        none=_("没有办理"),
    )
    return heat_picture(figures, words)
