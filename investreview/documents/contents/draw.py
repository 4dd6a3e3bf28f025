"""The papers of a draw: the 抽取事项封存单 signed before it, and its 抽取记录表 in two prints with the same hashes.

Instants are text as printed ("2024年7月15日 09:58"), chances are fractions, hashes 64 lower-case hex digits.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import ClassVar, Self

from investreview.core.errors import Invalid
from investreview.documents.kinds import DocumentKind, DrawOutcome, DrawParty, Mark
from investreview.documents.rules import is_digest, names_within


@dataclass(frozen=True)
class DrawSeat:
    """So many seats of one class ("财务会计"; "不限专业" for ``*``)."""

    name: str
    count: int


@dataclass(frozen=True)
class DrawExclusion:
    """Somebody who cannot be drawn: number in this draw, code, basis, and whence it is known (来源)."""

    no: int
    code: str
    basis: str
    source: str = ""


@dataclass(frozen=True)
class EarlierRound:
    """A round before this one, how it ended, and the leader's recorded reason for another."""

    round: int
    draw_id: str
    ended: str
    reason: str


@dataclass(frozen=True)
class SealedValue:
    """A hash of one party ("server"): its commitment before the draw, or the random number it had sealed, after."""

    party: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class _DrawPaper:
    """What the three papers of a draw say alike. Numbers are those of the snapshot, fresh for each draw."""

    CODE: ClassVar[str]

    draw_id: str  # LYG-CQ-2024-0006
    purpose: str = "二次论证专家"  # what is drawn
    case_number: str
    project_name: str
    enterprise: str
    amount_yuan: Decimal
    pool: str  # 投资论证库
    pool_size: int
    admitted_count: int  # 30日内新增
    admitted_nos: tuple[int, ...] = ()
    removed_count: int  # 30日内退出
    seats: tuple[DrawSeat, ...]
    unit_cap: int | None
    round: int
    earlier: tuple[EarlierRound, ...] = ()
    draw_count: int  # the commission's draws up to and with this one (seq)
    smallest_chance: Decimal
    largest_chance: Decimal
    certain_count: int = 0  # how many are sure to be drawn
    simulations: int = 1000
    source: str = "号码球0—9，放回，10次"
    hash_name: str = "SHA-256"
    exclusions: tuple[DrawExclusion, ...] = ()
    request_sha: str  # 抽取事项指纹
    mark: Mark = Mark.INTERNAL
    dated_on: date | None = None

    def __post_init__(self) -> None:
        wrong = [digest for digest in self._digests() if not is_digest(digest)]
        if wrong:
            raise ValueError(f"no hash of 64 lower-case hex digits: {wrong[0][:80]!r}")

    def _digests(self) -> Iterable[str]:
        return (self.request_sha,)

    @property
    def number(self) -> str:
        """The draw's number with the paper's letters: FC 封存, JL 记录, GK 公开."""
        return f"{self.draw_id}-{self.CODE}"

    def issued_as(self, number: str, dated_on: date) -> Self:
        """The same content under its date. Raises: ValueError for another number than its own."""
        if number != self.number:
            raise ValueError(f"{self.number} cannot be issued as {number}")
        return replace(self, dated_on=dated_on)


@dataclass(frozen=True, kw_only=True)
class DrawSealSheet(_DrawPaper):
    """抽取事项封存单: printed and signed by both sides before a ball is drawn; all that is fixed, with its hashes.

    Rule: DRAW.md, "The seed exists only after everything else is fixed".
    """

    kind: ClassVar[DocumentKind] = DocumentKind.DRAW_SEAL_SHEET
    CODE: ClassVar[str] = "FC"

    sealed_at: str
    snapshot_sha: str  # 名册摘要
    commitments: tuple[SealedValue, ...]  # 系统封存随机数摘要

    @property
    def title(self) -> str:
        """What stands on top."""
        return f"{self.purpose}抽取事项封存单"

    def _digests(self) -> Iterable[str]:
        return (self.request_sha, self.snapshot_sha, *(one.digest for one in self.commitments))


@dataclass(frozen=True)
class DrawnRow:
    """One rank of the order: number, specialties, ticket (64 hex, printed by its first 8), what became of it.

    ``seat`` is the class of the seat held, ``code`` why somebody left or is recused.
    """

    rank: int
    no: int
    specialty: str
    ticket: str
    outcome: DrawOutcome
    seat: str = ""
    code: str = ""


