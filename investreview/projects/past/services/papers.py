"""Scans of what was decided on paper: with the entry, or attached afterwards by the number in their name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from django.db import IntegrityError, transaction

from investreview.accounts.models import User
from investreview.core.errors import Invalid
from investreview.core.files import FileKind
from investreview.core.text import safe_filename
from investreview.journal.services import record
from investreview.projects.models import Backfill, PastDecision, PastPaper, Takeover
from investreview.projects.past.permissions import may_enter
from investreview.projects.past.rules import number_before, number_of_file
from investreview.projects.past.services.common import entering_person
from investreview.projects.storage import KeptFile, keep_file, remove_from_store
from investreview.registry.models import Commission

PAPER_BYTES = 100 * 1024 * 1024
PAPER_KINDS = (FileKind.PDF, FileKind.OFD, FileKind.JPG, FileKind.PNG)
State = Backfill.State
IN_TWO_YEARS = -1
OPEN_TO_PAPERS = frozenset({State.WAITING, State.RETURNED, State.ACCEPTED})


@dataclass(frozen=True)
class Attached:
    """What became of one file: ``number`` of what it belongs to now, or ``refusal``; a repeat is none."""

    name: str
    number: str = ""
    is_repeat: bool = False
    refusal: Invalid | None = None


def keep_paper(file: IO[bytes], *, name: str, at: datetime) -> KeptFile:
    """The scan lies in the store; no row speaks of it yet.

    Raises: Invalid: the file's fault, past_paper_kind.
    """
    kept = keep_file(file, name=name, folder=f"past/{at:%Y}", limit=PAPER_BYTES)
    if kept.facts.kind not in PAPER_KINDS:
        remove_from_store(kept.storage_name)
        raise Invalid("past_paper_kind", field="papers", name=kept.name, kinds="、".join(PAPER_KINDS))
    return kept


def paper_of(kept: KeptFile, *, user: User, at: datetime) -> PastPaper:
    """The row of a kept scan, not saved: the caller says what it belongs to."""
    return PastPaper(
        name=kept.name,
        kind=kept.facts.kind,
        size=kept.facts.size,
        sha256=kept.facts.sha256,
        page_count=kept.facts.pages,
        storage_name=kept.storage_name,
        uploaded_by=user,
        uploaded_at=at,
    )


def add_papers(decision: PastDecision, kept: Sequence[KeptFile], *, user: User, at: datetime) -> None:
    """The scans belong to the decision, each once; in the caller's transaction."""
    have = set(decision.papers.values_list("sha256", flat=True))
    for each in kept:
        if each.facts.sha256 not in have:
            paper = paper_of(each, user=user, at=at)
            paper.decision = decision
            paper.save()
            have.add(each.facts.sha256)


class _Repeat(Exception):
    """The take-over has this very scan already."""


@dataclass(frozen=True)
class _Known:
    """What a scan may belong to, key of its number by key of its row; take-overs are the case officers'.

    A register number that two years have is IN_TWO_YEARS; with its year before it (``2024_收118``) it is one again.
    """

    decisions: dict[str, int]
    takeovers: dict[str, int]

    def meant(self, name: str) -> tuple[PastDecision | Takeover, str]:
        """Whose scan it is by its name, and the name that it keeps.

        Raises: Invalid (past_no_such_number), also for one that was removed in this moment;
        past_number_of_two_years.
        """
        found: PastDecision | Takeover | None
        found = PastDecision.objects.filter(pk=number_of_file(name, self.decisions) or 0).first()
        kept_name = safe_filename(name)
        if found is None:
            takeover_id, kept_name = number_before(name, self.takeovers)
            if takeover_id == IN_TWO_YEARS:
                raise Invalid("past_number_of_two_years", name=safe_filename(name))
            found = Takeover.objects.filter(pk=takeover_id or 0).first()
        if found is None:
            raise Invalid("past_no_such_number", name=safe_filename(name))
        return found, kept_name


def _known(user: User, commission: Commission, at: datetime) -> _Known:
    scope = entering_person(user, commission, at)
    live = PastDecision.objects.filter(commission=commission, backfill__state__in=sorted(OPEN_TO_PAPERS))
    open_ones = Takeover.objects.filter(
        commission=commission, backfill__state=State.WAITING, checked_at__isnull=True
    ).values_list("number_key", "register_year", "pk")
    may_take_over = may_enter(scope, commission, Backfill.Source.ONGOING)
    return _Known(
        decisions=dict(live.values_list("number_key", "pk")),
        takeovers=_by_number(open_ones) if may_take_over else {},
    )


def _by_number(rows: Iterable[tuple[str, int, int]]) -> dict[str, int]:
    """Every way in which the name of a scan may begin, with the take-over that is meant."""
    found: dict[str, int] = {}
    for key, year, pk in rows:
        found[key] = IN_TWO_YEARS if key in found else pk
        found[f"{year}_{key}"] = pk
    return found


def attach_papers(*, user: User, files: Sequence[tuple[IO[bytes], str]], at: datetime) -> list[Attached]:
    """Each scan belongs to the decision whose number is its name, or to the take-over whose number its name begins
    with, or is told why not; one does not spoil the others.

    Raises: Forbidden. Journal: backfill.attach, once for each scan.
    """
    commission = user.commission
    if commission is None:
        raise Invalid("past_not_of_a_commission")
    known = _known(user, commission, at)
    return [_attach(commission, known, user=user, file=file, name=name, at=at) for file, name in files]


def _attach(commission: Commission, known: _Known, *, user: User, file: IO[bytes], name: str, at: datetime) -> Attached:
    shown = safe_filename(name)
    try:
        owner, kept_name = known.meant(name)
        kept = keep_paper(file, name=kept_name, at=at)
    except Invalid as refusal:
        return Attached(shown, refusal=refusal)
    number = str(owner)
    try:
        with transaction.atomic():
            backfill = Backfill.objects.select_for_update(of=("self",)).get(pk=owner.backfill_id or 0)
            paper = paper_of(kept, user=user, at=at)
            _belong(paper, owner, backfill)
            paper.save()
            record(
                chain=commission.code,
                verb="backfill.attach",
                actor=user.as_actor(),
                subject=backfill.subject,
                at=at,
                facts={"number": number, "name": kept.name, "sha256": kept.facts.sha256},
            )
    except (IntegrityError, Invalid, _Repeat) as fault:
        remove_from_store(kept.storage_name)
        if isinstance(fault, Invalid):
            return Attached(shown, refusal=fault)
        return Attached(shown, number=number, is_repeat=True)
    return Attached(shown, number=number)


def _belong(paper: PastPaper, owner: PastDecision | Takeover, backfill: Backfill) -> None:
    """The scan is of its owner, while that takes scans.

    Raises: Invalid (past_not_in_this_state, takeover_done).
    """
    if isinstance(owner, PastDecision):
        if backfill.state not in OPEN_TO_PAPERS:
            raise Invalid("past_not_in_this_state", state=backfill.get_state_display())
        paper.decision = owner
        paper.is_later = backfill.state == State.ACCEPTED
        return
    if backfill.state != State.WAITING:
        raise Invalid("past_not_in_this_state", state=backfill.get_state_display())
    present = Takeover.objects.select_for_update().filter(pk=owner.pk).first()
    if present is None or not present.is_open:
        raise Invalid("takeover_done")
    if present.papers.filter(sha256=paper.sha256).exists():
        raise _Repeat
    paper.takeover = present
