"""The ceremony as tests hold it: each function does what one person does, through the services."""

from collections.abc import Iterable
from typing import Any

from experts.models import Panel, Seat
from experts.services import ceremony, departures, invitations, revealing, rounds, waves
from experts.services.departures import Reason
from experts.services.invitations import CallFacts
from experts.states import CallResult, ParticipationMode, SeatState
from investreview.accounts.selectors import scope_of
from investreview.draws.kinds import Reader
from investreview.draws.models import Draw
from tests.experts.halls import Hall, scan
from tests.states import kept_step
from tests.world import later

DIGITS = (0, 8, 7, 3, 3, 1, 9, 4, 2, 6)
MEETS_AT = later(21, 14)


def setup(*, mode: ParticipationMode = ParticipationMode.ONLINE, **fields: Any) -> ceremony.PanelSetup:
    """The meeting of the tests' story, on ports."""
    usual: dict[str, Any] = {
        "industries": ("PORT",),
        "mode": mode,
        "meets_at": MEETS_AT,
        "place": "市国资委三楼会议室（示例）",
        "duration": "半天",
        "fee": "按劳务标准表",
    }
    return ceremony.PanelSetup(**usual | fields)


@kept_step
def freeze(there: Hall, **fields: Any) -> Panel:
    ceremony.freeze_panel(
        acting=there.by("draw_operator"),
        case_id=there.case.pk,
        version=there.fresh().version,
        setup=setup(**fields),
        at=there.tick(),
    )
    return there.panel


@kept_step
def announce(there: Hall) -> Panel:
    ceremony.announce_panel(
        acting=there.by("draw_operator"), case_id=there.case.pk, version=there.fresh().version, at=there.tick()
    )
    return there.panel


@kept_step
def enter_numbers(there: Hall, *, digits: Iterable[Any] = DIGITS, tail: str = "", by: str = "draw_supervisor") -> Draw:
    """The supervisor types what stands on the paper and on the balls; outside any transaction, as in real life."""
    user = there.world.people[by]
    return ceremony.enter_panel_numbers(
        user=user,
        scope=scope_of(user, there.now),
        case_id=there.case.pk,
        fingerprint_tail=tail or there.panel.draw.request_hash[-8:],
        numbers=tuple(digits),
        read_by=Reader.OPERATOR,
        at=there.tick(),
    )


@kept_step
def draw(there: Hall) -> Panel:
    ceremony.draw_panel(acting=there.by("draw_supervisor"), case_id=there.case.pk, version=None, at=there.tick())
    return there.panel


def reveal(there: Hall) -> Seat:
    """Operator and supervisor look at the next name together."""
    revealing.ask_reveal(acting=there.by("draw_operator"), case_id=there.case.pk, at=there.tick())
    return revealing.confirm_reveal(acting=there.by("draw_supervisor"), case_id=there.case.pk, at=there.tick())


@kept_step
def reveal_all(there: Hall) -> list[Seat]:
    return [reveal(there) for _ in there.places()]


def confirm_own(there: Hall, seat: Seat) -> None:
    assert seat.expert.user is not None
    invitations.confirm_own_seat(user=seat.expert.user, seat_id=seat.pk, at=there.tick())


def call(there: Hall, place: str | int, result: CallResult, *, reason: str = "", by: str = "draw_operator") -> None:
    at = there.tick()
    facts = CallFacts(called_at=at, result=result, present="监督人（示例）", reason=reason)
    invitations.note_call(acting=there.by(by), case_id=there.case.pk, place=str(place), call=facts, at=at)


def confirm_by_telephone(there: Hall, place: str | int) -> None:
    call(there, place, CallResult.AGREED, by="panel_secretary")
    invitations.confirm_seat(
        acting=there.by("panel_secretary"), case_id=there.case.pk, place=str(place), at=there.tick()
    )


def told_to_leave(there: Hall, place: str | int, kind: SeatState = SeatState.DECLINED, *, confirm: bool = True) -> None:
    """The expert says on the telephone that they cannot come; operator and supervisor record it."""
    result = CallResult.LEAVE if kind == SeatState.DECLINED else CallResult.RECUSAL
    if kind in (SeatState.DECLINED, SeatState.RECUSED):
        call(there, place, result, reason="出差（示例）")
    departures.record_decline(
        acting=there.by("draw_operator"),
        case_id=there.case.pk,
        place=str(place),
        reason=Reason(kind, "出差（示例）"),
        document=scan("请假条（示例）"),
        at=there.tick(),
    )
    if confirm:
        confirm_departure(there, place)


def confirm_departure(there: Hall, place: str | int) -> None:
    departures.confirm_decline(
        acting=there.by("draw_supervisor"), case_id=there.case.pk, place=str(place), at=there.tick()
    )


def decline_own(there: Hall, place: str | int, kind: SeatState = SeatState.DECLINED) -> None:
    seat = there.seat(place)
    assert seat.expert.user is not None
    invitations.decline_own_seat(
        user=seat.expert.user, seat_id=seat.pk, reason=Reason(kind, "另有安排（示例）"), at=there.tick()
    )


def fill_wave(there: Hall) -> None:
    """Operator and supervisor let the same order go on."""
    waves.ask_wave(acting=there.by("draw_operator"), case_id=there.case.pk, at=there.tick())
    waves.confirm_wave(acting=there.by("draw_supervisor"), case_id=there.case.pk, at=there.tick())


@kept_step
def close_invitations(there: Hall) -> Panel:
    ceremony.close_invitations(acting=there.by("draw_operator"), case_id=there.case.pk, version=None, at=there.tick())
    return there.panel


def order_round(there: Hall, reason: str = "候补不足，另行组织（示例）") -> None:
    rounds.order_new_round(
        acting=there.by("deputy"),
        case_id=there.case.pk,
        version=None,
        reason=reason,
        document=scan("批示（示例）"),
        at=there.tick(),
    )


@kept_step
def to_drawn(there: Hall, **fields: Any) -> Panel:
    freeze(there, **fields)
    announce(there)
    enter_numbers(there)
    return draw(there)


@kept_step
def to_confirmed(there: Hall, **fields: Any) -> list[Seat]:
    """Every place revealed and confirmed by its expert."""
    to_drawn(there, **fields)
    seats = reveal_all(there)
    for seat in seats:
        confirm_own(there, seat)
    return seats
