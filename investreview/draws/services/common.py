"""What every verb on a draw does the same way: lock, ask state and persons, append to the log, write the journal."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from investreview.accounts.models import User
from investreview.core.actor import Actor
from investreview.core.errors import Forbidden, Invalid, NotVisible
from investreview.core.scope import Scope
from investreview.draws import permissions
from investreview.draws import verify_draw as ird
from investreview.draws.kinds import WaveState
from investreview.draws.models import Draw, LogEntry
from investreview.draws.rules import Verb, instant, is_allowed
from investreview.journal.services import record


def lock_draw(draw_pk: int, scope: Scope | None = None) -> Draw:
    """The draw, locked until the transaction ends, if this person may know of it (no scope: the system asks).

    Raises: NotVisible (draws_not_visible).
    """
    draw = (
        Draw.objects.select_for_update(of=("self",))
        .select_related("commission", "frozen_by", "announced_by", "witness")
        .filter(pk=draw_pk)
        .first()
    )
    if draw is None or (scope is not None and permissions.can_read(scope, draw)):
        raise NotVisible("draws_not_visible")
    return draw


def require_state(draw: Draw, verb: Verb) -> None:
    """Nothing happens while ``verb`` is allowed in the draw's state.

    Raises: Invalid (draws_not_allowed_in_state).
    """
    if not is_allowed(verb, draw.state):
        raise Invalid("draws_not_allowed_in_state", state=draw.get_state_display())


def require_own_scope(user: User, scope: Scope) -> None:
    """Nothing happens when the scope is this person's. Raises: ValueError, a fault of the caller."""
    if scope.user_id != user.pk:
        raise ValueError("the scope belongs to somebody else")


def require_not_witness(draw: Draw, user: User) -> None:
    """Nothing happens when this person never acted on the witness's side of the draw.

    Raises: Forbidden (draws_two_people). Rule: DOMAIN §1, operator and supervisor are two people on one draw.
    """
    recorded = draw.waves.filter(state=WaveState.RECORDED).values_list("decided_by", flat=True)
    countersigned = draw.waves.values_list("countersigned_by", flat=True)
    confirmed = draw.reveals.values_list("confirmed_by", flat=True)
    if user.pk in {draw.witness_id, *recorded, *countersigned, *confirmed}:
        raise Forbidden("draws_two_people", who=user.full_name)


def require_not_operator(draw: Draw, user: User) -> None:
    """Nothing happens when this person never acted on the operator's side of the draw.

    Raises: Forbidden (draws_two_people).
    """
    proposed = draw.waves.values_list("proposed_by", flat=True)
    asked = draw.reveals.values_list("asked_by", flat=True)
    if user.pk in {draw.frozen_by_id, draw.announced_by_id, *proposed, *asked}:
        raise Forbidden("draws_two_people", who=user.full_name)


def save(draw: Draw) -> None:
    """The draw's row is written and its version has risen."""
    draw.version += 1
    draw.save()


def log_name(role: str, user: User | None) -> str:
    """Who acted, as the evidence file names them: ``operator:zhang``, ``witness:li``, ``system``."""
    return "system" if user is None else f"{role}:{user.username}"


def append_log(draw: Draw, kind: str, payload: Any, *, who: str, at: datetime) -> LogEntry:
    """The entry stands at the end of the draw's log.

    Its time is never before the entry above it, nor before a later draw that was already built on that entry: so the
    verifier can tell from the times which head a later draw was right to name.
    """
    before = list(draw.log.order_by("seq"))
    built_on_it = Draw.objects.filter(commission=draw.commission_id, seq=(draw.seq or 0) + 1, seq__gt=1)
    later = [one.announced_at for one in built_on_it if one.announced_at is not None]
    moment = max([at, *(entry.at for entry in before[-1:]), *later])
    h = ird.Hash(draw.hash_name)
    data = ird.log_entry(h, [entry.data for entry in before], kind, instant(moment), who, payload)
    return LogEntry.objects.create(
        draw=draw, seq=len(before), kind=kind, at=moment, content=ird.canonical(data), hash=h.of("log", data)
    )


def head_of(draw: Draw) -> str:
    """The hash of the last entry of the draw's log."""
    return draw.log.order_by("-seq").values_list("hash", flat=True)[0]


def note(draw: Draw, verb: Verb, *, actor: Actor, at: datetime, facts: Mapping[str, object] | None = None) -> None:
    """The act stands in the commission's journal, once; numbers and hashes, never a name."""
    told = {"draw": draw.pk, "number": draw.number or "", "state": draw.state, "head": head_of(draw), **(facts or {})}
    record(chain=draw.commission.code, verb=verb.value, actor=actor, subject=draw.subject, at=at, facts=told)
