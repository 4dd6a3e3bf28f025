"""The freeze: pool, exclusions and seats are fixed before anything random exists; or withdrawn before the request."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from investreview.accounts.models import User
from investreview.core.errors import Invalid
from investreview.core.scope import Scope
from investreview.core.subject import Subject
from investreview.core.text import clean_block
from investreview.draws import permissions
from investreview.draws import verify_draw as ird
from investreview.draws.evidence import SYSTEM_PARTY, place_of_opening
from investreview.draws.kinds import DrawKind, DrawState
from investreview.draws.models import Draw, DrawChain, SealedOpening
from investreview.draws.outlook import Chances, chances, shortage
from investreview.draws.rules import TEN_BALLS, Source, Verb, instant, require_sources
from investreview.draws.sealing import seal
from investreview.draws.services import inputs
from investreview.draws.services.common import (
    append_log,
    lock_draw,
    log_name,
    note,
    require_own_scope,
    require_state,
    save,
)
from investreview.draws.services.rounds import REASON_LENGTH, require_next_round
from investreview.draws.snapshots import Opening, freeze_people, freeze_projects
from investreview.draws.terms import (
    ExcludedRow,
    PoolChanges,
    PoolRow,
    ProjectRow,
    RoundReason,
    SampleRule,
    SeatRule,
)
from investreview.registry.models import Commission

TEN_BALLS_ONLY = (TEN_BALLS,)
NO_CHANGES = PoolChanges()
NO_CHANCES = Chances(seed_count=0, hits={}, candidates=frozenset())


@dataclass(frozen=True)
class _Frozen:
    """Everything a freeze fixes, ready to be stored."""

    kind: DrawKind
    snapshot: dict[str, Any]
    openings: tuple[Opening, ...]
    terms: dict[str, Any]
    chances: Chances
    changes: PoolChanges


@dataclass(frozen=True)
class _Occasion:
    """For what, by whom and when a freeze is made."""

    commission: Commission
    subject: Subject
    round: int
    purpose: str
    reason: RoundReason | None
    hash_name: str
    sources: Sequence[Source]
    user: User
    at: datetime


def freeze_panel_draw(
    *,
    commission: Commission,
    subject: Subject,
    round: int,
    purpose: str,
    rows: Sequence[PoolRow],
    seats: Sequence[SeatRule],
    excluded: Sequence[ExcludedRow],
    unit_cap: int | None,
    user: User,
    scope: Scope,
    at: datetime,
    sources: Sequence[Source] = TEN_BALLS_ONLY,
    round_reason: RoundReason | None = None,
    pool_changes: PoolChanges = NO_CHANGES,
    hash_name: str = "sha256",
) -> Draw:
    """The pool stands under fresh numbers, names sealed; seats and exclusions are fixed. Nothing random exists yet.

    Raises: Forbidden (draws_operator_only); Invalid: draws_seats_short or draws_seats_short_under_cap with the exact
    shortage, those of ``inputs`` and ``require_next_round``, draws_sources. Rule: DRAW; DOMAIN §6. Journal: draw.freeze
    """
    require_own_scope(user, scope)
    permissions.require(permissions.can_operate(scope, commission))
    inputs.require_hash(hash_name)
    inputs.require_people(rows)
    inputs.require_seats(seats, unit_cap)
    inputs.require_exclusions(excluded, rows)
    pool = freeze_people(rows, hash_name=hash_name, taken_at=instant(at))
    by_number = sorted(excluded, key=lambda row: pool.number_of[row.stable_id])
    terms: dict[str, Any] = {
        "project": subject.key,
        "seats": [asdict(seat) for seat in seats],
        "excluded": [{"no": pool.number_of[row.stable_id], "code": row.code, "ref": row.ref} for row in by_number],
    }
    if unit_cap is not None:
        terms["unit_cap"] = unit_cap
    frozen = _Frozen(
        DrawKind.PANEL, pool.snapshot, pool.openings, terms, _chances(pool.snapshot["rows"], terms), pool_changes
    )
    return _freeze(frozen, _Occasion(commission, subject, round, purpose, round_reason, hash_name, sources, user, at))


def _chances(rows: list[dict[str, Any]], terms: dict[str, Any]) -> Chances:
    """Everybody's chance. Raises: Invalid (draws_seats_short, draws_seats_short_under_cap)."""
    excluded, cap = {row["no"] for row in terms["excluded"]}, terms.get("unit_cap")
    short = shortage(rows, terms["seats"], excluded, cap)
    if short is None:
        return chances(rows, terms["seats"], excluded, cap)
    facts: dict[str, Any] = {"seats": "、".join(short.seats), "need": short.need, "have": short.have}
    if short.is_of_the_cap:
        raise Invalid("draws_seats_short_under_cap", field="seats", cap=cap, **facts)
    raise Invalid("draws_seats_short", field="seats", **facts)


