"""The extract of the journal on the page of a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from investreview.core.actor import SYSTEM
from investreview.desk.selectors.viewing import Reading
from investreview.desk.words import verb_name
from investreview.journal.models import Entry
from investreview.journal.selectors import entries_of
from investreview.projects.rules import Verb

SHOWN = 40
AT_ONCE = 8
# The enterprise reads of its own acts, and of what the commission told it, without the names of its people.
_TOLD_BY_COMMISSION = frozenset(
    {
        Verb.CONFIRM,
        Verb.SUPPLEMENT,
        Verb.RETURN,
        Verb.DELIVER,
        Verb.DELIVER_REMEDY,
        Verb.CONFIRM_CORRECTION,
        Verb.ASK_QUESTION,
    }
)
_TOLD_VERBS = _TOLD_BY_COMMISSION | frozenset(
    {
        Verb.CREATE,
        Verb.SAVE,
        Verb.PLEDGE,
        Verb.DISCARD,
        Verb.HAND_OVER,
        Verb.SEND_TO_DRAFTER,
        Verb.RELEASE,
        Verb.WITHDRAW,
        Verb.ACKNOWLEDGE,
        Verb.ANSWER_QUESTION,
    }
)


@dataclass(frozen=True)
class JournalLine:
    """One act: what, who (and for whom), when, and its place in the chain once it is sealed."""

    verb: str
    actor: str
    on_behalf_of: str
    at: datetime
    recorded_at: datetime
    seq: int | None
    hash: str


@dataclass(frozen=True)
class JournalExtract:
    """The latest acts on a case, newest first; ``is_cut`` when there are older ones."""

    lines: tuple[JournalLine, ...]
    more: tuple[JournalLine, ...]
    is_cut: bool
    may_check: bool


def latest_entries(reading: Reading) -> QuerySet[Entry]:
    """What the business chain tells of the case, latest first, one more than is shown.

    Who merely read it stands in another chain and is not shown; the sealed bytes are not read.
    """
    case = reading.case
    entries = entries_of(case.subject).filter(chain=case.commission.code).select_related("seal").defer("content")
    if not reading.inside:
        entries = entries.filter(verb__in=sorted(_TOLD_VERBS))
    return entries.order_by("-at", "-pk")[: SHOWN + 1]


def journal_extract(reading: Reading, found: Sequence[Entry]) -> JournalExtract:
    """The extract of ``latest_entries``."""
    lines = tuple(_line(entry, reading) for entry in found[:SHOWN])
    return JournalExtract(
        lines=lines[:AT_ONCE],
        more=lines[AT_ONCE:],
        is_cut=len(found) > SHOWN,
        may_check=reading.inside,
    )


def _line(entry: Entry, reading: Reading) -> JournalLine:
    seal = getattr(entry, "seal", None)
    is_unnamed = not reading.inside and entry.verb in _TOLD_BY_COMMISSION
    actor = _("系统") if entry.actor_id == SYSTEM.id else entry.actor_name
    return JournalLine(
        verb=verb_name(entry.verb),
        actor=str(reading.case.commission.short_name) if is_unnamed else actor,
        on_behalf_of="" if is_unnamed else entry.on_behalf_of,
        at=entry.at,
        recorded_at=entry.recorded_at,
        seq=seal.seq if seal is not None else None,
        hash=seal.hash if seal is not None else "",
    )
