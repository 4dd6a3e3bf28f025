"""A move against an act on the same case: one of them happens, whole; the other is refused and leaves nothing."""

from functools import partial

import pytest

from investreview.core.errors import DomainError
from investreview.demo import hands
from investreview.projects.models import Case, Opinion
from investreview.projects.services import checking, proposing, releases, signing
from tests.concurrency import acts
from tests.concurrency.acts import AT, open_steps, ordinals, times_in_journal
from tests.concurrency.crowd import Act, at_once, codes, overtake
from tests.world import World, drive
from workflows import engine
from workflows.models import WorkItem

pytestmark = pytest.mark.both_databases


def _recalling(case: Case, world: World) -> Act:
    task_id = WorkItem.objects.get(case=case, node="check").task_id
    return partial(engine.recall, task_id=task_id, user=world.head, at=AT)


def _opening(case: Case, world: World) -> Act:
    item = WorkItem.objects.get(case=case, node="sign")
    return partial(engine.note_opened, item=item, user=world.deputy, at=AT)


def _transferring(case: Case, world: World) -> Act:
    task_id = hands.task_of(case, "opinion")
    return partial(engine.transfer, task_id=task_id, user=world.head, to=world.officer2, reason="工作调整。", at=AT)


def _proposing(case: Case, world: World) -> Act:
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


def _recalled_or_opened(case: Case, answer: object) -> None:
    """Either the act was taken back and nobody opened the next step, or it was opened and the act stands."""
    next_step = WorkItem.objects.get(case=case, node="sign")
    if isinstance(answer, DomainError):
        assert answer.code == "projects_recall_impossible"
        assert (next_step.state, next_step.opened_at, open_steps(case)) == ("OPEN", AT, [("sign", "")])
    else:
        assert (next_step.state, next_step.opened_at, open_steps(case)) == ("CANCELLED", None, [("check", "")])


def test_a_recall_and_the_next_person_opening_agree_who_was_first(world: World) -> None:
    case = drive(world, "checked")
    recalled, _opened = at_once([_recalling(case, world), _opening(case, world)])
    _recalled_or_opened(case, recalled)


@pytest.mark.postgres
def test_opening_in_the_middle_of_a_recall_waits_for_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case = drive(world, "checked")
    recalled, _opened = overtake(
        monkeypatch, engine, "recall_record", act=_recalling(case, world), intruder=_opening(case, world)
    )
    assert isinstance(recalled, Case)
    _recalled_or_opened(case, recalled)


def _signed_or_taken_back(case: Case, answers: list[object]) -> None:
    """Either the recall came first and nothing was signed, or the signature stands and the recall was refused."""
    if isinstance(answers[0], DomainError):
        assert codes(answers) == {"projects_recall_impossible": 1, "done": 1}
        assert (open_steps(case), ordinals("HAN")) == ([("deliver", "")], [1])
    else:
        assert codes(answers) == {"done": 1, "workflows_done_by_other": 1}
        assert (open_steps(case), ordinals("HAN")) == ([("check", "")], [])


def test_a_recall_and_the_next_signature_have_one_winner(world: World) -> None:
    case = drive(world, "checked")
    _signed_or_taken_back(case, at_once([_recalling(case, world), acts.signing(case, world.deputy)]))


@pytest.mark.postgres
def test_a_recall_in_the_middle_of_a_signature_is_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case = drive(world, "checked")
    signed, recalled = overtake(
        monkeypatch, signing, "sign_letter", act=acts.signing(case, world.deputy), intruder=_recalling(case, world)
    )
    _signed_or_taken_back(case, [recalled, signed])
    assert hands.fresh(case).state == "FILED"


