"""Before scoring: who declines, on whose word, and the same order that goes on."""

from datetime import timedelta

import pytest

from experts.models import Call, Departure, Seat
from experts.services import departures, invitations, revealing, waves
from experts.services.departures import Reason
from experts.services.invitations import CallFacts
from experts.states import CallResult, ConfirmedVia, SeatState, SignedVia
from investreview.core.errors import DomainError
from investreview.draws.kinds import DrawState, WaveState
from investreview.draws.models import Wave
from investreview.notices.models import Notice
from tests.experts import ceremonies
from tests.experts.halls import Hall, refused, scan


@pytest.fixture
def drawn(there: Hall) -> Hall:
    ceremonies.to_drawn(there)
    return there


def states(there: Hall) -> list[tuple[int, str, int]]:
    """Place, state and wave of every seat there ever was, in the order of their reveal."""
    return list(Seat.objects.filter(panel=there.panel).order_by("pk").values_list("place", "state", "wave"))


def unanswered(there: Hall, place: int, *minutes: float) -> None:
    """Calls nobody took, so many minutes after the first."""
    first = there.tick()
    there.now = first + timedelta(minutes=max(minutes))
    for minute in minutes:
        invitations.note_call(
            acting=there.by("draw_operator"),
            case_id=there.case.pk,
            place=str(place),
            call=CallFacts(first + timedelta(minutes=minute), CallResult.NO_ANSWER, "监督人（示例）"),
            at=there.now,
        )


def record(there: Hall, place: int, kind: SeatState, *, by: str = "draw_operator") -> Departure:
    return departures.record_decline(
        acting=there.by(by),
        case_id=there.case.pk,
        place=str(place),
        reason=Reason(kind, "未能联系（示例）"),
        document=scan("通话记录（示例）"),
        at=there.tick(),
    )


def test_one_name_is_revealed_at_a_time_in_the_order_of_the_tickets(drawn: Hall) -> None:
    tickets = list(drawn.panel.draw.members.order_by("rank").values_list("no", flat=True))
    assert [seat.draw_no for seat in ceremonies.reveal_all(drawn)] == tickets
    assert [state[:2] for state in states(drawn)] == [(place, "REVEALED") for place in range(1, 6)]
    operator = drawn.by("draw_operator")
    assert refused(revealing.ask_reveal, acting=operator, case_id=drawn.case.pk, at=drawn.tick()) == (
        "experts_nothing_to_reveal"
    )


def test_a_name_takes_two_people(drawn: Hall) -> None:
    operator, supervisor = drawn.by("draw_operator"), drawn.by("draw_supervisor")
    act = {"case_id": drawn.case.pk, "at": drawn.tick()}
    assert refused(revealing.confirm_reveal, acting=supervisor, **act) == "experts_nothing_to_reveal"
    assert refused(revealing.ask_reveal, acting=supervisor, **act) == "projects_role_missing"
    revealing.ask_reveal(acting=operator, **act)
    assert refused(revealing.ask_reveal, acting=operator, **act) == "draws_reveal_waits"
    assert refused(revealing.confirm_reveal, acting=operator, **act) == "projects_role_missing"
    assert Seat.objects.filter(panel=drawn.panel).count() == 0
    revealing.confirm_reveal(acting=supervisor, **act)
    assert Seat.objects.filter(panel=drawn.panel).count() == 1


def test_an_expert_declines_and_the_next_in_the_same_order_joins(drawn: Hall) -> None:
    ceremonies.reveal_all(drawn)
    ceremonies.decline_own(drawn, 3)
    assert drawn.panel.draw.state == DrawState.DRAWN
    ceremonies.fill_wave(drawn)
    newcomer = ceremonies.reveal(drawn)
    assert states(drawn)[2:] == [(3, "DECLINED", 0), (4, "REVEALED", 0), (5, "REVEALED", 0), (3, "REVEALED", 1)]
    wave = Wave.objects.get(draw=drawn.panel.draw)
    departure = Departure.objects.get(seat__panel=drawn.panel)
    assert (wave.joined, wave.own_acts) == ([newcomer.draw_no], [departure.seat.draw_no])
    assert (departure.via, departure.document, departure.wave) == (SignedVia.SCREEN, None, 1)
    assert (departure.seat.left_reason, departure.left_at) == ("另有安排（示例）", departure.seat.left_at)


