"""The light of a project by whose step waits and how long is left; both sides of every bound."""

import pytest

from investreview.desk.lamps import Lamp, StepFacts, Why, lamp_of, reason_of


@pytest.mark.parametrize(
    ("is_own", "remaining", "why"),
    [
        (True, -1, Why.OWN_OVERDUE),
        (True, 0, Why.OWN_STEP),
        (True, None, Why.OWN_STEP),
        (False, -1, Why.COMMISSION_OVERDUE),
        (False, 0, Why.COMMISSION_SOON),
        (False, 2, Why.COMMISSION_SOON),
        (False, 3, Why.ON_TIME),
        (False, None, Why.ON_TIME),
    ],
)
def test_one_step_decides(is_own: bool, remaining: int | None, why: Why) -> None:
    assert reason_of((StepFacts(is_own, remaining),)) == why


def test_the_worst_of_several_decides_and_a_draft_waits_for_its_enterprise() -> None:
    assert reason_of((StepFacts(False, 5), StepFacts(False, -2), StepFacts(False, 1))) == Why.COMMISSION_OVERDUE
    assert reason_of((StepFacts(False, -9, is_deferral=True),)) == Why.DEFERRED
    assert reason_of(()) == Why.OWN_STEP
    assert [lamp_of(why) for why in Why] == [Lamp.RED] * 2 + [Lamp.AMBER] * 3 + [Lamp.GREEN]
