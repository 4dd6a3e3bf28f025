"""The announcement: the request is complete, has its place in the chain, and its fingerprint goes onto paper."""

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction

from investreview.accounts.models import User
from investreview.core.clock import legal_date
from investreview.core.errors import Invalid
from investreview.core.scope import Scope
from investreview.draws import permissions
from investreview.draws import verify_draw as ird
from investreview.draws.evidence import SYSTEM_PARTY, place_of_nonce
from investreview.draws.kinds import BEFORE_RESULT, DrawState
from investreview.draws.models import Draw, DrawChain
from investreview.draws.rules import Verb, number_of
from investreview.draws.sealing import seal
from investreview.draws.services.common import (
    append_log,
    head_of,
    lock_draw,
    log_name,
    note,
    require_own_scope,
    require_state,
    save,
)

NONCE_LENGTH = 32


def announce(*, draw_pk: int, user: User, scope: Scope, at: datetime) -> Draw:
    """The request stands with its fingerprint (``request_hash``), its number and its place in the commission's chain.

    ``previous`` is the log head of the draw before at this moment: its last one, or, while that panel is still at
    work, the one its sheet carries (docs/decisions/0040). The system's random number is committed to and sealed.
    Raises: NotVisible, Forbidden (draws_operator_only), Invalid (draws_not_allowed_in_state, draws_ceremony_open).
    Journal: draw.announce
    """
    require_own_scope(user, scope)
    with transaction.atomic():
        draw = lock_draw(draw_pk, scope)
        permissions.require(permissions.can_operate(scope, draw.commission))
        require_state(draw, Verb.ANNOUNCE)
        chain = DrawChain.objects.select_for_update().get(commission=draw.commission)
        draw.previous = _head_before(draw, chain)
        chain.last_seq += 1
        chain.save()
        nonce = secrets.token_bytes(NONCE_LENGTH)
        draw.seq = chain.last_seq
        draw.number = number_of(draw.commission.code, year=legal_date(at).year, seq=draw.seq)
        request = _request(draw, nonce)
        h = ird.Hash(draw.hash_name)
        draw.request, draw.request_hash = ird.canonical(request), h.of("request", request)
        draw.nonce_sealed = seal(nonce, place=place_of_nonce(draw))
        who = log_name("operator", user)
        entry = append_log(draw, "announce", {"request": draw.request_hash}, who=who, at=at)
        draw.state, draw.announced_by, draw.announced_at = DrawState.ANNOUNCED, user, entry.at
        save(draw)
        facts = {"seq": draw.seq, "previous": draw.previous, "request": draw.request_hash}
        note(draw, Verb.ANNOUNCE, actor=user.as_actor(), at=at, facts=facts)
        return draw


def _head_before(draw: Draw, chain: DrawChain) -> str:
    """The log head of the last draw of the chain, whose row stays locked, so that its log cannot grow meanwhile.

    Raises: Invalid (draws_ceremony_open) while that draw has no result: an announced draw is always drawn.
    """
    if chain.last_seq == 0:
        return ird.ZEROS
    last = Draw.objects.select_for_update().get(commission=draw.commission, seq=chain.last_seq)
    if last.state in BEFORE_RESULT:
        raise Invalid("draws_ceremony_open", number=last.number)
    return head_of(last)


def _request(draw: Draw, nonce: bytes) -> dict[str, Any]:
    h = ird.Hash(draw.hash_name)
    return {
        "scheme": ird.SCHEME,
        "hash": draw.hash_name,
        "kind": draw.kind.lower(),
        "draw_id": draw.number,
        "round": draw.round,
        "seq": draw.seq,
        "previous": draw.previous,
        "snapshot": draw.snapshot_hash,
        "commits": [{"party": SYSTEM_PARTY, "commit": h.commitment(SYSTEM_PARTY, nonce)}],
        "public": [{"id": source["id"], "desc": source["desc"]} for source in draw.sources],
        **draw.terms,
    }
