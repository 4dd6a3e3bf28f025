"""What the draws room is told of a panel, and nothing else: numbers and classes, neither project nor enterprise."""

from dataclasses import dataclass
from datetime import datetime
from random import SystemRandom

from experts.models import Exclusion, Panel
from experts.selectors.eligible import Exclusion as Excluded
from experts.selectors.eligible import PoolForDraw
from investreview.accounts.models import User
from investreview.core.errors import Invalid
from investreview.core.subject import Subject
from investreview.draws.kinds import DrawState
from investreview.draws.models import Draw
from investreview.draws.services import close_failed, freeze_panel_draw, withdraw_freeze
from investreview.draws.terms import ExcludedRow, PoolChanges, PoolRow, RoundReason, SeatRule
from investreview.projects.acting import Acting
from investreview.projects.models import Case
from investreview.projects.routing import confirmed_rules

PURPOSE = "panel"
_UNFINISHED = frozenset({DrawState.ANNOUNCED, DrawState.ENTROPY})
_AT_WORK = frozenset({DrawState.DRAWN, DrawState.WAVE})


@dataclass(frozen=True)
class NextRound:
    """Why the case may have one more panel; after its one revision there is no leader's order, and a new draw."""

    text: str
    leader: User | None
    document_sha256: str


def draw_subject(case: Case) -> Subject:
    """What is drawn for: the case as it was submitted, anew after its one revision.

    Panels of the same submission are rounds of one draw, so that nobody draws twice without the leader's reason.
    """
    suffix = f"-R{case.revision_count}" if case.revision_count else ""
    return Subject("panel", f"{case.number}{suffix}")


def referred(excluded: tuple[Excluded, ...]) -> list[tuple[str, Excluded]]:
    """Each exclusion with the reference that the evidence shows; their order tells nothing."""
    shuffled = list(excluded)
    SystemRandom().shuffle(shuffled)
    return [(f"HB-{number}", each) for number, each in enumerate(shuffled, 1)]


def freeze(
    case: Case,
    pool: PoolForDraw,
    excluded: list[tuple[str, Excluded]],
    *,
    reason: NextRound | None,
    acting: Acting,
    at: datetime,
) -> Draw:
    """The pool is frozen for the next round of the case's draw.

    Raises: Forbidden, Invalid (experts_ceremony_unfinished, draws_seats_short and what else the freeze says).
    """
    last = _last_draw(case)
    if last is not None and last.state in _UNFINISHED:
        raise Invalid("experts_ceremony_unfinished", number=last.number)
    if last is not None and last.state == DrawState.FROZEN:
        text = reason.text if reason is not None else ""
        withdraw_freeze(draw_pk=last.pk, reason=text, user=acting.person, scope=acting.scope, at=at)
        last = _last_draw(case)
    return freeze_panel_draw(
        commission=case.commission,
        subject=draw_subject(case),
        round=last.round + 1 if last is not None else 1,
        purpose=PURPOSE,
        rows=[
            PoolRow(
                stable_id=row.stable_id,
                name=row.name,
                spec=row.spec,
                unit=row.employer_key,
                private={"employer": row.employer_name},
            )
            for row in pool.rows
        ],
        seats=[SeatRule(seat.key, seat.count) for seat in pool.seats],
        excluded=[ExcludedRow(each.stable_id, each.code, ref) for ref, each in excluded],
        unit_cap=confirmed_rules(case).panel.per_employer,
        user=acting.person,
        scope=acting.scope,
        at=at,
        round_reason=_round_reason(reason) if last is not None else None,
        pool_changes=PoolChanges(admitted_count=len(pool.admitted), removed_count=len(pool.removed)),
    )


def keep_exclusions(panel: Panel, excluded: list[tuple[str, Excluded]]) -> None:
    """Every exclusion stands with its code, bases and paths."""
    Exclusion.objects.bulk_create(
        Exclusion(
            panel=panel,
            expert_id=each.expert_id,
            ref=ref,
            code=each.code,
            reasons=[
                {"code": reason.code.value, "basis": reason.basis, "path": reason.path} for reason in each.reasons
            ],
        )
        for ref, each in excluded
    )


def end_draw(panel: Panel, *, acting: Acting, reason: str, at: datetime) -> None:
    """The draw of a panel that came to nothing has ended, where it can: one that was announced is drawn first."""
    draw = Draw.objects.get(pk=panel.draw_id)
    if draw.state in _AT_WORK:
        close_failed(draw_pk=draw.pk, actor=acting.actor, reason=reason, at=at)


def _round_reason(reason: NextRound | None) -> RoundReason | None:
    if reason is None or reason.leader is None:
        return None
    return RoundReason(reason.text, reason.leader, reason.document_sha256)


def _last_draw(case: Case) -> Draw | None:
    subject = draw_subject(case)
    drawn = Draw.objects.filter(
        commission=case.commission, subject_kind=subject.kind, subject_key=subject.key, purpose=PURPOSE
    )
    return drawn.exclude(state=DrawState.WITHDRAWN).order_by("-round").first()
