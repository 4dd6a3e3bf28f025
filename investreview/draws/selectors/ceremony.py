"""A draw as both sides see it on screen and on paper: by number, in ticket order down to the last member."""

import json
from collections import Counter
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from investreview.accounts.models import User
from investreview.core.gathering import gathered
from investreview.core.scope import Scope
from investreview.draws import verify_draw as ird
from investreview.draws.facts import (
    Ceremony,
    Chance,
    Exclusion,
    History,
    LeaverFacts,
    MemberFacts,
    OnSiteNumbers,
    RankFacts,
    Seat,
    Step,
    WaveFacts,
)
from investreview.draws.kinds import DrawState, RankOutcome, WaveState
from investreview.draws.models import Draw, Member, Wave
from investreview.draws.rules import groups_of_four, read_numbers
from investreview.draws.selectors.lists import draw_for

SHOWN = 8


def ceremony(scope: Scope, draw_pk: int) -> Ceremony:
    """The draw as this person may see it. Raises: NotVisible (draws_not_visible)."""
    draw = draw_for(scope, draw_pk)
    rows = {row["no"]: tuple(row.get("spec", ())) for row in draw.snapshot_data["rows"]}
    excluded = tuple(Exclusion(**row) for row in draw.terms.get("excluded", ()))
    people, log, waves, history = gathered(
        draw.members.select_related("reveal").order_by("rank"),
        draw.log.defer("content").order_by("seq"),
        draw.waves.select_related("proposed_by", "countersigned_by", "decided_by").order_by("pk"),
        _counted(draw),
    )
    return Ceremony(
        draw_pk=draw.pk,
        number=draw.number or "",
        kind=draw.kind,
        state=draw.state,
        outcome=draw.outcome,
        subject_kind=draw.subject_kind,
        subject_key=draw.subject_key,
        project=draw.terms["project"],
        round=draw.round,
        round_reason=draw.round_reason,
        round_leader=draw.round_leader.full_name if draw.round_leader else "",
        purpose=draw.purpose,
        hash_name=draw.hash_name,
        pool_size=draw.pool_size,
        admitted_count=draw.admitted_count,
        removed_count=draw.removed_count,
        seats=tuple(Seat(**seat) for seat in draw.terms.get("seats", ())),
        unit_cap=draw.terms.get("unit_cap"),
        sample_rule=draw.terms.get("rule"),
        exclusions=excluded,
        excluded_by_code=dict(sorted(Counter(one.code for one in excluded).items())),
        chance=Chance(draw.simulated_count, draw.least_hits, draw.most_hits),
        snapshot_hash=draw.snapshot_hash,
        request_hash=draw.request_hash,
        fingerprint=groups_of_four(draw.request_hash),
        previous=draw.previous,
        seq=draw.seq,
        day_head=next((entry.hash for entry in log if entry.kind == "drawn"), ""),
        log_head=log[-1].hash,
        numbers=_numbers(draw),
        read_by=draw.read_by,
        photo_sha256=draw.photo_sha256,
        frozen=Step(draw.frozen_at, draw.frozen_by.full_name),
        announced=_step(draw.announced_at, draw.announced_by),
        entered=_step(draw.entered_at, draw.witness),
        drawn_at=draw.drawn_at,
        closed=_step(draw.closed_at, draw.closed_by),
        close_reason=draw.close_reason,
        disclosed=_step(draw.disclosed_at, draw.disclosed_by),
        members=_members(draw, people, rows),
        next_to_reveal=next((one.no for one in people if one.left_wave is None and not hasattr(one, "reveal")), None),
        ranking=_ranking(draw, people, rows, excluded),
        waves=tuple(_wave(wave) for wave in waves),
        history=History(*history[0]),
    )


def _step(at: datetime | None, by: User | None) -> Step | None:
    return Step(at, by.full_name if by else "") if at is not None else None


def _numbers(draw: Draw) -> tuple[OnSiteNumbers, ...]:
    entered = dict(json.loads(bytes(draw.public_values))) if draw.public_values is not None else {}
    return tuple(
        OnSiteNumbers(
            source=source["id"],
            desc=source["desc"],
            count=source["count"],
            least=source["least"],
            most=source["most"],
            numbers=read_numbers(entered.get(source["id"], "")),
        )
        for source in draw.sources
    )


def _members(draw: Draw, people: list[Member], specs: dict[int, tuple[str, ...]]) -> tuple[MemberFacts, ...]:
    """Who is on the panel now; the seats are those of the rules over these people in ticket order."""
    present = [member for member in people if member.left_wave is None]
    pool = ird.Pool(
        [{"no": member.no, "spec": specs[member.no]} for member in present], draw.terms.get("seats", []), None
    )
    seats = ird.seats_of(pool, [member.no for member in present])
    return tuple(
        MemberFacts(
            rank=member.rank,
            no=member.no,
            seat=seats.get(member.no, ""),
            ticket8=member.ticket[:SHOWN],
            spec=specs[member.no],
            joined_wave=member.joined_wave,
            is_asked=hasattr(member, "reveal"),
            is_revealed=hasattr(member, "reveal") and member.reveal.confirmed_at is not None,
        )
        for member in present
    )


def _ranking(
    draw: Draw, people: list[Member], specs: dict[int, tuple[str, ...]], excluded: tuple[Exclusion, ...]
) -> tuple[RankFacts, ...]:
    members = {member.no: member for member in people}
    codes = {one.no: one.code for one in excluded}
    return tuple(
        RankFacts(rank, no, specs[no], ticket8, _outcome(members.get(no), no in codes), codes.get(no, ""))
        for rank, (no, ticket8) in enumerate(draw.ranking, 1)
    )


def _outcome(member: Member | None, is_excluded: bool) -> RankOutcome:
    if member is None:
        return RankOutcome.EXCLUDED if is_excluded else RankOutcome.NOT_FITTING
    if member.left_wave is not None:
        return RankOutcome.LEFT
    return RankOutcome.JOINED if member.joined_wave else RankOutcome.SEATED


def _wave(wave: Wave) -> WaveFacts:
    left: list[dict[str, Any]] = wave.left
    return WaveFacts(
        pk=wave.pk,
        ordinal=wave.ordinal,
        state=WaveState(wave.state),
        left=tuple(LeaverFacts(row["no"], row["code"], row.get("doc", ""), row["no"] in wave.own_acts) for row in left),
        joined=tuple(wave.joined),
        is_filled=wave.is_filled,
        needs_countersignature=wave.needs_countersignature,
        proposed=Step(wave.proposed_at, wave.proposed_by.full_name),
        countersigned=_step(wave.countersigned_at, wave.countersigned_by),
        decided=_step(wave.decided_at, wave.decided_by),
    )


def _counted(draw: Draw) -> QuerySet[Draw, Any]:
    """How many rounds there were, how many were withdrawn, and how many draws the commission has announced."""
    same = Q(subject_kind=draw.subject_kind, subject_key=draw.subject_key, purpose=draw.purpose)
    withdrawn = Q(state=DrawState.WITHDRAWN)
    figures = (
        Count("pk", filter=same & ~withdrawn),
        Count("pk", filter=same & withdrawn),
        Count("seq"),
    )
    of_commission = Draw.objects.filter(commission=draw.commission_id).order_by().values("commission")
    counted = of_commission.annotate(rounds=figures[0], withdrawn_rounds=figures[1], announced_draws=figures[2])
    return counted.values_list("rounds", "withdrawn_rounds", "announced_draws")
