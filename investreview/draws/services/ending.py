"""How a draw ends: the system's number is revealed, the result written, the log complete; then it is disclosed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from investreview.accounts.models import User
from investreview.core.actor import Actor
from investreview.core.errors import Invalid
from investreview.core.scope import Scope
from investreview.core.text import clean_block
from investreview.draws import permissions
from investreview.draws import verify_draw as ird
from investreview.draws.evidence import entropy_of, evidence_of, result_of, waves_of
from investreview.draws.kinds import DrawKind, DrawOutcome, DrawState, WaveState
from investreview.draws.models import Draw
from investreview.draws.rules import Verb
from investreview.draws.services.common import (
    append_log,
    lock_draw,
    log_name,
    note,
    require_own_scope,
    require_state,
    save,
)
from investreview.draws.services.rounds import REASON_LENGTH


def end(draw: Draw, result: dict[str, Any], outcome: DrawOutcome, *, at: datetime) -> None:
    """The log of the locked draw is complete and the draw has ended; the row is not saved yet.

    A sample is published at once; a panel that cannot be filled has ended by itself.
    Raises: Invalid (draws_evidence_altered) when the stored evidence would not be reproduced.
    """
    h = ird.Hash(draw.hash_name)
    sealed = len(draw.request_data["commits"])
    who = log_name("", None)
    append_log(draw, "reveal", {"values": entropy_of(draw)[:sealed]}, who=who, at=at)
    entry = append_log(draw, "result", {"result": h.of("result", result)}, who=who, at=at)
    draw.result, draw.outcome, draw.closed_at = ird.canonical(result), outcome, entry.at
    draw.state = DrawState.INFEASIBLE if outcome == DrawOutcome.INFEASIBLE else DrawState.CLOSED
    if draw.kind == DrawKind.SAMPLE:
        draw.state, draw.disclosed_at = DrawState.DISCLOSED, entry.at
    if ird.verify(evidence_of(draw)):
        raise Invalid("draws_evidence_altered", number=draw.number)


def end_facts(draw: Draw) -> Mapping[str, object]:
    """What the journal keeps of an end."""
    return {"outcome": draw.outcome, "request": draw.request_hash, "wave_count": draw.wave_count}


def close(*, draw_pk: int, outcome: DrawOutcome, user: User, scope: Scope, at: datetime, reason: str = "") -> Draw:
    """The panel's work is over; the evidence can be handed out. ``FAILED`` (未成) needs a reason; a round may follow.

    COMPLETED is only possible once every member's name was revealed.
    Raises: NotVisible, Forbidden (draws_closers_only), Invalid (draws_not_allowed_in_state, draws_close_outcome,
    draws_not_all_revealed, draws_wave_waits, draws_evidence_altered, text_*). Journal: draw.close
    """
    require_own_scope(user, scope)
    with transaction.atomic():
        draw = lock_draw(draw_pk, scope)
        permissions.require(permissions.can_close(scope, draw.commission))
        return _close(draw, outcome, closer=user, actor=user.as_actor(), at=at, reason=reason)


def close_on_opinion(*, draw_pk: int, actor: Actor, at: datetime) -> Draw:
    """The same, COMPLETED, because the panel opinion has been signed.

    The room that holds the opinion has asked who may sign it and calls this in the same transaction.
    Raises: as ``close``. Rule: DRAW, CLOSED = the panel opinion is signed. Journal: draw.close
    """
    with transaction.atomic():
        return _close(lock_draw(draw_pk), DrawOutcome.COMPLETED, closer=None, actor=actor, at=at, reason="")


def close_failed(*, draw_pk: int, actor: Actor, reason: str, at: datetime) -> Draw:
    """The same, FAILED, because the case has ended or a leader has ordered another panel; a wave that waits is off.

    The room that holds the panel has asked who may end it and calls this in the same transaction.
    Raises: as ``close``. Journal: draw.close
    """
    with transaction.atomic():
        draw = lock_draw(draw_pk)
        draw.waves.filter(state=WaveState.PROPOSED).update(state=WaveState.CANCELLED, decided_at=at)
        return _close(draw, DrawOutcome.FAILED, closer=None, actor=actor, at=at, reason=reason)


def _close(draw: Draw, outcome: DrawOutcome, *, closer: User | None, actor: Actor, at: datetime, reason: str) -> Draw:
    require_state(draw, Verb.CLOSE)
    if outcome == DrawOutcome.INFEASIBLE:
        raise Invalid("draws_close_outcome")
    if draw.waves.filter(state=WaveState.PROPOSED).exists():
        raise Invalid("draws_wave_waits")
    if outcome == DrawOutcome.FAILED:
        draw.close_reason = clean_block(reason, max_length=REASON_LENGTH)
    elif draw.members.filter(left_wave=None).exclude(reveal__confirmed_at__isnull=False).exists():
        raise Invalid("draws_not_all_revealed")
    end(draw, result_of(draw, waves_of(draw)), outcome, at=at)
    draw.closed_by = closer
    save(draw)
    note(draw, Verb.CLOSE, actor=actor, at=at, facts={**end_facts(draw), "reason": draw.close_reason})
    return draw


def disclose(*, draw_pk: int, user: User, scope: Scope, at: datetime) -> Draw:
    """The public evidence has been handed out to everybody concerned.

    Raises: NotVisible, Forbidden (draws_closers_only), Invalid (draws_not_allowed_in_state). Journal: draw.disclose
    """
    require_own_scope(user, scope)
    with transaction.atomic():
        draw = lock_draw(draw_pk, scope)
        permissions.require(permissions.can_close(scope, draw.commission))
        require_state(draw, Verb.DISCLOSE)
        draw.state, draw.disclosed_by, draw.disclosed_at = DrawState.DISCLOSED, user, at
        save(draw)
        note(draw, Verb.DISCLOSE, actor=user.as_actor(), at=at, facts=end_facts(draw))
        return draw
