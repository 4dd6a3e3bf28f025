"""What pages and papers of a ceremony are made from: plain values, by number, never a name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from investreview.draws.kinds import RankOutcome, WaveState


@dataclass(frozen=True)
class Step:
    """When a step was done and by whom; ``by`` is empty for the system."""

    at: datetime
    by: str


@dataclass(frozen=True)
class Seat:
    """So many seats of a class."""

    spec: str
    n: int


@dataclass(frozen=True)
class Exclusion:
    """A number that may not be drawn, the code of the reason, and where it is written down."""

    no: int
    code: str
    ref: str


@dataclass(frozen=True)
class OnSiteNumbers:
    """One source and what it gave; no numbers yet before they are entered."""

    source: str
    desc: str
    count: int
    least: int
    most: int
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Chance:
    """The smallest and largest chance to be drawn, counted in ``simulated_count`` simulated draws."""

    simulated_count: int
    least_hits: int
    most_hits: int

    @property
    def is_certain_for_somebody(self) -> bool:
        """Whether somebody was drawn every time."""
        return 0 < self.simulated_count == self.most_hits


@dataclass(frozen=True)
class MemberFacts:
    """A present member: rank in ticket order, number, seat, the ticket's first 8 digits, classes."""

    rank: int
    no: int
    seat: str
    ticket8: str
    spec: tuple[str, ...]
    joined_wave: int
    is_asked: bool
    is_revealed: bool


@dataclass(frozen=True)
class RankFacts:
    """One line of the list in ticket order, which ends with the last member: who comes next is never told."""

    rank: int
    no: int
    spec: tuple[str, ...]
    ticket8: str
    outcome: RankOutcome
    code: str


@dataclass(frozen=True)
class LeaverFacts:
    """Who left, with the reason's code and the document's hash."""

    no: int
    code: str
    document_sha256: str
    is_own_act: bool


@dataclass(frozen=True)
class WaveFacts:
    """A wave as it was asked for and, when the witness agreed, what it brought."""

    pk: int
    ordinal: int | None
    state: WaveState
    left: tuple[LeaverFacts, ...]
    joined: tuple[int, ...]
    is_filled: bool
    needs_countersignature: bool
    proposed: Step
    countersigned: Step | None
    decided: Step | None


@dataclass(frozen=True)
class History:
    """What the auditor counts: rounds and withdrawn freezes of this subject, announced draws of the commission."""

    round_count: int
    withdrawn_count: int
    commission_draw_count: int


@dataclass(frozen=True)
class Ceremony:
    """Everything both sides see of a draw. Fingerprint and hashes are empty until they exist."""

    draw_pk: int
    number: str
    kind: str
    state: str
    outcome: str
    subject_kind: str
    subject_key: str
    project: str
    round: int
    round_reason: str
    round_leader: str
    purpose: str
    hash_name: str
    pool_size: int
    admitted_count: int
    removed_count: int
    seats: tuple[Seat, ...]
    unit_cap: int | None
    sample_rule: Mapping[str, int | str] | None
    exclusions: tuple[Exclusion, ...]
    excluded_by_code: Mapping[str, int]
    chance: Chance
    snapshot_hash: str
    request_hash: str
    fingerprint: tuple[str, ...]
    previous: str
    seq: int | None
    day_head: str
    log_head: str
    numbers: tuple[OnSiteNumbers, ...]
    read_by: str
    photo_sha256: str
    frozen: Step
    announced: Step | None
    entered: Step | None
    drawn_at: datetime | None
    closed: Step | None
    close_reason: str
    disclosed: Step | None
    members: tuple[MemberFacts, ...]
    next_to_reveal: int | None
    ranking: tuple[RankFacts, ...]
    waves: tuple[WaveFacts, ...]
    history: History


@dataclass(frozen=True)
class SampledGroup:
    """One group of a sample: how many projects, how many were to be drawn, where the count began, which were."""

    group: tuple[str, ...]
    size: int
    wanted: int
    start: int | None
    picked: tuple[int, ...]


@dataclass(frozen=True)
class SampledProject:
    """One row of the frame and whether it is in the sample: because it must be, by chance, or not."""

    no: int
    code: str
    ent: str
    band: str
    amount_wan: int
    is_must: bool
    is_drawn: bool

    @property
    def is_sampled(self) -> bool:
        """Whether the project is to be examined."""
        return self.is_must or self.is_drawn


@dataclass(frozen=True)
class Sample:
    """What a sample brought: every row of the frame, the groups, the total and the least that the rule asks for."""

    projects: tuple[SampledProject, ...]
    groups: tuple[SampledGroup, ...]
    total: int
    floor: int