@dataclass(frozen=True)
class NamedRow:
    """A rank with the person behind it; both texts are empty for somebody whose name was never revealed."""

    row: DrawnRow
    name: str = ""
    employer: str = ""


@dataclass(frozen=True)
class DrawLeaver:
    """A member who left: number, code and word ("S1 请假"), how that is known, the hash of its document or ""."""

    no: int
    code: str
    way: str
    document_sha: str = ""


@dataclass(frozen=True)
class DrawWave:
    """One time that members left and as many joined; ``countersigned_at`` is set when the discipline office signed."""

    ordinal: int
    at: str
    left: tuple[DrawLeaver, ...]
    joined: tuple[int, ...]
    countersigned_at: str = ""


@dataclass(frozen=True)
class NameReader:
    """Who has learned names, in which post, since when, which ones."""

    name: str
    post: str
    first_at: str
    extent: str


@dataclass(frozen=True, kw_only=True)
class _DrawRecord(_DrawPaper):
    """What both prints of a record say alike.

    The seed, the sealed random numbers and the last head are known at the close; before it they are empty and print
    as withheld, and the sheet carries the head after ``drawn``.
    """

    drawn_at: str
    closed_at: str = ""
    sealed_at: str
    numbers: tuple[int, ...]
    read_by: DrawParty
    typed_by: DrawParty
    photo: str = ""  # number of the picture, "" for none
    waves: tuple[DrawWave, ...] = ()
    drawn_head: str
    nonces: tuple[SealedValue, ...] = ()
    seed: str = ""
    log_head: str = ""

    @property
    def title(self) -> str:
        """What stands on top."""
        return f"{self.purpose}抽取记录表"

    def __post_init__(self) -> None:
        super().__post_init__()
        if len({bool(one) for one in (self.closed_at, self.nonces, self.seed, self.log_head)}) == 2:
            raise ValueError("time of the close, sealed numbers, seed and last head are known together")

    @property
    def is_closed(self) -> bool:
        """Whether the draw is closed, so that anybody can recompute it."""
        return self.closed_at != ""

    def _digests(self) -> Iterable[str]:
        documents = (one.document_sha for wave in self.waves for one in wave.left if one.document_sha)
        later = (digest for digest in (self.seed, self.log_head) if digest)
        return (self.request_sha, self.drawn_head, *(one.digest for one in self.nonces), *later, *documents)


@dataclass(frozen=True, kw_only=True)
class DrawRecordPublic(_DrawRecord):
    """抽取记录表公开版: numbers only. It has no field for a person's name or employer."""

    kind: ClassVar[DocumentKind] = DocumentKind.DRAW_RECORD_PUBLIC
    CODE: ClassVar[str] = "GK"

    rows: tuple[DrawnRow, ...]
    mark: Mark = Mark.PUBLIC

    def _digests(self) -> Iterable[str]:
        return (*super()._digests(), *(row.ticket for row in self.rows))


@dataclass(frozen=True, kw_only=True)
class DrawRecord(_DrawRecord):
    """抽取记录表, confidential: the ranks with names and employers, and who has learned them."""

    kind: ClassVar[DocumentKind] = DocumentKind.DRAW_RECORD
    CODE: ClassVar[str] = "JL"

    rows: tuple[NamedRow, ...]
    readers: tuple[NameReader, ...] = ()
    mark: Mark = Mark.WORK_SECRET

    def _digests(self) -> Iterable[str]:
        return (*super()._digests(), *(named.row.ticket for named in self.rows))

    def public(self) -> DrawRecordPublic:
        """The same record by numbers, with the same hashes.

        Raises: Invalid (documents_names_in_public_record) where a reason, basis or way names one of the persons or
        their employers: what was published cannot be called back.
        """
        names = (text for named in self.rows for text in (named.name, named.employer))
        found = names_within(names, self._free_texts())
        if found:
            raise Invalid("documents_names_in_public_record", count=len(found))
        shared = {each.name: getattr(self, each.name) for each in fields(_DrawRecord) if each.name != "mark"}
        return DrawRecordPublic(**shared, rows=tuple(named.row for named in self.rows))

    def _free_texts(self) -> Iterable[str]:
        """What somebody wrote in words, and a name might have slipped into."""
        yield self.photo
        for one in self.exclusions:
            yield from (one.code, one.basis, one.source)
        for earlier in self.earlier:
            yield from (earlier.ended, earlier.reason)
        for leaver in (leaver for wave in self.waves for leaver in wave.left):
            yield from (leaver.code, leaver.way)
