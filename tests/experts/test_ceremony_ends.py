"""Draws that come to nothing end on the page of their ceremony: one that cannot be filled, one that was called off."""

from investreview.draws.kinds import DrawOutcome, DrawState
from tests.experts import ceremonies
from tests.experts import engine_rooms as rooms
from tests.experts.doors import act, opened, text
from tests.experts.halls import Hall, hall, refused
from tests.experts.pool import found_pool
from tests.world import found_world

OPERATOR, SUPERVISOR = "draw_operator", "draw_supervisor"
BALLS = {f"ball_{place}": str(digit) for place, digit in enumerate(ceremonies.DIGITS, 1)}


def test_a_panel_that_cannot_be_filled_has_ended_and_says_who_decides(there: Hall) -> None:
    elsewhere = found_world("HAZ", names="别处")
    found_pool(elsewhere, 6)
    small = hall(elsewhere, key="small")
    small.now = there.now
    rooms.to_drawn(small)
    ceremonies.reveal_all(small)
    ceremonies.told_to_leave(small, 1)
    ceremonies.told_to_leave(small, 2, confirm=False)
    act(small, "discipline", "countersign-wave")
    assert act(small, SUPERVISOR, "confirm-decline", place="2").status_code == 302
    assert small.panel.draw.state == DrawState.INFEASIBLE
    view = opened(small, OPERATOR).context["view"]
    assert "席位无法补足" in str(view.waits_for)
    assert [form.name for form in view.acts] == ["disclose"]


def test_the_draw_of_a_panel_ended_after_its_announcement_is_finished_on_its_page(there: Hall) -> None:
    rooms.freeze(there)
    rooms.announce(there)
    rooms.order_round(there)
    second = hall(there.world, key="second")
    second.now = there.now
    ceremonies.freeze(second)
    assert refused(ceremonies.announce, second) == "draws_ceremony_open"
    assert [form.name for form in opened(there, OPERATOR).context["view"].acts] == []
    assert opened(there, OPERATOR).context["steps"] == ()
    assert 'name="ball_10"' in text(there, SUPERVISOR)
    typed = {"fingerprint_tail": there.panel.draw.request_hash[-8:], "read_by": "WITNESS", **BALLS}
    assert act(there, SUPERVISOR, "finish-void", **typed | {"ball_4": "x"}).status_code == 422
    assert act(there, OPERATOR, "finish-void", **typed).status_code == 403
    for _press in range(2):
        assert act(there, SUPERVISOR, "finish-void", **typed).status_code == 302
    assert (there.panel.draw.state, there.panel.draw.outcome) == (DrawState.CLOSED, DrawOutcome.FAILED)
    assert "finish-void" not in {form.name for form in opened(there, SUPERVISOR).context["view"].acts}
    second.now = there.now
    assert ceremonies.announce(second).draw.seq == 2


def test_numbers_that_stand_are_not_asked_again_when_a_void_draw_is_finished(there: Hall) -> None:
    rooms.freeze(there)
    rooms.announce(there)
    rooms.order_round(there)
    ceremonies.enter_numbers(there)
    page = text(there, SUPERVISOR)
    assert "按已录入的数字办结" in page and 'name="ball_1"' not in page
    assert act(there, SUPERVISOR, "finish-void").status_code == 302
    assert there.panel.draw.state == DrawState.CLOSED
