"""What the papers of a panel's draw say: the seal sheet, the record and its public print; in Chinese, as printed."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.utils import translation

from experts.labels import EXCLUSION_LABELS, POOL_LABELS
from experts.models import Panel, Seat
from experts.selectors.sheets import rules_of
from experts.states import SeatState
from experts.wording import instant_text
from investreview.accounts.models import User
from investreview.core.clock import legal_date
from investreview.core.errors import Invalid
from investreview.documents.contents import (
    DrawExclusion,
    DrawLeaver,
    DrawnRow,
    DrawRecord,
    DrawRecordPublic,
    DrawSealSheet,
    DrawSeat,
    DrawWave,
    EarlierRound,
    NamedRow,
    NameReader,
    SealedValue,
)
from investreview.documents.kinds import DrawOutcome, DrawParty
from investreview.draws.evidence import entropy_of, order_of
from investreview.draws.kinds import ENDED, DrawState, Reader, WaveState
from investreview.draws.models import Draw, Member, Reveal, Wave
from investreview.draws.names import open_name
from investreview.draws.outlook import chances
from investreview.draws.rules import read_numbers
from investreview.projects.models import FormerHolder
from investreview.projects.papers import total_of

ANYBODY, ANYBODY_NAME = "*", "不限专业"
TELEPHONE, OWN_ACT = "电话登记，双方确认", "本人登录表示"
REASON_WITHHELD = "理由见内部抽取记录表"
Part = FormerHolder.Part
_POSTS = {Part.OPERATOR: "抽取人", Part.SUPERVISOR: "监督人", Part.SECRETARY: "论证会务"}


def seal_sheet(panel: Panel) -> DrawSealSheet:
    """The 抽取事项封存单 of an announced draw. Rule: DRAW.md, the seed exists only after everything else is fixed."""
    draw = panel.draw
    with translation.override("zh-hans"):
        return DrawSealSheet(
            **_shared(panel, draw),
            sealed_at=instant_text(draw.announced_at),
            snapshot_sha=draw.snapshot_hash,
            commitments=tuple(SealedValue(one["party"], one["commit"]) for one in draw.request_data["commits"]),
        )


def draw_record(panel: Panel) -> DrawRecord:
    """The 抽取记录表 of a draw that has its result; what is withheld until the close is empty before it."""
    draw = panel.draw
    values = json.loads(bytes(draw.public_values or b"[]"))
    with translation.override("zh-hans"):
        return DrawRecord(
            **_shared(panel, draw),
            **_closing(draw),
            drawn_at=instant_text(draw.drawn_at),
            sealed_at=instant_text(draw.announced_at),
            numbers=tuple(number for _, spelled in values for number in read_numbers(spelled)),
            read_by=DrawParty.OPERATOR if draw.read_by == Reader.OPERATOR else DrawParty.SUPERVISOR,
            typed_by=DrawParty.SUPERVISOR,
            photo=draw.photo_sha256[:16],
            waves=tuple(_wave(wave) for wave in draw.waves.filter(state=WaveState.RECORDED).order_by("ordinal")),
            drawn_head=draw.log.get(kind="drawn").hash,
            rows=tuple(_rows(panel, draw)),
            readers=tuple(_readers(panel)),
        )


def public_record(record: DrawRecord) -> DrawRecordPublic:
    """The same record by numbers; where a leader's reason names somebody, the reason stays inside."""
    try:
        return record.public()
    except Invalid:
        told = tuple(replace(one, reason=REASON_WITHHELD) for one in record.earlier)
        return replace(record, earlier=told).public()


