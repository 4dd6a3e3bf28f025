"""What waits on a panel's record stands on the home of whoever it waits for, and of nobody else."""

from collections.abc import Callable

import pytest

from experts.models import Condition
from experts.selectors.matters import panel_matters
from experts.services.meeting import ask_inquiry, send_inquiries
from experts.services.revealing import ask_reveal
from investreview.accounts.selectors import scope_of
from investreview.demo import panel_hands
from investreview.projects.models import Case
from tests.experts import ceremonies, sittings
from tests.experts import engine_rooms as rooms
from tests.experts.halls import Hall
from tests.world import found_world


def matters(there: Hall) -> dict[str, list[str]]:
    """What waits for everybody of the world for whom something does."""
    people = there.world.people
    found = {who: [one.text for one in panel_matters(scope_of(user, there.now))] for who, user in people.items()}
    return {who: texts for who, texts in found.items() if texts}


def asked_for_a_name(there: Hall) -> None:
    ceremonies.to_drawn(there)
    ask_reveal(acting=there.by("draw_operator"), case_id=there.case.pk, at=there.tick())


def told_to_leave(there: Hall) -> None:
    ceremonies.to_drawn(there)
    ceremonies.reveal(there)
    ceremonies.told_to_leave(there, 1, confirm=False)


def left_from_their_own_sign_in(there: Hall) -> None:
    ceremonies.to_drawn(there)
    ceremonies.reveal(there)
    ceremonies.decline_own(there, 1)


def called_off(there: Hall) -> None:
    rooms.freeze(there)
    rooms.announce(there)
    rooms.order_round(there)


def asked(there: Hall) -> None:
    sittings.to_scoring(there)
    for place in ("1", "2"):
        expert = there.by(there.expert(int(place)))
        ask_inquiry(acting=expert, case_id=there.case.pk, place=place, text="依据？（示例）", at=there.tick())


def sent(there: Hall) -> None:
    asked(there)
    send_inquiries(acting=there.by("panel_secretary"), case_id=there.case.pk, at=there.tick())


def typed_in(there: Hall) -> None:
    sittings.to_scoring(there)
    sittings.enter_paper(there, 1)


def concluded(there: Hall) -> None:
    changes = {"verdict": "AGREE_WITH_CHANGES", "total": 82}
    sittings.to_concluded(there, final=lambda place: changes if place < 3 else {"total": 78})


def delivered(there: Hall) -> None:
    concluded(there)
    Case.objects.filter(pk=there.case.pk).update(delivered_at=there.tick(), officer=there.world.officer)


def proven(there: Hall) -> None:
    delivered(there)
    for one in Condition.objects.order_by("ordinal"):
        panel_hands.prove_condition(there.case, one.ordinal, there.world.group_drafter, there.tick())


SUPERVISORS = ("draw_supervisor",)
ENTERPRISE = ("group_drafter", "group_releaser")
MATTERS: dict[str, tuple[Callable[[Hall], object], tuple[str, ...], str]] = {
    "a name is asked for": (asked_for_a_name, SUPERVISORS, "抽取人已申请揭示下一位姓名"),
    "a departure is recorded": (told_to_leave, SUPERVISORS, "1 项离席登记待确认"),
    "a place is vacant": (left_from_their_own_sign_in, ("draw_operator",), "1 个空缺席位待申请递补"),
    "an announced panel was called off": (called_off, SUPERVISORS, "论证已终止，抽取待办结"),
    "members have asked": (asked, ("panel_secretary", "panel_secretary2"), "2 条质询待转送企业"),
    "questions were sent": (sent, ENTERPRISE, "2 条专家质询待书面答复"),
    "a sheet was typed in": (typed_in, ("panel_secretary2",), "1 份他人录入的纸质评分表待核对"),
    "conditions before the reply": (concluded, (), ""),
    "conditions with the reply": (delivered, ENTERPRISE, "1 项论证条件待落实并提交证明"),
    "conditions with their proof": (proven, ("officer", "officer2"), "1 项论证条件的证明待核验"),
}


@pytest.mark.parametrize("what", MATTERS)
def test_each_matter_stands_with_those_it_waits_for(there: Hall, what: str) -> None:
    happen, whom, text = MATTERS[what]
    happen(there)
    assert matters(there) == {who: [text] for who in whom}


def test_nothing_of_it_reaches_another_commission(there: Hall) -> None:
    sent(there)
    people = found_world("HAZ", names="别处").people.values()
    assert [panel_matters(scope_of(user, there.now)) for user in people] == [()] * len(people)
