"""After scoring has begun: a member leaves through the place's task, the newcomer reviews afresh."""

from typing import Any

import pytest

from experts.models import Departure, ScoreSheet, Seat
from experts.selectors.places import (
    place_is_vacant,
    places_to_finalise,
    places_to_score,
    role_of_place,
    seat_at,
)
from experts.selectors.seat_pages import seat_page
from experts.services import departures, meeting, vacancies, waves
from experts.services.departures import Reason
from experts.states import CallResult, PanelState, SeatState, SheetState
from investreview.core.roles import Role
from investreview.draws.models import Wave
from investreview.draws.selectors import verdict
from tests.experts import ceremonies, sittings
from tests.experts.halls import Hall, refused, scan


@pytest.fixture
def scoring(there: Hall) -> Hall:
    sittings.to_scoring(there)
    return there


@pytest.fixture
def finalising(there: Hall) -> Hall:
    sittings.to_finalising(there)
    return there


def leave(there: Hall, place: str, who: Any, **said: str) -> str:
    act = {"case_id": there.case.pk, "version": None, "place": place, "at": there.tick()}
    return refused(vacancies.leave_seat, acting=there.by(who), **act, **said)


def refill(there: Hall, place: int) -> Seat:
    """The wave, the name, the confirmation, the place."""
    ceremonies.fill_wave(there)
    newcomer = ceremonies.reveal(there)
    assert newcomer.place == place
    ceremonies.confirm_own(there, newcomer)
    sittings.fill_place(there, place)
    return newcomer


def test_a_late_conflict_in_scoring_makes_the_sheet_void_and_the_place_vacant(scoring: Hall) -> None:
    for place in ("1", "2"):
        sittings.sign(scoring, place)
    leaver = scoring.seat(2)
    sittings.leave_own(scoring, 2)
    leaver.refresh_from_db()
    assert (leaver.state, leaver.left_reason) == (SeatState.RECUSED, "知悉项目后发现利害关系（示例）")
    assert ScoreSheet.objects.get(seat=leaver).state == SheetState.VOID
    assert place_is_vacant(scoring.case, "2") and not place_is_vacant(scoring.case, "1")
    assert places_to_score(scoring.case) == ("2", "3", "4", "5")
    assert refused(sittings.fill_place, scoring, 2) == "experts_place_vacant"


def test_the_newcomer_has_the_place_and_scores_afresh(scoring: Hall) -> None:
    sittings.sign(scoring, "2")
    sittings.leave_own(scoring, 2)
    newcomer = refill(scoring, 2)
    assert seat_at(scoring.case, "2") == newcomer and not place_is_vacant(scoring.case, "2")
    assert role_of_place(scoring.case, "2") is Role.EXPERT
    assert refused(sittings.sign, scoring, "2") == "experts_declaration_needed"
    sittings.declare(scoring, "2")
    for place in scoring.places():
        sittings.sign(scoring, place)
    assert places_to_score(scoring.case) == ()
    sittings.hold_meeting(scoring)
    for place in scoring.places():
        sittings.sign(scoring, place)
    sittings.put_opinion(scoring)
    for place in scoring.places():
        sittings.sign_opinion(scoring, place)
    assert (scoring.panel.state, verdict(scoring.panel.draw)) == (PanelState.CONCLUDED, [])


def test_a_place_is_vacant_until_the_newcomer_has_confirmed_and_is_seated(scoring: Hall) -> None:
    sittings.leave_own(scoring, 4, SeatState.DECLINED)
    ceremonies.fill_wave(scoring)
    newcomer = ceremonies.reveal(scoring)
    assert place_is_vacant(scoring.case, "4")
    assert refused(sittings.fill_place, scoring, 4) == "experts_place_vacant"
    ceremonies.confirm_own(scoring, newcomer)
    assert place_is_vacant(scoring.case, "4")
    sittings.declare(scoring, 4)
    assert refused(sittings.sign, scoring, "4") == "experts_place_vacant"
    sittings.fill_place(scoring, 4)
    assert not place_is_vacant(scoring.case, "4")
    assert refused(sittings.fill_place, scoring, 4) == "experts_place_vacant"
    sittings.sign(scoring, "4")