def test_who_left_never_comes_back_and_everybody_else_stays(drawn: Hall) -> None:
    before = ceremonies.reveal_all(drawn)
    ceremonies.decline_own(drawn, 1)
    ceremonies.fill_wave(drawn)
    newcomer = ceremonies.reveal(drawn)
    sitting = {drawn.seat(place).expert_id for place in drawn.places()}
    assert sitting == {seat.expert_id for seat in before[1:]} | {newcomer.expert_id}
    assert newcomer.expert_id not in {seat.expert_id for seat in before}


def test_a_told_decline_takes_call_document_operator_and_supervisor(drawn: Hall) -> None:
    ceremonies.reveal_all(drawn)
    assert refused(record, drawn, 2, SeatState.DECLINED) == "experts_call_needed"
    ceremonies.told_to_leave(drawn, 2, confirm=False)
    assert states(drawn)[1] == (2, "REVEALED", 0)
    assert refused(record, drawn, 2, SeatState.DECLINED) == "experts_departure_asked"
    act = {"case_id": drawn.case.pk, "place": "2", "at": drawn.tick()}
    assert refused(departures.confirm_decline, acting=drawn.by("draw_operator"), **act) == "projects_role_missing"
    ceremonies.confirm_departure(drawn, 2)
    departure = Departure.objects.get(seat__panel=drawn.panel)
    assert (departure.asked_by, departure.confirmed_by, departure.wave) == (
        drawn.world.draw_operator,
        drawn.world.draw_supervisor,
        1,
    )
    left = Wave.objects.get(draw=drawn.panel.draw).left
    assert departure.document is not None
    assert left == [{"no": departure.seat.draw_no, "code": "DECLINED", "doc": departure.document.sha256}]
    assert ceremonies.reveal(drawn).place == 2


def test_a_decline_that_the_supervisor_rejects_changes_nothing(drawn: Hall) -> None:
    ceremonies.reveal_all(drawn)
    ceremonies.told_to_leave(drawn, 2, confirm=False)
    rejected = departures.reject_decline(
        acting=drawn.by("draw_supervisor"),
        case_id=drawn.case.pk,
        place="2",
        reason="请假条未签名（示例）",
        at=drawn.tick(),
    )
    assert rejected.rejected_reason == "请假条未签名（示例）"
    assert (states(drawn)[1], Wave.objects.get().state) == ((2, "REVEALED", 0), WaveState.CANCELLED)
    ceremonies.confirm_own(drawn, drawn.seat(2))
    ceremonies.told_to_leave(drawn, 2)
    assert states(drawn)[1] == (2, "DECLINED", 0)


@pytest.mark.parametrize(
    ("minutes", "counts"),
    [
        ((0, 20, 40), True),
        ((0, 20, 39.98), False),
        ((0, 19.98, 40), False),
        ((0, 20), False),
        ((0, 1, 20, 21, 40), True),
    ],
)
def test_unanswered_counts_after_three_tries_twenty_minutes_apart(
    drawn: Hall, minutes: tuple[float, ...], counts: bool
) -> None:
    ceremonies.reveal(drawn)
    unanswered(drawn, 1, *minutes)
    if counts:
        assert record(drawn, 1, SeatState.UNREACHED).kind == SeatState.UNREACHED
    else:
        with pytest.raises(DomainError) as caught:
            record(drawn, 1, SeatState.UNREACHED)
        assert (caught.value.code, caught.value.facts["counted"]) == ("experts_unreached_too_early", 2)


