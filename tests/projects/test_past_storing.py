"""Writing a ledger: in pieces, none of which counts; broken off at any point it goes on, given up nothing is left."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from investreview.core.errors import Invalid
from investreview.journal.models import Entry
from investreview.projects.models import Backfill, PastDecision, PastPaper, Project
from investreview.projects.past.selectors import counted_projects, due_backfills, visible_past
from investreview.projects.past.services import purging, storing
from investreview.projects.past.services.batches import discard_backfill, order_storing, retry_backfill
from investreview.projects.past.services.lease import LEASE, MAXIMUM_ATTEMPTS
from investreview.projects.past.services.papers import attach_papers
from investreview.projects.past.services.working import note_failure, work_on
from investreview.projects.past.services.writing import write_past
from investreview.projects.tasks import work_backfill, work_pending_backfills
from tests.projects.past_ledgers import NOON, accepted, entered, ledger, row, scan, sent, still, stored, writing_by
from tests.world import START, World

pytestmark = pytest.mark.usefixtures("media")
ROWS = 7


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "PIECE_ROWS", 2)
    monkeypatch.setattr(purging, "PIECE_ROWS", 2)


def ordered(world: World, rows: int = ROWS) -> Backfill:
    """A clean ledger that is to be written."""
    backfill = sent(world.officer, ledger([row(number) for number in range(1, rows + 1)]))
    return order_storing(user=world.officer, backfill_id=backfill.pk, version=backfill.version, at=START)


def counted(world: World) -> tuple[int, int]:
    """How many rows a reader sees, how many projects count."""
    from investreview.accounts.selectors import scope_of

    return visible_past(scope_of(world.head, NOON)).count(), counted_projects().count()


def numbers() -> list[str]:
    return list(PastDecision.objects.order_by("ordinal").values_list("number", flat=True))


def test_every_row_is_written_and_none_counts(world: World, small_pieces: None) -> None:
    backfill = ordered(world)

    assert work_on(backfill.pk, clock=still()) == "WAITING"

    backfill.refresh_from_db()
    assert numbers() == [f"国资备〔2022〕{number}号" for number in range(1, ROWS + 1)]
    assert (backfill.rows_done, backfill.percent, backfill.next_try_at) == (ROWS, 100, None)
    assert counted(world) == (0, 0)
    assert Project.objects.filter(origin=Project.Origin.BACKFILLED).count() == ROWS


def test_a_row_keeps_where_it_stood_in_the_ledger(world: World) -> None:
    stored(world.officer, ledger([row(1), row(2)]))

    second = PastDecision.objects.get(ordinal=2)
    assert (second.source_row, second.source_cells["投资额（万元）"], second.source_cells["签发人"]) == (
        3,
        "1860.5",
        "张××",
    )
    assert (second.project.name, second.group, second.enterprise) == ("历史项目2（示例）", world.group, world.sub)
    assert second.path == world.sub.path


def test_accepting_makes_every_row_count_at_once(world: World, small_pieces: None) -> None:
    backfill = stored(world.officer, ledger([row(number) for number in range(1, ROWS + 1)]))
    before = list(PastDecision.objects.values().order_by("pk"))

    accepted(backfill, world.archivist)

    assert counted(world) == (ROWS, ROWS)
    assert list(PastDecision.objects.values().order_by("pk")) == before


@pytest.mark.parametrize("pieces", range(4))
def test_writing_that_is_killed_after_any_piece_goes_on_there(
    world: World, small_pieces: None, monkeypatch: pytest.MonkeyPatch, pieces: int
) -> None:
    backfill = ordered(world)
    written: list[Any] = []

    def killed(*args: Any, **kwargs: Any) -> None:
        if len(written) == pieces:
            write_past(*args, **kwargs)
            raise KeyboardInterrupt
        written.append(args)
        write_past(*args, **kwargs)

    with monkeypatch.context() as patch:
        writing_by(patch, killed)
        with pytest.raises(KeyboardInterrupt):
            work_on(backfill.pk, clock=still())
    assert PastDecision.objects.count() == 2 * pieces
    assert counted(world) == (0, 0)
    first = list(PastDecision.objects.order_by("pk").values_list("pk", flat=True))

    assert work_on(backfill.pk, clock=still()) == "STORING"
    assert due_backfills(NOON) == []
    assert due_backfills(NOON + LEASE) == [backfill.pk]
    assert work_on(backfill.pk, clock=still(NOON + LEASE)) == "WAITING"

    assert numbers() == [f"国资备〔2022〕{number}号" for number in range(1, ROWS + 1)]
    assert list(PastDecision.objects.order_by("pk").values_list("pk", flat=True))[: len(first)] == first
    assert Project.objects.count() == ROWS


def test_the_hash_of_a_broken_off_writing_is_that_of_an_unbroken_one(
    world: World, small_pieces: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = stored(world.officer, ledger([row(number) for number in range(1, ROWS + 1)]))
    discard_backfill(user=world.officer, backfill_id=whole.pk, version=whole.version, at=START)
    work_on(whole.pk, clock=still())
    again = sent(world.officer2, ledger([row(number) for number in range(1, ROWS + 1)]), key="ledger:2")
    order_storing(user=world.officer2, backfill_id=again.pk, version=again.version, at=START)
    finish = storing._finish

    with monkeypatch.context() as patch:
        patch.setattr(storing, "_finish", lambda *args, **kwargs: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            work_on(again.pk, clock=still())
    assert finish is storing._finish
    work_on(again.pk, clock=still(NOON + LEASE))

    again.refresh_from_db()
    assert again.content_sha256 == whole.content_sha256 != ""


def test_a_worker_that_was_only_slow_writes_nothing_more(
    world: World, small_pieces: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    backfill = ordered(world)
    write_piece, others = storing._write_piece, []

    def slow(*args: Any, **kwargs: Any) -> Backfill:
        if not others:
            others.append(True)
            assert work_on(backfill.pk, clock=still(NOON + 2 * LEASE)) == "WAITING"
        return write_piece(*args, **kwargs)

    monkeypatch.setattr(storing, "_write_piece", slow)

    assert work_on(backfill.pk, clock=still()) == "WAITING"
    assert numbers() == [f"国资备〔2022〕{number}号" for number in range(1, ROWS + 1)]


def test_a_number_used_meanwhile_gives_up_the_whole_ledger(world: World, small_pieces: None) -> None:
    backfill = ordered(world)
    entered(world, world.officer2, number="国资备〔2022〕6号")

    assert work_on(backfill.pk, clock=still()) == "FAULTY"

    backfill.refresh_from_db()
    assert (backfill.fault_count, backfill.faults.get().fault["code"]) == (1, "past_number_taken")
    assert numbers() == ["国资备〔2022〕6号"]
    assert Project.objects.count() == 1
    assert backfill.content_sha256 == ""


def test_a_number_used_in_the_very_moment_gives_up_the_whole_ledger(
    world: World, small_pieces: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    backfill = ordered(world)

    def overtaken(batch: Backfill, rows: Any, at: Any) -> None:
        if rows[0].ordinal == 3 and not Backfill.objects.filter(creation_key="past:1").exists():
            entered(world, world.officer2, number="国资备〔2022〕4号")
        write_past(batch, rows, at)

    writing_by(monkeypatch, overtaken)

    assert work_on(backfill.pk, clock=still()) == "FAULTY"
    fault = backfill.faults.get().fault
    assert (fault["code"], fault["place"][1]) == ("past_number_taken_meanwhile", 4)
    assert counted(world) == (0, 0)
    assert not PastDecision.objects.filter(backfill=backfill).exists()


def test_a_batch_that_is_given_up_leaves_nothing_but_its_ledger(world: World, small_pieces: None, media: Path) -> None:
    backfill = stored(world.officer, ledger([row(number) for number in range(1, ROWS + 1)]))
    attach_papers(user=world.officer, files=[scan("国资备〔2022〕3号.pdf")], at=START)
    paper = media / PastPaper.objects.get().storage_name
    assert paper.is_file()

    discard_backfill(user=world.archivist, backfill_id=backfill.pk, version=backfill.version, at=START)
    assert work_on(backfill.pk, clock=still()) == "DISCARDED"

    backfill.refresh_from_db()
    assert (PastDecision.objects.count(), Project.objects.count(), PastPaper.objects.count()) == (0, 0, 0)
    assert (media / backfill.storage_name).is_file()
    assert Entry.objects.filter(verb="backfill.purged").get().facts["rows"] == ROWS


def test_a_purge_that_is_killed_goes_on(world: World, small_pieces: None, monkeypatch: pytest.MonkeyPatch) -> None:
    backfill = stored(world.officer, ledger([row(number) for number in range(1, ROWS + 1)]))
    discard_backfill(user=world.officer, backfill_id=backfill.pk, version=backfill.version, at=START)
    remove, calls = purging._remove_piece, []

    def killed(*args: Any, **kwargs: Any) -> int:
        if len(calls) == 2:
            raise KeyboardInterrupt
        calls.append(args)
        return remove(*args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(purging, "_remove_piece", killed)
        with pytest.raises(KeyboardInterrupt):
            work_on(backfill.pk, clock=still())
    assert PastDecision.objects.count() == ROWS - 4

    assert work_on(backfill.pk, clock=still(NOON + LEASE)) == "DISCARDED"
    assert Entry.objects.filter(verb="backfill.purged").get().facts["rows"] == ROWS


def test_a_discarded_number_may_be_sent_again(world: World) -> None:
    backfill = stored(world.officer, ledger([row(1)]))
    discard_backfill(user=world.officer, backfill_id=backfill.pk, version=backfill.version, at=START)
    work_on(backfill.pk, clock=still())

    assert sent(world.officer, ledger([row(1)]), key="ledger:2").state == "CLEAN"


@pytest.mark.parametrize("state", ["ACCEPTED", "READING", "STORING", "PURGING", "DISCARDED"])
def test_what_counts_or_is_worked_on_is_not_given_up(world: World, state: str) -> None:
    backfill = stored(world.officer, ledger([row(1)]))
    Backfill.objects.filter(pk=backfill.pk).update(state=state, checked_by=world.archivist, checked_at=NOON)

    with pytest.raises(Invalid, match="past_not_in_this_state"):
        discard_backfill(user=world.officer, backfill_id=backfill.pk, version=backfill.version, at=START)


@pytest.mark.parametrize("state", ["FAULTY", "WAITING", "ACCEPTED", "STORING"])
def test_only_a_clean_ledger_is_written(world: World, state: str) -> None:
    backfill = sent(world.officer, ledger([row(1)]))
    Backfill.objects.filter(pk=backfill.pk).update(state=state, checked_by=world.archivist, checked_at=NOON)

    with pytest.raises(Invalid, match="past_not_in_this_state"):
        order_storing(user=world.officer, backfill_id=backfill.pk, version=backfill.version, at=START)


def test_work_that_breaks_off_again_and_again_waits_for_a_person(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    backfill = ordered(world)

    def broken(*_args: object, **_kwargs: object) -> None:
        raise OSError("disk")

    at = NOON
    with monkeypatch.context() as patch:
        writing_by(patch, broken)
        for _attempt in range(MAXIMUM_ATTEMPTS):
            with pytest.raises(OSError, match="disk"):
                work_on(backfill.pk, clock=still(at))
            note_failure(backfill.pk, OSError("disk"))
            at += LEASE
        assert work_on(backfill.pk, clock=still(at)) == "STORING"
    backfill.refresh_from_db()
    assert (backfill.next_try_at, backfill.error, due_backfills(at + timedelta(days=1))) == (None, "OSError", [])

    retry_backfill(user=world.officer, backfill_id=backfill.pk, version=backfill.version, at=at)
    assert work_on(backfill.pk, clock=still(at)) == "WAITING"


def test_only_what_was_broken_off_is_tried_again(world: World) -> None:
    backfill = ordered(world)

    with pytest.raises(Invalid, match="past_not_broken_off"):
        retry_backfill(user=world.officer, backfill_id=backfill.pk, version=backfill.version, at=START)


def test_progress_begins_the_count_of_attempts_anew(world: World, small_pieces: None) -> None:
    backfill = ordered(world)
    Backfill.objects.filter(pk=backfill.pk).update(attempts=MAXIMUM_ATTEMPTS - 1)

    assert work_on(backfill.pk, clock=still()) == "WAITING"
    backfill.refresh_from_db()
    assert backfill.attempts == 0


def test_the_job_does_what_the_row_asks_and_keeps_what_broke_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from investreview.core import clock

    monkeypatch.setattr(clock, "now", still())
    backfill = ordered(world)
    writing_by(monkeypatch, lambda *args: (_ for _ in ()).throw(OSError("disk")))

    with pytest.raises(OSError, match="disk"):
        work_backfill(backfill.pk)
    backfill.refresh_from_db()
    assert (backfill.state, backfill.error) == ("STORING", "OSError")


def test_the_sweep_wakes_the_worker_for_what_is_due(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from investreview.core import clock

    woken: list[int] = []
    monkeypatch.setattr(clock, "now", still())
    monkeypatch.setattr(work_backfill, "delay", woken.append)
    backfill = ordered(world)
    sent(world.officer2, ledger([row(1)]), key="ledger:2")

    assert work_pending_backfills() == 1
    assert woken == [backfill.pk]
