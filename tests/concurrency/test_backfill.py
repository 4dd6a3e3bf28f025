"""The past beside everything else: a clerk works while a ledger is read and written; two people decide at once."""

import random
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from investreview.core.errors import DomainError
from investreview.journal.models import Entry
from investreview.projects.models import Backfill, Case, PastDecision, Project, Takeover
from investreview.projects.past.selectors import counted_projects
from investreview.projects.past.services import judging, reading, storing
from investreview.projects.past.services.batches import order_storing, upload_ledger
from investreview.projects.past.services.checking import accept_backfill, begin_check
from investreview.projects.past.services.entering import enter_past
from investreview.projects.past.services.papers import attach_papers
from investreview.projects.past.services.working import work_on
from investreview.projects.past.services.writing import write_past
from tests.concurrency.crowd import Runner, at_once, codes
from tests.projects.past_ledgers import ENTRY, NOON, entered, ledger, row, scan, sent, still, stored, writing_by
from tests.workflows import ongoing_ledgers
from tests.workflows.takeover_forms import entered as entered_takeover
from tests.world import START, World, drive, later
from workflows.models import ReviewProcess
from workflows.taking_over import accept_takeover

pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def by_another(act: Any) -> object:
    """What ``act`` answers in a thread of its own; on SQLite it may not wait for anybody."""

    def without_waiting() -> object:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA busy_timeout = 0")
        return act()

    runner = Runner(without_waiting)
    runner.start()
    return runner.answer()