def _shared(panel: Panel, draw: Draw) -> dict[str, Any]:
    case, simulated = panel.case, draw.simulated_count or 1
    source = draw.sources[0]
    return {
        "draw_id": draw.number,
        "case_number": case.number,
        "project_name": case.project.name,
        "enterprise": case.group.short_name_on(legal_date(draw.announced_at or draw.frozen_at)),
        "amount_yuan": total_of(case),
        "pool": str(POOL_LABELS[rules_of(panel).pool.value]),
        "pool_size": draw.pool_size,
        "admitted_count": draw.admitted_count,
        "removed_count": draw.removed_count,
        "seats": tuple(DrawSeat(seat_name(panel, one["spec"]), one["n"]) for one in draw.terms["seats"]),
        "unit_cap": draw.terms.get("unit_cap"),
        "round": panel.round,
        "earlier": tuple(_earlier(panel)),
        "draw_count": draw.seq,
        "smallest_chance": Decimal(draw.least_hits) / simulated,
        "largest_chance": Decimal(draw.most_hits) / simulated,
        "certain_count": _certain_count(draw),
        "simulations": draw.simulated_count,
        "source": source["desc"],
        "hash_name": {"sha256": "SHA-256", "sm3": "SM3"}[draw.hash_name],
        "exclusions": tuple(
            DrawExclusion(one["no"], one["code"], str(EXCLUSION_LABELS[one["code"]]), one["ref"])
            for one in draw.terms["excluded"]
        ),
        "request_sha": draw.request_hash,
    }


def seat_name(panel: Panel, key: str) -> str:
    """What a class of seats is called on paper."""
    names = {each.key: each.name for each in rules_of(panel).seats}
    return ANYBODY_NAME if key == ANYBODY else names[key]


def _certain_count(draw: Draw) -> int:
    """How many were drawn in every simulated draw; the freeze kept only how often the luckiest were."""
    if not 0 < draw.simulated_count == draw.most_hits:
        return 0
    excluded = {one["no"] for one in draw.terms["excluded"]}
    found = chances(draw.snapshot_data["rows"], draw.terms["seats"], excluded, draw.terms.get("unit_cap"))
    return len(found.certain)


def _earlier(panel: Panel) -> Iterator[EarlierRound]:
    """The rounds before this one, each with the reason that the next one was given."""
    rounds = Panel.objects.filter(case=panel.case, round__lte=panel.round).select_related("draw").order_by("round")
    for earlier, later in pairwise(rounds):
        ended = str(earlier.get_conclusion_display() or earlier.get_state_display())
        yield EarlierRound(earlier.round, earlier.draw.number or "未公布", ended, later.round_reason)


def _closing(draw: Draw) -> dict[str, Any]:
    """Time of the close, sealed numbers, seed and last head: known together once the draw has ended."""
    if draw.state not in ENDED or draw.result is None:
        return {}
    sealed = entropy_of(draw)[: len(draw.request_data["commits"])]
    return {
        "closed_at": instant_text(draw.closed_at),
        "nonces": tuple(SealedValue(party, digest) for party, digest in sealed),
        "seed": json.loads(bytes(draw.result))["seed"],
        "log_head": draw.log.latest("seq").hash,
    }


def _wave(wave: Wave) -> DrawWave:
    return DrawWave(
        ordinal=wave.ordinal or 0,
        at=instant_text(wave.decided_at),
        left=tuple(
            DrawLeaver(
                row["no"],
                str(SeatState(row["code"]).label),
                OWN_ACT if row["no"] in wave.own_acts else TELEPHONE,
                row.get("doc", ""),
            )
            for row in wave.left
        ),
        joined=tuple(wave.joined),
        countersigned_at=instant_text(wave.countersigned_at) if wave.countersigned_at is not None else "",
    )