def test_a_newcomer_may_decline_too(scoring: Hall) -> None:
    sittings.leave_own(scoring, 3)
    ceremonies.fill_wave(scoring)
    first = ceremonies.reveal(scoring)
    ceremonies.decline_own(scoring, 3)
    waves.ask_wave(acting=scoring.by("draw_operator"), case_id=scoring.case.pk, at=scoring.tick())
    waves.countersign_wave(acting=scoring.by("discipline"), case_id=scoring.case.pk, at=scoring.tick())
    waves.confirm_wave(acting=scoring.by("draw_supervisor"), case_id=scoring.case.pk, at=scoring.tick())
    second = ceremonies.reveal(scoring)
    assert (first.place, second.place, second.wave) == (3, 3, 2)


def test_a_newcomer_with_a_conflict_leaves_at_once(scoring: Hall) -> None:
    sittings.leave_own(scoring, 3)
    ceremonies.fill_wave(scoring)
    newcomer = ceremonies.reveal(scoring)
    ceremonies.confirm_own(scoring, newcomer)
    sittings.declare(scoring, 3, conflict="合作方股东（示例）")
    newcomer.refresh_from_db()
    assert (newcomer.state, place_is_vacant(scoring.case, "3")) == (SeatState.RECUSED, True)


def test_a_seated_member_with_a_conflict_leaves_through_the_place(there: Hall) -> None:
    ceremonies.to_confirmed(there)
    ceremonies.close_invitations(there)
    sittings.declare(there, 2, conflict="合作方股东（示例）")
    assert (there.seat(2).state, place_is_vacant(there.case, "2")) == (SeatState.CONFIRMED, False)
    sittings.leave_own(there, 2)
    assert place_is_vacant(there.case, "2")


def test_before_scoring_a_conflict_empties_the_place_at_once(there: Hall) -> None:
    ceremonies.to_confirmed(there)
    sittings.declare(there, 2, conflict="合作方股东（示例）\n详见附件")
    departure = Departure.objects.get()
    assert (departure.kind, departure.reason, departure.seat.state) == (
        SeatState.RECUSED,
        "合作方股东（示例）",
        SeatState.RECUSED,
    )


def test_a_conflict_declared_on_paper_waits_for_the_supervisor(there: Hall) -> None:
    ceremonies.to_confirmed(there)
    sittings.declare(there, 2, conflict="合作方股东（示例）", on_paper=True)
    departure = Departure.objects.get()
    assert (departure.seat.state, departure.asked_by) == (SeatState.CONFIRMED, there.world.panel_secretary)
    waves.ask_wave(acting=there.by("draw_operator"), case_id=there.case.pk, at=there.tick())
    ceremonies.confirm_departure(there, 2)
    departure.refresh_from_db()
    assert (departure.wave, departure.left_at) == (1, there.now)


def test_a_late_conflict_in_finalising_takes_the_chair_along(finalising: Hall) -> None:
    sittings.sign(finalising, "2")
    sittings.leave_own(finalising, 1)
    assert (finalising.panel.chair, finalising.panel.state) == (None, PanelState.FINALISING)
    assert refused(sittings.sign, finalising, "3") == "experts_chair_missing"
    refill(finalising, 1)
    sittings.declare(finalising, 1)
    sittings.sign(finalising, "1", total=66)
    assert places_to_finalise(finalising.case) == ("1", "3", "4", "5")
    assert refused(sittings.sign, finalising, "1") == "experts_chair_missing"
    meeting.elect_chair(
        acting=finalising.by("panel_secretary"), case_id=finalising.case.pk, place="3", at=finalising.tick()
    )
    for place in ("1", "3", "4", "5"):
        sittings.sign(finalising, place)
    assert places_to_finalise(finalising.case) == ()
    sittings.put_opinion(finalising)
    assert finalising.panel.state == PanelState.OPINION


