"""The evidence of a draw put together from what is stored; what is still secret stays inside this module's callers."""

import json
from typing import Any

from investreview.core.errors import Invalid
from investreview.draws import verify_draw as ird
from investreview.draws.kinds import ENDED, WaveState
from investreview.draws.models import Draw, SealedOpening
from investreview.draws.sealing import unseal

SYSTEM_PARTY = "system"


def place_of_nonce(draw: Draw) -> str:
    """Where the system's random number is sealed."""
    return f"{draw.snapshot_hash}:nonce"


def place_of_opening(snapshot_hash: str, no: int) -> str:
    """Where the name behind a number is sealed."""
    return f"{snapshot_hash}:{no}"


def entropy_of(draw: Draw) -> list[Any]:
    """The system's number, then the on-site numbers. Secret until the log has its ``reveal``.

    Raises: ValueError before the on-site numbers were entered.
    """
    if draw.nonce_sealed is None or draw.public_values is None:
        raise ValueError(f"draw {draw.pk} has no numbers yet")
    nonce = unseal(draw.nonce_sealed, place=place_of_nonce(draw))
    return [[SYSTEM_PARTY, nonce.hex()], *json.loads(bytes(draw.public_values))]


def waves_of(draw: Draw) -> list[Any]:
    """The waves that took effect, as the log writes them."""
    recorded = draw.waves.filter(state=WaveState.RECORDED).order_by("ordinal")
    return [{"left": left} for left in recorded.values_list("left", flat=True)]


def result_of(draw: Draw, waves: list[Any]) -> dict[str, Any]:
    """What the draw brings about with these waves, recomputed from the bytes that were fixed.

    Raises: Invalid (draws_evidence_altered) when snapshot or request are not those that were announced.
    """
    snapshot, request = draw.snapshot_data, draw.request_data
    result = ird.result_of(snapshot, request, entropy_of(draw), waves)
    h = ird.Hash(draw.hash_name)
    is_as_announced = result["request_hash"] == draw.request_hash
    if not is_as_announced or request["snapshot"] != h.of("snapshot", snapshot):
        raise Invalid("draws_evidence_altered", number=draw.number)
    return result


def order_of(draw: Draw) -> list[tuple[str, int]]:
    """(ticket, number) of everybody in order. Secret: it tells who would be next."""
    h = ird.Hash(draw.hash_name)
    seed = h.seed(draw.request_hash, entropy_of(draw))
    numbers = [row["no"] for row in draw.snapshot_data["rows"]]
    return [(ticket.hex(), no) for ticket, no in h.order(seed, numbers)]


def openings_of(draw: Draw) -> list[Any]:
    """Every name with its salt, in the order of the numbers."""
    rows = SealedOpening.objects.filter(draw=draw).order_by("no")
    return [json.loads(unseal(row.sealed, place=place_of_opening(draw.snapshot_hash, row.no))) for row in rows]


def evidence_of(draw: Draw) -> dict[str, Any]:
    """The public evidence of a draw that has ended, without names.

    Raises: Invalid (draws_evidence_sealed) while the log is not complete.
    """
    if draw.state not in ENDED or draw.result is None:
        raise Invalid("draws_evidence_sealed")
    log = list(draw.log.order_by("seq"))
    return {
        "snapshot": draw.snapshot_data,
        "request": draw.request_data,
        "entropy": entropy_of(draw),
        "waves": waves_of(draw),
        "result": json.loads(bytes(draw.result)),
        "log": [entry.data for entry in log],
        "log_head": log[-1].hash,
    }
