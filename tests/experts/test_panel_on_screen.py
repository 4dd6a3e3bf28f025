"""A whole panel on screen: from the frozen pool to the signed opinion, and what is left of it."""

from collections import Counter

from experts.models import Exclusion, OpinionSignature, ScoreSheet, Seat
from experts.selectors import places
from experts.states import PanelState, SeatState, SheetState, SignedVia
from investreview.core.roles import Role
from investreview.draws.kinds import DrawOutcome, DrawState
from investreview.draws.selectors import verdict
from investreview.journal.models import Entry
from investreview.journal.selectors import entries_of_many
from investreview.projects.models import ClockStop
from investreview.projects.states import PanelConclusion
from tests.experts import ceremonies, sittings
from tests.experts.halls import Hall, hall


def verbs(there: Hall) -> Counter[str]:
    panel = there.panel
    entries = entries_of_many([panel.subject, panel.draw.subject])
    return Counter(entries.values_list("verb", flat=True))


def test_a_panel_on_screen_concludes(there: Hall) -> None:
    panel = sittings.to_concluded(there, final=lambda place: {"total": 80 + place})
    assert (panel.state, panel.conclusion) == (PanelState.CONCLUDED, PanelConclusion.PASS)
    assert (panel.opinion.agree_count, panel.opinion.mean_hundredths) == (5, 8300)
    assert (panel.draw.state, panel.draw.outcome) == (DrawState.CLOSED, DrawOutcome.COMPLETED)
    assert verdict(panel.draw) == []
    assert (panel.operator, panel.supervisor, panel.secretary) == (
        there.world.draw_operator,
        there.world.draw_supervisor,
        there.world.panel_secretary,
    )
    assert Seat.objects.filter(panel=panel, state=SeatState.CONFIRMED).count() == 5
    assert ScoreSheet.objects.filter(seat__panel=panel, state=SheetState.SIGNED, via=SignedVia.SCREEN).count() == 10
    assert OpinionSignature.objects.filter(opinion=panel.opinion, via=SignedVia.SCREEN).count() == 5


def test_the_case_keeps_the_conclusion_and_its_clock_runs_again(there: Hall) -> None:
    sittings.to_opinion(there)
    stop = ClockStop.objects.get(case=there.case)
    assert (stop.reason, stop.from_on, stop.until_on) == ("PANEL", there.panel.announced_at.date(), None)
    waiting = places.places_to_sign(there.case)
    for place in waiting[:-1]:
        assert sittings.sign_opinion(there, place).panel_conclusion == ""
    case = sittings.sign_opinion(there, waiting[-1])
    assert (case.panel_conclusion, case.awaits_panel, case.panels_begun) == (PanelConclusion.PASS, False, 1)
    assert there.fresh().panel_summary == {
        "held_on": "2024-07-22",
        "members_count": 5,
        "mean_hundredths": 8000,
        "conditions": [],
    }
    stop.refresh_from_db()
    assert stop.until_on == there.now.date()
    assert there.panel.due_on is not None


def test_each_act_has_one_entry_in_the_journal(there: Hall) -> None:
    sittings.to_concluded(there)
    assert verbs(there) == {
        "draw.freeze": 1,
        "document.issue": 5,
        "panel.freeze": 1,
        "draw.announce": 1,
        "draw.enter_numbers": 1,
        "draw.conclude": 1,
        "draw.ask_reveal": 5,
        "draw.reveal": 5,
        "panel.confirm_seat": 5,
        "panel.close_invitations": 1,
        "panel.declare_conflicts": 5,
        "panel.sign_sheet": 10,
        "panel.hold_meeting": 1,
        "panel.put_opinion": 1,
        "panel.sign_opinion": 5,
        "panel.conclude": 1,
        "draw.close": 1,
    }
    of_case = Entry.objects.filter(subject_kind="case", subject_key=there.case.number, verb__contains="panel")
    assert list(of_case.order_by("pk").values_list("verb", flat=True)) == ["case.begin_panel", "case.conclude_panel"]


def test_who_signed_last_is_not_told_on_the_case(there: Hall) -> None:
    sittings.to_concluded(there)
    entry = Entry.objects.get(subject_kind="case", subject_key=there.case.number, verb="case.conclude_panel")
    assert entry.actor_id == "system"


def test_places_wait_for_what_their_holders_owe(there: Hall) -> None:
    every = ("1", "2", "3", "4", "5")
    assert (places.places_to_score(there.case), places.places_to_sign(there.case)) == ((), ())
    sittings.to_scoring(there)
    assert (places.places_to_score(there.case), places.places_to_finalise(there.case)) == (every, every)
    assert places.places_to_sign(there.case) == ()
    sittings.sign(there, "2")
    assert places.places_to_score(there.case) == ("1", "3", "4", "5")
    for place in ("1", "3", "4", "5"):
        sittings.sign(there, place)
    sittings.hold_meeting(there, chair="4")
    sittings.sign(there, "5")
    assert (places.places_to_score(there.case), places.places_to_finalise(there.case)) == ((), ("1", "2", "3", "4"))
    for place in ("1", "2", "3", "4"):
        sittings.sign(there, place)
    sittings.put_opinion(there)
    sittings.sign_opinion(there, "3")
    assert places.places_to_sign(there.case) == ("1", "2", "4", "5")
    for place in ("1", "2", "4", "5"):
        sittings.sign_opinion(there, place)
    assert (places.places_to_sign(there.case), places.places_to_score(there.case)) == ((), ())


def test_a_place_is_its_experts_and_the_chair_a_name_for_one(there: Hall) -> None:
    sittings.to_finalising(there)
    chair = there.panel.chair
    assert chair is not None
    assert places.seat_at(there.case, "chair") == places.seat_at(there.case, "1") == chair
    assert places.role_of_place(there.case, "chair") is Role.EXPERT
    assert places.assignee_of_place(there.case, "3") == there.expert(3)
    assert not any(places.place_is_vacant(there.case, place) for place in there.places())


def test_a_panel_of_seven_at_a_hundred_million(there: Hall) -> None:
    large = hall(there.world, key="2", yuan="100000000.00")
    assert ceremonies.freeze(large).size == 7


def test_nothing_stands_aside_without_a_reason(there: Hall) -> None:
    panel = ceremonies.freeze(there)
    assert (panel.draw.pool_size, Exclusion.objects.filter(panel=panel).count()) == (18, 0)
    assert panel.draw.subject_key == there.case.number
