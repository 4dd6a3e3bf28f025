"""Who stands behind a number, and whose turn it is to be revealed."""

import json
from dataclasses import dataclass
from typing import Any

from investreview.draws.evidence import place_of_opening
from investreview.draws.models import Draw, SealedOpening
from investreview.draws.sealing import unseal


@dataclass(frozen=True)
class RevealedPerson:
    """Who stands behind a number."""

    no: int
    stable_id: str
    name: str
    private: dict[str, Any]


def next_to_reveal(draw: Draw) -> int | None:
    """The present member with the smallest ticket whose name nobody has asked for; nobody when all were."""
    waiting = draw.members.filter(left_wave=None, reveal=None).order_by("rank")
    return waiting.values_list("no", flat=True).first()


def open_name(draw: Draw, no: int) -> RevealedPerson:
    """Who stands behind the number; whoever calls this has asked whether it may be known."""
    sealed = SealedOpening.objects.get(draw=draw, no=no).sealed
    private = json.loads(unseal(sealed, place=place_of_opening(draw.snapshot_hash, no)))["private"]
    return RevealedPerson(no=no, stable_id=private["id"], name=private["name"], private=private)