def test_whoever_confirmed_was_reached(drawn: Hall) -> None:
    seat = ceremonies.reveal(drawn)
    unanswered(drawn, 1, 0, 20, 40)
    ceremonies.confirm_own(drawn, seat)
    assert refused(record, drawn, 1, SeatState.UNREACHED) == "experts_unreached_too_early"


def test_more_than_a_third_needs_the_discipline_office(drawn: Hall) -> None:
    ceremonies.reveal_all(drawn)
    ceremonies.told_to_leave(drawn, 1)
    ceremonies.told_to_leave(drawn, 2, confirm=False)
    act = {"case_id": drawn.case.pk, "at": drawn.tick()}
    confirm = {"acting": drawn.by("draw_supervisor"), "place": "2", **act}
    assert refused(departures.confirm_decline, **confirm) == "draws_countersignature_missing"
    assert Notice.objects.get(dedupe_key__startswith="wave:", user=drawn.world.discipline).text
    for who, code in (
        ("draw_operator", "draws_discipline_only"),
        ("panel_secretary", "draws_discipline_only"),
        ("draw_supervisor", "projects_duty_conflict"),
        ("law", "draws_not_visible"),
        ("officer", "draws_not_visible"),
    ):
        assert (who, refused(waves.countersign_wave, acting=drawn.by(who), **act)) == (who, code)
    waves.countersign_wave(acting=drawn.by("discipline"), **act)
    departures.confirm_decline(**confirm)
    assert [state[:2] for state in states(drawn)[:2]] == [(1, "DECLINED"), (2, "DECLINED")]
    assert sorted(Departure.objects.values_list("wave", flat=True)) == [1, 2]


def test_own_declines_beyond_a_third_wait_for_the_discipline_office_too(drawn: Hall) -> None:
    ceremonies.reveal_all(drawn)
    ceremonies.decline_own(drawn, 1)
    ceremonies.decline_own(drawn, 2)
    act = {"case_id": drawn.case.pk, "at": drawn.tick()}
    waves.ask_wave(acting=drawn.by("draw_operator"), **act)
    confirm = {"acting": drawn.by("draw_supervisor"), **act}
    assert refused(waves.confirm_wave, **confirm) == "draws_countersignature_missing"
    waves.countersign_wave(acting=drawn.by("discipline"), **act)
    waves.confirm_wave(**confirm)
    assert set(Departure.objects.values_list("wave", flat=True)) == {1}
    assert {ceremonies.reveal(drawn).place, ceremonies.reveal(drawn).place} == {1, 2}


def test_a_wave_waits_for_somebody_who_left(drawn: Hall) -> None:
    ceremonies.reveal_all(drawn)
    act = {"case_id": drawn.case.pk, "at": drawn.tick()}
    assert refused(waves.ask_wave, acting=drawn.by("draw_operator"), **act) == "experts_nobody_left"
    assert refused(waves.confirm_wave, acting=drawn.by("draw_supervisor"), **act) == "experts_no_wave"
    assert refused(waves.countersign_wave, acting=drawn.by("discipline"), **act) == "experts_no_wave"


def test_the_supervisor_confirms_a_told_departure_before_its_wave(drawn: Hall) -> None:
    ceremonies.reveal_all(drawn)
    ceremonies.told_to_leave(drawn, 1, confirm=False)
    act = {"case_id": drawn.case.pk, "at": drawn.tick()}
    assert refused(waves.confirm_wave, acting=drawn.by("draw_supervisor"), **act) == "experts_departure_not_confirmed"


def test_calls_are_registered_with_the_number_masked(drawn: Hall) -> None:
    seat = ceremonies.reveal(drawn)
    ceremonies.call(drawn, 1, CallResult.SWITCHED_OFF)
    written = Call.objects.get(seat=seat)
    phone = seat.expert.phone
    assert (written.masked_phone, written.caller) == (f"{phone[:3]}****{phone[-4:]}", drawn.world.draw_operator)
    assert refused(ceremonies.call, drawn, 1, CallResult.LEAVE) == "experts_call_reason_needed"