def test_a_clerk_works_while_a_ledger_is_read_and_written(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LOOK_EVERY", 10)
    monkeypatch.setattr(storing, "PIECE_ROWS", 10)
    made: list[object] = []
    judged = judging.PastJudge.judged

    def clerk() -> str:
        return drive(world, "draft", key=f"clerk-{len(made)}", name=f"其间第{len(made)}项（示例）").number

    def between(self: Any, row: Any) -> Any:
        if row.place.row % 10 == 6:
            assert not connection.in_atomic_block
            made.append(by_another(clerk))
        return judged(self, row)

    monkeypatch.setattr(judging.PastJudge, "judged", between)
    backfill = stored(world.officer, ledger([row(number) for number in range(1, 31)]))

    assert (backfill.state, PastDecision.objects.count()) == ("WAITING", 30)
    assert [type(each) for each in made] == [str] * 6
    assert Case.objects.filter(number__in=made).count() == 6


def test_no_piece_holds_the_database_for_more_than_its_rows(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    pieces: list[int] = []

    def counted(backfill: Backfill, rows: Any, at: Any) -> None:
        assert connection.in_atomic_block
        pieces.append(len(rows))
        write_past(backfill, rows, at)

    writing_by(monkeypatch, counted)
    stored(world.officer, ledger([row(number) for number in range(1, 451)]))

    assert pieces == [200, 200, 50]


def test_two_workers_on_one_ledger_write_every_row_once(world: World) -> None:
    backfill = sent(world.officer, ledger([row(number) for number in range(1, 401)]))
    order_storing(user=world.officer, backfill_id=backfill.pk, version=backfill.version, at=START)

    answers = at_once([lambda: work_on(backfill.pk, clock=still())] * 3)

    assert set(answers) <= {"WAITING", "STORING"}
    assert "WAITING" in answers
    ordinals = list(PastDecision.objects.order_by("ordinal").values_list("ordinal", flat=True))
    assert ordinals == list(range(1, 401))
    assert Project.objects.count() == 400


def test_two_ledgers_with_one_number_in_common_store_it_once(world: World) -> None:
    first = sent(world.officer, ledger([row(number) for number in range(1, 31)]))
    second = sent(world.officer2, ledger([row(number) for number in range(30, 61)]), key="ledger:2")
    for each, user in ((first, world.officer), (second, world.officer2)):
        order_storing(user=user, backfill_id=each.pk, version=each.version, at=START)

    answers = at_once([lambda pk=each.pk: work_on(pk, clock=still()) for each in (first, second)])

    assert sorted(answers) == ["FAULTY", "WAITING"]
    kept = Backfill.objects.get(state="WAITING")
    assert PastDecision.objects.count() == kept.row_count == Project.objects.count()


def test_two_people_accepting_at_once_are_one_acceptance(world: World) -> None:
    backfill = entered(world, world.officer)
    drawn = begin_check(user=world.archivist, backfill_id=backfill.pk, chance=random.Random(1), at=NOON)
    usual = {"backfill_id": drawn.pk, "version": drawn.version, "compared": drawn.sample, "at": NOON}

    answers = at_once(
        [
            lambda who=who: accept_backfill(user=who, **usual)
            for who in (world.archivist, world.archivist, world.officer2)
        ]
    )

    assert codes(answers)["done"] == 2
    assert Entry.objects.filter(verb="backfill.accept").count() == 1
    assert counted_projects().count() == 1


def test_one_number_entered_by_two_at_once_is_entered_once(world: World) -> None:
    def enter(who: Any, key: str) -> Backfill:
        return enter_past(user=who, enterprise_id=world.sub.pk, entry=ENTRY, scans=[scan()], creation_key=key, at=START)

    answers = at_once([lambda: enter(world.officer, "past:1"), lambda: enter(world.officer2, "past:2")])

    assert sorted(codes(answers).elements()) == ["done", "past_number_taken"]
    assert (PastDecision.objects.count(), Project.objects.count(), Backfill.objects.count()) == (1, 1, 1)


def test_one_ledger_sent_twice_at_once_is_one_batch(world: World) -> None:
    content = ledger([row(1)]).read()

    def send() -> int:
        file = SimpleUploadedFile("台账.xlsx", content)
        return upload_ledger(user=world.officer, file=file, name="台账.xlsx", creation_key="ledger:1", at=START).pk

    answers = at_once([send, send, send])

    assert len({each for each in answers if not isinstance(each, DomainError)}) == 1
    assert Backfill.objects.count() == 1


def test_one_take_over_accepted_by_two_at_once_makes_one_case(world: World) -> None:
    entry = entered_takeover(world, world.officer2)

    answers = at_once(
        [
            lambda who=who: accept_takeover(takeover_id=entry.pk, user=who, at=later(1))
            for who in (world.officer, world.head)
        ]
    )

    assert sorted(codes(answers).elements()) == ["done", "takeover_done"]
    assert (Case.objects.count(), ReviewProcess.objects.count(), Project.objects.count()) == (1, 1, 1)


def test_one_register_number_entered_by_two_at_once_is_one_take_over(world: World) -> None:
    def enter(who: Any, key: str) -> Takeover:
        return entered_takeover(world, who, key=key, paper_number="收2024-118")

    answers = at_once(
        [
            lambda: enter(world.officer, "takeover:1"),
            lambda: enter(world.officer, "takeover:1"),
            lambda: enter(world.officer2, "takeover:2"),
        ]
    )

    told = codes(answers)
    assert told["done"] + told["takeover_number_taken"] == 3
    assert {each.creation_key for each in answers if isinstance(each, Takeover)} == {
        Takeover.objects.get().creation_key
    }
    assert Entry.objects.filter(verb="takeover.enter").count() == 1


def test_the_last_two_cases_of_a_ledger_compared_at_once_close_it_once(world: World) -> None:
    backfill = ongoing_ledgers.stored(world.officer2, ongoing_ledgers.ledger([ongoing_ledgers.row(n) for n in (1, 2)]))
    attach_papers(user=world.officer2, files=[scan("收2024-1.pdf"), scan("收2024-2.pdf")], at=NOON)
    first, second = backfill.takeovers.order_by("pk").values_list("pk", flat=True)

    answers = at_once(
        [
            lambda: accept_takeover(takeover_id=first, user=world.head, at=later(1)),
            lambda: accept_takeover(takeover_id=second, user=world.officer, at=later(1)),
        ]
    )

    assert codes(answers)["done"] == Case.objects.count() == 2
    backfill.refresh_from_db()
    assert (backfill.state, Entry.objects.filter(verb="backfill.accept").count()) == ("ACCEPTED", 1)