def _transferred_or_done(case: Case, world: World, answers: list[object]) -> None:
    """Either the task went to the other officer and waits, or it was done and the transfer was refused."""
    transferred = answers[0]
    if isinstance(transferred, DomainError):
        assert codes(answers) == {"workflows_done_by_other": 1, "done": 1}
        assert (open_steps(case), times_in_journal(case, "case.transfer")) == ([("check", "")], 0)
    else:
        assert codes(answers) == {"done": 1, "workflows_assigned_to_other": 1}
        item = WorkItem.objects.get(case=case, node="opinion", state=WorkItem.State.OPEN)
        assert (item.assignee, Opinion.objects.filter(case=case).count()) == (world.officer2, 0)


def test_a_transfer_and_the_act_itself_have_one_winner(world: World) -> None:
    case = drive(world, "confirmed")
    _transferred_or_done(case, world, at_once([_transferring(case, world), _proposing(case, world)]))


@pytest.mark.postgres
def test_a_transfer_in_the_middle_of_the_act_is_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case = drive(world, "confirmed")
    proposed, transferred = overtake(
        monkeypatch, proposing, "prepare_letter", act=_proposing(case, world), intruder=_transferring(case, world)
    )
    assert isinstance(proposed, Case)
    _transferred_or_done(case, world, [transferred, proposed])


@pytest.mark.postgres
def test_an_act_in_the_middle_of_a_transfer_is_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case = drive(world, "confirmed")
    transferred, proposed = overtake(
        monkeypatch, engine, "record", act=_transferring(case, world), intruder=_proposing(case, world)
    )
    assert isinstance(transferred, WorkItem)
    _transferred_or_done(case, world, [transferred, proposed])


def _signed_or_withdrawn(case: Case, answers: list[object]) -> None:
    """Either the case is filed with its numbers and goes to delivery, or it is withdrawn without a number."""
    present = hands.fresh(case)
    assert codes(answers)["done"] == 1
    if present.state == "WITHDRAWN":
        assert codes(answers) == {"done": 1, "workflows_done_by_other": 1}
        assert (ordinals("HAN"), ordinals("BA"), open_steps(case)) == ([], [], [])
        assert (present.signer, times_in_journal(case, "case.sign")) == (None, 0)
    else:
        assert codes(answers) == {"done": 1, "core_stale": 1}
        assert (present.state, ordinals("HAN"), ordinals("BA")) == ("FILED", [1], [1])
        assert (open_steps(case), times_in_journal(case, "case.withdraw")) == ([("deliver", "")], 0)


def test_a_withdrawal_and_the_signature_have_one_winner(world: World) -> None:
    case = drive(world, "checked")
    answers = at_once([acts.withdrawing(case, world.group_releaser), acts.signing(case, world.deputy)])
    _signed_or_withdrawn(case, answers)


@pytest.mark.postgres
@pytest.mark.parametrize("first", ["sign", "withdraw"])
def test_whichever_of_signature_and_withdrawal_begins_wins(
    world: World, monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    case = drive(world, "checked")
    sign, withdraw = acts.signing(case, world.deputy), acts.withdrawing(case, world.group_releaser)
    if first == "sign":
        answers = overtake(monkeypatch, signing, "sign_letter", act=sign, intruder=withdraw)
    else:
        answers = overtake(monkeypatch, releases, "save_case", act=withdraw, intruder=sign)
    _signed_or_withdrawn(case, list(answers))
    assert hands.fresh(case).state == {"sign": "FILED", "withdraw": "WITHDRAWN"}[first]


def test_a_return_and_the_confirmation_have_one_winner(world: World) -> None:
    case = drive(world, "released")
    returning = partial(
        engine.cancel,
        record_id=case.pk,
        acting=hands.acting(world.officer, AT),
        at=AT,
        version=hands.fresh(case).version,
        service=checking.return_case,
        facts={"reason": "不属于备案范围。"},
    )
    answers = at_once([returning, acts.confirming(case, world.officer2)])
    if hands.fresh(case).state == "RETURNED":
        assert (codes(answers), open_steps(case)) == ({"done": 1, "workflows_done_by_other": 1}, [])
        assert ordinals("JS") == []
    else:
        assert (codes(answers), open_steps(case)) == ({"done": 1, "core_stale": 1}, [("opinion", "")])
        assert ordinals("JS") == [1]
