"""Cases under way from the office's ledger: judged row by row on trial, written as a whole, compared one by one."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from investreview.accounts.selectors import scope_of
from investreview.core.errors import Invalid, NotVisible
from investreview.journal.models import Entry
from investreview.projects.models import Backfill, Case, MaterialVersion, PastPaper, Project, Takeover
from investreview.projects.past.exporting import write_faults
from investreview.projects.past.selectors import backfill_for, waiting_for
from investreview.projects.past.services.batches import discard_backfill
from investreview.projects.past.services.checking import begin_check
from investreview.projects.past.services.papers import attach_papers
from investreview.projects.services.takeovers import reject_takeover
from tests.projects.past_ledgers import NOON, First, scan
from tests.workflows.doors import set_time, signed_in
from tests.workflows.ongoing_ledgers import CHECKED, TITLES, faults, ledger, row, sent, stored, worked
from tests.workflows.takeover_forms import entered
from tests.world import START, World
from workflows.models import WorkItem
from workflows.taking_over import accept_takeover, takeovers, takeovers_to_check

BATCH = 6


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path, world: World) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    set_time(NOON)
    return tmp_path / "media"


def test_a_ledger_becomes_take_overs_and_each_goes_on_at_its_step(world: World) -> None:
    backfill = stored(world.officer2, ledger([row(1), row(2, **CHECKED)]))

    assert (backfill.state, backfill.row_count, backfill.error, faults(backfill)) == ("WAITING", 2, "", [])
    assert (Case.objects.count(), Project.objects.count(), takeovers(scope_of(world.head, NOON)).count()) == (0, 0, 2)
    first, second = Takeover.objects.order_by("source_row")
    with pytest.raises(Invalid, match="takeover_scan_needed"):
        accept_takeover(takeover_id=first.pk, user=world.head, at=NOON)

    files = [scan("收2024-1_M05 可行性研究报告.pdf"), scan("收2024-2.pdf"), scan("收2024-3.pdf")]
    attached = attach_papers(user=world.officer2, files=files, at=NOON)
    assert [(each.number, each.refusal and each.refusal.code) for each in attached] == [
        ("收2024-1", None),
        ("收2024-2", None),
        ("", "past_no_such_number"),
    ]
    again = attach_papers(user=world.officer2, files=[scan("收2024-2.pdf")], at=NOON)
    assert (again[0].is_repeat, PastPaper.objects.count()) == (True, 2)

    with pytest.raises(Invalid, match="takeover_own_entry"):
        accept_takeover(takeover_id=first.pk, user=world.officer2, at=NOON)
    cases = [accept_takeover(takeover_id=each.pk, user=world.head, at=NOON) for each in (first, second)]

    nodes = [WorkItem.objects.get(case=case, state=WorkItem.State.OPEN).node for case in cases]
    assert nodes == ["opinion", "sign"]
    assert (cases[0].elapsed_days, cases[0].declaration.borrowing_yuan) == (4, 7_440_000)
    assert MaterialVersion.objects.get(case=cases[0]).slot == "M05"
    backfill.refresh_from_db()
    assert (backfill.state, backfill.checked_by) == ("ACCEPTED", world.head)
    verbs = list(Entry.objects.filter(verb__startswith="takeover.").values_list("verb", flat=True))
    assert verbs == ["takeover.enter"] * 2


def test_every_fault_stands_at_its_cell_and_nothing_is_written(world: World, elsewhere: World) -> None:
    entered(world, world.officer, paper_number="收2024-9", key="takeover:taken")
    before = (Case.objects.count(), Project.objects.count(), Entry.objects.count())
    rows = [
        row(1),
        row(1),
        row(9),
        row(2, group="别处甲集团", enterprise=None),
        row(3, step="抽签"),
        row(4, step="会签·财务监管处", **{name: text for name, text in CHECKED.items() if name != "step"}),
        row(5, officer="head"),
        row(6, as_of_on=date(2024, 7, 2)),
        row(7, elapsed_days=9),
        row(8, earlier="审核：head", parties="设计：某院"),
        row(10, proposal="予以备案"),
        row(11, step="待抽取专家"),
        row(12, total_yuan=99_999, own_commitment_yuan=99_999, own_funds_yuan=99_999, borrowing_yuan=None),
        row(13, released_on="六月", summary=None),
    ]
    backfill = sent(world.officer2, ledger(rows))

    assert faults(backfill) == [
        (3, TITLES["paper_number"], "takeover_number_twice"),
        (4, TITLES["paper_number"], "takeover_number_taken"),
        (5, TITLES["group"], "past_body_unknown"),
        (6, TITLES["step"], "takeover_step_unknown"),
        (7, TITLES["step"], "takeover_step_not_in_chain"),
        (8, TITLES["officer"], "takeover_person_unknown"),
        (9, TITLES["as_of_on"], "takeover_in_future"),
        (10, TITLES["elapsed_days"], "takeover_elapsed"),
        (11, TITLES["parties"], "takeover_line"),
        (11, TITLES["earlier"], "takeover_line"),
        (12, TITLES["proposed_on"], "takeover_cell"),
        (12, TITLES["officer_text"], "takeover_cell"),
        (13, TITLES["step"], "takeover_no_panel"),
        (14, TITLES["route"], "takeover_route_differs"),
        (15, TITLES["released_on"], "date_not_read"),
        (15, TITLES["summary"], "table_cell_empty"),
    ]
    assert backfill.state == "FAULTY"
    assert (Case.objects.count(), Project.objects.count()) == before[:2]
    assert Entry.objects.count() == before[2] + 2
    assert Takeover.objects.count() == 1
    stream = io.BytesIO()
    write_faults(stream, backfill)
    told = openpyxl.load_workbook(stream)["在途台账"]
    assert told.max_row == 14


def _merge(sheet: Any) -> None:
    sheet.merge_cells("A2:A3")


def _hide(sheet: Any) -> None:
    sheet.row_dimensions[2].hidden = True


def _count(sheet: Any) -> None:
    sheet["J2"] = "=1+3"


@pytest.mark.parametrize(
    "change, code", [(_merge, "table_merged"), (_hide, "table_row_hidden"), (_count, "table_formula")]
)
def test_what_a_table_hides_is_refused(world: World, change: Callable[[Any], None], code: str) -> None:
    backfill = sent(world.officer2, ledger([row(1), row(2)], change))

    assert (backfill.state, code in {fault for _row, _title, fault in faults(backfill)}) == ("FAULTY", True)


def test_a_number_taken_between_trial_and_writing_leaves_nothing(world: World) -> None:
    first = sent(world.officer2, ledger([row(1), row(2)]))
    stored(world.officer, ledger([row(2)]), key="ledger:2")

    signed_in(world.officer2).post(f"/past/batches/{first.pk}/store/", {"version": first.version})
    worked(first)

    assert (first.state, faults(first)) == ("FAULTY", [(3, TITLES["paper_number"], "takeover_number_taken")])
    assert Takeover.objects.count() == 1


def test_a_batch_is_given_up_until_one_of_it_was_compared(world: World, media: Path) -> None:
    backfill = stored(world.officer2, ledger([row(1), row(2)]))
    attach_papers(user=world.officer2, files=[scan("收2024-1.pdf")], at=NOON)
    refused = Takeover.objects.get(paper_number="收2024-2")
    with pytest.raises(Invalid, match="past_rows_one_by_one"):
        begin_check(user=world.officer, backfill_id=backfill.pk, chance=First(), at=NOON)  # type: ignore[arg-type]

    discard_backfill(user=world.officer2, backfill_id=backfill.pk, version=backfill.version, at=START)
    assert takeovers_to_check(world.head, scope_of(world.head, NOON)).count() == 0
    with pytest.raises(NotVisible):
        reject_takeover(user=world.head, takeover_id=refused.pk, reason="日期不符", at=NOON)
    worked(backfill)
    assert (backfill.state, Takeover.objects.count(), PastPaper.objects.count()) == ("DISCARDED", 0, 0)

    second = stored(world.officer2, ledger([row(1), row(2)]), key="ledger:2")
    refused = Takeover.objects.get(paper_number="收2024-2")
    reject_takeover(user=world.head, takeover_id=refused.pk, reason="日期不符", at=NOON)
    with pytest.raises(Invalid, match="past_rows_compared"):
        discard_backfill(user=world.officer2, backfill_id=second.pk, version=second.version, at=NOON)
    assert stored(world.officer, ledger([row(2)]), key="ledger:3").state == "WAITING"


def test_who_sees_a_ledger_of_cases_under_way(world: World) -> None:
    backfill = stored(world.officer2, ledger([row(1)]))

    with pytest.raises(NotVisible):
        backfill_for(scope_of(world.archivist, NOON), backfill.pk)
    assert backfill_for(scope_of(world.head, NOON), backfill.pk) == backfill
    assert list(waiting_for(world.officer, scope_of(world.officer, NOON))) == []
    assert Backfill.objects.get().source == "ONGOING"


def test_the_pages_send_a_ledger_and_lead_to_its_take_overs(world: World) -> None:
    client = signed_in(world.officer2)
    blank = openpyxl.load_workbook(io.BytesIO(b"".join(client.get("/past/ongoing/template/").streaming_content)))
    assert [cell.value.rstrip("* ") for cell in blank["在途台账"][1]] == list(TITLES.values())
    page = client.get("/past/ongoing/import/").content.decode()
    assert ("不超过 20 MB、500 行" in page, "原收文（办件）号" in page) == (True, True)
    key = page.split('name="creation_key" value="')[1].split('"')[0]

    answer = client.post("/past/ongoing/import/", {"file": ledger([row(1), row(2)]), "creation_key": key})

    backfill = Backfill.objects.get()
    assert answer["Location"] == f"/past/batches/{backfill.pk}/"
    worked(backfill)
    client.post(f"{answer['Location']}store/", {"version": backfill.version})
    worked(backfill)
    entry = Takeover.objects.get(paper_number="收2024-1")
    shown = client.get(answer["Location"]).content.decode()
    assert (f"/takeovers/{entry.pk}/" in shown, "/check/" in shown) == (True, False)
    compared = signed_in(world.head).get(f"/takeovers/{entry.pk}/").content.decode()
    assert {text for text in ("在途台账第 2 行", "还没有扫描件", "某设计院（示例）") if text not in compared} == set()
    assert signed_in(world.archivist).get("/past/ongoing/import/").status_code == 403


@pytest.mark.parametrize("rows", [1, 6])
def test_a_batch_costs_the_same_however_many_rows_it_has(
    world: World, rows: int, django_assert_num_queries: Any
) -> None:
    backfill = stored(world.officer2, ledger([row(number) for number in range(1, rows + 1)]))
    client = signed_in(world.head)
    client.get("/")
    with django_assert_num_queries(BATCH):
        assert client.get(f"/past/batches/{backfill.pk}/").status_code == 200