def freeze_sample_draw(
    *,
    commission: Commission,
    subject: Subject,
    round: int,
    purpose: str,
    year: int,
    rows: Sequence[ProjectRow],
    rule: SampleRule,
    user: User,
    scope: Scope,
    at: datetime,
    sources: Sequence[Source] = TEN_BALLS_ONLY,
    round_reason: RoundReason | None = None,
    hash_name: str = "sha256",
) -> Draw:
    """The frame of a year's projects is fixed as it was given, with the rule; nothing in it is hidden.

    Raises: Forbidden (draws_operator_only); Invalid: those of ``inputs`` and ``require_next_round``, draws_sources.
    Rule: DRAW; DOMAIN §10. Journal: draw.freeze
    """
    require_own_scope(user, scope)
    permissions.require(permissions.can_operate(scope, commission))
    inputs.require_hash(hash_name)
    inputs.require_frame(rows, rule)
    snapshot = freeze_projects(rows, hash_name=hash_name, taken_at=instant(at))
    terms = {"project": str(year), "rule": asdict(rule)}
    frozen = _Frozen(DrawKind.SAMPLE, snapshot, (), terms, NO_CHANCES, NO_CHANGES)
    return _freeze(frozen, _Occasion(commission, subject, round, purpose, round_reason, hash_name, sources, user, at))


def _freeze(frozen: _Frozen, occasion: _Occasion) -> Draw:
    require_sources(occasion.sources, [SYSTEM_PARTY])
    snapshot_hash = ird.Hash(occasion.hash_name).of("snapshot", frozen.snapshot)
    with transaction.atomic():
        # Two freezes for one subject meet here.
        DrawChain.objects.get_or_create(commission=occasion.commission)
        DrawChain.objects.select_for_update().get(commission=occasion.commission)
        reason = require_next_round(
            occasion.commission,
            occasion.subject,
            purpose=occasion.purpose,
            round_number=occasion.round,
            reason=occasion.reason,
            at=occasion.at,
        )
        draw = Draw.objects.create(
            commission=occasion.commission,
            kind=frozen.kind,
            subject_kind=occasion.subject.kind,
            subject_key=occasion.subject.key,
            round=occasion.round,
            purpose=occasion.purpose,
            round_reason=reason,
            round_leader=occasion.reason.leader if occasion.reason else None,
            round_document_sha256=occasion.reason.document_sha256 if occasion.reason else "",
            hash_name=occasion.hash_name,
            terms=frozen.terms,
            sources=[asdict(source) for source in occasion.sources],
            pool_size=len(frozen.snapshot["rows"]),
            admitted_count=frozen.changes.admitted_count,
            removed_count=frozen.changes.removed_count,
            simulated_count=frozen.chances.seed_count,
            least_hits=frozen.chances.least,
            most_hits=frozen.chances.most,
            snapshot=ird.canonical(frozen.snapshot),
            snapshot_hash=snapshot_hash,
            frozen_by=occasion.user,
            frozen_at=occasion.at,
        )
        SealedOpening.objects.bulk_create(_sealed(draw, opening) for opening in frozen.openings)
        who = log_name("operator", occasion.user)
        append_log(draw, "freeze", {"snapshot": snapshot_hash}, who=who, at=occasion.at)
        facts = {
            "kind": draw.kind,
            "round": draw.round,
            "purpose": draw.purpose,
            "pool_size": draw.pool_size,
            "terms": draw.terms,
            "snapshot": snapshot_hash,
            "round_reason": reason,
        }
        note(draw, Verb.FREEZE, actor=occasion.user.as_actor(), at=occasion.at, facts=facts)
        return draw


def _sealed(draw: Draw, opening: Opening) -> SealedOpening:
    place = place_of_opening(draw.snapshot_hash, opening.no)
    return SealedOpening(draw=draw, no=opening.no, sealed=seal(ird.canonical(opening.as_json()), place=place))


def withdraw_freeze(*, draw_pk: int, reason: str, user: User, scope: Scope, at: datetime) -> Draw:
    """The freeze is void before its request was announced; the round may be frozen again. The row stays.

    No number was drawn for it and it has no place in the chain, so nobody can gain by it.
    Raises: NotVisible, Forbidden (draws_operator_only), Invalid (draws_not_allowed_in_state, text_*).
    Journal: draw.withdraw
    """
    require_own_scope(user, scope)
    written = clean_block(reason, max_length=REASON_LENGTH)
    with transaction.atomic():
        draw = lock_draw(draw_pk, scope)
        permissions.require(permissions.can_operate(scope, draw.commission))
        require_state(draw, Verb.WITHDRAW)
        draw.state = DrawState.WITHDRAWN
        draw.withdrawn_by, draw.withdrawn_at, draw.withdrawal_reason = user, at, written
        save(draw)
        note(draw, Verb.WITHDRAW, actor=user.as_actor(), at=at, facts={"reason": written})
        return draw