@pytest.mark.parametrize(("minutes", "ok"), [(-0.02, False), (0, True), (5, True), (5.02, False)])
def test_a_call_lies_between_the_reveal_and_now(drawn: Hall, minutes: float, ok: bool) -> None:
    seat = ceremonies.reveal(drawn)
    drawn.now = seat.revealed_at + timedelta(minutes=5)
    facts = CallFacts(seat.revealed_at + timedelta(minutes=minutes), CallResult.AGREED, "监督人（示例）")
    act = {"acting": drawn.by("draw_operator"), "case_id": drawn.case.pk, "place": "1", "call": facts, "at": drawn.now}
    if ok:
        assert invitations.note_call(**act).called_at == facts.called_at
    else:
        assert refused(invitations.note_call, **act) == "experts_call_time_wrong"


def test_a_telephone_confirmation_rests_on_the_last_call(drawn: Hall) -> None:
    ceremonies.reveal_all(drawn)
    act = {"acting": drawn.by("panel_secretary"), "case_id": drawn.case.pk, "place": "1", "at": drawn.tick()}
    assert refused(invitations.confirm_seat, **act) == "experts_call_needed"
    ceremonies.call(drawn, 1, CallResult.AGREED)
    ceremonies.call(drawn, 1, CallResult.LEAVE, reason="改期（示例）")
    assert refused(invitations.confirm_seat, **act) == "experts_call_needed"
    ceremonies.call(drawn, 1, CallResult.AGREED)
    seat = invitations.confirm_seat(**act)
    assert (seat.state, seat.confirmed_via) == (SeatState.CONFIRMED, ConfirmedVia.TELEPHONE)
    assert refused(invitations.confirm_seat, **act) == "experts_seat_confirmed"


def test_an_expert_answers_their_own_seat_only(drawn: Hall) -> None:
    mine, others = ceremonies.reveal(drawn), ceremonies.reveal(drawn)
    user = mine.expert.user
    assert user is not None
    assert refused(invitations.confirm_own_seat, user=user, seat_id=others.pk, at=drawn.tick()) == (
        "experts_seat_not_visible"
    )
    assert refused(invitations.confirm_own_seat, user=user, seat_id=0, at=drawn.tick()) == "experts_seat_not_visible"
    ceremonies.confirm_own(drawn, mine)
    assert refused(ceremonies.confirm_own, drawn, drawn.seat(1)) == "experts_seat_confirmed"
    reason = Reason(SeatState.REMOVED, "（示例）")
    decline = {"user": user, "seat_id": mine.pk, "reason": reason, "at": drawn.tick()}
    assert refused(invitations.decline_own_seat, **decline) == "experts_departure_kind_wrong"
    ceremonies.decline_own(drawn, 1)
    assert refused(invitations.confirm_own_seat, user=user, seat_id=mine.pk, at=drawn.tick()) == "experts_seat_left"


def test_invitations_close_when_all_have_confirmed(drawn: Hall) -> None:
    seats = ceremonies.reveal_all(drawn)
    for seat in seats[:-1]:
        ceremonies.confirm_own(drawn, seat)
    with pytest.raises(DomainError) as caught:
        ceremonies.close_invitations(drawn)
    assert (caught.value.code, caught.value.facts) == ("experts_invitations_open", {"confirmed": 4, "size": 5})
    ceremonies.confirm_own(drawn, seats[-1])
    ceremonies.told_to_leave(drawn, 5, confirm=False)
    assert refused(ceremonies.close_invitations, drawn) == "experts_departure_asked"
    ceremonies.confirm_departure(drawn, 5)
    ceremonies.confirm_own(drawn, ceremonies.reveal(drawn))
    ceremonies.close_invitations(drawn)
    assert Seat.objects.filter(panel=drawn.panel, seated_at__isnull=False).count() == 5