def _rows(panel: Panel, draw: Draw) -> Iterator[NamedRow]:
    """Every rank down to the last who sat; a name only where two have revealed it."""
    rows = {row["no"]: row for row in draw.snapshot_data["rows"]}
    codes = {one["no"]: one["code"] for one in draw.terms["excluded"]}
    members = {member.no: member for member in draw.members.select_related("reveal")}
    held = dict(Seat.objects.filter(panel=panel).values_list("draw_no", "seat_class"))
    taken: Counter[str] = Counter()
    shown = order_of(draw)[: len(draw.ranking)]
    for rank, (ticket, no) in enumerate(shown, 1):
        member, unit = members.get(no), rows[no]["unit"]
        outcome = _outcome(member, code=codes.get(no, ""), is_of_taken=_is_full(draw, taken[unit]))
        taken[unit] += member is not None
        row = DrawnRow(
            rank=rank,
            no=no,
            specialty="、".join(seat_name(panel, key) for key in rows[no]["spec"]) or ANYBODY_NAME,
            ticket=ticket,
            outcome=outcome,
            seat=_seat(panel, held.get(no, "")) if outcome in (DrawOutcome.SEATED, DrawOutcome.JOINED) else "",
            code=_code(draw, no, codes.get(no, "")),
        )
        yield _named(draw, member, row)


def _is_full(draw: Draw, taken: int) -> bool:
    cap = draw.terms.get("unit_cap")
    return cap is not None and taken >= cap


def _outcome(member: Member | None, *, code: str, is_of_taken: bool) -> DrawOutcome:
    if member is None and code:
        return DrawOutcome.RECUSED
    if member is None:
        return DrawOutcome.SAME_UNIT if is_of_taken else DrawOutcome.NO_SEAT
    if member.left_wave is not None:
        return DrawOutcome.LEFT
    return DrawOutcome.JOINED if member.joined_wave else DrawOutcome.SEATED


def _seat(panel: Panel, key: str) -> str:
    return seat_name(panel, key) if key else ""


def _code(draw: Draw, no: int, excluded: str) -> str:
    """Why somebody is recused, in words with the code of the evidence file, or has left."""
    if excluded:
        return f"{EXCLUSION_LABELS[excluded]}（{excluded}）"
    waves: list[list[dict[str, Any]]] = [wave.left for wave in draw.waves.filter(state=WaveState.RECORDED)]
    left = [row["code"] for wave in waves for row in wave if row["no"] == no]
    return str(SeatState(left[0]).label) if left else ""


def _named(draw: Draw, member: Member | None, row: DrawnRow) -> NamedRow:
    reveal = getattr(member, "reveal", None)
    if reveal is None or reveal.confirmed_at is None:
        return NamedRow(row)
    person = open_name(draw, row.no)
    return NamedRow(row, person.name, str(person.private.get("employer", "")))


def _readers(panel: Panel) -> Iterator[NameReader]:
    """Who has learned the names: both who reveal them one by one, then the secretary."""
    reveals = list(Reveal.objects.filter(draw=panel.draw, confirmed_at__isnull=False).order_by("confirmed_at"))
    if not reveals:
        return
    since = reveals[0].confirmed_at or reveals[0].asked_at
    for part in (Part.OPERATOR, Part.SUPERVISOR):
        for person, told_at in _one_after_another(panel, part, since):
            yield NameReader(person.full_name, _POSTS[part], instant_text(told_at), f"逐个，共{len(reveals)}人")
    if panel.held_at is not None:
        for person, told_at in _one_after_another(panel, Part.SECRETARY, panel.held_at):
            extent = f"会议登记，{panel.size}人"
            yield NameReader(person.full_name, _POSTS[Part.SECRETARY], instant_text(told_at), extent)


def _one_after_another(panel: Panel, part: str, since: datetime) -> Iterator[tuple[User, datetime]]:
    """Who had the post from ``since`` on, and from when: those who handed it over, then its present holder."""
    former = FormerHolder.objects.filter(case=panel.case_id, part=part, at__gt=since).order_by("pk")
    for one in former.select_related("person"):
        yield one.person, since
        since = one.at
    holder: User | None = getattr(panel, part.lower())
    if holder is not None:
        yield holder, since


def is_drawn(draw: Draw) -> bool:
    """Whether the draw has a result to make a record of."""
    return draw.drawn_at is not None and draw.state != DrawState.ENTROPY
