"""Mistakes put right and hand-overs against other acts: one winner, whole; the other is refused and leaves nothing."""

import io
from functools import partial

import pytest

from investreview.core.errors import DomainError
from investreview.demo import hands
from investreview.demo.files import sample_pdf
from investreview.documents.models import Document, WithdrawnSignature
from investreview.journal.models import Entry
from investreview.projects.models import Case, CorrectionSlip, FormerHolder, Remedy
from investreview.projects.services import delivery
from investreview.projects.services.corrections import Evidence, confirm_correction, propose_correction
from tests.concurrency import acts
from tests.concurrency.acts import AT, open_steps, ordinals, times_in_journal
from tests.concurrency.crowd import Act, at_once, codes, overtake
from tests.world import World, drive, later
from workflows import corrections, handing_over
from workflows.handing_over import hand_over
from workflows.handover.load import held_by
from workflows.models import Handover, WorkItem

pytestmark = pytest.mark.both_databases


def _taking_back(case: Case, world: World) -> Act:
    version = hands.fresh(case).version
    return partial(
        corrections.withdraw_signature, record_id=case.pk, user=world.deputy, at=AT, version=version, reason="有误。"
    )


def _delivering(case: Case, world: World) -> Act:
    return acts.performing(
        case,
        "deliver",
        world.document_officer,
        delivery.deliver,
        sealed=io.BytesIO(sample_pdf("用印件（示例）")),
        sealed_name="用印件.pdf",
        sealed_on=AT.date(),
        channel="ONLINE",
        delivered_on=AT.date(),
    )


def _sent_or_taken_back(case: Case, answers: list[object]) -> None:
    """Either the letter went out and its signature stands, or it was taken back and nothing went out."""
    letter = Document.objects.get(pk=case.letter_id)
    assert codes(answers)["done"] == 1
    if isinstance(answers[0], DomainError):
        assert (letter.state, open_steps(case)) == ("DELIVERED", [("acknowledge", "")])
        assert WithdrawnSignature.objects.count() == 0
    else:
        assert (letter.state, open_steps(case)) == ("DRAFT", [("sign", "")])
        assert (letter.deliveries.count(), letter.sealed_originals.count()) == (0, 0)
    assert ordinals("HAN") == [1]


def test_a_withdrawal_and_the_delivery_have_one_winner(world: World) -> None:
    case = drive(world, "signed")
    _sent_or_taken_back(case, at_once([_taking_back(case, world), _delivering(case, world)]))


@pytest.mark.postgres
def test_a_delivery_in_the_middle_of_a_withdrawal_is_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case = drive(world, "signed")
    answers = overtake(
        monkeypatch, corrections, "cancel_item", act=_taking_back(case, world), intruder=_delivering(case, world)
    )
    _sent_or_taken_back(case, list(answers))
    assert hands.fresh(case).state == "REVIEWING"


def test_a_signature_is_taken_back_once(world: World) -> None:
    case = drive(world, "signed")
    answers = at_once([_taking_back(case, world) for _ in range(4)])
    assert codes(answers) == {"done": 1, "workflows_nothing_to_withdraw": 3}
    assert (WithdrawnSignature.objects.count(), times_in_journal(case, "case.withdraw_signature")) == (1, 1)
    assert open_steps(case) == [("sign", "")]


def test_signed_again_by_many_clicks_the_number_is_used_once(world: World) -> None:
    case = drive(world, "signed")
    _taking_back(case, world)()
    answers = at_once([acts.signing(case, world.deputy, key="1") for _ in range(4)])
    assert codes(answers) == {"done": 4}
    assert (ordinals("HAN"), ordinals("BA"), open_steps(case)) == ([1], [1], [("deliver", "")])


