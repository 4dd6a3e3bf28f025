"""Pure rules of a ceremony: which act when, how numbers are spelled, who must countersign."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from investreview.core.errors import Invalid

TAIL_LENGTH = 8


class Verb(StrEnum):
    """The acts on a draw; each writes one journal entry of this name."""

    FREEZE = "draw.freeze"
    WITHDRAW = "draw.withdraw"
    ANNOUNCE = "draw.announce"
    ENTER_NUMBERS = "draw.enter_numbers"
    CONCLUDE = "draw.conclude"
    ASK_REVEAL = "draw.ask_reveal"
    REVEAL = "draw.reveal"
    PROPOSE_WAVE = "draw.propose_wave"
    CANCEL_WAVE = "draw.cancel_wave"
    COUNTERSIGN_WAVE = "draw.countersign_wave"
    RECORD_WAVE = "draw.record_wave"
    CLOSE = "draw.close"
    DISCLOSE = "draw.disclose"


_AT_WORK = frozenset({"DRAWN", "WAVE"})
ALLOWED: dict[Verb, frozenset[str]] = {
    Verb.WITHDRAW: frozenset({"FROZEN"}),
    Verb.ANNOUNCE: frozenset({"FROZEN"}),
    Verb.ENTER_NUMBERS: frozenset({"ANNOUNCED"}),
    Verb.CONCLUDE: frozenset({"ENTROPY"}),
    Verb.ASK_REVEAL: _AT_WORK,
    Verb.REVEAL: _AT_WORK,
    Verb.PROPOSE_WAVE: _AT_WORK,
    Verb.CANCEL_WAVE: _AT_WORK,
    Verb.COUNTERSIGN_WAVE: _AT_WORK,
    Verb.RECORD_WAVE: _AT_WORK,
    Verb.CLOSE: _AT_WORK,
    Verb.DISCLOSE: frozenset({"CLOSED", "INFEASIBLE"}),
}


def is_allowed(verb: Verb, state: str) -> bool:
    """Whether ``verb`` may be done to a draw in ``state``. No verb leads back, none draws again."""
    return state in ALLOWED[verb]


@dataclass(frozen=True)
class Source:
    """Where on-site numbers come from: how many, between which bounds, in the order drawn or ascending."""

    id: str
    desc: str
    count: int
    least: int
    most: int
    is_ascending: bool = False


TEN_BALLS = Source("balls10", "十个号码球（0—9），放回，按摸出顺序", count=10, least=0, most=9)


def require_sources(sources: Sequence[Source], parties: Sequence[str]) -> None:
    """Nothing happens when there is a source, each has its own name, and each can give numbers.

    Raises: Invalid (draws_sources).
    """
    names = [*parties, *(source.id for source in sources)]
    is_usable = all(source.id and source.count >= 1 and 0 <= source.least <= source.most for source in sources)
    if not sources or len(names) > len(set(names)) or not is_usable:
        raise Invalid("draws_sources")


def spell(sources: Sequence[Source], numbers: Sequence[int]) -> list[tuple[str, str]]:
    """(source, ``0.8.7./``) for each source: each number followed by ``.``, the source ended by ``/`` (RFC 3797).

    ``numbers`` are those of all sources one after the other.
    Raises: Invalid (draws_numbers_count, draws_number_bounds).
    """
    wanted = sum(source.count for source in sources)
    if len(numbers) != wanted:
        raise Invalid("draws_numbers_count", field="numbers", given=len(numbers), wanted=wanted)
    spelled, place = [], 0
    for source in sources:
        part = list(numbers[place : place + source.count])
        place += source.count
        for number in part:
            if type(number) is not int or not source.least <= number <= source.most:
                raise Invalid(
                    "draws_number_bounds", field="numbers", given=number, least=source.least, most=source.most
                )
        ordered = sorted(part) if source.is_ascending else part
        spelled.append((source.id, "".join(f"{number}." for number in ordered) + "/"))
    return spelled


def read_numbers(spelled: str) -> tuple[int, ...]:
    """``0.8.7./`` as 0, 8, 7."""
    return tuple(int(number) for number in spelled.rstrip("/").split(".") if number)


def is_tail(typed: str, fingerprint: str) -> bool:
    """Whether these are the last eight digits of the fingerprint; blanks and capitals do not matter."""
    return "".join(typed.split()).lower() == fingerprint[-TAIL_LENGTH:]


def groups_of_four(fingerprint: str) -> tuple[str, ...]:
    """The fingerprint as people compare it: sixteen groups of four."""
    return tuple(fingerprint[place : place + 4] for place in range(0, len(fingerprint), 4))


def needs_countersignature(*, left_count: int, seat_count: int) -> bool:
    """Whether more than a third of the seats have been given up, all waves of the draw together.

    Rule: DRAW, above 1/3 of the seats the discipline office countersigns; many small waves count like a large one.
    """
    return 3 * left_count > seat_count


def number_of(commission: str, *, year: int, seq: int) -> str:
    """``LYG-CQ-2024-0003``: the third draw of the commission's chain, announced in 2024."""
    return f"{commission}-CQ-{year}-{seq:04d}"


def instant(at: datetime) -> str:
    """``at`` as snapshots and logs write it: UTC, to the second, ``2024-08-07T01:00:00Z``."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