def test_a_newcomer_after_the_meeting_reviews_blind(finalising: Hall) -> None:
    sittings.leave_own(finalising, 4)
    newcomer = refill(finalising, 4)
    sittings.declare(finalising, 4)
    user = finalising.expert(4)
    assert seat_page(user, newcomer.pk).colleagues_independent == ()
    assert seat_page(user, newcomer.pk).due == "INDEPENDENT"
    sittings.sign(finalising, "4")
    assert [sheet.place for sheet in seat_page(user, newcomer.pk).colleagues_independent] == [1, 2, 3, 5]
    assert seat_page(user, newcomer.pk).due == "FINAL"


def test_the_operator_removes_only_with_document_and_supervisor(scoring: Hall) -> None:
    assert leave(scoring, "2", "draw_operator") == "experts_departure_not_asked"
    ceremonies.told_to_leave(scoring, 2, SeatState.REMOVED, confirm=False)
    assert leave(scoring, "2", "draw_operator") == "experts_departure_not_confirmed"
    ceremonies.confirm_departure(scoring, 2)
    assert (scoring.seat(2).state, Wave.objects.count()) == (SeatState.CONFIRMED, 0)
    assert refused(sittings.sign, scoring, "2") == "experts_seat_not_sitting"
    act = {"case_id": scoring.case.pk, "version": None, "place": "2", "at": scoring.tick()}
    vacancies.leave_seat(acting=scoring.by("draw_operator"), **act)
    assert place_is_vacant(scoring.case, "2")
    refill(scoring, 2)
    departure = Departure.objects.get()
    assert (departure.kind, departure.wave) == (SeatState.REMOVED, 1)
    assert departure.document is not None
    assert Wave.objects.get().left[0]["doc"] == departure.document.sha256


@pytest.mark.parametrize("who", ["draw_supervisor", "panel_secretary", "officer", "deputy", "group_releaser"])
def test_nobody_else_empties_a_place(scoring: Hall, who: str) -> None:
    assert leave(scoring, "2", who, kind="RECUSED", reason="（示例）") == "projects_role_missing"


def test_an_expert_empties_their_own_place_for_a_reason_only(scoring: Hall) -> None:
    mine = scoring.expert(2)
    assert leave(scoring, "3", mine, kind="RECUSED", reason="（示例）") == "projects_role_missing"
    assert leave(scoring, "2", mine, kind="REMOVED", reason="（示例）") == "experts_departure_kind_wrong"
    assert leave(scoring, "2", mine, kind="", reason="（示例）") == "experts_departure_kind_wrong"
    assert leave(scoring, "2", mine, kind="RECUSED", reason=" ") == "text_empty"


def test_a_seated_member_leaves_through_the_task_only(scoring: Hall) -> None:
    assert refused(ceremonies.decline_own, scoring, 1) == "experts_leave_through_task"


def test_once_the_opinion_is_drafted_nobody_leaves(there: Hall) -> None:
    sittings.to_opinion(there)
    assert refused(sittings.leave_own, there, 1) == "experts_not_allowed_in_panel_state"
    ceremonies_call = refused(ceremonies.call, there, 1, CallResult.AGREED)
    assert ceremonies_call == "experts_not_allowed_in_panel_state"


def test_a_departure_is_told_in_the_words_of_the_register(there: Hall) -> None:
    ceremonies.to_drawn(there)
    ceremonies.reveal(there)
    act = {
        "acting": there.by("draw_operator"),
        "case_id": there.case.pk,
        "place": "1",
        "document": scan(),
        "at": there.tick(),
    }
    wrong = Reason(SeatState.CANCELLED, "（示例）")
    assert refused(departures.record_decline, reason=wrong, **act) == "experts_departure_kind_wrong"
