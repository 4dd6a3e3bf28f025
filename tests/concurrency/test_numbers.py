"""Numbers given at the same moment: consecutive, without a gap, each to one document."""

from functools import partial

import pytest

from investreview.core.errors import DomainError
from investreview.demo import hands
from investreview.documents.models import IssuedNumber
from investreview.projects.models import Case
from investreview.projects.services import signing
from tests.concurrency import acts
from tests.concurrency.acts import AT, ordinals
from tests.concurrency.crowd import at_once, codes, overtake
from tests.world import World, drive

pytestmark = pytest.mark.both_databases
CASES = 4


def _ready(world: World, step: str, count: int) -> list[Case]:
    return [drive(world, step, key=str(n), name=f"改造项目{n}（示例）") for n in range(count)]


def _numbers(cases: list[Case]) -> tuple[list[str], list[str]]:
    present = [hands.fresh(case) for case in cases]
    return sorted(case.document_number for case in present), sorted(case.filing_number for case in present)


def test_cases_signed_at_the_same_moment_have_consecutive_numbers(world: World) -> None:
    cases = _ready(world, "checked", CASES)
    signers = [world.deputy, world.deputy2] * (CASES // 2)
    answers = at_once([acts.signing(case, signer) for case, signer in zip(cases, signers, strict=True)])
    assert codes(answers) == {"done": CASES}
    letters, filings = _numbers(cases)
    assert letters == [f"国资函〔2024〕{n}号" for n in range(1, CASES + 1)]
    assert filings == [f"BA2024-{n:04d}" for n in range(1, CASES + 1)]


@pytest.mark.postgres
def test_a_signature_in_the_middle_of_another_takes_the_next_number(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = _ready(world, "checked", 2)
    answers = overtake(
        monkeypatch,
        signing,
        "note",
        act=acts.signing(first, world.deputy),
        intruder=acts.signing(second, world.deputy2),
    )
    assert codes(answers) == {"done": 2}
    assert [hands.fresh(case).filing_number for case in (first, second)] == ["BA2024-0001", "BA2024-0002"]
    assert [hands.fresh(case).document_number for case in (first, second)] == ["国资函〔2024〕1号", "国资函〔2024〕2号"]


def test_a_signature_that_fails_at_its_end_leaves_no_gap(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = _ready(world, "checked", 3)
    broken, original = cases[1].number, signing.note

    def note(case: Case, *args: object, **kwargs: object) -> None:
        if case.number == broken:
            raise DomainError("core_busy")
        original(case, *args, **kwargs)

    monkeypatch.setattr(signing, "note", note)
    answers = at_once([acts.signing(case, world.deputy) for case in cases])
    assert codes(answers) == {"done": 2, "core_busy": 1}
    assert (ordinals("HAN"), ordinals("BA"), hands.fresh(cases[1]).state) == ([1, 2], [1, 2], "REVIEWING")


def test_receipts_made_at_the_same_moment_have_consecutive_numbers(world: World) -> None:
    cases = _ready(world, "released", CASES)
    officers = [world.officer, world.officer2] * (CASES // 2)
    answers = at_once([acts.confirming(case, officer) for case, officer in zip(cases, officers, strict=True)])
    assert codes(answers) == {"done": CASES}
    assert ordinals("JS") == list(range(1, CASES + 1))
    assert IssuedNumber.objects.filter(series__code="JS", document__isnull=True).count() == 0


def test_two_comparers_of_one_paper_decision_have_one_effect(world: World) -> None:
    case = drive(world, "checked")
    hands.print_sheet(case, world.document_officer, AT)
    entry = hands.enter_paper(case, world.document_officer, world.deputy, AT.date(), AT)
    compare = [partial(hands.perform_on_paper, entry_id=entry, user=who, at=AT) for who in (world.head, world.officer)]
    answers = at_once(compare)
    assert codes(answers) == {"done": 1, "workflows_done_by_other": 1}
    signed = hands.fresh(case)
    assert (signed.signer, ordinals("HAN"), acts.times_in_journal(case, "case.sign")) == (world.deputy, [1], 1)
    assert acts.times_in_journal(case, "paper.compare") == 1


def test_one_comparer_who_clicks_eight_times_has_one_effect_and_eight_answers(world: World) -> None:
    case = drive(world, "checked")
    hands.print_sheet(case, world.document_officer, AT)
    entry = hands.enter_paper(case, world.document_officer, world.deputy, AT.date(), AT)
    answers = at_once([partial(hands.perform_on_paper, entry_id=entry, user=world.officer, at=AT)] * 8)
    assert [answer.pk for answer in answers] == [case.pk] * 8
    assert (ordinals("HAN"), acts.times_in_journal(case, "paper.compare")) == ([1], 1)