def test_a_remedy_is_begun_once(world: World) -> None:
    case = drive(world, "acknowledged")
    version = hands.fresh(case).version
    facts = {"kind": "REISSUE", "reason": "金额写错。"}
    begin = partial(
        corrections.begin_remedy, record_id=case.pk, user=world.officer, at=AT, version=version, facts=facts
    )
    assert codes(at_once([begin] * 4)) == {"done": 1, "core_stale": 3}
    assert (Remedy.objects.count(), open_steps(case)) == (1, [("remedy_check", "")])


def _handing_over(world: World, to: str, key: str = "1") -> Act:
    plan = {one.key: world.people[to] for one in held_by(world.officer)}
    return partial(hand_over, giver=world.officer, user=world.head, plan=plan, reason="调整。", key=key, at=AT)


def test_one_submission_of_a_hand_over_sent_by_many_clicks_is_one(world: World) -> None:
    drive(world, "confirmed")
    answers = at_once([_handing_over(world, "officer2")] * 4)
    assert codes(answers) == {"done": 4}
    assert (Handover.objects.count(), Entry.objects.filter(verb="work.hand_over").count()) == (1, 1)
    assert FormerHolder.objects.count() == 1


def test_two_hand_overs_of_one_person_have_one_winner(world: World) -> None:
    case = drive(world, "confirmed")
    answers = at_once([_handing_over(world, "officer2", "1"), _handing_over(world, "officer2", "2")])
    assert codes(answers)["done"] == 1
    assert WorkItem.objects.get(case=case, node="opinion").assignee == world.officer2
    assert Handover.objects.count() == 1


def _moved_or_done(case: Case, world: World, answers: list[object]) -> None:
    """Either the step went to the other officer, or it was done first and the hand-over, which named it, is stale."""
    item = WorkItem.objects.get(case=case, node="opinion")
    if isinstance(answers[0], DomainError):
        assert codes(answers) == {"workflows_hand_over_changed": 1, "done": 1}
        assert (item.state, hands.fresh(case).officer, Handover.objects.count()) == ("DONE", world.officer, 0)
    else:
        assert codes(answers) in ({"done": 1, "workflows_assigned_to_other": 1}, {"done": 1, "core_stale": 1})
        assert (item.state, item.assignee, hands.fresh(case).officer) == ("OPEN", world.officer2, world.officer2)


def _proposing(case: Case, world: World) -> Act:
    from investreview.projects.services import proposing

    return acts.performing(
        case,
        "opinion",
        world.officer,
        proposing.propose,
        proposal="FILE",
        text="建议予以备案。",
        risks=(),
        refusal_reason="",
    )


def test_a_hand_over_and_the_act_itself_have_one_winner(world: World) -> None:
    case = drive(world, "confirmed")
    answers = at_once([_handing_over(world, "officer2"), _proposing(case, world)])
    _moved_or_done(case, world, answers)


@pytest.mark.postgres
def test_an_act_in_the_middle_of_a_hand_over_is_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case = drive(world, "confirmed")
    answers = overtake(
        monkeypatch,
        handing_over,
        "_record",
        act=_handing_over(world, "officer2"),
        intruder=_proposing(case, world),
    )
    _moved_or_done(case, world, list(answers))
    assert Handover.objects.count() == 1


def test_a_slip_is_confirmed_once(world: World) -> None:
    case = drive(world, "acknowledged", site="连云区（示例）")
    slip = propose_correction(
        acting=hands.acting(world.officer, later(15)),
        case_id=case.pk,
        version=None,
        field="site",
        after="海州区（示例）",
        reason="录入错误。",
        evidence=Evidence(io.BytesIO(sample_pdf("依据（示例）")), "依据.pdf"),
        at=later(15),
    )
    confirm = partial(confirm_correction, acting=hands.acting(world.head, AT), slip_id=slip.pk, at=AT)
    assert codes(at_once([confirm] * 4)) == {"done": 1, "projects_slip_not_waiting": 3}
    assert Document.objects.filter(number=slip.number).count() == 1
    assert CorrectionSlip.objects.get().checked_by == world.head
