"""What the pages of panels are tried on, by scene, and whose names may stand on them."""

from typing import Any

from experts.models import Departure, DismissedHit, Inquiry, Panel, RecusalRequest, ScoreSheet, Seat
from tests.authorization.canaries import Named
from tests.authorization.experts import LEFT_OUT, LETTERS, name_of
from tests.authorization.panels import AMONG_FIVE, PanelScene
from workflows.models import WorkItem

ACTS_AT = {
    "ask-reveal": "revealing",
    "note-call": "invited",
    "confirm-seat": "invited",
    "decline": "invited",
    "confirm-reveal": "asked",
    "confirm-decline": "leaving",
    "reject-decline": "leaving",
    "ask-wave": "revealing",
    "confirm-wave": "wave",
    "countersign-wave": "beyond",
    "finish-void": "ended",
    "disclose": "concluded",
    "declare": "seated",
    "send-inquiries": "scoring",
    "postpone": "seated",
    "elect-chair": "finalising",
    "enter-sheet": "scoring",
    "reject-sheet": "scoring",
}
"""Where each act on a panel's record can be done."""
Things = dict[str, dict[str, Any]]


def panel_things(scenes: dict[str, PanelScene]) -> Things:
    """Everything with its address."""
    panels = {name: scene.stage.panel for name, scene in scenes.items() if name != "awaiting"}
    found: Things = {}
    for name, panel in panels.items():
        found[f"panel {name}"] = {"panel_id": panel.pk}
        found[f"draw {name}"] = {"draw_pk": panel.draw_id}
        for print_ in ("public", "confidential"):
            found[f"{print_} {name}"] = {"draw_pk": panel.draw_id, "print_": print_}
    for act, name in ACTS_AT.items():
        found[f"{act} {name}"] = {"panel_id": panels[name].pk, "act": act}
    return found | _seats(scenes) | _papers(scenes, panels) | _of_the_case(scenes) | _awaiting(scenes["awaiting"])


def named(scene: PanelScene) -> Named:
    """Who of this panel is known by name, and who was left out of its draw."""
    panel = Panel.objects.filter(case=scene.case).first()
    names = set(Seat.objects.filter(panel=panel).values_list("expert__name", flat=True))
    revealed = frozenset(letter for letter in LETTERS if name_of(letter) in names)
    return Named(revealed, frozenset(LEFT_OUT))


def _seats(scenes: dict[str, PanelScene]) -> Things:
    """The expert's own seat, a colleague's, and a file of the case for the own one."""
    found: Things = {}
    for name in AMONG_FIVE:
        if name == "awaiting":
            continue
        scene = scenes[name]
        seats = Seat.objects.filter(panel=scene.stage.panel)
        own, colleague = seats.get(place=scene.place), seats.filter(place=scene.others[0]).latest("pk")
        material = scene.case.materials.filter(is_current=True, file__isnull=False).first()
        assert material is not None
        found[f"seat {name}"] = {"seat_id": own.pk}
        found[f"colleague {name}"] = {"seat_id": colleague.pk}
        found[f"paper {name}"] = {"seat_id": own.pk, "file_id": material.file_id}
    return found


def _papers(scenes: dict[str, PanelScene], panels: dict[str, Panel]) -> Things:
    departure = Departure.objects.get(seat__panel=panels["leaving"])
    scan = ScoreSheet.objects.get(seat__panel=panels["scoring"], scan__isnull=False)
    place = scenes["scoring"].others[2]
    return {
        "document leaving": {"file_id": departure.document_id},
        "scan scoring": {"file_id": scan.scan_id},
        "place scoring": {"panel_id": panels["scoring"].pk, "place": place},
    }


def _of_the_case(scenes: dict[str, PanelScene]) -> Things:
    """Questions and conditions as the readers of the case have them."""
    scoring, concluded = (scenes[name].case for name in ("scoring", "concluded"))
    inquiry = Inquiry.objects.get(panel__case=scoring, sent_at__isnull=False)
    final = scenes["finalising"]
    due = WorkItem.objects.get(case=final.case, node="finalise", place=str(final.place))
    return {
        "inquiry scoring": {"number": scoring.number, "inquiry_id": inquiry.pk},
        "condition scoring": {"number": scoring.number, "ordinal": 1},
        "condition concluded": {"number": concluded.number, "ordinal": 2},
        "proof concluded": {"number": concluded.number, "ordinal": 1},
        "task finalise finalising": {"task_id": due.task_id},
    }


def _awaiting(scene: PanelScene) -> Things:
    freeze = scene.item("freeze_draw")
    return {
        "task freeze_draw awaiting": {"task_id": freeze.task_id},
        "recusal awaiting": {"pk": RecusalRequest.objects.get(case=scene.case).pk},
        "hit awaiting": {"pk": DismissedHit.objects.get(case=scene.case).pk},
    }
