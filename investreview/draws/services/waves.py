"""Waves 递补: members leave, the same order goes on. The operator asks, the discipline office countersigns where more
than a third of the seats are given up, and it takes effect with the witness."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from investreview.accounts.models import User
from investreview.core.errors import Forbidden, Invalid, NotVisible
from investreview.core.scope import Scope
from investreview.core.text import clean_line
from investreview.draws import permissions
from investreview.draws.evidence import result_of, waves_of
from investreview.draws.kinds import DrawOutcome, DrawState, WaveState
from investreview.draws.models import Draw, Member, Wave
from investreview.draws.rules import Verb, needs_countersignature
from investreview.draws.services.common import (
    append_log,
    lock_draw,
    log_name,
    note,
    require_not_operator,
    require_not_witness,
    require_own_scope,
    require_state,
    save,
)
from investreview.draws.services.ending import end
from investreview.draws.services.numbers import add_members
from investreview.draws.services.rounds import require_document
from investreview.draws.terms import Leaver

CODE_LENGTH = 40


@dataclass(frozen=True)
class WaveOutcome:
    """Who joined, ascending; ``is_filled`` is false when nobody could, and then the round has ended."""

    joined: tuple[int, ...]
    is_filled: bool


def propose_wave(*, draw_pk: int, left: Sequence[Leaver], user: User, scope: Scope, at: datetime) -> Wave:
    """The operator has asked that these members be replaced; each by the expert's own act or with a document.

    Raises: NotVisible, Forbidden (draws_operator_only, draws_two_people), Invalid (draws_not_allowed_in_state,
    draws_wave_waits, draws_wave_empty, draws_leaver_twice, draws_leaver_not_member, draws_leaver_not_revealed,
    draws_document_hash, text_*). Journal: draw.propose_wave
    """
    require_own_scope(user, scope)
    with transaction.atomic():
        draw = lock_draw(draw_pk, scope)
        permissions.require(permissions.can_operate(scope, draw.commission))
        require_not_witness(draw, user)
        require_state(draw, Verb.PROPOSE_WAVE)
        if draw.waves.filter(state=WaveState.PROPOSED).exists():
            raise Invalid("draws_wave_waits")
        _require_leavers(draw, left)
        before = draw.members.filter(left_wave__isnull=False).count()
        seat_count = draw.members.filter(left_wave=None).count()
        wave = Wave.objects.create(
            draw=draw,
            left=[_as_logged(leaver) for leaver in left],
            own_acts=sorted(leaver.no for leaver in left if leaver.is_own_act),
            needs_countersignature=needs_countersignature(left_count=before + len(left), seat_count=seat_count),
            proposed_by=user,
            proposed_at=at,
        )
        facts = {"left": wave.left, "own_acts": wave.own_acts, "needs_countersignature": wave.needs_countersignature}
        note(draw, Verb.PROPOSE_WAVE, actor=user.as_actor(), at=at, facts=facts)
        return wave


def _require_leavers(draw: Draw, left: Sequence[Leaver]) -> None:
    numbers = [leaver.no for leaver in left]
    if not numbers:
        raise Invalid("draws_wave_empty")
    if len(numbers) > len(set(numbers)):
        raise Invalid("draws_leaver_twice")
    present = draw.members.filter(left_wave=None)
    revealed = set(present.filter(reveal__confirmed_at__isnull=False).values_list("no", flat=True))
    members = set(present.values_list("no", flat=True))
    for leaver in left:
        if leaver.no not in members:
            raise Invalid("draws_leaver_not_member", no=leaver.no)
        if leaver.no not in revealed:
            raise Invalid("draws_leaver_not_revealed", no=leaver.no)
        if leaver.document_sha256 or not leaver.is_own_act:
            require_document(leaver.document_sha256)


def _as_logged(leaver: Leaver) -> dict[str, Any]:
    document = {"doc": leaver.document_sha256} if leaver.document_sha256 else {}
    return {"no": leaver.no, "code": clean_line(leaver.code, max_length=CODE_LENGTH), **document}


def countersign_wave(*, wave_pk: int, user: User, scope: Scope, at: datetime) -> Wave:
    """The discipline office agrees that more than a third of the seats be given up.

    Raises: NotVisible, Forbidden (draws_discipline_only, draws_two_people), Invalid (draws_not_allowed_in_state,
    draws_wave_decided, draws_wave_needs_none). Journal: draw.countersign_wave
    """
    require_own_scope(user, scope)
    with transaction.atomic():
        draw, wave = _lock(wave_pk, scope)
        permissions.require(permissions.can_countersign(scope, draw.commission))
        require_not_operator(draw, user)
        _require_proposed(draw, wave, Verb.COUNTERSIGN_WAVE)
        if not wave.needs_countersignature:
            raise Invalid("draws_wave_needs_none")
        if wave.countersigned_at is None:
            wave.countersigned_by, wave.countersigned_at = user, at
            wave.save()
            note(draw, Verb.COUNTERSIGN_WAVE, actor=user.as_actor(), at=at, facts={"left": wave.left})
        return wave


def cancel_wave(*, wave_pk: int, user: User, scope: Scope, at: datetime) -> Wave:
    """The wave is off: nobody left. Either hand may say so; the request stays on record.

    Raises: NotVisible, Forbidden (draws_operator_only), Invalid (draws_not_allowed_in_state, draws_wave_decided).
    Journal: draw.cancel_wave
    """
    require_own_scope(user, scope)
    with transaction.atomic():
        draw, wave = _lock(wave_pk, scope)
        if permissions.can_witness(scope, draw.commission):
            permissions.require(permissions.can_operate(scope, draw.commission))
        _require_proposed(draw, wave, Verb.CANCEL_WAVE)
        wave.state, wave.decided_by, wave.decided_at = WaveState.CANCELLED, user, at
        wave.save()
        note(draw, Verb.CANCEL_WAVE, actor=user.as_actor(), at=at, facts={"left": wave.left})
        return wave


def record_wave(*, wave_pk: int, user: User, scope: Scope, at: datetime) -> WaveOutcome:
    """The witness agrees: those members have left, as many others have joined, everybody else stays.

    Where the seats cannot be filled the round has ended as INFEASIBLE with those who remain.
    Raises: NotVisible, Forbidden (draws_supervisor_only, draws_two_people, draws_countersignature_missing), Invalid
    (draws_not_allowed_in_state, draws_wave_decided, draws_evidence_altered). Rule: DRAW, waves.
    Journal: draw.record_wave
    """
    require_own_scope(user, scope)
    with transaction.atomic():
        draw, wave = _lock(wave_pk, scope)
        permissions.require(permissions.can_witness(scope, draw.commission))
        require_not_operator(draw, user)
        _require_proposed(draw, wave, Verb.RECORD_WAVE)
        if wave.needs_countersignature and wave.countersigned_by_id in (None, user.pk):
            raise Forbidden("draws_countersignature_missing")
        outcome = _carry_out(draw, wave, user, at)
        facts = {"wave": wave.ordinal, "left": wave.left, "joined": wave.joined, "is_filled": wave.is_filled}
        note(draw, Verb.RECORD_WAVE, actor=user.as_actor(), at=at, facts=facts)
        return outcome


def _carry_out(draw: Draw, wave: Wave, user: User, at: datetime) -> WaveOutcome:
    result = result_of(draw, [*waves_of(draw), {"left": wave.left}])
    is_filled = "error" not in result
    joined: list[int] = result["steps"][-1]["joined"] if is_filled else []
    draw.wave_count += 1
    wave.ordinal, wave.state, wave.decided_by, wave.decided_at = draw.wave_count, WaveState.RECORDED, user, at
    wave.joined, wave.is_filled = joined, is_filled
    wave.save()
    left = [row["no"] for row in wave.left]
    Member.objects.filter(draw=draw, no__in=left).update(left_wave=wave.ordinal)
    append_log(draw, "wave", {"left": wave.left}, who=log_name("witness", user), at=at)
    draw.state = DrawState.WAVE
    if is_filled:
        add_members(draw, joined, wave=wave.ordinal)
    else:
        end(draw, result, DrawOutcome.INFEASIBLE, at=at)
    save(draw)
    return WaveOutcome(joined=tuple(joined), is_filled=is_filled)


def _lock(wave_pk: int, scope: Scope) -> tuple[Draw, Wave]:
    """The draw first, then its wave. A countersigner sees the draw for this act only.

    Raises: NotVisible (draws_not_visible).
    """
    draw_pk = Wave.objects.filter(pk=wave_pk).values_list("draw", flat=True).first()
    draw = lock_draw(draw_pk or 0)
    if permissions.can_read(scope, draw) and permissions.can_countersign(scope, draw.commission):
        raise NotVisible("draws_not_visible")
    return draw, Wave.objects.select_for_update().get(pk=wave_pk)


def _require_proposed(draw: Draw, wave: Wave, verb: Verb) -> None:
    require_state(draw, verb)
    if wave.state != WaveState.PROPOSED:
        raise Invalid("draws_wave_decided")
