"""One task, several people or several clicks: exactly one effect, and each is told the truth."""

from functools import partial

import pytest

from investreview.core.errors import DomainError
from investreview.demo import hands
from investreview.projects.models import Opinion
from investreview.projects.services import countersigning
from investreview.projects.services import releases as releasing
from tests.concurrency import acts
from tests.concurrency.acts import AT, open_steps, ordinals, times_in_journal
from tests.concurrency.crowd import at_once, codes, overtake
from tests.workflows.test_chain import LONG_CHAIN
from tests.world import World, drive, found_world
from workflows import engine
from workflows.models import ReviewProcess, WorkItem

pytestmark = pytest.mark.both_databases
CLICKS = 8


def test_two_people_sign_one_case_and_one_signature_counts(world: World) -> None:
    case = drive(world, "checked")
    answers = at_once([acts.signing(case, world.deputy), acts.signing(case, world.deputy2)])
    assert codes(answers) == {"done": 1, "workflows_done_by_other": 1}
    (loser,) = (answer for answer in answers if isinstance(answer, DomainError))
    signed = hands.fresh(case)
    assert signed.signer in (world.deputy, world.deputy2)
    assert loser.facts["who"] == signed.signer.full_name
    assert (Opinion.objects.filter(case=case, outcome="SIGNED").count(), times_in_journal(case, "case.sign")) == (1, 1)
    assert (ordinals("HAN"), ordinals("BA"), open_steps(case)) == ([1], [1], [("deliver", "")])


def test_two_officers_confirm_one_case_and_one_receipt_is_made(world: World) -> None:
    case = drive(world, "released")
    answers = at_once([acts.confirming(case, world.officer), acts.confirming(case, world.officer2)])
    assert codes(answers) == {"done": 1, "workflows_done_by_other": 1}
    assert (ordinals("JS"), open_steps(case)) == ([1], [("opinion", "")])
    assert times_in_journal(case, "case.confirm_completeness") == 1


def test_eight_clicks_with_one_key_have_one_effect_and_eight_answers(world: World) -> None:
    case = drive(world, "checked")
    answers = at_once([acts.signing(case, world.deputy, key="one-form")] * CLICKS)
    assert [answer.pk for answer in answers] == [case.pk] * CLICKS
    assert (ordinals("HAN"), open_steps(case)) == ([1], [("deliver", "")])
    assert times_in_journal(case, "case.sign") == 1


def test_eight_clicks_with_eight_keys_have_one_effect(world: World) -> None:
    case = drive(world, "checked")
    answers = at_once([acts.signing(case, world.deputy, key=f"form-{n}") for n in range(CLICKS)])
    assert codes(answers) == {"done": 1, "workflows_done_by_other": CLICKS - 1}
    assert (ordinals("HAN"), open_steps(case)) == ([1], [("deliver", "")])


def test_one_draft_is_handed_over_once(world: World) -> None:
    case = drive(world, "draft")
    hands.gather_materials(case, world.group_drafter, AT)
    version = hands.fresh(case).version
    start = partial(
        engine.start,
        record_id=case.pk,
        user=world.group_drafter,
        at=AT,
        version=version,
        service=releasing.hand_over,
    )
    assert codes(at_once([start] * CLICKS)) == {"done": 1, "workflows_already_started": CLICKS - 1}
    assert ReviewProcess.objects.filter(case=case).count() == 1
    assert open_steps(case) == [("release", "")]


def test_offices_that_answer_at_once_open_the_next_step_once(file_database: str) -> None:
    world = found_world(rules=LONG_CHAIN)
    case = drive(world, "checked")
    answering = [_answer(case, world, "CW", "finance"), _answer(case, world, "FG", "law")]
    assert codes(at_once(answering)) == {"done": 2}
    assert open_steps(case) == [("wording", "")]
    assert (hands.fresh(case).chain_position, times_in_journal(case, "case.countersign")) == (2, 2)


@pytest.mark.postgres
def test_an_office_that_overtakes_another_does_not_multiply_the_join(
    file_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = found_world(rules=LONG_CHAIN)
    case = drive(world, "checked")
    overtake(
        monkeypatch,
        engine,
        "open_new_items",
        act=_answer(case, world, "CW", "finance"),
        intruder=_answer(case, world, "FG", "law"),
    )
    assert open_steps(case) == [("wording", "")]
    assert WorkItem.objects.filter(case=case, node="wording").count() == 1


def _answer(case, world: World, office: str, who: str) -> acts.Done:
    return acts.performing(
        case,
        "countersign",
        world.people[who],
        countersigning.countersign,
        office=office,
        outcome="NO_OBJECTION",
        text="无异议。",
    )
