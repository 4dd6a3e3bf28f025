"""The on-site numbers: entered once, committed by themselves before the seed can be computed; then the panel."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from investreview.accounts.models import User
from investreview.core.actor import SYSTEM
from investreview.core.crashing import crash_point
from investreview.core.errors import Invalid, Stale
from investreview.core.scope import Scope
from investreview.draws import permissions
from investreview.draws import verify_draw as ird
from investreview.draws.evidence import order_of, result_of
from investreview.draws.kinds import BEFORE_NUMBERS, BEFORE_RESULT, DrawKind, DrawOutcome, DrawState, Reader
from investreview.draws.models import Draw, Member
from investreview.draws.rules import Source, Verb, is_tail, spell
from investreview.draws.services.common import (
    append_log,
    lock_draw,
    log_name,
    note,
    require_not_operator,
    require_own_scope,
    require_state,
    save,
)
from investreview.draws.services.ending import end
from investreview.draws.services.rounds import require_document

TICKET_SHOWN = 8


def enter_numbers(
    *,
    draw_pk: int,
    fingerprint_tail: str,
    numbers: Sequence[int],
    read_by: Reader,
    user: User,
    scope: Scope,
    at: datetime,
    photo_sha256: str = "",
) -> Draw:
    """The numbers are stored, in a transaction of their own that is committed when this returns. ``conclude`` follows.

    ``numbers`` are those of all sources one after the other (ten balls: ten digits, as drawn). The same numbers again
    change nothing; others are refused for ever.
    Raises: RuntimeError inside a transaction; NotVisible, Forbidden (draws_supervisor_only, draws_two_people), Stale
    (draws_numbers_differ with both), Invalid (draws_not_allowed_in_state, draws_tail_differs, draws_numbers_count,
    draws_number_bounds, draws_document_hash). Journal: draw.enter_numbers
    """
    require_own_scope(user, scope)
    if photo_sha256:
        require_document(photo_sha256)
    with transaction.atomic(durable=True):
        draw = lock_draw(draw_pk, scope)
        permissions.require(permissions.can_witness(scope, draw.commission))
        require_not_operator(draw, user)
        if draw.state in BEFORE_NUMBERS:
            require_state(draw, Verb.ENTER_NUMBERS)
        if not is_tail(fingerprint_tail, draw.request_hash):
            raise Invalid("draws_tail_differs", field="fingerprint_tail", given=fingerprint_tail[:80])
        values = [list(pair) for pair in spell([Source(**source) for source in draw.sources], numbers)]
        spelled = ird.canonical(values)
        if draw.public_values is not None:
            return _same_numbers(draw, spelled)
        draw.public_values = spelled
        draw.witness, draw.entered_at, draw.read_by, draw.photo_sha256 = user, at, read_by, photo_sha256
        draw.state = DrawState.ENTROPY
        append_log(draw, "entropy", {"values": values}, who=log_name("witness", user), at=at)
        save(draw)
        note(draw, Verb.ENTER_NUMBERS, actor=user.as_actor(), at=at, facts={"values": values, "read_by": read_by})
        return draw


def _same_numbers(draw: Draw, spelled: bytes) -> Draw:
    entered = bytes(draw.public_values or b"")
    if entered != spelled:
        raise Stale("draws_numbers_differ", field="numbers", entered=entered.decode(), given=spelled.decode())
    return draw


def conclude(*, draw_pk: int, at: datetime) -> Draw:
    """What the numbers bring about is stored: the first panel, or a sample with its evidence, published at once.

    Nobody decides anything here, so the system acts. Whoever calls it again, or after a crash, gets the same draw.
    Raises: NotVisible; Invalid (draws_not_allowed_in_state) before the numbers; draws_evidence_altered.
    Journal: draw.conclude, once.
    """
    crash_point("draw.after_numbers")
    with transaction.atomic():
        draw = lock_draw(draw_pk)
        if draw.state not in BEFORE_RESULT:
            return draw
        require_state(draw, Verb.CONCLUDE)
        result = result_of(draw, [])
        draw.drawn_at = at
        if draw.kind == DrawKind.SAMPLE:
            end(draw, result, DrawOutcome.COMPLETED, at=at)
            facts: dict[str, object] = {"total": result["sample"]["total"], "floor": result["sample"]["floor"]}
        else:
            facts = _seat_first_panel(draw, result["first"], at)
        save(draw)
        note(draw, Verb.CONCLUDE, actor=SYSTEM, at=at, facts=facts)
        crash_point("draw.before_result_commit")
        return draw


def _seat_first_panel(draw: Draw, first: list[Any], at: datetime) -> dict[str, object]:
    """A panel was drawn: the freeze would have been refused had there been too few people for every seed."""
    numbers = [row["no"] for row in first]
    first_hash = ird.Hash(draw.hash_name).of("first", first)
    draw.first, draw.state = ird.canonical(first), DrawState.DRAWN
    add_members(draw, numbers, wave=0)
    append_log(draw, "drawn", {"first": first_hash}, who=log_name("", None), at=at)
    return {"first": first_hash, "members": numbers}


def add_members(draw: Draw, numbers: Sequence[int], *, wave: int) -> None:
    """These numbers are on the panel since ``wave``, and tickets are shown down to the last member, no further."""
    order = order_of(draw)
    rank = {no: place for place, (_, no) in enumerate(order, 1)}
    ticket = {no: one for one, no in order}
    Member.objects.bulk_create(
        Member(draw=draw, no=no, ticket=ticket[no], rank=rank[no], joined_wave=wave) for no in numbers
    )
    last = max(draw.members.values_list("rank", flat=True), default=0)
    draw.ranking = [[no, one[:TICKET_SHOWN]] for one, no in order[:last]]
