"""Whether the journal still tells what was recorded."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from investreview.core.errors import DomainError
from investreview.journal import triggers
from investreview.journal.canonical import FIRST_PREV, chain_hash, instant
from investreview.journal.heads import Head
from investreview.journal.models import ChainHead, Entry, Seal, Unsealed

FAULTS_NAMED = 20
_CHUNK = 1000


@dataclass(frozen=True)
class Fault:
    """What is wrong and where; the sentence to ``code`` comes from ``core.messages``."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def as_error(self) -> DomainError:
        """The fault as an error whose sentence can be read."""
        return DomainError(self.code, **self.facts)


@dataclass(frozen=True)
class Report:
    """What ``verify`` found. The first fault is the first broken entry; at most 20 are named, all are counted."""

    chain: str
    checked_count: int
    head: Head | None
    unsealed_count: int
    outside_seq: int | None
    fault_count: int
    faults: tuple[Fault, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing was found wrong."""
        return not self.fault_count


def chains(heads: Iterable[Head] = ()) -> list[str]:
    """Every chain that is or was: from entries, seals, head rows and ``heads``."""
    names = {head.chain for head in heads}
    names.update(Entry.objects.order_by().values_list("chain", flat=True).distinct())
    names.update(Seal.objects.order_by().values_list("chain", flat=True).distinct())
    names.update(ChainHead.objects.values_list("chain", flat=True))
    return sorted(names)


def verify(chain: str, heads: Iterable[Head] | None = None) -> Report:
    """Every seal of ``chain`` was recomputed from the stored bytes and compared with columns, head row and ``heads``.

    Entries that wait for the sealer are counted, not checked. A tail that was cut everywhere in the database can only
    be noticed against an outside head of this chain; ``outside_seq`` is None when none was given.
    The sealer may run meanwhile: nothing is locked.
    """
    outside: dict[int, set[str]] = {}
    for head in heads or ():
        if head.chain == chain:
            outside.setdefault(head.seq, set()).add(head.hash)
    walk = _Walk(chain, outside)
    named: list[Fault] = []
    count = 0
    for fault in walk.faults():
        count += 1
        if count <= FAULTS_NAMED:
            named.append(fault)
    return Report(
        chain=chain,
        checked_count=walk.checked_count,
        head=Head(chain, walk.seq, walk.hash) if walk.seq else None,
        unsealed_count=Unsealed.objects.filter(chain=chain).count(),
        outside_seq=max(outside, default=None),
        fault_count=count,
        faults=tuple(named),
    )


class _Walk:
    """One pass over a chain, from its first seal to its last."""

    def __init__(self, chain: str, outside: Mapping[int, set[str]]) -> None:
        self.chain = chain
        self.outside = outside
        self.seq = 0
        self.hash = FIRST_PREV
        self.checked_count = 0

    def faults(self) -> Iterator[Fault]:
        row_before = self._head_row()
        seals = Seal.objects.filter(chain=self.chain).select_related("entry").order_by("seq")
        for seal in seals.iterator(chunk_size=_CHUNK):
            yield from self._faults_of(seal)
            if row_before is not None and row_before.seq == seal.seq and row_before.hash != seal.hash:
                yield self._fault("journal_head_row_differs", seq=seal.seq)
            self.seq, self.hash = seal.seq, seal.hash
            self.checked_count += 1
        yield from self._faults_at_the_end(row_before)
        yield from self._faults_beside_the_chain()

    def _faults_of(self, seal: Seal) -> Iterator[Fault]:
        where: dict[str, object] = {"seq": seal.seq, "entry": seal.entry_id}
        content = bytes(seal.entry.content)
        if seal.seq != self.seq + 1:
            yield self._fault("journal_gap", **where, expected=self.seq + 1)
        elif seal.prev != self.hash:
            yield self._fault("journal_link_broken", **where)
        if seal.hash != chain_hash(chain=self.chain, seq=seal.seq, prev=seal.prev, content=content):
            yield self._fault("journal_content_changed", **where)
        elif not _columns_agree(seal.entry, content):
            yield self._fault("journal_columns_changed", **where)
        if self.outside.get(seal.seq, {seal.hash}) != {seal.hash}:
            yield self._fault("journal_head_differs", **where)

    def _faults_at_the_end(self, row_before: ChainHead | None) -> Iterator[Fault]:
        row_after = self._head_row()
        least = row_before.seq if row_before else 0
        most = row_after.seq if row_after else 0
        if not least <= self.seq <= most:
            yield self._fault("journal_head_row_differs", seq=most)
        last_outside = max(self.outside, default=0)
        if last_outside > self.seq:
            yield self._fault("journal_tail_cut", seq=self.seq, outside=last_outside)

    def _faults_beside_the_chain(self) -> Iterator[Fault]:
        lost = (
            Entry.objects.filter(chain=self.chain, seal=None, unsealed=None).order_by("pk").values_list("pk", flat=True)
        )
        for entry_id in lost.iterator(chunk_size=_CHUNK):
            yield self._fault("journal_entry_unaccounted", entry=entry_id)
        for name in triggers.missing():
            yield self._fault("journal_trigger_missing", trigger=name)

    def _head_row(self) -> ChainHead | None:
        return ChainHead.objects.filter(chain=self.chain).first()

    def _fault(self, code: str, **facts: object) -> Fault:
        return Fault(code, {"chain": self.chain, **facts})


def _columns_agree(entry: Entry, content: bytes) -> bool:
    """Whether the columns by which an entry is found say what its sealed bytes say."""
    told = json.loads(content)
    columns = {
        "chain": entry.chain,
        "verb": entry.verb,
        "actor_id": entry.actor_id,
        "actor_name": entry.actor_name,
        "on_behalf_of": entry.on_behalf_of,
        "subject_kind": entry.subject_kind,
        "subject_key": entry.subject_key,
        "at": instant(entry.at),
        "recorded_at": instant(entry.recorded_at),
        "result": entry.result,
        "request_id": entry.request_id,
    }
    return all(told.get(name) == value for name, value in columns.items())
