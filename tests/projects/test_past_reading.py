"""A trial import: every fault with its sheet, row and column, and nothing written."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from investreview.core.errors import Forbidden, Invalid
from investreview.core.tables import Fault
from investreview.journal.models import Entry
from investreview.projects.models import Backfill, PastDecision, Project
from investreview.projects.past.selectors import faults_of
from investreview.projects.past.services import reading
from investreview.projects.past.services.batches import upload_ledger
from investreview.projects.past.services.working import work_on
from tests.projects.past_ledgers import csv_ledger, entered, ledger, row, sent, still
from tests.world import START, World, drive

pytestmark = pytest.mark.usefixtures("media")


def told(backfill: Backfill) -> list[tuple[str, str]]:
    """Cell and code of each fault that is kept."""
    found = [Fault.from_plain(each.fault) for each in faults_of(backfill)]
    assert {fault.place.sheet for fault in found} <= {"备案台账", "CSV"}
    return [(fault.place.cell, fault.code) for fault in found]


def nothing_is_written() -> bool:
    return not PastDecision.objects.exists() and not Project.objects.exists()


def test_a_ledger_without_fault_is_clean_and_writes_nothing(world: World) -> None:
    backfill = sent(world.officer, ledger([row(1), row(2), row(3)]))

    assert (backfill.state, backfill.row_count, backfill.fault_count, backfill.percent) == ("CLEAN", 3, 0, 100)
    assert backfill.next_try_at is None
    assert nothing_is_written()


def test_every_fault_is_told_with_its_cell(world: World) -> None:
    rows = [
        row(1, amount_yuan="29,999,999.995元", decided_on="2022-02-30", kind="收购"),
        row(2, group="丙集团", number=None),
        row(3, enterprise="乙集团"),
        row(4, number="国资备[2022]4号"),
        row(5, number="国资备（2022）4号"),
        row(6, decided_on=date(2024, 7, 2)),
        row(7, outcome="不予备案"),
        row(8, completed_on=None),
    ]

    backfill = sent(world.officer, ledger(rows))

    assert (backfill.state, backfill.fault_count) == ("FAULTY", 10)
    assert told(backfill) == [
        ("E2", "table_not_a_choice"),
        ("I2", "money_too_precise"),
        ("J2", "date_does_not_exist"),
        ("A3", "table_cell_empty"),
        ("C3", "past_body_unknown"),
        ("D4", "past_not_of_group"),
        ("A6", "past_number_twice"),
        ("J7", "past_in_future"),
        ("P8", "past_refused_but_built"),
        ("R9", "past_actual_without_completion"),
    ]
    assert nothing_is_written()


def test_the_first_of_two_equal_numbers_is_named(world: World) -> None:
    backfill = sent(world.officer, ledger([row(1), row(2), row(1)]))

    [fault] = [Fault.from_plain(each.fault) for each in faults_of(backfill)]
    assert fault.facts == {"given": "国资备〔2022〕1号", "row": 2}


def test_merged_hidden_and_calculated_cells_are_told(world: World) -> None:
    def change(page: Any) -> None:
        page.row_dimensions[3].hidden = True
        page["I4"] = "=1000+860"
        page.merge_cells("C5:C6")
        page.column_dimensions["K"].hidden = True

    backfill = sent(world.officer, ledger([row(number) for number in range(1, 7)], change=change))

    assert sorted(told(backfill)) == [
        ("3", "table_row_hidden"),
        ("C5", "table_merged"),
        ("C6", "table_cell_empty"),
        ("I4", "table_formula"),
        ("K1", "table_column_hidden"),
    ]
    assert nothing_is_written()


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8", "utf-8-sig"])
def test_a_csv_is_read_in_the_encodings_of_offices(world: World, encoding: str) -> None:
    rows = [
        row(1, decided_on="2022年3月18日", completed_on="2023/6/30"),
        row(2, decided_on="2022-3-18", completed_on=""),
    ]
    rows[1][17] = ""

    backfill = sent(world.officer, csv_ledger(rows, encoding))

    assert (told(backfill), backfill.state, backfill.row_count) == ([], "CLEAN", 2)


@pytest.mark.parametrize(
    "titles, code",
    [
        (["原备案号", "原备案号", "项目名称"], "table_title_twice"),
        (["原备案号", "项目名称"], "table_titles_missing"),
        (["甲", "乙"], "table_no_header"),
    ],
)
def test_a_header_that_cannot_be_read_is_refused_at_once(world: World, titles: list[str], code: str) -> None:
    def change(page: Any) -> None:
        page.delete_rows(1, 2)
        page.append(titles)

    with pytest.raises(Invalid, match=code):
        sent(world.officer, ledger([row(1)], change=change))

    assert not Backfill.objects.exists()


def test_columns_of_others_are_named_and_not_read(world: World) -> None:
    def change(page: Any) -> None:
        page["T1"], page["U1"] = "经办科室", "备注二"

    assert sent(world.officer, ledger([row(1)], change=change)).ignored == ["经办科室", "备注二"]


def test_a_ledger_without_rows_says_so(world: World) -> None:
    assert told(sent(world.officer, ledger([]))) == [("1", "past_ledger_empty")]


def test_numbers_that_are_in_use_are_told(world: World) -> None:
    entered(world, world.officer2, number="国资备〔2022〕1号")
    filed = drive(world, "signed")

    backfill = sent(world.officer, ledger([row(1), row(2, number=filed.filing_number), row(3)]))

    assert told(backfill) == [("A2", "past_number_taken"), ("A3", "past_number_taken")]


def test_numbers_of_another_commission_are_free(world: World, elsewhere: World) -> None:
    entered(elsewhere, elsewhere.officer, number="国资备〔2022〕1号")

    assert sent(world.officer, ledger([row(1)])).state == "CLEAN"


def test_of_very_many_faults_the_first_are_kept_and_all_are_counted(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "FAULTS_KEPT", 3)

    backfill = sent(world.officer, ledger([row(number, group="丙集团") for number in range(1, 7)]))

    assert (backfill.fault_count, len(told(backfill))) == (6, 3)


def test_ten_thousand_rows_are_read_with_progress(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, int]] = []
    tell = reading.Lease.tell

    def watched(self: Any, *, rows_done: int, percent: int, at: Any) -> None:
        tell(self, rows_done=rows_done, percent=percent, at=at)
        kept = Backfill.objects.get(pk=self.backfill_id)
        assert (kept.rows_done, kept.percent) == (rows_done, percent)
        seen.append((rows_done, percent))

    monkeypatch.setattr(reading.Lease, "tell", watched)
    backfill = sent(world.officer, ledger([row(number) for number in range(1, 10_001)]))

    assert (backfill.state, backfill.row_count) == ("CLEAN", 10_000)
    assert [done for done, _percent in seen] == list(range(250, 10_001, 250))
    shares = [percent for _done, percent in seen]
    assert shares == sorted(shares)
    assert len(set(shares)) > 5
    assert nothing_is_written()


def test_what_was_read_stands_in_the_journal_without_its_rows(world: World) -> None:
    backfill = sent(world.officer, ledger([row(1)]))

    entries = Entry.objects.filter(chain="LYG", subject_kind="backfill", subject_key=str(backfill.pk)).order_by("pk")
    assert [(each.verb, each.actor_name) for each in entries] == [
        ("backfill.upload", "officer"),
        ("backfill.read", "系统"),
    ]
    assert entries[0].facts["sha256"] == backfill.sha256
    assert (entries[1].facts["rows"], entries[1].facts["faults"]) == (1, 0)


def test_sent_again_the_first_result_is_answered(world: World) -> None:
    first = sent(world.officer, ledger([row(1)]))

    assert sent(world.officer, ledger([row(2)])) == first
    assert Backfill.objects.count() == 1


@pytest.mark.parametrize("who", ["head", "deputy", "document_officer", "rule_keeper", "group_drafter", "system_admin"])
def test_nobody_else_sends_a_ledger(world: World, who: str) -> None:
    with pytest.raises(Forbidden, match="projects_role_missing"):
        sent(world.people[who], ledger([row(1)]))

    assert not Backfill.objects.exists()


@pytest.mark.parametrize("who", ["officer", "archivist"])
def test_officer_and_archivist_send_a_ledger(world: World, who: str) -> None:
    assert sent(world.people[who], ledger([row(1)])).entered_by == world.people[who]


def test_a_stored_ledger_that_was_changed_is_not_read(world: World, media: Path) -> None:
    backfill = upload_ledger(user=world.officer, file=ledger([row(1)]), name="台账.xlsx", creation_key="1", at=START)
    place = media / backfill.storage_name
    place.write_bytes(place.read_bytes() + b"\0")

    assert work_on(backfill.pk, clock=still()) == "FAULTY"
    assert told(backfill) == [("0", "past_ledger_changed")]


def test_a_stored_ledger_that_is_gone_is_told(world: World, media: Path) -> None:
    backfill = upload_ledger(user=world.officer, file=ledger([row(1)]), name="台账.xlsx", creation_key="1", at=START)
    (media / backfill.storage_name).unlink()

    assert work_on(backfill.pk, clock=still()) == "FAULTY"
    assert told(backfill) == [("0", "projects_file_gone")]


def test_a_broken_off_reading_begins_anew(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    backfill = upload_ledger(
        user=world.officer, file=ledger([row(1, group="丙集团")]), name="台账.xlsx", creation_key="1", at=START
    )

    def killed(*_args: object, **_kwargs: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(reading, "_finish", killed)
        with pytest.raises(KeyboardInterrupt):
            work_on(backfill.pk, clock=still())
    assert work_on(backfill.pk, clock=still()) == "READING"
    assert work_on(backfill.pk, clock=still(START.replace(hour=13))) == "FAULTY"
    assert told(backfill) == [("C2", "past_body_unknown")]
