"""What a draw is made from: plain values that the room above fills in. Nothing here knows a project or an expert."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from investreview.accounts.models import User


@dataclass(frozen=True)
class PoolRow:
    """One person of the pool. ``unit`` is the real employer's key; the snapshot shows an alias made for it."""

    stable_id: str
    name: str
    spec: tuple[str, ...]
    unit: str
    private: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class SeatRule:
    """So many seats for people who fit the class; ``*`` fits everybody."""

    spec: str
    n: int


@dataclass(frozen=True)
class ExcludedRow:
    """Somebody of the pool who may not be drawn: the code of the reason and where it is written down."""

    stable_id: str
    code: str
    ref: str


@dataclass(frozen=True)
class ProjectRow:
    """One project of a sampling frame; ``must`` rows are sampled anyway. Units: ``amount_wan`` in 万元."""

    code: str
    ent: str
    band: str
    amount_wan: int
    must: bool


@dataclass(frozen=True)
class SampleRule:
    """The share num/den, and how it is spread (ent_systematic, all_systematic, cell_ceil)."""

    num: int
    den: int
    method: str


@dataclass(frozen=True)
class RoundReason:
    """Why the same subject has another round, which leader decided it, and the scan of the decision."""

    text: str
    leader: User
    document_sha256: str


@dataclass(frozen=True)
class PoolChanges:
    """How many were admitted to the pool and removed from it in the 30 days before the freeze."""

    admitted_count: int = 0
    removed_count: int = 0


@dataclass(frozen=True)
class Leaver:
    """A member who leaves: number, reason code, hash of the paper that proves it.

    ``is_own_act`` says that the expert declined in their own sign-in; only then there may be no paper.
    """

    no: int
    code: str
    document_sha256: str = ""
    is_own_act: bool = False
