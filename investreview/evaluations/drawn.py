"""What a concluded draw says of a sample, read from its evidence: for the list, the notice and the pages."""

import json
from dataclasses import dataclass

from investreview.draws.kinds import Reader
from investreview.draws.models import Draw
from investreview.draws.rules import groups_of_four, read_numbers


@dataclass(frozen=True)
class DrawnGroup:
    """One group of the random part: its size, how many were taken, from which start (None by tickets alone)."""

    names: tuple[str, ...]
    size: int
    wanted: int
    start: int | None


@dataclass(frozen=True)
class DrawnFacts:
    """The numbers of the sample and what proves them; fingerprint and seed in groups of four digits."""

    draw_number: str
    picked: frozenset[int]
    random: frozenset[int]
    groups: tuple[DrawnGroup, ...]
    floor: int
    fingerprint: tuple[str, ...]
    seed: tuple[str, ...]
    numbers: tuple[int, ...]
    read_by: Reader
    log_head: str


def command_of(drawn: DrawnFacts) -> str:
    """How anybody recomputes the sample: with the file, and the fingerprint of the signed paper."""
    return f"python3 verify_draw.py {drawn.draw_number}.json --request {''.join(drawn.fingerprint)}"


def drawn_facts(draw: Draw) -> DrawnFacts:
    """The facts of a draw that has its result. Raises: ValueError before that."""
    if draw.result is None or draw.public_values is None:
        raise ValueError(f"draw {draw.pk} has no result yet")
    result = json.loads(bytes(draw.result))
    sample = result["sample"]
    entered = json.loads(bytes(draw.public_values))
    last = draw.log.order_by("-seq").first()
    return DrawnFacts(
        draw_number=draw.number or "",
        picked=frozenset((*sample["must"], *sample["random"])),
        random=frozenset(sample["random"]),
        groups=tuple(DrawnGroup(tuple(one["group"]), one["N"], one["n"], one["start"]) for one in sample["groups"]),
        floor=sample["floor"],
        fingerprint=groups_of_four(draw.request_hash),
        seed=groups_of_four(result["seed"]),
        numbers=tuple(number for _, spelled in entered for number in read_numbers(spelled)),
        read_by=Reader(draw.read_by),
        log_head=last.hash if last is not None else "",
    )
